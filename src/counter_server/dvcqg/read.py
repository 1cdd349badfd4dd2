"""Reads the dossiers of some days out of the server's database."""

import json
from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from counter_protocol.events import EventEnvelope, decode_event
from counter_server.dvcqg.build import DossierSource, is_told
from counter_server.dvcqg.state_reading import part, rows, text

if TYPE_CHECKING:
    from counter_server.database.connections import Connection

_LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
# What a counter reported late is told late, never not at all: the day it arrived counts like that of the act.
_CHANGED = """
    SELECT dossier.unit, dossier.dossier_id, office.name, dossier.state
    FROM dossier JOIN office USING (unit)
    WHERE ($3 = '' OR dossier.unit = $3) AND EXISTS (
        SELECT 1 FROM event WHERE event.unit = dossier.unit AND event.dossier_id = dossier.dossier_id
        AND ((event.at >= $1 AND event.at < $2) OR (event.taken_at >= $1 AND event.taken_at < $2)))
    ORDER BY dossier.unit, dossier.received_at, dossier.dossier_id
"""
_EVENTS = """
    SELECT office_seq, body FROM event
    WHERE unit = $1 AND dossier_id = $2 AND body <> '' ORDER BY office_seq
"""
_DEFINITION = "SELECT body FROM definition WHERE unit = $1 AND digest = $2"


async def dossiers(
    connection: "Connection", first: date, last: date, *, unit: str = "", files_url: str = ""
) -> AsyncIterator[DossierSource]:
    """Yield the dossiers something was done with, or reported of, from one day to another, both included.

    Args:
        connection: As the role that may read for the export.
        first: The first day, in Vietnam.
        last: The last day.
        unit: One office, or "" for every one.
        files_url: Where the gateway fetches scans.
    """
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    for row in await connection.fetch(_CHANGED, begin, end, unit):
        state = json.loads(row["state"])
        if is_told(state):
            yield DossierSource(
                unit=row["unit"],
                office_name=row["name"],
                state=state,
                events=await _events(connection, row["unit"], row["dossier_id"]),
                result_codes=await _result_codes(
                    connection, row["unit"], text(part(state, "procedure"), "definition")
                ),
                files_url=files_url,
            )


async def _events(connection: "Connection", unit: str, dossier_id: str) -> list[tuple[int, EventEnvelope]]:
    found = await connection.fetch(_EVENTS, unit, dossier_id)
    # An event that came in two epochs has one number and counts once.
    bodies = {row["office_seq"]: bytes(row["body"]) for row in found}
    return [(seq, decode_event(body)) for seq, body in bodies.items()]


async def _result_codes(connection: "Connection", unit: str, digest: str) -> dict[str, str]:
    body = await connection.fetchval(_DEFINITION, unit, digest)
    if body is None:
        return {}
    return {text(each, "name"): text(each, "code") for each in rows(json.loads(body), "results")}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), _LOCAL)
