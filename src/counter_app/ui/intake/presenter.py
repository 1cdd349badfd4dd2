"""The intake screen's acts: it holds a visit, has it assessed on every change, and receives it.

No rule lives here; `services.assess_visit` says what is missing, due and promised.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput, KnownError
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services.visit import Visit
from counter_app.ui.intake.answer_acts import AnswerActs
from counter_app.ui.intake.draft_keeper import Schedule
from counter_app.ui.intake.notice_acts import NoticeActs
from counter_app.ui.intake.receiving import Receiving
from counter_app.ui.intake.state import (
    APPLICANT,
    Received,
)
from counter_app.ui.workspace import Notice, Shell

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.services.assess_visit import Assessment
    from counter_app.services.desk import Desk
    from counter_app.ui.intake.correction import Correction
    from counter_app.ui.operations import Operations

PAPERS_MISSING, CLOCK_SET_BACK = "papers_missing", "clock_set_back"
LETTERS_LOST = "letters_not_printable"
_KNOWN = ("records", "relatives", "alike", "acts_for")  # of people, whatever they come for


class IntakePresenter(AnswerActs, NoticeActs):
    """One clerk's intake, one visit at a time; people, answers and drafts in the classes above."""

    def __init__(self, desk: Desk, operations: Operations, shell: Shell, *, schedule: Schedule) -> None:
        super().__init__(desk, operations, shell, schedule=schedule)
        self._receiving = Receiving(desk, operations, self._received_changed)
        self._attempt: tuple[bool, frozenset[str]] = (False, frozenset())

    def receive(self, *, another: bool = False, confirmed: frozenset[str] = frozenset()) -> bool:
        """Receive the visit and print its papers; `another` keeps the applicant for the next dossier.

        `confirmed` are the doubts the clerk has answered: ``papers_missing``,
        ``letters_not_printable``, ``clock_set_back``.

        Returns:
            False when something is still missing; nothing was done then.
        """
        self._assessed(self.state.visit)
        assessment = self.state.assessment
        if self.state.receiving or assessment is None or not assessment.ready:
            return False
        if self.state.correcting is not None and self.state.correcting.lacking:
            return False
        self.keeper.flush()
        self._attempt = (another, confirmed)
        lacking = assessment.checklist.missing_parts if self._papers_are_new() else ()
        if lacking and PAPERS_MISSING not in confirmed:
            self._become(doubt=BadInput(PAPERS_MISSING, papers=[part.name for part in lacking]))
            return True
        from counter_app.services import place_people
        from counter_app.services.unprintable_letters import unprintable_places

        lost = unprintable_places(self._desk, self.state.visit, assessment)
        if lost and LETTERS_LOST not in confirmed:
            self._become(doubt=BadInput(LETTERS_LOST, places=list(lost)))
            return True
        if self.state.correcting is not None:
            self._save_correction(self.state.correcting, clock_confirmed=CLOCK_SET_BACK in confirmed)
            return True
        self._become(receiving=True, doubt=None)

        visit = place_people.without_waiting(self.state.visit)
        self._receiving.start(
            visit,
            draft_id=self.state.draft_id,
            clock_confirmed=CLOCK_SET_BACK in confirmed,
            done=lambda dossier: self._received(dossier, assessment, another=another),
            failed=self._not_received,
        )
        return True

    def _papers_are_new(self) -> bool:
        """Whether what was brought was not yet judged: a correction asks only about what it changes."""
        correcting = self.state.correcting
        return correcting is None or not {"parts", "procedure"}.isdisjoint(correcting.changed)

    def confirm_doubt(self) -> None:
        """Receive in spite of the doubt that was asked about."""
        another, confirmed = self._attempt
        if self.state.doubt is not None:
            self.receive(another=another, confirmed=confirmed | {self.state.doubt.code})

    def heed_doubt(self) -> None:
        """Go back without receiving."""
        self._become(doubt=None)

    def print_again(self) -> None:
        """Print the papers of the dossier received last (again)."""
        self._receiving.print_again()

    def save_papers(self, folder: Path) -> None:
        """Save as PDF what the printer refused."""
        self._receiving.save_as_pdf(folder)

    def open_received(self) -> None:
        """Show the dossier received last."""
        if self.state.received is not None:
            self._shell.open_screen("dossier", dossier_code=self.state.received.dossier.dossier_code)

    def _received(self, dossier: Dossier, assessment: Assessment, *, another: bool) -> None:
        from counter_app.ui.intake import receipt_words

        self.keeper.forget()
        for form in assessment.forms:
            self._last_answers[form.template.form_id] = form.answers
        applicant, origin = self.state.visit.applicant, self.state.origins.get(APPLICANT)
        if another and applicant is not None:
            visit = Visit(procedure_id="", applicant=applicant)
            origins = {APPLICANT: origin} if origin else {}
            known = {name: getattr(self.state, name) for name in _KNOWN}
            self._show(self._blank(visit=visit, origins=origins, carried=True, **known))
        else:
            self._show(self._blank())
        self._shell.notify(
            Notice(
                text=receipt_words.notice(dossier),
                tone="ok",
                label=_("Mở hồ sơ"),
                action=lambda: self._shell.open_screen("dossier", dossier_code=dossier.dossier_code),
            )
        )

    def _save_correction(self, correcting: Correction, *, clock_confirmed: bool) -> None:
        """Correct the dossier, then print its slip and the forms that changed."""
        from counter_app.services import intake_drafts, place_people

        desk, draft_id, before = self._desk, self.state.draft_id, correcting.before
        visit = place_people.without_waiting(self.state.visit)

        def work() -> Dossier:
            from counter_app.services.acts.correct_intake import correct_intake

            corrected = correct_intake(
                desk,
                before.dossier_id,
                visit,
                reason=correcting.whole_reason,
                due_at=correcting.due_at,
                seen_rev=before.life.rev,
                clock_confirmed=clock_confirmed,
            )
            intake_drafts.discard_draft(desk, draft_id)
            return corrected

        self._become(receiving=True, doubt=None)
        self._receiving.correct(work, before, done=self._corrected, failed=self._not_received)

    def _corrected(self, dossier: Dossier) -> None:
        self.keeper.forget()
        self._show(self._blank())
        code = dossier.dossier_code
        self._shell.notify(
            Notice(
                text=_("Đã sửa hồ sơ {code}; giấy hẹn in lại có ghi đính chính.").format(code=code),
                tone="ok",
                label=_("Mở hồ sơ"),
                action=lambda: self._shell.open_screen("dossier", dossier_code=code),
            )
        )

    def _not_received(self, problem: KnownError) -> None:
        if problem.code == CLOCK_SET_BACK:
            self._become(receiving=False, doubt=problem)
            return
        self._become(receiving=False)
        self._shell.show_error(problem)

    def _received_changed(self, received: Received) -> None:
        before = self.state.received
        self._become(received=received)
        new = len(received.failures) > (len(before.failures) if before else 0)
        if new:
            failure = received.failures[-1]
            text = _("Hồ sơ {code} đã lưu an toàn, nhưng chưa in được: {why}").format(
                code=received.dossier.dossier_code, why=text_of(failure.error)
            )
            self._shell.notify(Notice(text=text, tone="bad", label=_("In lại"), action=self.print_again))
