"""Takes in the office's log: other counters' acts, the server's, and our own that were lost here.

A dossier is always folded anew from all its events in the office's order, own ones the server has not
numbered last: there is no second way to its state. What cannot be applied is parked with its reason and tried
again with the next event of its dossier; it never keeps the rest of the log back.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from counter_app.domain.errors import EnvironmentProblem
from counter_app.services.ports import HistoryEntry
from counter_app.services.receive_dossier import people_of
from counter_app.services.sync import own_numbers
from counter_app.services.sync_port import InItem, Notice
from counter_protocol.events import EventEnvelope, EventKind, decode_event
from counter_protocol.fold import NOT_YET, OWNER, FlagKind, changes_state, fold_all
from counter_protocol.notices import RAISING, SETTLING, notice_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from counter_app.domain.dossier import Dossier
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Transaction
    from counter_protocol.dossier_state import State
    from counter_protocol.messages import DownItem

log = logging.getLogger(__name__)
_NOT_DETAIL = frozenset({"state", "act", "status", "seen", "also_named"})
_NAMING = frozenset({EventKind.DOSSIER_RECEIVED, EventKind.DOSSIER_CORRECTED})


@dataclass(slots=True)
class Applied:
    """What a page brought: entries that are new here, dossiers they changed, entries that were parked."""

    new: int = 0
    dossiers: set[str] = field(default_factory=set)
    parked: int = 0


def apply_page(desk: "Desk", items: Iterable["DownItem"], *, after: int, cursor: int) -> Applied:
    """Take a page of the log in and move the cursor, in one transaction.

    Args:
        desk: The counter.
        items: The entries, oldest first.
        after: The cursor the page follows. A page that leaves a gap is taken in, but the cursor stays, so
            that the gap is pulled later.
        cursor: Where the page ends.

    Raises:
        EnvironmentProblem: as `Store.writing`; nothing of the page was kept.
    """
    with desk.store.writing() as transaction:
        applied = take_in(transaction, desk, items)
        if after <= transaction.cursor() < cursor:
            transaction.move_cursor(cursor)
    return applied


def retry_parked(desk: "Desk") -> Applied:
    """Try again what could not be applied, after an update of the program or of its data."""
    with desk.store.writing() as transaction:
        return _apply(transaction, desk, transaction.parked())


def take_in(transaction: "Transaction", desk: "Desk", items: Iterable["DownItem"]) -> Applied:
    """Take entries in as part of a larger act; see `apply_page`."""
    fresh: list[InItem] = []
    moved: set[str] = set()
    for item in items:
        entry = _entry(item, desk.clock.now())
        if transaction.has_in_item(entry.event_id):
            transaction.renumber(entry.event_id, entry.office_seq)
            moved.add(entry.dossier_id)
        elif transaction.put_in_item(entry):
            fresh.append(entry)
    applied = _apply(transaction, desk, fresh)
    applied.new = len(fresh)
    reorder(transaction, desk, moved - applied.dossiers - {""})
    return applied


def reorder(transaction: "Transaction", desk: "Desk", dossiers: Iterable[str]) -> None:
    """Fold dossiers anew whose events have other numbers now than they were folded by."""
    for dossier_id in sorted(dossiers):
        if transaction.dossier(dossier_id) is not None or transaction.parked(dossier_id):
            _fold_with_parked(transaction, desk, dossier_id, [])


def _entry(item: "DownItem", now: "datetime") -> InItem:
    try:
        event = decode_event(item.body)
    except ValueError:
        # It keeps its place, so that nobody asks for it again; its bytes may be readable to a later program.
        name = f"unreadable-{item.office_seq}"
        return InItem(
            office_seq=item.office_seq,
            event_id=name,
            device_id="",
            dossier_id="",
            kind="",
            at=now,
            body=item.body,
            problem="unreadable",
        )
    return InItem(
        office_seq=item.office_seq,
        event_id=event.event_id,
        device_id=event.device_id,
        dossier_id=event.dossier_id,
        kind=event.kind,
        at=event.at,
        body=item.body,
    )


def _apply(transaction: "Transaction", desk: "Desk", entries: Sequence[InItem]) -> Applied:
    """Apply entries: what concerns no dossier at once, then each dossier once."""
    applied = Applied()
    of_dossiers: dict[str, list[tuple[InItem, EventEnvelope]]] = {}
    for entry in entries:
        event = _decoded(entry)
        if event is None:
            applied.parked += 1
        elif changes_state(event):
            of_dossiers.setdefault(event.dossier_id, []).append((entry, event))
        else:
            problem = _attempt(transaction, partial(_plain, transaction, desk, event))
            _settle(transaction, desk, entry, problem)
            applied.parked += bool(problem)
    for dossier_id, new in of_dossiers.items():
        problem = _fold_with_parked(transaction, desk, dossier_id, new)
        applied.parked += len(new) if problem else 0
        applied.dossiers.add(dossier_id)
    return applied


def _fold_with_parked(
    transaction: "Transaction", desk: "Desk", dossier_id: str, new: Sequence[tuple[InItem, EventEnvelope]]
) -> str:
    """Fold a dossier with its new entries and those parked before; return what went wrong, "" for nothing."""
    if transaction.purged_dossier(dossier_id) is not None:
        return _keep_purged(transaction, dossier_id, new)
    entries = {entry.event_id: (entry, event) for entry, event in new}
    for entry in transaction.parked(dossier_id):
        event = _decoded(entry)
        if event is not None and changes_state(event):
            entries.setdefault(entry.event_id, (entry, event))
    problem = _attempt(
        transaction, partial(_fold_anew, transaction, desk, dossier_id, tuple(entries.values()))
    )
    for entry, _event in entries.values():
        _settle(transaction, desk, entry, problem)
    return problem


def _keep_purged(
    transaction: "Transaction", dossier_id: str, new: Sequence[tuple[InItem, EventEnvelope]]
) -> str:
    """Leave a dossier empty that was purged here: its entries keep places only."""
    for entry in (*(entry for entry, _event in new), *transaction.parked(dossier_id)):
        transaction.settle_in_item(entry.office_seq, "")
    transaction.empty_log_bodies(dossier_id)
    return ""


def _settle(transaction: "Transaction", desk: "Desk", entry: InItem, problem: str) -> None:
    """Note what became of an entry; an own one that was lost here goes home, to be told again from here.

    It must not hang on the server alone a second time.
    """
    transaction.settle_in_item(entry.office_seq, problem)
    if not problem and entry.device_id == desk.settings.counter.device_id:
        transaction.take_home(entry)


def _decoded(entry: InItem) -> EventEnvelope | None:
    try:
        return decode_event(entry.body)
    except ValueError:
        return None


def _attempt(transaction: "Transaction", work: "Callable[[], object]") -> str:
    """Do the work, or undo it alone; return the class of what went wrong, "" for nothing."""
    try:
        with transaction.apart():
            work()
    except EnvironmentProblem:
        raise  # this machine's trouble, not the entry's: the page is taken in another time
    except Exception as error:  # noqa: BLE001 - whatever an entry does must not keep the others back
        log.warning("log entry parked: %s", type(error).__name__)
        return type(error).__name__
    return ""


def _plain(transaction: "Transaction", desk: "Desk", event: EventEnvelope) -> None:
    """Apply an entry that changes no dossier's state."""
    if event.kind == EventKind.DEFINITION_KEPT:
        words = {name: str(event.data[name]) for name in ("digest", "kind", "item_id", "version", "body")}
        transaction.keep_definition_body(**words)
    elif event.kind in RAISING:
        data = notice_of(event)
        transaction.put_notice(
            Notice(
                notice_id=data.notice_id,
                kind=data.kind,
                dossier_id=event.dossier_id,
                params=data.params,
                at=event.at,
            )
        )
    elif event.kind in SETTLING:
        transaction.settle_notice(notice_of(event).notice_id, event.at, event.clerk)
    if event.device_id == desk.settings.counter.device_id:
        own_numbers.keep_clear_of(transaction, event)


