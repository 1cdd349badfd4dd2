"""The visit on the screen: its state, what the rules say of it, and its draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from counter_app.domain.errors import KnownError
from counter_app.services.visit import Visit
from counter_app.ui.intake.draft_keeper import Content, DraftKeeper, Schedule
from counter_app.ui.intake.state import (
    IntakeState,
    has_content,
)
from counter_app.ui.workspace import Shell

if TYPE_CHECKING:
    from counter_app.services.assess_visit import Assessment
    from counter_app.services.desk import Desk
    from counter_app.ui.intake.correction import Correction
    from counter_app.ui.operations import Operations


class VisitSheet:
    """Holds the `IntakeState`; every change is assessed, noted for the draft and shown.

    ``changed`` is called after every change of ``state``.
    """

    def __init__(self, desk: Desk, operations: Operations, shell: Shell, *, schedule: Schedule) -> None:
        self._desk = desk
        self._operations = operations
        self._shell = shell
        self._last_answers: dict[str, Mapping[str, object]] = {}
        self.changed: Callable[[], None] = _nothing
        self.keeper = DraftKeeper(
            desk, operations, schedule=schedule, saved=self._draft_saved, failed=self._draft_failed
        )
        self.state = self._blank()

    def new_visit(self) -> None:
        """Start with an empty visit; what keeps drafts puts the old one aside first."""
        self._show(self._blank())

    def tick(self) -> None:
        """Assess again as time goes by: at 15:00 the promise changes."""
        if self.state.assessment is not None and not self.state.receiving:
            self._assessed(self.state.visit)

    def look_again(self) -> None:
        """Assess anew: a day began or other data counts; nothing typed is lost."""
        if self.state.visit.procedure_id and not self.state.receiving:
            self._assessed(self.state.visit)

    def law_seen(self) -> None:
        """The clerk knows that another version applies."""
        self._become(switched=False, unasked=0)

    def _blank(self, **kept: Any) -> IntakeState:
        previous = getattr(self, "state", None)
        return IntakeState(
            draft_id=self._desk.ids.new_id(),
            now=self._desk.clock.now(),
            visit=kept.pop("visit", Visit(procedure_id="")),
            received=previous.received if previous else None,
            drafts=previous.drafts if previous else (),
            **kept,
        )

    def _become(self, **changes: Any) -> None:
        self._show(replace(self.state, **changes))

    def _show(self, state: IntakeState) -> None:
        self.state = state
        self.changed()

    def _revise(self, visit: Visit, **changes: Any) -> None:
        """Take a changed visit: assess it, note it for the draft, show it."""
        self.state = replace(self.state, visit=visit, carried=False, **changes)
        self._assessed(visit)
        self._note()

    def _assessed(self, visit: Visit) -> None:
        now = self._moment()
        from counter_app.ui.intake import law_switch

        assessment, problem = self._assess(visit, now)
        if problem is not None and problem.code == "case_unknown":
            visit = law_switch.in_a_case_there_is(visit, self._desk.catalogue, now.date())
            assessment, problem = self._assess(visit, now)
        switched = assessment is not None and law_switch.is_other(self.state.law, assessment)
        unasked = 0
        if switched and assessment is not None:
            visit, unasked = law_switch.carried_over(visit, assessment)
            assessment, problem = self._assess(visit, now)
        law = law_switch.law_of(assessment) if assessment is not None else self.state.law
        assessment, correcting = self._as_corrected(visit, assessment)
        self._become(
            now=now,
            visit=visit,
            assessment=assessment,
            correcting=correcting,
            problem=problem,
            law=law,
            switched=switched or self.state.switched,
            unasked=unasked + self.state.unasked,
        )

    def _moment(self) -> datetime:
        """Return the moment whose law counts: now, or when the dossier being corrected was received."""
        correcting = self.state.correcting
        return self._desk.clock.now() if correcting is None else correcting.before.received_at

    def _as_corrected(
        self, visit: Visit, assessment: Assessment | None
    ) -> tuple[Assessment | None, Correction | None]:
        """Return what a correction would make of the dossier; its promise is the one it would have then."""
        correcting = self.state.correcting
        if correcting is None:
            return assessment, None
        from counter_app.ui.intake.correction import weighed

        correcting = weighed(self._desk, correcting, visit)
        if assessment is not None and correcting.after is not None:
            assessment = replace(assessment, promise=correcting.after.promise, promise_problem=None)
        return assessment, correcting

    def _assess(self, visit: Visit, now: datetime) -> tuple[Assessment | None, KnownError | None]:
        if not visit.procedure_id:
            return None, None
        from counter_app.services.assess_visit import assess_at

        try:
            return assess_at(self._desk, visit, now, last=self._last_answers), None
        except KnownError as problem:
            return None, problem

    def _recall(self, form_ids: Sequence[str]) -> None:
        """Fetch what was answered when these forms were last filled; it comes back as suggestions."""
        unknown = [form_id for form_id in form_ids if form_id not in self._last_answers]
        if not unknown:
            return

        def work() -> dict[str, Mapping[str, object]]:
            with self._desk.store.reading() as queries:
                return {form_id: queries.last_answers(form_id) for form_id in unknown}

        def done(found: dict[str, Mapping[str, object]]) -> None:
            self._last_answers = {**found, **self._last_answers}
            if self.state.visit.procedure_id and not self.state.receiving:
                self._assessed(self.state.visit)

        self._operations.run_query(work, done=done)

    def _case(self) -> Any:
        return self.state.assessment.case if self.state.assessment is not None else None

    def _content(self) -> Content:
        from counter_app.ui.intake import correction

        state, present = self.state, self._desk.session.present
        name = state.assessment.procedure.name if state.assessment else ""
        return Content(
            draft_id=state.draft_id,
            procedure_name=name,
            visit=state.visit,
            origins=state.origins,
            law=state.law,
            correcting=correction.to_json(state.correcting),
            clerk="" if present is None else present.full_name,
        )

    def _note(self) -> None:
        if has_content(self.state.visit) or self.state.draft_saved_at is not None:
            self.keeper.note(self._content())

    def _draft_saved(self, at: datetime) -> None:
        self._become(draft_saved_at=at, draft_problem=None)

    def _draft_failed(self, problem: KnownError) -> None:
        if self.state.draft_problem is None:
            self._shell.show_error(problem)
        self._become(draft_problem=problem)


def _nothing() -> None:
    """Tell nobody."""
