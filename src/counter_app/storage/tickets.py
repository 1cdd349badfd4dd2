# ruff: noqa: D102 - the ports say what each method promises
"""The database's side of the queue."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from counter_app.domain.queue import Ticket, TicketState
from counter_app.storage import moments
from counter_app.storage.sql import Sql

_FIELDS = tuple(each.name for each in fields(Ticket))
_COLUMNS = ", ".join(("ticket_id", *_FIELDS))
_ADD = f"INSERT INTO ticket ({_COLUMNS}) VALUES (:ticket_id, {', '.join(f':{name}' for name in _FIELDS)})"  # noqa: S608
_CHANGE = (
    f"UPDATE ticket SET {', '.join(f'{name} = :{name}' for name in _FIELDS)} "  # noqa: S608 - own names
    "WHERE ticket_id = :ticket_id"
)
_OF_DAYS = "SELECT * FROM ticket WHERE day BETWEEN ? AND ? ORDER BY day, issued_at, letter, number"
_LAST = "SELECT coalesce(max(number), 0) FROM ticket WHERE day = ? AND letter = ?"


class SqlTicketQueries:
    """Implements `services.tickets_port.TicketQueries`."""

    _sql: Sql

    def tickets(self, first_day: date, last_day: date) -> Sequence[Ticket]:
        rows = self._sql.rows(_OF_DAYS, (first_day.isoformat(), last_day.isoformat()))
        return [_ticket(row) for row in rows]

    def ticket(self, ticket_id: str) -> Ticket | None:
        row = self._sql.row("SELECT * FROM ticket WHERE ticket_id = ?", (ticket_id,))
        return None if row is None else _ticket(row)

    def last_ticket_number(self, day: date, letter: str) -> int:
        return int(self._sql.value(_LAST, (day.isoformat(), letter)))


class SqlTicketWrites(SqlTicketQueries):
    """Implements `services.tickets_port.TicketWrites`."""

    def add_ticket(self, ticket: Ticket) -> None:
        self._sql.run(_ADD, _values(ticket))

    def change_ticket(self, ticket: Ticket) -> None:
        self._sql.run(_CHANGE, _values(ticket))


def _values(ticket: Ticket) -> dict[str, object]:
    values: dict[str, object] = {"ticket_id": ticket.ticket_id}
    for name in _FIELDS:
        value = getattr(ticket, name)
        values[name] = moments.to_text(value) if isinstance(value, datetime) else value
    return values | {
        "day": ticket.day.isoformat(),
        "state": ticket.state.value,
        "priority": int(ticket.priority),
    }


def _ticket(row: Any) -> Ticket:
    found = {name: row[name] for name in _FIELDS}
    for name in ("issued_at", "called_at", "last_call_at", "ended_at"):
        found[name] = None if found[name] is None else moments.from_text(found[name])
    return Ticket(
        **found
        | {
            "day": date.fromisoformat(found["day"]),
            "state": TicketState(found["state"]),
            "priority": bool(found["priority"]),
        }
    )
