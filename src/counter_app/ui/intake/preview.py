"""The papers as they would print now, drawn off the UI thread while the visit is still open."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from counter_app.domain.dossier import Dossier, ProcedureRef
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.due_date import Promise
from counter_app.domain.person import Person
from counter_app.i18n import _
from counter_app.services import paper_text
from counter_app.services.assess_visit import Assessment, Visit
from counter_app.services.paper_content import Marks, PaperSize

if TYPE_CHECKING:
    from datetime import datetime

    from counter_app.services.desk import Desk

SLIP = "slip"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRequest:
    """What to draw: `SLIP`, or the id of a form; two equal requests give the same picture."""

    paper: str
    visit: Visit
    assessment: Assessment
    now: "datetime"


def papers(assessment: Assessment) -> tuple[tuple[str, str], ...]:
    """Return (paper, words) for everything that would come out."""
    forms = tuple((form.template.form_id, _("Tờ khai")) for form in assessment.forms)
    if len(forms) > 1:
        forms = tuple((key, f"{words} {number}") for number, (key, words) in enumerate(forms, 1))
    slip = ((SLIP, _("Giấy hẹn")),) if assessment.promise is not None else ()
    return (*forms, *slip)


def draw(desk: "Desk", request: PreviewRequest) -> bytes:
    """Return the paper as PDF; runs on the reader thread and touches no widget."""
    settings = desk.settings
    marks = Marks(training=settings.counter.training)
    if request.paper == SLIP:
        dossier = _as_if_received(desk, request)
        content = paper_text.slip_content(dossier, settings.office, marks)
        return desk.renderer.slip(content, PaperSize.A5)
    form = next(each for each in request.assessment.forms if each.template.form_id == request.paper)
    return desk.renderer.form(
        paper_text.unreceived_form_content(
            form.template, form.answers, settings.office, request.now.date(), marks=marks
        )
    )


def _as_if_received(desk: "Desk", request: PreviewRequest) -> Dossier:
    visit, assessment = request.visit, request.assessment
    settings = desk.settings
    nobody = Person(full_name="")
    promise = assessment.promise or Promise(
        due_at=None, counted_from=request.now, time="", same_day=False, days=(), calendar="official"
    )
    procedure, case = assessment.procedure, assessment.case
    return Dossier(
        dossier_id="",
        # The real number is taken inside the receipt; noughts never belong to a dossier.
        dossier_code=f"{settings.office.unit_code}-{request.now:%y%m%d}-0000",
        provisional_code=False,
        lookup_secret="",
        counter=settings.counter.number,
        clerk=settings.clerk,
        procedure=ProcedureRef(
            procedure_id=procedure.procedure_id,
            version=procedure.version,
            case_id=case.case_id,
            name=procedure.name,
            case_name=case.name if len(procedure.cases) > 1 else "",
        ),
        applicant=visit.applicant or nobody,
        channel=visit.channel,
        assisted=visit.assisted,
        received_at=request.now,
        promise=promise,
        slip_required=assessment.slip_required,
        status=DossierStatus.DRAFT,
        parts=visit.parts,
        charges=assessment.charges,
        copies=visit.copies,
        return_by=visit.return_by,
        training=settings.counter.training,
    )


def of_paper(request: PreviewRequest, paper: str) -> PreviewRequest:
    """Return the same visit's request for another paper."""
    return replace(request, paper=paper)


def same_picture(one: PreviewRequest | None, other: PreviewRequest | None) -> bool:
    """Tell whether two requests would draw the same; times count to the minute."""
    if one is None or other is None:
        return False
    return (one.paper, one.now, one.visit) == (other.paper, other.now, other.visit)
