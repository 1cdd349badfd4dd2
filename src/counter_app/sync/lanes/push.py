"""Sends the outbox in order, in signed batches; finds what the server cannot take and puts it aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from counter_app.services.sync.confirm import confirm
from counter_app.services.sync_port import ItemState, OutItem
from counter_app.sync.answers import Answer, Refused, strange_answer
from counter_protocol import signing, wire
from counter_protocol.events import GENESIS_HASH
from counter_protocol.messages import EventItem, LateEvent, PushReply, PushRequest, Withheld
from counter_protocol.refusals import ErrorClass, Refusal

if TYPE_CHECKING:
    from counter_app.sync.link import Link
    from counter_protocol.messages import SessionReply

_TRIES = 3
_COMPARISONS = 3


class Push:
    """One sending of everything that waits.

    The chain is strict: an event nobody can take would keep all later ones back. A refusal without a place is
    narrowed down by halving; after three tries the event's dossier is put aside, and its places are told
    without their content.
    """

    def __init__(self, link: Link) -> None:
        self._link = link
        self._desk = link.desk
        self._bad_until = 0  # a refused batch ended here; 0: nothing is suspected
        self._comparisons = 0
        self._tries: dict[str, int] = {}

    def run(self) -> None:
        """Send until nothing waits; Refused by whatever is not one event's fault."""
        self._send_all_late(first=True)  # what waits of their dossiers follows them
        while batch := self._next():
            self._send(batch)
        self._send_all_late()

    def _send_all_late(self, *, first: bool = False) -> None:
        """Send what was released; ``first``: what has no place at the server yet does not hold others up."""
        while late := self._late():
            try:
                self._send_late(late[0])
            except Refused as refused:
                if not first or refused.answer.code != Refusal.CHAIN_BROKEN:
                    raise
                return

    def _next(self) -> Sequence[OutItem]:
        session = self._link.session()
        with self._desk.store.reading() as queries:
            items = queries.next_out(session.limits.batch_events, session.limits.batch_bytes)
        if not items:
            return items
        return items[: self._how_many(items, session)]

    def _how_many(self, items: Sequence[OutItem], session: SessionReply) -> int:
        first = items[0].epoch_seq
        if self._bad_until >= first:
            return max(1, (self._bad_until - first + 1) // 2)
        # What the server has already, its answer lost on the way, is told again by itself: it answers with
        # the same numbers.
        known = session.ack.seq - first + 1
        return min(known, len(items)) if known > 0 else len(items)

    def _send(self, batch: Sequence[OutItem]) -> None:
        with self._desk.store.writing() as transaction:
            transaction.mark_sending([item.seq for item in batch])
        request = self._request(batch)
        try:
            reply = self._link.ask(lambda token: self._post(request, token))
        except Refused as refused:
            self._not_taken(batch, refused)
            return
        self._taken(batch, reply)

    def _request(self, batch: Sequence[OutItem]) -> PushRequest:
        return PushRequest(
            unit_code=self._link.enrolment.unit_code,
            epoch=batch[0].epoch,
            first_seq=batch[0].epoch_seq,
            prev_hash=batch[0].prev_hash,
            events=[_as_sent(item) for item in batch],
        )

    def _post(self, request: PushRequest, token: str) -> PushReply:
        enrolment = self._link.enrolment
        payload = wire.to_bytes(request)
        message = signing.signed(signing.PUSH, enrolment.private_key, enrolment.device_id, payload)
        return self._link.gateway.post("/v1/push", message, PushReply, token=token)

    def _taken(self, batch: Sequence[OutItem], reply: PushReply) -> None:
        last = batch[-1]
        if len(reply.office_seqs) != len(batch) or reply.ack.seq < last.epoch_seq:
            raise strange_answer()
        if reply.ack.seq == last.epoch_seq and reply.ack.hash != last.hash:
            self._compare_again()
            return
        numbers = {item.seq: number for item, number in zip(batch, reply.office_seqs, strict=True) if number}
        with self._desk.store.writing() as transaction:
            confirm(transaction, self._desk, last.epoch, last.epoch_seq, numbers)
        self._link.tally.sent += sum(item.state is not ItemState.QUARANTINED for item in batch)

    def _not_taken(self, batch: Sequence[OutItem], refused: Refused) -> None:
        answer = refused.answer
        if answer.code == Refusal.CHAIN_BROKEN:
            self._compare_again()
            return
        if answer.error_class is not ErrorClass.POISON:
            self._count(batch, answer.code)
            raise refused
        named = [item for item in batch if item.epoch_seq == answer.seq]
        if not named and len(batch) > 1:
            self._bad_until = batch[-1].epoch_seq
            self._count(batch, answer.code)
            return
        self._bad_until = 0
        suspect = named[0] if named else batch[0]
        if suspect.state is ItemState.QUARANTINED:
            raise refused  # even its bare place is not taken: nothing here can help
        self._blame(suspect, answer.code)

    def _compare_again(self) -> None:
        self._comparisons += 1
        if self._comparisons > _COMPARISONS:
            raise Refused(Answer(error_class=ErrorClass.PROTOCOL, code=Refusal.CHAIN_BROKEN))
        self._link.drop_session()

    def _blame(self, suspect: OutItem, code: str) -> None:
        self._tries[suspect.event_id] = self._tries.get(suspect.event_id, 0) + 1
        with self._desk.store.writing() as transaction:
            transaction.mark_failed([suspect.seq], code, None)
            if self._tries[suspect.event_id] >= _TRIES:
                self._link.tally.quarantined += transaction.quarantine(suspect.seq, code)

    def _count(self, batch: Sequence[OutItem], code: str) -> None:
        """Keep the answer with each event; they wait again."""
        with self._desk.store.writing() as transaction:
            transaction.mark_failed([item.seq for item in batch], code, None)

    def _late(self) -> Sequence[OutItem]:
        with self._desk.store.reading() as queries:
            return queries.late_items()

    def _send_late(self, item: OutItem) -> None:
        with self._desk.store.reading() as queries:
            acked, epoch = queries.acked_seq(), queries.chain_end().epoch
            before = [place.hash for place in queries.chain_places([acked])] if acked else [GENESIS_HASH]
        request = PushRequest(
            unit_code=self._link.enrolment.unit_code,
            epoch=epoch,
            first_seq=acked + 1,
            prev_hash=before[0],
            events=[],
            late=[LateEvent(epoch=item.epoch, seq=item.epoch_seq, body=item.body)],
        )
        try:
            reply = self._link.ask(lambda token: self._post(request, token))
        except Refused as refused:
            if refused.answer.error_class is not ErrorClass.POISON:
                raise
            with self._desk.store.writing() as transaction:
                # Somebody released it by hand; the answer goes back to them at once.
                self._link.tally.quarantined += transaction.quarantine(item.seq, refused.answer.code)
            return
        if len(reply.late_office_seqs) != 1:
            raise strange_answer()
        with self._desk.store.writing() as transaction:
            transaction.mark_late_acked({item.seq: reply.late_office_seqs[0]})
        self._link.tally.sent += 1


def _as_sent(item: OutItem) -> EventItem:
    if item.state is not ItemState.QUARANTINED:
        return EventItem(body=item.body)
    return EventItem(
        withheld=Withheld(
            hash=item.hash,
            event_id=item.event_id,
            dossier_id=item.dossier_id,
            kind=item.kind,
            reason=item.last_answer,
        )
    )
