"""Names for what the server makes itself."""

import uuid_utils


def new_id() -> str:
    """Return a UUIDv7: ids made later sort later."""
    return str(uuid_utils.uuid7())
