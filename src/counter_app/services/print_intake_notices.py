"""Prints what a citizen is told before anything is received: Mẫu 02 and 03; recorded under the notice."""

from typing import TYPE_CHECKING

from counter_app.domain.dossier_life import EndedBy, Ending, Supplement
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.intake_notice import IntakeNotice, NoticeKind
from counter_app.domain.office import Office
from counter_app.domain.procedure import SupplementPolicy
from counter_app.services.desk import Desk
from counter_app.services.hand_out import hand_out, on_its_way
from counter_app.services.notice_content import NoticeContent
from counter_app.services.paper_content import Marks, PaperSize
from counter_app.services.paper_number import paper_number
from counter_app.services.paper_text import reprint_mark
from counter_app.services.papers.paper_kinds import size_for
from counter_app.services.papers.refusal import refusal
from counter_app.services.papers.subject import Subject
from counter_app.services.papers.supplement_request import supplement_request

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from counter_app.services.ports import PrintRecord, Transaction


def notice_pdf(desk: Desk, notice: IntakeNotice, *, copy_no: int = 1, size: PaperSize) -> bytes:
    """Return the paper of a notice.

    Raises:
        BadInput: ``paper_unknown`` for guidance by word of mouth.
        EnvironmentProblem: ``definition_missing``.
    """
    if notice.kind is NoticeKind.ONLINE_GUIDANCE:
        raise BadInput("paper_unknown", paper=notice.kind.value)
    with desk.store.reading() as queries:
        office = queries.definition(notice.office_definition, Office)
    marks = Marks(reprint=reprint_mark(copy_no, desk.clock.now()), training=notice.training)
    return desk.renderer.notice(content_of(notice, office, marks), size)


def print_notice(desk: Desk, notice_id: str) -> int:
    """Print the paper of a notice and return which copy it is.

    Raises:
        BadInput: ``notice_unknown``, ``paper_unknown``.
        RuleRefusal: ``paper_changed_meanwhile``: another window printed it at the same moment.
        EnvironmentProblem: ``printer_failed`` and the like; recorded, the copy number is not used up.
    """

    def send(pdf: bytes, size: PaperSize, name: str) -> None:
        desk.printer.print_pdf(pdf, printer_name=desk.settings.printer_name, size=size, title=name)

    return _hand_out(desk, notice_id, send, "printed")


def save_notice(desk: Desk, notice_id: str, target: "Path") -> int:
    """Write the paper to a PDF file; errors as `print_notice`, ``paper_not_saved``."""
    from counter_app.services.whole_file import write_whole

    return _hand_out(desk, notice_id, lambda pdf, _size, _name: write_whole(target, pdf), "saved")


def content_of(notice: IntakeNotice, office: Office, marks: Marks) -> NoticeContent:
    """Return the words of a request or a refusal before the receipt."""
    procedure = notice.procedure
    person = notice.applicant
    subject = Subject(
        applicant_name=person.full_name,
        address=person.address,
        phone=person.phone,
        email=person.email,
        request=f"{procedure.name} ({procedure.case_name})" if procedure.case_name else procedure.name,
    )
    number = paper_number(notice.number, notice.counter, notice.kind.value)
    if notice.kind is NoticeKind.REFUSAL:
        ending = Ending(
            kind=EndedBy.REFUSAL,
            number=notice.number,
            at=notice.at,
            clerk=notice.clerk,
            reasons=notice.items,
        )
        return refusal(subject, ending, office, number=number, marks=marks)
    asked = Supplement(
        number=notice.number,
        at=notice.at,
        clerk=notice.clerk,
        items=notice.items,
        reason=notice.reason,
        policy=SupplementPolicy.RESET,  # no limit runs before the receipt; the paper says so
        repeat_reason=notice.repeat_reason,
    )
    return supplement_request(subject, asked, office, number=number, marks=marks, received=False)


def _hand_out(
    desk: Desk, notice_id: str, send: "Callable[[bytes, PaperSize, str], None]", outcome: str
) -> int:
    with desk.store.reading() as queries:
        notice = queries.intake_notice(notice_id)
        if notice is None:
            raise BadInput("notice_unknown")
        paper = notice.kind.value
        copy_no = queries.next_copy_no(notice_id, paper)
    size = size_for(paper, desk.settings.slip_size)
    pdf = notice_pdf(desk, notice, copy_no=copy_no, size=size)

    def prepare(transaction: "Transaction") -> "PrintRecord":
        if transaction.next_copy_no(notice_id, paper) != copy_no:
            raise RuleRefusal("paper_changed_meanwhile")
        return on_its_way(desk, notice_id, paper, copy_no, at=desk.clock.now())

    hand_out(desk, prepare, lambda: send(pdf, size, f"{paper}.pdf"), outcome=outcome)
    return copy_no
