"""Takes the last act back, as long as nothing on paper tells anybody of it (NĐ 224/2026 Điều 23.6)."""

from dataclasses import replace
from datetime import datetime

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import Undo
from counter_app.domain.dossier_acts.texts import kept
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.services.acts.act_records import papers_telling_of
from counter_app.services.acts.perform import load, record, require_own
from counter_app.services.clock_check import require_clock
from counter_app.services.desk import Desk
from counter_app.services.ports import HistoryEntry, Queries
from counter_protocol.events import EventKind

HANDED_OUT = frozenset({"returned", "given_back"})  # somebody has it in the hand


def undo(
    desk: Desk,
    dossier_id: str,
    request: Undo | None = None,
    *,
    clerk: str = "",
    seen_rev: int | None = None,
    clock_confirmed: bool = False,
) -> Dossier:
    """Put the dossier back to what it was before its last act; numbers of papers stay used.

    Raises:
        RuleRefusal: ``nothing_to_undo``, ``paper_handed_out`` (paper), ``result_handed_out``,
            ``undo_same_day_only``, ``dossier_of_other_counter``, and as `perform`.
        BadInput: ``entry_missing``: a reason is needed on another day than the act's, and always to take
            back that something was given out.
    """
    asked = request or Undo()
    at = desk.clock.now().replace(microsecond=0)
    with desk.store.writing() as transaction:
        if not clock_confirmed:
            require_clock(transaction, at)
        dossier = load(transaction, dossier_id, seen_rev)
        last = transaction.last_act(dossier_id)
        if last is None:
            raise RuleRefusal("nothing_to_undo")
        step, before = last
        if step.act not in HANDED_OUT:
            require_own(transaction, dossier)
        _check(transaction, dossier, step, asked, at)
        restored = _restored(before, dossier)
        transaction.change_dossier(restored)
        if list_of(step):
            transaction.take_off_list(list_of(step), dossier_id)
        record(
            transaction,
            desk,
            restored,
            act="undone",
            event=EventKind.ACT_UNDONE,
            detail={"undone": step.act, "reason": kept(asked.reason, "reason")},
            clerk=clerk or desk.clerk,
            at=at,
        )
    return restored


def _restored(before: Dossier, now: Dossier) -> Dossier:
    """Return the dossier of before, with what came beside the acts: money, a rating, a name, an owner."""
    life = replace(before.life, rev=now.life.rev + 1, rated=now.life.rated, paid_vnd=now.life.paid_vnd)
    return replace(
        before, life=life, charges=now.charges, aliases=now.aliases, owner=now.owner, seen=now.seen
    )


def undoable(queries: Queries, dossier: Dossier) -> HistoryEntry | None:
    """Return the step `undo` would take back, or None when there is none or a paper tells of it."""
    last = queries.last_act(dossier.dossier_id)
    return None if last is None or _paper_out(queries, dossier, last[0]) else last[0]


def _check(queries: Queries, dossier: Dossier, step: HistoryEntry, asked: Undo, at: datetime) -> None:
    paper = _paper_out(queries, dossier, step)
    if paper:
        raise RuleRefusal("paper_handed_out", paper=paper)
    another_day = step.at.date() != at.date()
    if step.act in HANDED_OUT:
        if not asked.nothing_handed_out:
            raise RuleRefusal("result_handed_out")
        if another_day:
            raise RuleRefusal("undo_same_day_only")
    if (another_day or step.act in HANDED_OUT) and not kept(asked.reason, "reason"):
        raise BadInput("entry_missing", field="reason")


def _paper_out(queries: Queries, dossier: Dossier, step: HistoryEntry) -> str:
    """Return the paper that left, or perhaps left, the program since the act and tells of it, or ""."""
    telling = papers_telling_of(step.act)
    # Steps, not moments: a clock set back must not hide a paper that is out.
    history = list(queries.history(dossier.dossier_id))
    number = len(history) - history[::-1].index(step)
    told = next(
        (
            printed.paper
            for printed in queries.prints(dossier.dossier_id)
            if printed.outcome != "failed"
            and printed.of_step >= number
            and printed.paper.partition(":")[0] in telling
        ),
        "",
    )
    if told or not list_of(step):
        return told
    if queries.list_acknowledged(list_of(step)):
        return "list"
    left = (printed.paper for printed in queries.prints(list_of(step)) if printed.outcome != "failed")
    return next(left, "")


def list_of(step: HistoryEntry) -> str:
    """Return the id of the hand-over or postal list a step was part of, "" for none."""
    return str(step.detail.get("list_id", ""))
