"""What the server says of the counter's chain, scans and numbers, taken from a carry file.

Only what leads forward is believed of any file, for an old one may turn up at any time. That the server or
the counter was put back is believed of the answer to the newest file alone.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from counter_app.services.sync.confirm import confirm
from counter_app.services.sync.leased_numbers import leased_blocks
from counter_app.services.sync_port import ItemState
from counter_protocol.refusals import ErrorClass, class_of

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Transaction
    from counter_protocol.carry import CarryAck
    from counter_protocol.messages import BlockReply

_UNPROCESSABLE = 422  # the status the line would have brought such a code with


def take_ack(transaction: "Transaction", desk: "Desk", ack: "CarryAck") -> int:
    """Note what the server has; return how many events that were unconfirmed are confirmed now."""
    _take_scans(transaction, ack)
    late = _take_late(transaction, ack)
    first = next(iter(transaction.next_out(1, 1)), None)
    if first is None or first.epoch != ack.epoch or ack.ack.seq < first.epoch_seq:
        return late
    if not any(place.hash == ack.ack.hash for place in transaction.chain_places([ack.ack.seq])):
        return late  # another history than ours: the session, or the answer to the next file, tells which
    offset = first.seq - first.epoch_seq  # within an epoch the places follow each other without a gap
    numbers = {
        offset + place: office_seq
        for place, office_seq in enumerate(ack.office_seqs, ack.first_seq)
        if first.epoch_seq <= place <= ack.ack.seq
    }
    confirm(transaction, desk, ack.epoch, ack.ack.seq, numbers)
    return late + ack.ack.seq - first.epoch_seq + 1


def put_aside(transaction: "Transaction", ack: "CarryAck") -> int:
    """Put the event aside the server cannot take, and the later ones of its dossier; return how many."""
    first = next(iter(transaction.next_out(1, 1)), None)
    poison = ack.refused_code and class_of(_UNPROCESSABLE, ack.refused_code) is ErrorClass.POISON
    if first is None or not poison or first.epoch != ack.epoch or ack.refused_seq < first.epoch_seq:
        return 0
    before = first.seq - first.epoch_seq + ack.refused_seq - 1
    suspect = next(iter(transaction.out_items(unsent_only=False, limit=1, after=before)), None)
    if suspect is None or suspect.state is ItemState.QUARANTINED:
        return 0
    return transaction.quarantine(suspect.seq, ack.refused_code)


def take_blocks(transaction: "Transaction", counter: int, reply: "BlockReply") -> int:
    """Keep the numbers leased to the counter; return how many blocks there are."""
    leased = leased_blocks(counter, reply.blocks)
    for each in leased:
        transaction.put_block(each)
    return len(leased)


def _take_late(transaction: "Transaction", ack: "CarryAck") -> int:
    if not ack.late:
        return 0
    numbers = {(each.epoch, each.seq): each.office_seq for each in ack.late}
    arrived = {
        item.seq: numbers[item.epoch, item.epoch_seq]
        for item in transaction.late_items()
        if (item.epoch, item.epoch_seq) in numbers
    }
    transaction.mark_late_acked(arrived)
    return len(arrived)


def _take_scans(transaction: "Transaction", ack: "CarryAck") -> None:
    if not ack.scans:
        return
    there = set(ack.scans)
    for upload in transaction.uploads():
        if upload.attachment_id in there:
            done = replace(
                upload, state=ItemState.ACKED, sent=upload.size, next_attempt_at=None, last_answer=""
            )
            transaction.put_upload(done)
