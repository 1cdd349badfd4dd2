"""Correcting a received dossier in the intake screen: taken up, explained, saved, or left as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput, KnownError
from counter_app.i18n import _
from counter_app.ui.intake.draft_acts import DraftActs
from counter_app.ui.workspace import Notice

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.services.ports import Draft
    from counter_app.services.visit import Visit


class CorrectionActs(DraftActs):
    """What the clerk does with a dossier that was taken in wrongly."""

    def correct(self, dossier_code: str) -> None:
        """Take up a received dossier; what is on the screen is put aside, half a correction continued.

        A dossier that can no longer be corrected is shown with the reason, in words.
        """
        current = self.state.correcting
        if current is not None and current.before.dossier_code == dossier_code:
            return
        self._put_aside()
        desk = self._desk

        def work() -> tuple[Dossier, Visit, Draft | None]:
            from counter_app.services.acts.correct_intake import why_not_correctable
            from counter_app.services.derived_answers import typed_alone
            from counter_app.services.visit_of_dossier import visit_to_correct
            from counter_app.ui.intake.correction import draft_id_of

            with desk.store.reading() as queries:
                dossier = queries.dossier_by_code(dossier_code)
                draft = queries.draft(draft_id_of(dossier.dossier_id)) if dossier else None
            if dossier is None:
                raise BadInput("dossier_unknown", dossier_code=dossier_code[:40])
            refusal = why_not_correctable(dossier)
            if refusal is not None:
                raise refusal
            visit = typed_alone(desk, visit_to_correct(desk, dossier), dossier.received_at)
            return dossier, visit, draft

        self._operations.run_query(
            work,
            done=lambda found: self._begin_correction(*found),
            failed=lambda problem: self._not_correctable(dossier_code, problem),
        )

    def explain_correction(self, reason: str, due_day: str, due_reason: str) -> None:
        """Take why it is corrected, and another promised day with its own reason."""
        correcting = self.state.correcting
        if correcting is None:
            return
        said = replace(correcting, reason=reason, due_day=due_day, due_reason=due_reason)
        if said != correcting:
            self._revise(self.state.visit, correcting=said)

    def leave_correction(self) -> None:
        """Leave the dossier as it is; what was typed stays in the drafts."""
        correcting = self.state.correcting
        if correcting is None or self.state.receiving:
            return
        code = correcting.before.dossier_code
        if correcting.changed or correcting.reason or self.state.draft_saved_at is not None:
            self.keeper.put_aside(self._content())
            text = _("Hồ sơ {code} không đổi. Phần đang sửa nằm trong Bản nháp.").format(code=code)
            self._shell.notify(Notice(text=text, label=_("Sửa tiếp"), action=lambda: self._again(code)))
        else:
            self.keeper.forget()
            self._shell.notify(Notice(text=_("Hồ sơ {code} không đổi.").format(code=code)))
        self._show(self._blank())
        self._shell.open_screen("dossier", dossier_code=code)

    def _again(self, code: str) -> None:
        self._shell.open_screen("intake", correct=code)

    def _begin_correction(self, dossier: Dossier, visit: Visit, draft: Draft | None) -> None:
        from counter_app.ui.intake.correction import Correction, draft_id_of

        if draft is not None:
            self._continue_correcting(draft, dossier)
            return
        blank = self._blank(visit=visit)
        self.state = replace(
            blank, draft_id=draft_id_of(dossier.dossier_id), correcting=Correction(before=dossier)
        )
        self._take_up(visit)

    def _not_correctable(self, dossier_code: str, problem: KnownError) -> None:
        self._show(self._blank())
        self._shell.open_screen("dossier", dossier_code=dossier_code)
        self._shell.show_error(problem)
