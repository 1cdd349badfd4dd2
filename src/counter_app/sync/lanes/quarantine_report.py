"""Tells the server what this counter put aside: which item and why, nothing of its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_app.services.sync_port import ItemState
from counter_app.sync.answers import Refused
from counter_protocol.messages import Done, QuarantinedItem, QuarantineReport
from counter_protocol.refusals import ErrorClass

if TYPE_CHECKING:
    from counter_app.sync.link import Link

_AT_ONCE = 100


def report(link: Link) -> None:
    """Report each item once as long as the program runs; Refused by anything but the report itself."""
    with link.desk.store.reading() as queries:
        if not (queries.sync_state().quarantined or queries.sync_state().parked):
            return
        found = [
            QuarantinedItem(direction="up", item=item.event_id, code=item.last_answer)
            for item in queries.out_items()
            if item.state in (ItemState.QUARANTINED, ItemState.WITHHELD)
        ]
        found += [
            QuarantinedItem(direction="down", item=str(entry.office_seq), code=entry.problem)
            for entry in queries.parked()
        ]
    new = [item for item in found if f"{item.direction} {item.item}" not in link.reported][:_AT_ONCE]
    if not new:
        return
    message = QuarantineReport(items=new)
    try:
        link.ask(lambda token: link.gateway.post("/v1/quarantine", message, Done, token=token))
    except Refused as refused:
        if refused.answer.error_class is not ErrorClass.POISON:
            raise
    link.reported.update(f"{item.direction} {item.item}" for item in new)
