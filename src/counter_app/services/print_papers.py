"""Prints the papers of a received dossier: counted, marked when it is a reprint, never lost.

Always after the commit. A printer that fails leaves the dossier as it is and the failure on record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.dossier import Dossier, FilledForm
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.services import paper_text
from counter_app.services.definitions import office_of, template_of
from counter_app.services.desk import Desk
from counter_app.services.hand_out import hand_out, on_its_way
from counter_app.services.paper_content import Marks, PaperSize
from counter_app.services.papers.copy_number import next_copy
from counter_app.services.papers.paper_kinds import (
    FORM_PREFIX,
    LABEL,
    SLIP,
    papers_of,
    papers_to_hand_out,
    size_for,
)
from counter_app.services.ports import PrintRecord
from counter_app.services.slip_notes import correction_mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter_app.domain.office import Office
    from counter_app.services.ports import HistoryEntry, Queries, Transaction

__all__ = [
    "FORM_PREFIX",
    "SLIP",
    "Paper",
    "papers_of",
    "papers_to_hand_out",
    "print_paper",
    "render",
    "save_paper",
]


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


def render(desk: Desk, dossier: Dossier, paper: str, *, copy_no: int, size: PaperSize) -> Paper:
    """Draw a paper of the dossier as the given copy.

    Its words are those of the office and the form the dossier was received under. A paper that is not
    made for `size` comes on its usual sheet.

    Raises:
        BadInput: ``paper_unknown`` when the dossier has no such paper.
        EnvironmentProblem: ``definition_missing``.
    """
    with desk.store.reading() as queries:
        history = queries.history(dossier.dossier_id)
        return _render(desk, queries, dossier, paper, history, copy_no, size_for(paper, size))


def _render(
    desk: Desk,
    queries: "Queries",
    dossier: Dossier,
    paper: str,
    history: Sequence["HistoryEntry"],
    copy_no: int,
    size: PaperSize,
) -> Paper:
    marks = Marks(
        reprint=paper_text.reprint_mark(copy_no, desk.clock.now()),
        training=dossier.training,
        corrected=correction_mark(dossier, history) if paper == SLIP else "",
    )
    form = next((f for f in dossier.forms if FORM_PREFIX + f.form_id == paper), None)
    office = office_of(queries, dossier)
    if form is not None:
        pdf = _form_pdf(desk, queries, dossier, form, office, marks)
    elif paper == SLIP:
        pdf = desk.renderer.slip(paper_text.slip_content(dossier, office, marks), size)
    else:
        pdf = _other_pdf(desk, dossier, paper, history, office, marks, size)
    return Paper(name=paper, pdf=pdf, copy_no=copy_no, size=size)


def _form_pdf(
    desk: Desk, queries: "Queries", dossier: Dossier, form: FilledForm, office: "Office", marks: Marks
) -> bytes:
    template = template_of(queries, form)
    return desk.renderer.form(paper_text.form_content(dossier, form, template, office, marks))


def _other_pdf(
    desk: Desk,
    dossier: Dossier,
    paper: str,
    history: Sequence["HistoryEntry"],
    office: "Office",
    marks: Marks,
    size: PaperSize,
) -> bytes:
    # Late: a visit that only needs its slip never loads the other papers.
    if paper == LABEL and LABEL in papers_of(dossier):
        from counter_app.services.papers.address_label import LabelSheet, address_label

        return desk.renderer.labels(LabelSheet(labels=(address_label(dossier, office),), marks=marks), size)
    if paper.startswith(FORM_PREFIX):
        raise BadInput("paper_unknown", paper=paper[:60])
    from counter_app.services.papers.dossier_notices import notice_of

    return desk.renderer.notice(notice_of(dossier, paper, history=history, office=office, marks=marks), size)


def print_paper(desk: Desk, dossier: Dossier, paper: str, *, printer_name: str | None = None) -> Paper:
    """Send a paper to the printer and record it as the next copy.

    Raises:
        BadInput: ``paper_unknown``, ``dossier_unknown``.
        RuleRefusal: ``dossier_changed_meanwhile`` when `dossier` is no longer what the database has,
            ``dossier_purged`` when nothing of it is left to print.
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
    """Render a paper and hand it to `write` (a PDF file), recorded as the next copy; sizes as `render`.

    Raises:
        EnvironmentProblem: what `write` raises; recorded, the copy number is not used up.
        BadInput, RuleRefusal: as `print_paper`.
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
        current = _current(queries, dossier)
        history, prints = queries.history(dossier.dossier_id), queries.prints(dossier.dossier_id)
        copy_no = next_copy(paper, prints, history)
        rendered = _render(desk, queries, current, paper, history, copy_no, size_for(paper, size))

    def prepare(transaction: "Transaction") -> PrintRecord:
        _current(transaction, dossier)
        steps, left = transaction.history(dossier.dossier_id), transaction.prints(dossier.dossier_id)
        if next_copy(paper, left, steps) != copy_no:  # printed meanwhile, in another window
            raise RuleRefusal("dossier_changed_meanwhile", dossier_code=dossier.dossier_code)
        return on_its_way(desk, dossier.dossier_id, paper, copy_no, at=desk.clock.now(), of_step=len(history))

    hand_out(desk, prepare, lambda: send(rendered), outcome=outcome)
    return rendered


def _current(queries: "Queries", seen: Dossier) -> Dossier:
    """Return the dossier as the database has it: only that may be told on paper."""
    current = queries.dossier(seen.dossier_id)
    if current is None:
        raise BadInput("dossier_unknown", dossier_code=seen.dossier_code)
    if queries.purged_dossier(seen.dossier_id) is not None:
        raise RuleRefusal("dossier_purged", dossier_code=seen.dossier_code)
    if current.life.rev != seen.life.rev:
        raise RuleRefusal("dossier_changed_meanwhile", dossier_code=seen.dossier_code)
    return current
