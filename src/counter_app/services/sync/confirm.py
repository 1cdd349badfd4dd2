"""What the server confirmed of the outbox, and what that says of the order of acts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from counter_app.services.sync.apply_log import reorder
from counter_protocol.events import decode_event

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Transaction


def confirm(
    transaction: "Transaction", desk: "Desk", epoch: int, last_epoch_seq: int, numbers: Mapping[int, int]
) -> None:
    """Note that the server has all of an epoch up to a place.

    An act whose answer was lost may have its number before acts of others that were pulled since: until now
    it counted after them. Such dossiers are folded anew.

    Args:
        transaction: The act this is part of.
        desk: The counter.
        epoch: The epoch.
        last_epoch_seq: The last place of it that is confirmed.
        numbers: The numbers in the office's log by `OutItem.seq`.
    """
    cursor = transaction.cursor()
    transaction.mark_acked(epoch, last_epoch_seq, numbers)
    overtaken: dict[str, int] = {}
    for seq, number in sorted(numbers.items()):
        if number <= cursor:
            for item in transaction.out_items(unsent_only=False, limit=1, after=seq - 1):
                overtaken.setdefault(item.dossier_id, number)
    own = desk.settings.counter.device_id
    reorder(
        transaction,
        desk,
        [
            dossier
            for dossier, number in overtaken.items()
            if _others_after(transaction, dossier, number, own)
        ],
    )


def _others_after(transaction: "Transaction", dossier_id: str, number: int, own: str) -> bool:
    return any(
        logged.office_seq is not None
        and logged.office_seq > number
        and decode_event(logged.body).device_id != own
        for logged in transaction.dossier_log(dossier_id)
    )
