"""Which items counters put aside: named and classed, nothing of their content."""

from counter_protocol.messages import QuarantineReport
from counter_protocol.refusals import Refusal
from counter_server.checked_values import checked_text
from counter_server.context import ServerContext
from counter_server.devices.authentication import active_device
from counter_server.devices.tokens import Bearer
from counter_server.wire_body import Refused

_KEEP = """
INSERT INTO quarantine_report (unit, device_id, direction, item, code)
SELECT $1, $2, new.* FROM unnest($3::text[], $4::text[], $5::text[]) AS new
ON CONFLICT (unit, device_id, direction, item) DO UPDATE SET code = EXCLUDED.code, reported_at = now()
"""
_DIRECTIONS = ("up", "down")
_MAX_ITEMS = 1000


async def keep_report(context: ServerContext, bearer: Bearer, report: QuarantineReport) -> None:
    """Keep a report; one told again replaces itself.

    Raises:
        Refused: ``body_too_big``, ``not_a_message``, ``device_unknown``, ``device_revoked``.
    """
    if len(report.items) > _MAX_ITEMS:
        raise Refused(Refusal.BODY_TOO_BIG, f"more than {_MAX_ITEMS} items")
    items = {(item.direction, checked_text(item.item)): checked_text(item.code) for item in report.items}
    if any(direction not in _DIRECTIONS for direction, _item in items):
        raise Refused(Refusal.NOT_A_MESSAGE, "direction")
    async with context.database.office(bearer.unit) as connection:
        await active_device(connection, bearer.unit, bearer.device_id)
        rows = [(direction, item, code) for (direction, item), code in items.items()]
        if rows:
            columns = map(list, zip(*rows, strict=True))
            await connection.execute(_KEEP, bearer.unit, bearer.device_id, *columns)
