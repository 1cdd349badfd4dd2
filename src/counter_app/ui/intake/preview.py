"""The papers as they would print now, drawn off the UI thread while the visit is still open."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_code import DossierCode
from counter_app.i18n import _
from counter_app.services import paper_text
from counter_app.services.assess_visit import Assessment
from counter_app.services.dossier_of_visit import dossier_of
from counter_app.services.paper_content import Marks, PaperSize
from counter_app.services.visit import Visit

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
    corrected: Dossier | None = None  # a received dossier as a correction would leave it


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
    dossier = request.corrected or _as_if_received(desk, request)
    office = desk.office(request.now.date())
    if request.paper == SLIP:
        content = paper_text.slip_content(dossier, office, marks)
        return desk.renderer.slip(content, PaperSize.A5)
    state = next(each for each in request.assessment.forms if each.template.form_id == request.paper)
    form = next(each for each in dossier.forms if each.form_id == request.paper)
    filled = paper_text.form_content(dossier, form, state.template, office, marks)
    return desk.renderer.form(replace(filled, dossier_code=""))


def _as_if_received(desk: "Desk", request: PreviewRequest) -> Dossier:
    settings = desk.settings
    return dossier_of(
        request.visit,
        request.assessment,
        settings,
        dossier_id="",
        # The real number is taken inside the receipt; noughts never belong to a dossier.
        code=DossierCode(unit_code=settings.office.unit_code, day=request.now.date(), number="0000"),
        secret="",
        clerk=desk.clerk,
        now=request.now,
    )


def of_paper(request: PreviewRequest, paper: str) -> PreviewRequest:
    """Return the same visit's request for another paper."""
    return replace(request, paper=paper)


def same_picture(one: PreviewRequest | None, other: PreviewRequest | None) -> bool:
    """Tell whether two requests would draw the same; times count to the minute."""
    if one is None or other is None:
        return False
    return _shown(one) == _shown(other)


def _shown(request: PreviewRequest) -> tuple[object, ...]:
    due = request.corrected.due_at if request.corrected else None
    return request.paper, request.now, request.visit, due
