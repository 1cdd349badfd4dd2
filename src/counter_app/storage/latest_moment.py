"""The newest moment anything was written, so that a clock set back is noticed."""

from datetime import datetime

from counter_app.storage import moments
from counter_app.storage.sql import Sql

_ADVANCE = (
    "INSERT INTO latest_moment (only, at) VALUES (1, ?) "
    "ON CONFLICT (only) DO UPDATE SET at = excluded.at WHERE excluded.at > at"
)


def advance(sql: Sql, moment: datetime) -> None:
    """Remember the moment unless a later one is known."""
    sql.run(_ADVANCE, (moments.to_text(moment),))


def set_back(sql: Sql, moment: datetime) -> None:
    """Remember the moment although a later one is known."""
    sql.run("UPDATE latest_moment SET at = ?", (moments.to_text(moment),))


def load(sql: Sql) -> datetime | None:
    """Return the newest moment anything was written, or None."""
    text: str | None = sql.value("SELECT at FROM latest_moment")
    return None if text is None else moments.from_text(text)
