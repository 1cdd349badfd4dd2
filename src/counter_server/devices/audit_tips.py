"""Countersigns the tips of the counters' audit logs, and notices a log that is not the one of before.

Nothing is refused: a counter with a log that went back must still hand in what it recorded. It gets no
signature then, and a human is told. A counter that was put back from a backup says so by its epoch or by
its chain of events; its log goes on from there under that epoch.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from counter_protocol.audit_tips import HASH_BYTES, countersigned
from counter_protocol.chain import ChainState
from counter_protocol.fold import FlagKind
from counter_protocol.messages import Place, SessionRequest
from counter_protocol.moments import utc_text
from counter_protocol.refusals import Refusal
from counter_server.checked_values import checked_number
from counter_server.context import ServerContext
from counter_server.events.flags import Flag, raise_flags
from counter_server.events.office_log import OfficeLog
from counter_server.wire_body import Refused

if TYPE_CHECKING:
    from counter_server.database.connections import Connection

_LAST = """
SELECT epoch, seq FROM audit_tip WHERE unit = $1 AND device_id = $2
ORDER BY told_at DESC, seq DESC LIMIT 1
"""
# What an earlier epoch told of a place may have been lost when the counter was put back; `known` may not.
_TOLD = "SELECT hash FROM audit_tip WHERE unit = $1 AND device_id = $2 AND epoch = $3 AND seq = $4"
_KNOWN = "SELECT hash FROM audit_tip WHERE unit = $1 AND device_id = $2 AND seq = $3"
_KEEP = """
INSERT INTO audit_tip (unit, device_id, epoch, seq, hash, told_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT DO NOTHING
"""
_SHOWN = "UPDATE device SET audit_tip = $3, audit_seq = $4 WHERE unit = $1 AND device_id = $2"
_PUT_BACK = frozenset({ChainState.COUNTER_BEHIND, ChainState.FORKED})


@dataclass(frozen=True, slots=True)
class Countersigned:
    """The signature, b"" for none, and what a human must be told."""

    proof: bytes = b""
    flag: Flag | None = None


def check_tips(request: SessionRequest) -> None:
    """Refuse what is no tip: ``not_a_message``."""
    for place in (request.audit_end, request.audit_known):
        if place is not None:
            checked_number(place.seq)
            if len(place.hash) != HASH_BYTES:
                raise Refused(Refusal.NOT_A_MESSAGE, "no hash")


async def countersign(
    context: ServerContext,
    connection: "Connection",
    request: SessionRequest,
    chain: ChainState,
    now: datetime,
) -> Countersigned:
    """Compare the tip a counter tells with what it told before, keep it and sign it.

    Args:
        context: The server.
        connection: In the transaction of the session.
        request: What the counter says; checked.
        chain: How its chain of events stands, which tells of a counter that was put back.
        now: The time of the reply.
    """
    end = request.audit_end
    if end is None or end.seq < 1:
        return Countersigned()
    unit, device_id, epoch = request.unit_code, request.device_id, request.epoch
    last = await connection.fetchrow(_LAST, unit, device_id)
    put_back = chain in _PUT_BACK or (last is not None and last["epoch"] != epoch)
    flag = None
    if last is not None:
        lower = end.seq < last["seq"]
        if lower and put_back:
            flag = await _flag(connection, FlagKind.AUDIT_RESTORED, request, last["epoch"], last["seq"])
        elif lower or await _differs(connection, request, end):
            flag = await _flag(connection, FlagKind.AUDIT_ROLLED_BACK, request, epoch, last["seq"])
    await connection.execute(_SHOWN, unit, device_id, end.hash.hex()[:8], end.seq)
    if flag is not None and flag.kind is FlagKind.AUDIT_ROLLED_BACK:
        return Countersigned(flag=flag)
    await connection.execute(_KEEP, unit, device_id, epoch, end.seq, end.hash, now)
    proof = countersigned(
        context.secrets.signing,
        unit_code=unit,
        device_id=device_id,
        seq=end.seq,
        hash_=end.hash,
        at=utc_text(now),
    )
    return Countersigned(proof, flag)


async def _differs(connection: "Connection", request: SessionRequest, end: Place) -> bool:
    """Tell whether a place has another hash now than the counter once told."""
    unit, device_id, known = request.unit_code, request.device_id, request.audit_known
    told = await connection.fetchval(_TOLD, unit, device_id, request.epoch, end.seq)
    if told is not None and told != end.hash:
        return True
    if known is None:
        return False
    hashes = [row["hash"] for row in await connection.fetch(_KNOWN, unit, device_id, known.seq)]
    return bool(hashes) and known.hash not in hashes


async def _flag(
    connection: "Connection", kind: FlagKind, request: SessionRequest, epoch: int, known: int
) -> Flag:
    """Return what the office is told; the same end of before is told once."""
    counter = await connection.fetchval(
        "SELECT counter FROM device WHERE unit = $1 AND device_id = $2", request.unit_code, request.device_id
    )
    end = request.audit_end.seq if request.audit_end else 0
    return Flag(
        kind=kind,
        subject=f"{kind}:{request.device_id}:{epoch}:{known}",
        params={"counter": counter, "place": end, "known": known},
    )


async def tell(context: ServerContext, unit: str, flag: Flag) -> None:
    """Raise the flag in the office's log."""
    async with context.database.office(unit) as connection:
        log = await OfficeLog.lock(connection, unit)
        await log.write(await raise_flags(log, [flag], context.now()))
    context.news.tell(unit)
