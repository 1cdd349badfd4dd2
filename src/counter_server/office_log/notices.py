"""Tasks for the clerks at the counters, and flags a human has dealt with."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from counter_protocol.events import EventKind
from counter_protocol.notices import TASK, NoticeData
from counter_server.context import ServerContext
from counter_server.events.office_log import OfficeLog
from counter_server.events.server_events import append
from counter_server.ids import new_id
from counter_server.office_log.dossier import event_of_server, find
from counter_server.office_log.refusal import NotWritten, Why, needed

if TYPE_CHECKING:
    from counter_server.database.connections import Connection

_KEEP = """INSERT INTO flag (unit, flag_id, subject, kind, dossier_id, params, raised_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)"""
_FIND = "SELECT kind, dossier_id, settled_at FROM flag WHERE unit = $1 AND flag_id = $2"
_OPEN = """SELECT f.unit, f.flag_id, f.kind, coalesce(d.dossier_code, '') AS dossier_code, f.raised_at
FROM flag f LEFT JOIN dossier d ON d.unit = f.unit AND d.dossier_id = f.dossier_id
WHERE f.settled_at IS NULL AND ($1 = '' OR f.unit = $1) ORDER BY f.raised_at, f.flag_id"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFlag:
    """A flag or task nobody has dealt with; ``dossier_code`` is "" when it is about none."""

    unit: str
    flag_id: str
    kind: str
    dossier_code: str
    raised_at: datetime


async def give_task(context: ServerContext, unit: str, text: str, *, code: str = "", by: str) -> str:
    """Ask the clerks of an office to do something, about a dossier or not; return the task's id.

    Raises:
        NotWritten: ``dossier_unknown``, ``dossier_ambiguous``, ``text_needed``.
    """
    task_id, params, at = new_id(), {"text": needed(text)}, context.now()
    async with context.database.office(unit) as connection:
        log = await OfficeLog.lock(connection, unit)
        dossier_id = (await find(log, code)).dossier_id if code else ""
        written = msgspec.json.encode(params).decode()
        await connection.execute(_KEEP, unit, task_id, f"task:{task_id}", TASK, dossier_id, written, at)
        data = NoticeData(notice_id=task_id, kind=TASK, params=params).as_data()
        event = event_of_server(log, EventKind.TASK_GIVEN, dossier_id, clerk=needed(by), at=at, data=data)
        await append(log, [event], at)
    return task_id


async def settle(context: ServerContext, unit: str, flag_id: str, *, reason: str, by: str) -> bool:
    """Note that a flag or task was dealt with, and tell the counters; False when it was before.

    Raises:
        NotWritten: ``flag_unknown``, ``text_needed``.
    """
    why, who, at = needed(reason), needed(by), context.now()
    async with context.database.office(unit) as connection:
        log = await OfficeLog.lock(connection, unit)
        row = await connection.fetchrow(_FIND, unit, flag_id)
        if row is None:
            raise NotWritten(Why.FLAG_UNKNOWN)
        if row["settled_at"] is not None:
            return False
        data = NoticeData(notice_id=flag_id, kind=row["kind"], reason=why).as_data()
        event = event_of_server(log, EventKind.FLAG_SETTLED, row["dossier_id"], clerk=who, at=at, data=data)
        await append(log, [event], at)
    return True


async def open_flags(connection: "Connection", unit: str = "") -> list[OpenFlag]:
    """Return what waits for a human, oldest first, of one office or of all."""
    return [OpenFlag(**row) for row in await connection.fetch(_OPEN, unit)]
