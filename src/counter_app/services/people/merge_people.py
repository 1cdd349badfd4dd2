"""Two records of one person: shown as one, and apart again; neither record is ever changed by it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.same_person import Doubt, doubts
from counter_app.domain.vietnamese_text import clean
from counter_app.services.clock_check import require_clock
from counter_app.services.kinship_port import Merge
from counter_app.services.people.subject import audit_name, record_of
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries

MERGED, UNDONE = "people_merged", "people_merge_undone"


def merge(desk: "Desk", keep_id: str, other_id: str, reason: str = "", *, clerk: str = "") -> Merge:
    """Show everything of one person under the record to keep.

    An id merged before stands for the whole person it belongs to. Values the kept record lacks are
    shown from the other; search, visits, relatives and letters of both are found under the kept one.

    Raises:
        BadInput: ``person_unknown``.
        RuleRefusal: ``already_merged``; ``merge_doubtful`` (``doubts``) when something speaks against
            it and no reason was given; ``clock_set_back``.
    """
    now, by, why = desk.clock.now(), clerk or desk.clerk, clean(reason)
    with desk.store.writing() as transaction:
        require_clock(transaction, now)
        record_of(transaction, keep_id)
        record_of(transaction, other_id)
        kept, other = transaction.together(keep_id), transaction.together(other_id)
        if kept[0] == other[0]:
            raise RuleRefusal("already_merged")
        speaking_against = doubts_between(transaction, kept, other)
        if speaking_against and not why:
            raise RuleRefusal("merge_doubtful", doubts=[doubt.value for doubt in speaking_against])
        made = Merge(
            merge_id=desk.ids.new_id(),
            keep_id=kept[0],
            other_id=other[0],
            reason=why,
            merged_at=now,
            clerk=by,
        )
        transaction.add_merge(made)
        records = [audit_name(record_of(transaction, each)) for each in (made.keep_id, made.other_id)]
        detail = {"records": records, "doubts": [doubt.value for doubt in speaking_against]}
        transaction.append_audit(
            AuditEntry(at=now, clerk=by, act=MERGED, subject_id=made.merge_id, detail=detail)
        )
    return made


def undo_merge(desk: "Desk", merge_id: str, *, clerk: str = "") -> Merge:
    """Show the two records apart again, each with what is its own.

    Raises:
        BadInput: ``merge_unknown``.
        RuleRefusal: ``merge_already_undone``, ``clock_set_back``.
    """
    now, by = desk.clock.now(), clerk or desk.clerk
    with desk.store.writing() as transaction:
        require_clock(transaction, now)
        made = transaction.merge(merge_id)
        if made is None:
            raise BadInput("merge_unknown")
        if made.undone_at is not None:
            raise RuleRefusal("merge_already_undone")
        transaction.end_merge(merge_id, now)
        transaction.append_audit(AuditEntry(at=now, clerk=by, act=UNDONE, subject_id=merge_id))
    return replace(made, undone_at=now)


def doubts_between(queries: "Queries", kept: tuple[str, ...], other: tuple[str, ...]) -> tuple[Doubt, ...]:
    """Return what speaks against the records of both groups being one person, each doubt once."""
    pairs = [
        (one.person, two.person)
        for one in queries.stored_people(kept)
        for two in queries.stored_people(other)
    ]
    found = {doubt for one, two in pairs for doubt in doubts(one, two)}
    return tuple(doubt for doubt in Doubt if doubt in found)
