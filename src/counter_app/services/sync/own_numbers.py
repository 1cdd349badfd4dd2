"""Keeps numbers unique after this counter was put back: what it gave since then comes back in the log."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from counter_app.domain.dossier_code import blocks_of, parse_code, running_of
from counter_app.domain.errors import BadInput
from counter_app.domain.working_calendar import OFFICE_ZONE
from counter_app.services import receipts
from counter_protocol.events import EventEnvelope, EventKind

if TYPE_CHECKING:
    from counter_app.services.ports import Transaction

# Which kind of event used a number of which series of papers.
_SERIES: Mapping[str, str] = {
    EventKind.SUPPLEMENT_REQUESTED: "supplement",
    EventKind.DOSSIER_REFUSED: "refusal",
    EventKind.DEADLINE_EXTENDED: "apology",
    EventKind.DOSSIER_STOPPED: "stop",
    EventKind.FEE_COLLECTED: receipts.SERIES,
}
_NOTICES = {"supplement": "supplement", "refusal": "refusal"}


def keep_clear_of(transaction: "Transaction", event: EventEnvelope) -> None:
    """Give none of the numbers an own event used a second time.

    Raises:
        ValueError: what the event says of its numbers cannot be read.
    """
    day = event.at.astimezone(OFFICE_ZONE).date()
    series = _SERIES.get(event.kind) or _NOTICES.get(str(event.data.get("notice", "")), "")
    number = event.data.get("number")
    if series and isinstance(number, int):
        transaction.raise_paper_number(series, day.year, event.counter, number)
    if event.kind == EventKind.DOSSIER_RECEIVED:
        _keep_clear_of_receipt(transaction, event)


def _keep_clear_of_receipt(transaction: "Transaction", event: EventEnvelope) -> None:
    patch = event.data.get("state")
    values = patch.get("set") if isinstance(patch, Mapping) else None
    if not isinstance(values, Mapping):
        raise ValueError("no receipt")
    try:
        code = parse_code(str(values["dossier_code"]))
    except BadInput as error:
        raise ValueError("no dossier code") from error
    blocks = (*blocks_of(event.counter), *transaction.leased_blocks(code.day))
    running = running_of(event.counter, code.number, blocks)
    register_no = values.get("register_no")
    transaction.raise_numbers(
        code.day, event.counter, running, register_no if isinstance(register_no, int) else 0
    )
