"""Hands several dossiers over at once: to one officer or agency, or to the post. One act, one list.

Either every dossier of the list changes hands and the list is there with its number, or nothing happened.
Printed afterwards (`print_lists`), from what was committed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.domain.dossier_acts import ActRequest, GiveResult, HandOver
from counter_app.domain.dossier_acts.texts import kept, needed
from counter_app.domain.dossier_life import Holder, ReturnTo
from counter_app.domain.errors import BadInput, KnownError, RuleRefusal
from counter_app.domain.transfer_list import (
    ListKind,
    TransferItem,
    TransferList,
    hand_over_item,
    held_by_paper,
    postal_item,
)
from counter_app.services.acts.perform import load, perform_in
from counter_app.services.clock_check import require_clock
from counter_app.services.desk import Desk
from counter_app.services.ports import AuditEntry, Transaction

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier

THE_POST = Holder(name="Bưu chính công ích", agency=True)
MOST_DOSSIERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """A dossier to put on a list. ``entry`` is the code of the postal item, the result's number, a remark."""

    dossier_id: str
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A dossier the rules keep off the list, and why."""

    dossier_code: str
    why: KnownError


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeList:
    """A list that is durable, and what was left out of it with the clerk's consent."""

    made: TransferList
    left_out: tuple[LeftOut, ...] = ()


def make_list(
    desk: Desk,
    kind: ListKind,
    entries: Sequence[ListEntry],
    *,
    to: Holder | None = None,
    note: str = "",
    clerk: str = "",
    leave_out_refused: bool = False,
    clock_confirmed: bool = False,
) -> MadeList:
    """Hand the dossiers over and return the list once it is durable.

    Args:
        desk: The counter.
        kind: To be resolved, or to be delivered.
        entries: The dossiers in the order of the list; one named twice counts once.
        to: Who takes them; the public postal service for a postal list when None.
        note: A remark under the list.
        clerk: Who hands over; the clerk of the settings when "".
        leave_out_refused: The clerk agreed to leave out what the rules refuse.
        clock_confirmed: The clerk said that the clock, which seems set back, is right.

    Raises:
        BadInput: ``list_empty``, ``list_too_long`` (limit), ``postal_code_twice`` (postal_code),
            ``dossier_unknown``, ``entry_missing``, ``entry_too_long``.
        RuleRefusal: ``list_has_refused`` (dossiers, refused), ``clock_set_back``.
        EnvironmentProblem: as `Store.writing`, ``definition_missing``.
    """
    wanted = checked_entries(entries)
    if kind is ListKind.POSTAL:
        _refuse_doubled_codes(wanted)
    taker = to or THE_POST
    taker = Holder(name=needed(taker.name, "to"), agency=taker.agency)
    at = desk.clock.now().replace(microsecond=0)
    by = clerk or desk.clerk
    list_id = desk.ids.new_id()

    def request(dossier: "Dossier", entry: str) -> ActRequest:
        if kind is ListKind.HAND_OVER:
            return HandOver(to=taker, note=entry)
        return GiveResult(
            to=ReturnTo.POST,
            full_name=dossier.applicant.full_name,
            postal_code=entry,
            note=taker.name,
            originals=held_by_paper(dossier),
        )

    with desk.store.writing() as transaction:
        if not clock_confirmed:
            require_clock(transaction, at)
        befores, left_out = do_all(
            transaction, desk, wanted, request, clerk=by, at=at, also={"list_id": list_id}
        )
        refuse_or_go_on(befores, left_out, leave_out_refused=leave_out_refused)
        made = TransferList(
            list_id=list_id,
            kind=kind,
            number=transaction.take_paper_number(kind.series, at.year, desk.settings.counter.number),
            counter=desk.settings.counter.number,
            at=at,
            clerk=by,
            to=taker,
            items=tuple(_item(kind, dossier, entry) for dossier, entry in befores),
            office_definition=transaction.keep_definition(desk.office(at.date())),
            note=kept(note, "note"),
            training=desk.settings.counter.training,
        )
        transaction.add_transfer_list(made)
        transaction.append_audit(
            AuditEntry(
                at=at,
                clerk=by,
                act=f"{kind.series}_made",
                subject_id=list_id,
                detail={"number": made.number, "dossiers": len(made.items)},
            )
        )
    return MadeList(made=made, left_out=left_out)