def _fold_anew(
    transaction: "Transaction",
    desk: "Desk",
    dossier_id: str,
    new: Sequence[tuple[InItem, EventEnvelope]],
) -> None:
    """Fold a dossier from all its events, write it, and tell its history of the new ones."""
    own = desk.settings.counter.device_id
    state: State | None = None
    named: Sequence[str] = ()
    seen = 0
    aside: dict[str, FlagKind] = {}
    logged = [(decode_event(each.body), each.office_seq) for each in transaction.dossier_log(dossier_id)]
    numbered = [(event, NOT_YET if number is None else number) for event, number in logged]
    for event, number, folded in fold_all(numbered):
        state = folded.state
        if folded.flag is None:
            aside.pop(event.event_id, None)  # it had waited for the receipt
        else:
            aside[event.event_id] = folded.flag
        if event.kind in _NAMING:
            named = _names(event.data.get("also_named"))
        if event.device_id != own and number != NOT_YET:
            seen = max(seen, number)
    if state is None:
        raise ValueError("the receipt is not here")
    owner = "" if state[OWNER] == own else str(state[OWNER])
    dossier = transaction.put_folded(dossier_id, state, owner=owner, seen=seen, also_named=named)
    for _entry, event in new:
        put_aside = aside.get(event.event_id)
        _tell_history(transaction, dossier, event, aside=put_aside, own=own, now=desk.clock.now())


def _names(value: object) -> tuple[str, ...]:
    return tuple(str(name) for name in value) if isinstance(value, list) else ()


def _tell_history(
    transaction: "Transaction",
    dossier: "Dossier",
    event: EventEnvelope,
    *,
    aside: FlagKind | None,
    own: str,
    now: "datetime",
) -> None:
    detail = {name: value for name, value in event.data.items() if name not in _NOT_DETAIL}
    if event.device_id != own:
        detail["counter"] = event.counter
    if aside is not None:
        detail["put_aside"] = aside.value
    act = str(event.data.get("act", event.kind))
    transaction.append_foreign_history(
        dossier.dossier_id, HistoryEntry(at=event.at, clerk=event.clerk, act=act, detail=detail)
    )
    if event.kind in _NAMING:
        for source, person in people_of(dossier):
            transaction.remember_person(person, now, source)
    if event.device_id == own:
        own_numbers.keep_clear_of(transaction, event)
