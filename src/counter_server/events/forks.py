"""Chains that go on in two ways: noticed once, told to a human, and closed.

A session compares chains by few places only; a push may be the first to see that they differ. What it saw is
kept as a flag, by which later sessions know that nobody may go on in that epoch.
"""

from typing import TYPE_CHECKING

from counter_protocol.fold import FlagKind
from counter_server.context import ServerContext
from counter_server.events.flags import Flag, raise_flags
from counter_server.events.office_log import OfficeLog

if TYPE_CHECKING:
    from counter_server.database.connections import Connection

_KNOWN = "SELECT EXISTS (SELECT 1 FROM flag WHERE unit = $1 AND subject = $2)"


def _subject(device_id: str, epoch: int) -> str:
    return f"{FlagKind.FORKED_DEVICE}:{device_id}:{epoch}"


async def is_forked(connection: "Connection", unit: str, device_id: str, epoch: int) -> bool:
    """Tell whether an epoch's chain is known to go on in two ways."""
    return bool(await connection.fetchval(_KNOWN, unit, _subject(device_id, epoch)))


async def note_fork(context: ServerContext, unit: str, device_id: str, epoch: int) -> None:
    """Raise the flag, once an epoch."""
    async with context.database.office(unit) as connection:
        counter = await connection.fetchval(
            "SELECT counter FROM device WHERE unit = $1 AND device_id = $2", unit, device_id
        )
        log = await OfficeLog.lock(connection, unit)
        params = {"counter": counter, "epoch": epoch}
        flag = Flag(kind=FlagKind.FORKED_DEVICE, subject=_subject(device_id, epoch), params=params)
        rows = await raise_flags(log, [flag], context.now())
        await log.write(rows)
    context.news.tell(unit)
