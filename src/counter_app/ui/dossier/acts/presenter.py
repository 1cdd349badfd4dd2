"""Does the acts the forms ask for, prints what they make, and offers to take them back; plain Python."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.dossier_acts import HandOver, Undo
from counter_app.domain.errors import BadInput, KnownError
from counter_app.domain.receipt import check_not_more, paid_lines
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services.acts.act_facts import ActFacts
from counter_app.services.acts.act_papers import Printed, papers_made, print_made
from counter_app.services.papers import paper_kinds
from counter_app.services.papers.names import paper_name
from counter_app.services.receipts import Payment
from counter_app.ui.dossier.acts.act_form import Asked, VoidReceipt
from counter_app.ui.dossier.history_words import act_words
from counter_app.ui.workspace import Notice, Workspace

if TYPE_CHECKING:
    from datetime import datetime

    from counter_app.domain.dossier import Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An act that is durable: the dossier after it, its name in the history, what was printed."""

    dossier: "Dossier"
    act: str
    printed: Printed
    undoable: bool
    undone: str = ""  # the act that was taken back


def problem_of(facts: ActFacts, asked: Asked, now: "datetime") -> KnownError | None:
    """Return what the rules would say against the act, or None; nothing is written."""
    try:
        if isinstance(asked, Payment):
            amounts = asked.amounts or {}
            unknown = [each for each in facts.due if each.amount_vnd is None and each.fee_id not in amounts]
            if unknown:
                raise BadInput(
                    "fee_amount_unknown", names=[each.name for each in unknown], fee_id=unknown[0].fee_id
                )
            lines = paid_lines(facts.due, amounts)
            check_not_more(facts.due, lines, asked.over_reason)
        elif not isinstance(asked, Undo | VoidReceipt):
            facts.after(asked, now)
    except KnownError as problem:
        return problem
    return None


def undone_words(act: str, dossier_code: str) -> str:
    """Return which act of which dossier was taken back."""
    return _("Đã hoàn tác bước {act} của {code}.").format(act=act_words(act), code=dossier_code)


def undo_label(dossier_code: str) -> str:
    """Return what the button that takes an act back says: the number as clerks call it, "…-1006"."""
    return _("Hoàn tác {code}").format(code=f"…-{dossier_code.rpartition('-')[2]}")


class ActsPresenter:
    """`done` is told once an act is durable; `refused` when it was not, in words, with the field."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        done: Callable[[], None],
        refused: Callable[[KnownError], None],
        save_pdf: Callable[[str], None],
    ) -> None:
        self._workspace = workspace
        self._done = done
        self._refused = refused
        self._save_pdf = save_pdf

    def do(self, facts: ActFacts, asked: Asked, *, clock_confirmed: bool = False) -> None:
        """Do the act, then print; off the UI thread."""

        def refused(error: KnownError) -> None:
            if error.code == "clock_set_back":
                self._ask_about_the_clock(error, facts, asked)
            else:
                self._refused(error)

        self._workspace.operations.run_command(
            lambda: self._work(facts, asked, clock_confirmed), done=self._say, failed=refused
        )

    def undo(self, done: Done) -> None:
        """Take the act just done back; offered beside its message."""
        from counter_app.services.acts.undo import undo

        desk, shell = self._workspace.desk, self._workspace.shell
        self._workspace.operations.run_command(
            lambda: undo(desk, done.dossier.dossier_id, seen_rev=done.dossier.life.rev),
            done=lambda dossier: shell.notify(
                Notice(text=undone_words(done.act, dossier.dossier_code), tone="ok")
            ),
            failed=lambda error: shell.notify(Notice(text=text_of(error), tone="bad")),
        )

    def _work(self, facts: ActFacts, asked: Asked, clock_confirmed: bool) -> Done:
        # Imported when an act is first done: opening a dossier to look at it pays for none of this.
        from counter_app.services import receipts
        from counter_app.services.acts.act_records import record_of
        from counter_app.services.acts.known_holders import remember_holder
        from counter_app.services.acts.perform import perform
        from counter_app.services.acts.undo import undo

        desk, before = self._workspace.desk, facts.dossier
        dossier_id, rev = before.dossier_id, before.life.rev
        if isinstance(asked, Undo):
            after = undo(desk, dossier_id, asked, seen_rev=rev, clock_confirmed=clock_confirmed)
            step = facts.undoable.act if facts.undoable else ""
            return Done(dossier=after, act="undone", printed=Printed(), undoable=False, undone=step)
        if isinstance(asked, VoidReceipt):
            receipts.void_receipt(desk, asked.receipt_id, asked.reason)
            return Done(dossier=self._now(dossier_id), act="fee_voided", printed=Printed(), undoable=False)
        if isinstance(asked, Payment):
            receipts.collect(desk, dossier_id, asked, seen_rev=rev, clock_confirmed=clock_confirmed)
            after = self._now(dossier_id)
            printed = print_made(desk, after, (paper_kinds.RECEIPT,))
            return Done(dossier=after, act="fee_collected", printed=printed, undoable=False)
        after = perform(desk, dossier_id, asked, seen_rev=rev, clock_confirmed=clock_confirmed)
        if isinstance(asked, HandOver):
            remember_holder(desk, asked.to.name)
        printed = print_made(desk, after, papers_made(asked, before, after))
        return Done(dossier=after, act=record_of(asked).history, printed=printed, undoable=not printed.papers)

    def _now(self, dossier_id: str) -> "Dossier":
        with self._workspace.desk.store.reading() as queries:
            found = queries.dossier(dossier_id)
        if found is None:
            raise BadInput("dossier_unknown", dossier_code=dossier_id[:40])
        return found

    def _say(self, done: Done) -> None:
        self._done()
        if done.undone:
            self._notify(undone_words(done.undone, done.dossier.dossier_code), "ok")
            return
        name = _("{act} · {code}").format(act=act_words(done.act), code=done.dossier.dossier_code)
        printed = done.printed
        if printed.problem is not None:
            words = _("{act}: đã lưu. Chưa in được {paper}: {problem}").format(
                act=name, paper=paper_name(printed.failed, done.dossier), problem=text_of(printed.problem)
            )
            self._notify(words, "bad", _("Lưu PDF"), lambda: self._save_pdf(printed.failed))
            return
        papers = ", ".join(paper_name(paper, done.dossier) for paper in printed.papers)
        words = _("{act}: đã lưu, đã in {papers}.") if papers else _("{act}: đã lưu.")
        words = words.format(act=name, papers=papers)
        if done.undoable:
            label = undo_label(done.dossier.dossier_code)
            self._notify(words, "ok", label, lambda: self.undo(done))
        else:
            self._notify(words, "ok")

    def _ask_about_the_clock(self, error: KnownError, facts: ActFacts, asked: Asked) -> None:
        self._notify(
            text_of(error),
            "warn",
            _("Giờ máy đúng, làm tiếp"),
            lambda: self.do(facts, asked, clock_confirmed=True),
        )

    def _notify(
        self, text: str, tone: str, label: str = "", action: Callable[[], None] | None = None
    ) -> None:
        self._workspace.shell.notify(Notice(text=text, tone=tone, label=label, action=action))
