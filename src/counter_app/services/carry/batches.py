"""Cuts the unconfirmed end of the outbox into the batches the line would send, and words each as a push."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counter_app.domain.errors import RuleRefusal
from counter_app.services.sync_port import ItemState, OutItem
from counter_protocol.messages import EventItem, LateEvent, Limits, PushRequest, Withheld

if TYPE_CHECKING:
    from counter_app.services.sync_port import SyncQueries

_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Events that go into one batch: ``count`` rows of the outbox after ``after``.

    ``bare`` are those whose content stays here. Bodies are read again when the batch is written.
    """

    after: int
    count: int
    epoch: int
    bare: frozenset[int]
    kinds: tuple[str, ...] = field(repr=False, default=())


def stretches(queries: "SyncQueries") -> Iterator[Stretch]:
    """Yield the batches of everything the server has not confirmed, in order."""
    first = next(iter(queries.next_out(1, 1)), None)
    if first is None:
        return
    after, batch, room = first.seq - 1, list[OutItem](), _LIMITS.batch_bytes
    while page := queries.out_items(unsent_only=False, limit=_LIMITS.batch_events, after=after):
        for item in page:
            size = 0 if item.state is ItemState.QUARANTINED else item.size
            if batch and (len(batch) == _LIMITS.batch_events or size > room):
                yield _stretch(batch)
                batch, room = [], _LIMITS.batch_bytes
            batch.append(item)
            room -= size
        after = page[-1].seq
    if batch:
        yield _stretch(batch)


def push_of(queries: "SyncQueries", stretch: Stretch, unit_code: str) -> PushRequest:
    """Return the push of a stretch.

    Raises:
        RuleRefusal: ``carry_changed_meanwhile``: the chain was begun anew since the stretch was cut.
    """
    items = queries.out_items(unsent_only=False, limit=stretch.count, after=stretch.after)
    if any(item.epoch != stretch.epoch for item in items):
        raise RuleRefusal("carry_changed_meanwhile")
    return PushRequest(
        unit_code=unit_code,
        epoch=stretch.epoch,
        first_seq=items[0].epoch_seq,
        prev_hash=items[0].prev_hash,
        events=[_told(item, bare=item.seq in stretch.bare) for item in items],
    )


def late_pushes(queries: "SyncQueries", unit_code: str) -> Iterator[tuple[PushRequest, tuple[str, ...]]]:
    """Yield pushes of withheld events somebody released again, each with the kinds of its events.

    They add no place to the chain: they stand at the last one the server confirmed.
    """
    epoch, at = queries.chain_end().epoch, queries.acked_seq()
    known = queries.chain_places([at])
    items = queries.late_items()
    for start in range(0, len(items), _LIMITS.batch_events):
        part = items[start : start + _LIMITS.batch_events]
        late = [LateEvent(epoch=item.epoch, seq=item.epoch_seq, body=item.body) for item in part]
        push = PushRequest(
            unit_code=unit_code,
            epoch=epoch,
            first_seq=at + 1,
            prev_hash=known[0].hash if known else bytes(32),
            events=[],
            late=late,
        )
        yield push, tuple(item.kind for item in part)


def _stretch(items: Sequence[OutItem]) -> Stretch:
    return Stretch(
        after=items[0].seq - 1,
        count=len(items),
        epoch=items[0].epoch,
        bare=frozenset(item.seq for item in items if item.state is ItemState.QUARANTINED),
        kinds=tuple(item.kind for item in items),
    )


def _told(item: OutItem, *, bare: bool) -> EventItem:
    if not bare:
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
