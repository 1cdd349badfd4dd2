"""The tables of the queue."""

from sqlalchemy import CheckConstraint, Column, Text, UniqueConstraint

from counter_app.storage.table_parts import flag, keyed, number, text

# Nobody's name: a ticket is a number, a group and moments.
ticket = keyed(
    "ticket",
    text("ticket_id", primary_key=True),  # starts with the day
    text("day"),
    text("letter"),
    number("number"),
    text("group_id"),
    text("group_name"),
    *flag("priority"),
    text("issued_at"),
    text("state"),
    number("calls"),
    number("counter"),
    Column("called_at", Text),
    Column("last_call_at", Text),
    Column("ended_at", Text),
    text("procedure_id"),
    CheckConstraint("state IN ('waiting', 'called', 'served', 'absent')", name="state"),
    CheckConstraint("number > 0", name="number"),
    UniqueConstraint("day", "letter", "number"),
)