def acknowledge(desk: Desk, list_id: str, by: str, *, clerk: str = "") -> TransferList:
    """Note that the taker signed for the list, and return it.

    Raises:
        BadInput: ``list_unknown``, ``entry_missing``.
        RuleRefusal: ``list_already_acknowledged`` (at), ``clock_set_back``.
    """
    at = desk.clock.now().replace(microsecond=0)
    signer = needed(by, "acknowledged_by")
    with desk.store.writing() as transaction:
        require_clock(transaction, at)
        made = list_there(transaction.transfer_list(list_id))
        if made.acknowledged_at is not None:
            raise RuleRefusal("list_already_acknowledged", at=made.acknowledged_at)
        transaction.acknowledge_list(list_id, at, signer)
        transaction.append_audit(
            AuditEntry(
                at=at,
                clerk=clerk or desk.clerk,
                act=f"{made.kind.series}_acknowledged",
                subject_id=list_id,
                detail={"number": made.number},
            )
        )
        return list_there(transaction.transfer_list(list_id))


def list_there(found: TransferList | None) -> TransferList:
    """Return the list; BadInput ``list_unknown`` when there is none."""
    if found is None:
        raise BadInput("list_unknown")
    return found


def checked_entries(entries: Iterable[ListEntry]) -> tuple[ListEntry, ...]:
    """Return each dossier once, in order; BadInput ``list_empty``, ``list_too_long``, ``entry_too_long``."""
    each_once = {
        each.dossier_id: ListEntry(dossier_id=each.dossier_id, entry=kept(each.entry, "entry"))
        for each in reversed(list(entries))
    }
    wanted = tuple(reversed(each_once.values()))
    if not wanted:
        raise BadInput("list_empty")
    if len(wanted) > MOST_DOSSIERS:
        raise BadInput("list_too_long", limit=MOST_DOSSIERS)
    return wanted


def do_all(
    transaction: Transaction,
    desk: Desk,
    entries: Sequence[ListEntry],
    request: "Callable[[Dossier, str], ActRequest]",
    *,
    clerk: str,
    at: datetime,
    also: dict[str, object] | None = None,
) -> "tuple[list[tuple[Dossier, str]], tuple[LeftOut, ...]]":
    """Do one act with every dossier; return those done, as they were before, and those refused.

    A refused act writes nothing, so the others may go on. `also` goes into every history entry.
    """
    befores: list[tuple[Dossier, str]] = []
    refused: list[LeftOut] = []
    for each in entries:
        dossier = load(transaction, each.dossier_id)
        try:
            perform_in(
                transaction, desk, dossier, request(dossier, each.entry), clerk=clerk, at=at, also=also
            )
        except (RuleRefusal, BadInput) as why:
            refused.append(LeftOut(dossier_code=dossier.dossier_code, why=why))
        else:
            befores.append((dossier, each.entry))
    return befores, tuple(refused)


def refuse_or_go_on(done: Sequence[object], left_out: Sequence[LeftOut], *, leave_out_refused: bool) -> None:
    """Refuse the whole act unless the clerk agreed to leave dossiers out and something remains.

    Raises:
        RuleRefusal: ``list_has_refused``; ``refused`` names code and reason of each dossier.
    """
    if not left_out or (leave_out_refused and done):
        return
    raise RuleRefusal(
        "list_has_refused",
        dossiers=[each.dossier_code for each in left_out],
        refused=[
            {"dossier_code": each.dossier_code, "code": each.why.code, "params": dict(each.why.params)}
            for each in left_out
        ],
    )


def _refuse_doubled_codes(entries: Sequence[ListEntry]) -> None:
    codes = [each.entry for each in entries if each.entry]
    doubled = next((code for code in codes if codes.count(code) > 1), None)
    if doubled is not None:
        raise BadInput("postal_code_twice", postal_code=doubled)


def _item(kind: ListKind, dossier: "Dossier", entry: str) -> TransferItem:
    return hand_over_item(dossier, entry) if kind is ListKind.HAND_OVER else postal_item(dossier, entry)
