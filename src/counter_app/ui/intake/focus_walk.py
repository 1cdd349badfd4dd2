"""Where the focus goes: always to what the clerk must do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_app.ui.intake.state import APPLICANT

if TYPE_CHECKING:
    from counter_app.ui.intake.questions import Key
    from counter_app.ui.intake.view import IntakeScreen


class FocusWalk:
    """Walks the screen: missing answers, people, amounts, papers, and then the receive button."""

    def __init__(self, screen: IntakeScreen) -> None:
        self._screen = screen

    def settle(self) -> None:
        """After a scan, a procedure or a receipt: be where the next key press is wanted."""
        screen = self._screen
        if screen.choosing:
            screen.choice.anew.setFocus()
        elif screen.begins_to_correct():
            return
        elif not screen.presenter.state.visit.procedure_id:
            screen.picker.field.setFocus()
        elif screen.form.law.asks:
            screen.form.setFocus()  # nobody opened the box: keys meant for an answer must not land in it
        elif screen.form.current_key() is None and not self._next_question():
            screen.form.setFocus()
            self._beyond_the_questions()

    def next_missing(self) -> None:
        """Go to the next thing missing after the present place, round to the first again."""
        screen = self._screen
        state = screen.presenter.state
        if state.visit.procedure_id and screen.form.law.asks:
            screen.form.law.override.reason.setFocus()
            return
        if state.assessment is None:
            screen.pick_procedure()
            return
        if self._next_question():
            return
        if state.assessment.ready and screen.focus_correction():
            return
        kinds = {item.kind for item in state.assessment.missing}
        if "applicant" in kinds or any(person.missing for person in screen.form.awaited()):
            awaited = [person.role for person in screen.form.awaited() if person.missing]
            screen.type_person(awaited[0] if awaited else APPLICANT)
            return
        self._beyond_the_questions()

    def _beyond_the_questions(self) -> None:
        screen = self._screen
        assessment = screen.presenter.state.assessment
        missing = assessment.missing if assessment is not None else ()
        errors = assessment.errors if assessment is not None else ()
        if any(item.kind == "amount" and screen.outcome.fees.focus_fee(item.key) for item in missing):
            return
        if any(error.problem.key == "copies" for error in errors):
            screen.form.way.copies.setFocus()
        elif any(not line.settled for line in screen.outcome.checklist.lines.values()):
            screen.outcome.checklist.focus_first()
        elif not screen.focus_correction():
            screen.bar.receive.setFocus()

    def _next_question(self) -> bool:
        form = self._screen.form
        here, missing = form.current_key(), form.missing_keys()
        if not missing:
            return False
        order = list(form.rows)
        after = _after(order, here)
        later = [key for key in missing if key in after]
        return form.focus_question((later or list(missing))[0])


def _after(order: list[Key], here: Key | None) -> set[Key]:
    return set(order[order.index(here) + 1 :]) if here in order else set(order)
