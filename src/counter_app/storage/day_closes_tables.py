"""The tables of closed days."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, Text, UniqueConstraint

from counter_app.storage.table_parts import flag, json, keyed, number, text

# ``body`` holds what was counted, as it was; the columns are what days are found and added up by.
day_close = keyed(
    "day_close",
    text("close_id", primary_key=True),
    number("counter"),
    text("day"),
    number("revision"),
    text("closed_at"),
    text("clerk"),
    Column("counted_cash_vnd", Integer),
    number("expected_cash_vnd"),
    *json("body"),
    text("tip"),
    text("office_definition"),
    *flag("training"),
    Column("reopened_at", Text),
    text("reopened_by"),
    text("reopen_reason"),
    CheckConstraint("revision > 0", name="revision"),
    UniqueConstraint("counter", "day", "revision"),
)
Index("uq_day_close_standing", day_close.c.day, unique=True, sqlite_where=day_close.c.reopened_at.is_(None))
