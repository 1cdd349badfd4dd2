"""The outbox as lists a clerk reads: what each item is about, where it stands, what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from counter_app.services.sync_port import ItemState, OutItem
from counter_protocol.events import EventKind

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries

PAGE = 200
_STEP = 500  # events looked at once while searching for the held ones
_MOST_STEPS = 40
_CORRECTABLE = frozenset({EventKind.DOSSIER_RECEIVED, EventKind.DOSSIER_CORRECTED})
HELD = frozenset({ItemState.QUARANTINED, ItemState.WITHHELD})


class ItemList(StrEnum):
    """Which items are listed."""

    UNSENT = "unsent"
    HELD = "held"
    SENT_TODAY = "sent_today"


class ItemAct(StrEnum):
    """What can be done with an item."""

    SEND_NOW = "send_now"
    CORRECT = "correct"
    EXPORT = "export"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncItem:
    """One act on its way to the server. ``dossier_code`` is "" for what belongs to no dossier."""

    seq: int
    event_id: str
    kind: str
    dossier_id: str
    dossier_code: str
    at: datetime
    size: int
    state: ItemState
    attempts: int
    next_attempt_at: datetime | None
    last_answer: str
    office_seq: int | None
    acts: frozenset[ItemAct]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """Items in the order they were made; ``after`` continues the list, None when it ends here."""

    items: tuple[SyncItem, ...]
    after: int | None


def read_items(desk: "Desk", which: ItemList, *, after: int = 0, limit: int = PAGE) -> ItemPage:
    """Return a page of a list, past the place ``after``; errors as `Store.reading`."""
    with desk.store.reading() as queries:
        if which is ItemList.UNSENT:
            found = list(queries.out_items(limit=limit, after=after))
            return _page(queries, found, found[-1].seq if len(found) == limit else None)
        if which is ItemList.HELD:
            return _held(queries, after, limit)
        return _sent_today(queries, desk.clock.now(), after, limit)


def release(desk: "Desk", event_id: str) -> bool:
    """Let a held item be sent again; False when it is not held any more. Errors as `Store.writing`."""
    with desk.store.writing() as transaction:
        return transaction.release(event_id)


def first_since(queries: "Queries", moment: datetime) -> int:
    """Return the place after which the events made since `moment` begin; the outbox is never read whole."""
    low, high = 0, 1
    while (probe := _one_after(queries, high)) is not None and probe.at < moment:
        low, high = high, high * 2
    while low < high:
        middle = (low + high) // 2
        probe = _one_after(queries, middle)
        if probe is not None and probe.at < moment:
            low = middle + 1
        else:
            high = middle
    return low


def _one_after(queries: "Queries", seq: int) -> OutItem | None:
    return next(iter(queries.out_items(unsent_only=False, limit=1, after=seq)), None)


def _held(queries: "Queries", after: int, limit: int) -> ItemPage:
    held: list[OutItem] = []
    for _step in range(_MOST_STEPS):
        found = queries.out_items(limit=_STEP, after=after)
        held += [each for each in found if each.state in HELD]
        if len(found) < _STEP:
            return _page(queries, held, None)
        after = found[-1].seq
        if len(held) >= limit:
            break
    return _page(queries, held, after)


def _sent_today(queries: "Queries", now: datetime, after: int, limit: int) -> ItemPage:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    start = after or first_since(queries, midnight)
    found = queries.out_items(unsent_only=False, limit=limit, after=start)
    sent = [each for each in found if each.state is ItemState.ACKED and each.at >= midnight]
    return _page(queries, sent, found[-1].seq if len(found) == limit else None)


def _page(queries: "Queries", found: Sequence[OutItem], after: int | None) -> ItemPage:
    codes: dict[str, str] = {"": ""}
    for each in found:
        if each.dossier_id not in codes:
            dossier = queries.dossier(each.dossier_id)
            codes[each.dossier_id] = dossier.dossier_code if dossier else ""
    return ItemPage(items=tuple(_item(each, codes[each.dossier_id]) for each in found), after=after)


def _item(found: OutItem, dossier_code: str) -> SyncItem:
    return SyncItem(
        seq=found.seq,
        event_id=found.event_id,
        kind=found.kind,
        dossier_id=found.dossier_id,
        dossier_code=dossier_code,
        at=found.at,
        size=found.size,
        state=found.state,
        attempts=found.attempts,
        next_attempt_at=found.next_attempt_at,
        last_answer=found.last_answer,
        office_seq=found.office_seq,
        acts=acts_of(found.state, found.kind, in_dossier=bool(dossier_code)),
    )


def acts_of(state: ItemState, kind: str, *, in_dossier: bool) -> frozenset[ItemAct]:
    """Return what a clerk can do with an item."""
    if state is ItemState.ACKED:
        return frozenset()
    acts = {ItemAct.SEND_NOW, ItemAct.EXPORT}
    if state in HELD:
        acts.add(ItemAct.SUPPORT)
        if in_dossier and kind in _CORRECTABLE:
            acts.add(ItemAct.CORRECT)
    return frozenset(acts)
