"""Prints the papers of a received dossier: counted, marked when it is a reprint, never lost.

Always after the commit. A printer that fails leaves the dossier as it is and the failure on record.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, EnvironmentProblem
from counter_app.services import paper_text
from counter_app.services.definitions import office_of, template_of
from counter_app.services.desk import Desk
from counter_app.services.paper_content import Marks, PaperSize
from counter_app.services.ports import AuditEntry, PrintRecord

if TYPE_CHECKING:
    from collections.abc import Callable

SLIP = "slip"
FORM_PREFIX = "form:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A rendered paper: its name (``slip``, ``form:ID``), bytes and which copy it is (1 = first)."""

    name: str
    pdf: bytes
    copy_no: int
    size: PaperSize

    @property
    def file_name(self) -> str:
        """A file name without anything personal in it."""
        return self.name.replace(":", "-") + ".pdf"


def papers_of(dossier: Dossier) -> tuple[str, ...]:
    """Return the papers the visit should hand out: filled forms, and the slip where the rule wants one."""
    forms = tuple(FORM_PREFIX + form.form_id for form in dossier.forms)
    return (*forms, SLIP) if dossier.slip_required else forms


def render(desk: Desk, dossier: Dossier, paper: str, *, copy_no: int, size: PaperSize) -> Paper:
    """Draw a paper of the dossier as the given copy.

    Its words are those of the office and the form the dossier was received under.

    Raises:
        BadInput: ``paper_unknown`` when the dossier has no such paper.
        EnvironmentProblem: ``definition_missing``.
    """
    marks = Marks(reprint=paper_text.reprint_mark(copy_no, desk.clock.now()), training=dossier.training)
    form = next((f for f in dossier.forms if FORM_PREFIX + f.form_id == paper), None)
    if form is None and paper != SLIP:
        raise BadInput("paper_unknown", paper=paper)
    with desk.store.reading() as queries:
        office = office_of(queries, dossier)
        template = template_of(queries, form) if form else None
    if form is None or template is None:
        pdf = desk.renderer.slip(paper_text.slip_content(dossier, office, marks), size)
        return Paper(name=paper, pdf=pdf, copy_no=copy_no, size=size)
    content = paper_text.form_content(dossier, form, template, office, marks)
    return Paper(name=paper, pdf=desk.renderer.form(content), copy_no=copy_no, size=PaperSize.A4)


def print_paper(desk: Desk, dossier: Dossier, paper: str, *, printer_name: str | None = None) -> Paper:
    """Send a paper to the printer and record it as the next copy.

    Raises:
        EnvironmentProblem: ``printer_failed`` and the like; the failure is on record, the copy
            number is not used up.
    """
    settings = desk.settings
    target = settings.printer_name if printer_name is None else printer_name

    def send(rendered: Paper) -> None:
        desk.printer.print_pdf(
            rendered.pdf, printer_name=target, size=rendered.size, title=rendered.file_name
        )

    return _hand_out(desk, dossier, paper, settings.slip_size, "printed", send)


def save_paper(
    desk: Desk,
    dossier: Dossier,
    paper: str,
    write: "Callable[[Paper], None]",
    *,
    size: PaperSize | None = None,
) -> Paper:
    """Render a paper and hand it to `write` (a PDF file), recorded as the next copy.

    Raises:
        EnvironmentProblem: what `write` raises; recorded, the copy number is not used up.
    """
    return _hand_out(desk, dossier, paper, size or desk.settings.slip_size, "saved", write)


def _hand_out(
    desk: Desk,
    dossier: Dossier,
    paper: str,
    size: PaperSize,
    outcome: str,
    send: "Callable[[Paper], None]",
) -> Paper:
    with desk.store.reading() as queries:
        copy_no = queries.next_copy_no(dossier.dossier_id, paper)
    rendered = render(desk, dossier, paper, copy_no=copy_no, size=size)
    try:
        send(rendered)
    except EnvironmentProblem as problem:
        _record(desk, dossier, rendered, "failed", problem.code)
        raise
    _record(desk, dossier, rendered, outcome, "")
    return rendered


def _record(desk: Desk, dossier: Dossier, paper: Paper, outcome: str, detail: str) -> None:
    now, clerk = desk.clock.now(), desk.settings.clerk
    with desk.store.writing() as transaction:
        transaction.record_print(
            PrintRecord(
                dossier_id=dossier.dossier_id,
                paper=paper.name,
                copy_no=paper.copy_no,
                at=now,
                clerk=clerk,
                outcome=outcome,
                detail=detail,
            )
        )
        transaction.append_audit(
            AuditEntry(
                at=now,
                clerk=clerk,
                act=f"paper_{outcome}",
                subject_id=dossier.dossier_id,
                detail={"paper": paper.name, "copy_no": paper.copy_no},
            )
        )
