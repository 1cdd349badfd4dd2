"""How the audit log names a citizen: by the number of the record, never by name or personal id."""

from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from counter_app.services.kinship_port import StoredPerson
    from counter_app.services.ports import Queries


def record_of(queries: "Queries", personal_id: str) -> "StoredPerson":
    """Return a citizen's own record; BadInput ``person_unknown``."""
    found = queries.stored_people((personal_id,)) if personal_id else ()
    if not found:
        raise BadInput("person_unknown")
    return found[0]


def audit_name(record: "StoredPerson") -> str:
    """Return what the audit log calls the citizen."""
    return f"person:{record.number}"
