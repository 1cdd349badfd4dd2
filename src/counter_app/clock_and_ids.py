"""The real clock and the real source of identifiers; tests and --now put others in their place."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from counter_app.domain.dossier_code import SECRET_ALPHABET

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_SECRET_LENGTH = 4


class SystemClock:
    """The computer's clock, in office time."""

    def now(self) -> datetime:
        """Return the present moment."""
        return datetime.now(OFFICE_ZONE)  # noqa: TID251 - this is the adapter


class ShiftedClock:
    """A clock started at a given moment and running on from there (--now)."""

    def __init__(self, start: datetime) -> None:
        self._offset: timedelta = start - datetime.now(OFFICE_ZONE)  # noqa: TID251

    def now(self) -> datetime:
        """Return the shifted present moment, in office time."""
        return (datetime.now(OFFICE_ZONE) + self._offset).astimezone(OFFICE_ZONE)  # noqa: TID251


class SystemIds:
    """UUIDv7 ids, which sort by time, and random look-up secrets."""

    def new_id(self) -> str:
        """Return a new UUIDv7."""
        from uuid_utils import uuid7

        return str(uuid7())

    def new_secret(self) -> str:
        """Return four letters and digits that nobody confuses when reading them aloud."""
        import secrets  # loads OpenSSL, which no start needs

        return "".join(secrets.choice(SECRET_ALPHABET) for _ in range(_SECRET_LENGTH))

    def new_salt(self) -> bytes:
        """Return 16 random bytes."""
        import secrets

        return secrets.token_bytes(16)
