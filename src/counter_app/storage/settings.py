"""Settings, running numbers and the newest moment: the small single rows of the database."""

from datetime import date, datetime

from sqlalchemy import Connection

from counter_app.storage import moments

_PUT = "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
_TAKE = (
    "INSERT INTO code_counter (day, counter, last_number) VALUES (?, ?, 1) "
    "ON CONFLICT (day, counter) DO UPDATE SET last_number = last_number + 1 RETURNING last_number"
)
_ADVANCE = (
    "INSERT INTO latest_moment (only, at) VALUES (1, ?) "
    "ON CONFLICT (only) DO UPDATE SET at = excluded.at WHERE excluded.at > at"
)


def put(connection: Connection, key: str, value: str) -> None:
    """Write one setting."""
    connection.exec_driver_sql(_PUT, (key, value))


def get(connection: Connection, key: str) -> str | None:
    """Return one setting, or None."""
    value: str | None = connection.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (key,)).scalar()
    return value


def get_all(connection: Connection) -> dict[str, str]:
    """Return every setting by key."""
    return {row[0]: row[1] for row in connection.exec_driver_sql("SELECT key, value FROM setting")}


def take_number(connection: Connection, day: date, counter: int) -> int:
    """Return the counter's next running number of that day; it comes back only if the act fails."""
    return int(connection.exec_driver_sql(_TAKE, (day.isoformat(), counter)).scalar_one())


def advance_moment(connection: Connection, moment: datetime) -> None:
    """Remember the moment unless a later one is known."""
    connection.exec_driver_sql(_ADVANCE, (moments.to_text(moment),))


def latest_moment(connection: Connection) -> datetime | None:
    """Return the newest moment anything was written, or None."""
    text: str | None = connection.exec_driver_sql("SELECT at FROM latest_moment").scalar()
    return None if text is None else moments.from_text(text)
