"""What a clerk must see before an act: what is missing, due, printed, and what the act would change."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.domain import checklist, dossier_acts, receipt
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import ActRequest, Circumstances
from counter_app.domain.errors import EnvironmentProblem
from counter_app.domain.procedure import ProcedureCase, RequiredPart, SupplementPolicy
from counter_app.services.acts.undo import undoable
from counter_app.services.definitions import procedure_of
from counter_app.services.receipts_elsewhere import known_receipts

if TYPE_CHECKING:
    from counter_app.domain.fee import Charge
    from counter_app.domain.procedure import Procedure
    from counter_app.domain.receipt import Receipt
    from counter_app.domain.working_calendar import WorkingCalendar
    from counter_app.services.desk import Desk
    from counter_app.services.ports import HistoryEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFacts:
    """A dossier with what its acts depend on.

    ``procedure`` is the one of its receipt, None where the database no longer has it. ``missing`` are
    papers of the checklist the desk does not have, the required ones first; ``due`` the fees with what
    is still to be taken; ``undoable`` the step that can be taken back now.
    """

    dossier: Dossier
    calendar: "WorkingCalendar"
    procedure: "Procedure | None" = None
    missing: tuple[RequiredPart, ...] = ()
    due: "tuple[Charge, ...]" = ()
    receipts: "tuple[Receipt, ...]" = ()
    undoable: "HistoryEntry | None" = None

    @property
    def case(self) -> ProcedureCase | None:
        """The case of its receipt, or None."""
        return self.procedure.case(self.dossier.procedure.case_id) if self.procedure else None

    @property
    def policy(self) -> SupplementPolicy:
        """What waiting for missing papers does to the promise."""
        return self.case.supplement_policy if self.case else SupplementPolicy.RESET

    def after(self, request: ActRequest, at: datetime) -> Dossier:
        """Return the dossier as the act would leave it; errors as `dossier_acts.after`. Writes nothing."""
        results = self.procedure.results if self.procedure else ()
        now = Circumstances(
            at=at,
            clerk=self.dossier.clerk,
            calendar=self.calendar,
            policy=self.policy,
            result_name=results[0].name if results else "",
        )
        return dossier_acts.after(self.dossier, request, now)


def facts_of(desk: "Desk", dossier: Dossier) -> ActFacts:
    """Read what the acts of a dossier depend on."""
    procedure = None
    with desk.store.reading() as queries:
        with suppress(EnvironmentProblem):
            procedure = procedure_of(queries, dossier)
        receipts = tuple(queries.receipts(dossier.dossier_id))
        due = receipt.due_after(dossier.charges, known_receipts(queries, dossier))
        step = undoable(queries, dossier)
    case = procedure.case(dossier.procedure.case_id) if procedure else None
    return ActFacts(
        dossier=dossier,
        calendar=desk.calendar(),
        procedure=procedure,
        missing=missing_parts(dossier, case) if case else (),
        due=due,
        receipts=receipts,
        undoable=step,
    )


def missing_parts(dossier: Dossier, case: ProcedureCase) -> tuple[RequiredPart, ...]:
    """Return the papers of the case the desk does not have: the required ones, then the optional ones.

    The forms this program prints are never missing.
    """
    lines = checklist.checklist_state(case, _values(dossier), dossier.parts).lines
    wanted = (checklist.PartState.MISSING, checklist.PartState.OPTIONAL)
    return tuple(line.part for state in wanted for line in lines if line.state is state)


def _values(dossier: Dossier) -> dict[str, object]:
    """Return what the conditions of the checklist may name, as at the receipt (`assess_visit`)."""
    values: dict[str, object] = {
        **dossier.facts,
        "channel": dossier.channel.value,
        "assisted": dossier.assisted,
        "copies": dossier.copies,
    }
    if dossier.applicant.sex is not None:
        values["sex_of_applicant"] = dossier.applicant.sex.value
    for form in dossier.forms:
        values |= form.answers
        values |= {f"{form.form_id}.{key}": value for key, value in form.answers.items()}
    return values
