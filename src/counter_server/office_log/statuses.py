"""What becomes of a dossier behind the desk: who works on it, its result is there, its official number.

The rules are those of the counters' own acts. Where papers or money are waited for, only the counter ends the
waiting: the promised day is counted anew there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from counter_protocol.events import EventKind
from counter_protocol.moments import utc_text
from counter_server.context import ServerContext
from counter_server.events.office_log import OfficeLog
from counter_server.office_log.dossier import Found, change, find
from counter_server.office_log.refusal import NotWritten, Why, needed

_RUNNING = frozenset({"received", "processing"})
_TAKEN = """SELECT 1 FROM dossier WHERE unit = $1 AND dossier_code = $2 AND dossier_id <> $3
UNION ALL SELECT 1 FROM dossier_alias WHERE unit = $1 AND code = $2 AND dossier_id <> $3"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a dossier; not ``granted``: the answer is no."""

    name: str
    number: str = ""
    granted: bool = True


async def processing(
    context: ServerContext, unit: str, code: str, *, holder: str, agency: bool = False, by: str
) -> int:
    """Say who works on a dossier now; return the number in the office's log.

    Raises:
        NotWritten: ``dossier_unknown``, ``dossier_ambiguous``, ``status_order``, ``text_needed``.
    """
    who = {"name": needed(holder), "agency": agency}
    at = _now(context)

    def patch(dossier: Found) -> Mapping[str, object]:
        return {
            "status": "processing",
            "life.holder": who,
            "life.handed_to": who,
            "life.handed_over_at": dossier.state.get("life.handed_over_at") or _life_text(at),
        }

    async with context.database.office(unit) as connection:
        log = await OfficeLog.lock(connection, unit)
        dossier = await _running(log, code)
        detail = {"act": "handed_over", "to": who["name"], "agency": agency, "note": ""}
        return await change(
            log,
            EventKind.STATUS_SET,
            dossier,
            patch(dossier),
            clerk=needed(by),
            at=at,
            detail=detail,
        )


async def resolved(context: ServerContext, unit: str, code: str, result: Result, *, by: str) -> int:
    """Say that a dossier's result is there; return the number in the office's log.

    Raises:
        NotWritten: ``dossier_unknown``, ``dossier_ambiguous``, ``status_order``, ``text_needed``.
    """
    at, clerk = _now(context), needed(by)
    told = {"name": needed(result.name), "number": result.number.strip(), "granted": result.granted}
    patch = {
        "status": "resolved",
        "resolved_at": utc_text(at),
        "life.result": {"at": _life_text(at), "clerk": clerk, **told},
        "life.holder": None,
    }
    async with context.database.office(unit) as connection:
        log = await OfficeLog.lock(connection, unit)
        dossier = await _running(log, code)
        detail = {"act": "result_entered", **told}
        return await change(log, EventKind.STATUS_SET, dossier, patch, clerk=clerk, at=at, detail=detail)


async def alias(context: ServerContext, unit: str, code: str, official: str, *, by: str) -> int:
    """Give a dossier its official number; return the number in the office's log, 0 when it has it already.

    Raises:
        NotWritten: ``dossier_unknown``, ``dossier_ambiguous``, ``alias_taken``, ``text_needed``.
    """
    name = needed(official).upper()
    async with context.database.office(unit) as connection:
        log = await OfficeLog.lock(connection, unit)
        dossier = await find(log, code)
        if await connection.fetchval(_TAKEN, unit, name, dossier.dossier_id):
            raise NotWritten(Why.ALIAS_TAKEN, code=name)
        known = dossier.state.get("aliases")
        aliases = list(known) if isinstance(known, list) else []
        if name in aliases or name == dossier.state.get("dossier_code"):
            return 0
        return await change(
            log,
            EventKind.CODE_ALIASED,
            dossier,
            {"aliases": [*aliases, name]},
            clerk=needed(by),
            at=_now(context),
            detail={"act": "code_aliased", "code": name},
        )


async def _running(log: OfficeLog, code: str) -> Found:
    dossier = await find(log, code)
    if dossier.status not in _RUNNING:
        raise NotWritten(Why.STATUS_ORDER, code=code, status=dossier.status)
    return dossier


def _now(context: ServerContext) -> datetime:
    return context.now().replace(microsecond=0)


def _life_text(moment: datetime) -> str:
    """Return a whole second as counters write it within a life, so that both sides hold the same state."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
