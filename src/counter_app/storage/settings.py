"""Settings, running numbers and the newest moment: the small single rows of the database."""

from datetime import date, datetime

from counter_app.storage import moments
from counter_app.storage.sql import Sql

_PUT = "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
_TAKE = (
    "INSERT INTO code_counter (day, counter, last_number) VALUES (?, ?, 1) "
    "ON CONFLICT (day, counter) DO UPDATE SET last_number = last_number + 1 RETURNING last_number"
)
_ADVANCE = (
    "INSERT INTO latest_moment (only, at) VALUES (1, ?) "
    "ON CONFLICT (only) DO UPDATE SET at = excluded.at WHERE excluded.at > at"
)


def put(sql: Sql, key: str, value: str) -> None:
    """Write one setting."""
    sql.run(_PUT, (key, value))


def get(sql: Sql, key: str) -> str | None:
    """Return one setting, or None."""
    value: str | None = sql.value("SELECT value FROM setting WHERE key = ?", (key,))
    return value


def get_all(sql: Sql) -> dict[str, str]:
    """Return every setting by key."""
    return {row[0]: row[1] for row in sql.rows("SELECT key, value FROM setting")}


def take_number(sql: Sql, day: date, counter: int) -> int:
    """Return the counter's next running number of that day; it comes back only if the act fails."""
    return int(sql.value(_TAKE, (day.isoformat(), counter)))


def advance_moment(sql: Sql, moment: datetime) -> None:
    """Remember the moment unless a later one is known."""
    sql.run(_ADVANCE, (moments.to_text(moment),))


def latest_moment(sql: Sql) -> datetime | None:
    """Return the newest moment anything was written, or None."""
    text: str | None = sql.value("SELECT at FROM latest_moment")
    return None if text is None else moments.from_text(text)
