"""The outbox as lists a clerk reads: what each item is about, where it stands, what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from counter_app.domain.clerks import Permission
from counter_app.services.sync.apply_log import retry_parked
from counter_app.services.sync_port import ItemState, OutItem
from counter_protocol.events import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries

PAGE = 200
_STEP = 500  # events looked at once
_CORRECTABLE = frozenset({EventKind.DOSSIER_RECEIVED, EventKind.DOSSIER_CORRECTED})
PARKED = "entry_parked"  # the answer of an entry of the office's log that could not be taken in
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
    """One act on its way to the server. ``dossier_code`` is "" for what belongs to no dossier.

    ``incoming``: it came from another counter or the server and could not be taken in here; ``seq`` is below
    0 then.
    """

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
    incoming: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """Items in the order they were made; ``after`` continues the list, None when it ends here."""

    items: tuple[SyncItem, ...]
    after: int | None


def read_items(desk: "Desk", which: ItemList, *, after: int = 0, limit: int = PAGE) -> ItemPage:
    """Return a page of a list, past the place ``after``; errors as `Store.reading`."""
    midnight = desk.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    with desk.store.reading() as queries:
        if which is ItemList.SENT_TODAY and not after:
            after = first_since(queries, midnight)
        parked = tuple(_parked(queries)) if which is ItemList.HELD and not after else ()
        kept: list[OutItem] = []
        while True:
            found = queries.out_items(
                unsent_only=which is not ItemList.SENT_TODAY, limit=max(limit, _STEP), after=after
            )
            for each in found:
                after = each.seq
                if _belongs(each, which, midnight):
                    kept.append(each)
                    if len(kept) == limit:
                        return _page(queries, kept, after, first=parked)
            if not found:
                return _page(queries, kept, None, first=parked)


def _belongs(item: OutItem, which: ItemList, midnight: datetime) -> bool:
    if which is ItemList.HELD:
        return item.state in HELD
    if which is ItemList.UNSENT:
        return is_act(item) or item.state in HELD
    return is_act(item) and item.state is ItemState.ACKED and item.at >= midnight


def release(desk: "Desk", item: SyncItem) -> bool:
    """Try a held item again; False when it stays held, or was not.

    Errors as `Store.writing` and `Desk.require`.
    """
    desk.require(Permission.RECEIVE)
    if item.incoming:
        retry_parked(desk)
        with desk.store.reading() as queries:
            return item.event_id not in {each.event_id for each in queries.parked()}
    with desk.store.writing() as transaction:
        return transaction.release(item.event_id)


def _parked(queries: "Queries") -> "Iterator[SyncItem]":
    for entry in queries.parked():
        dossier = queries.dossier(entry.dossier_id)
        yield SyncItem(
            seq=-entry.office_seq,
            event_id=entry.event_id,
            kind=entry.kind,
            dossier_id=entry.dossier_id,
            dossier_code=dossier.dossier_code if dossier else "",
            at=entry.at,
            size=len(entry.body),
            state=ItemState.QUARANTINED,
            attempts=entry.attempts,
            next_attempt_at=None,
            last_answer=PARKED,
            office_seq=entry.office_seq,
            acts=frozenset({ItemAct.SEND_NOW, ItemAct.SUPPORT}),
            incoming=True,
        )


def is_act(item: OutItem) -> bool:
    """Tell whether somebody at the desk did it: what a dossier was received under goes along unseen."""
    return item.kind != EventKind.DEFINITION_KEPT


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


def _page(
    queries: "Queries", found: Sequence[OutItem], after: int | None, *, first: tuple[SyncItem, ...] = ()
) -> ItemPage:
    codes: dict[str, str] = {"": ""}
    for each in found:
        if each.dossier_id not in codes:
            dossier = queries.dossier(each.dossier_id)
            codes[each.dossier_id] = dossier.dossier_code if dossier else ""
    items = (_item(each, codes[each.dossier_id]) for each in found)
    return ItemPage(items=(*first, *items), after=after)


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
