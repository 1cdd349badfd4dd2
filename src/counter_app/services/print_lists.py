"""Prints hand-over and postal lists, and the address labels of a postal list; recorded under the list."""

from typing import TYPE_CHECKING

from counter_app.domain.errors import RuleRefusal
from counter_app.domain.office import Office
from counter_app.domain.transfer_list import ListKind, TransferItem, TransferList
from counter_app.services.desk import Desk
from counter_app.services.hand_out import hand_out, on_its_way
from counter_app.services.paper_content import Marks, PaperSize
from counter_app.services.paper_number import paper_number
from counter_app.services.paper_text import reprint_mark
from counter_app.services.papers.transfer_list import (
    HandOverRow,
    PostalRow,
    Side,
    TransferListContent,
    transfer_list_sheet,
)
from counter_app.services.transfer_lists import list_there

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from counter_app.services.ports import PrintRecord, Queries, Transaction

PAPER, LABELS = "list", "labels"
_COPIES = 2  # each side keeps one
_OFFICER = "Công chức chuyên môn"


def list_pdf(desk: Desk, made: TransferList, *, copy_no: int = 1) -> bytes:
    """Return the list as PDF, A4 on its side; EnvironmentProblem ``definition_missing``."""
    with desk.store.reading() as queries:
        office = office_of(queries, made)
    marks = Marks(reprint=reprint_mark(copy_no, desk.clock.now()), training=made.training)
    return desk.renderer.sheet(transfer_list_sheet(content_of(made, office, marks), office))


def labels_pdf(desk: Desk, made: TransferList, *, skip: int = 0) -> bytes:
    """Return the address labels of a postal list; `skip` places of the first sheet are used up."""
    from counter_app.services.papers.address_label import AddressLabel, LabelSheet

    with desk.store.reading() as queries:
        office = office_of(queries, made)
    labels = tuple(
        AddressLabel(
            recipient=item.person,
            address=item.address,
            phone=item.phone,
            dossier_code=item.dossier_code,
            sender=office.name,
            sender_address=office.address,
            sender_phone=office.phone,
        )
        for item in made.standing
    )
    sheet = LabelSheet(labels=labels, skip=skip, marks=Marks(training=made.training))
    return desk.renderer.labels(sheet, PaperSize.A4)


def print_list(desk: Desk, list_id: str, *, paper: str = PAPER) -> int:
    """Print a list twice, one for each side, or its labels once; return which copy it is.

    Raises:
        BadInput: ``list_unknown``.
        RuleRefusal: ``paper_changed_meanwhile``: a dossier came off it between drawing and printing.
        EnvironmentProblem: ``printer_failed`` and the like; recorded, the copy number is not used up
            unless the first side's copy is out.
    """

    def send(pdf: bytes) -> None:
        desk.printer.print_pdf(
            pdf, printer_name=desk.settings.printer_name, size=PaperSize.A4, title=_FILES[paper]
        )

    return _hand_out(desk, list_id, paper, send, "printed")


def save_list(desk: Desk, list_id: str, target: "Path", *, paper: str = PAPER) -> int:
    """Write a list or its labels to a PDF file; errors as `print_list`, ``paper_not_saved``."""
    from counter_app.services.whole_file import write_whole

    return _hand_out(desk, list_id, paper, lambda pdf: write_whole(target, pdf), "saved")


_FILES = {PAPER: "danh-sach.pdf", LABELS: "nhan-dia-chi.pdf"}


def _hand_out(desk: Desk, list_id: str, paper: str, send: "Callable[[bytes], None]", outcome: str) -> int:
    with desk.store.reading() as queries:
        made = list_there(queries.transfer_list(list_id))
        copy_no = queries.next_copy_no(list_id, paper)
    pdf = list_pdf(desk, made, copy_no=copy_no) if paper == PAPER else labels_pdf(desk, made)

    def prepare(transaction: "Transaction") -> "PrintRecord":
        if transaction.transfer_list(list_id) != made:  # an undo took a dossier off it meanwhile
            raise RuleRefusal("paper_changed_meanwhile")
        return on_its_way(desk, list_id, paper, copy_no, at=desk.clock.now())

    # Each side's copy is on record by itself: the second may fail when the first is out.
    for _side in range(_COPIES if outcome == "printed" and paper == PAPER else 1):
        hand_out(desk, prepare, lambda: send(pdf), outcome=outcome, audited="list")
    return copy_no


def content_of(made: TransferList, office: Office, marks: Marks) -> TransferListContent:
    """Return the words of a list."""
    taker = Side(unit=made.to.name) if made.to.agency else Side(unit=_OFFICER, person=made.to.name)
    postal = made.kind is ListKind.POSTAL
    return TransferListContent(
        number=paper_number(made.number, made.counter, made.kind.series),
        at=made.at,
        giver=Side(unit=office.name, person=made.clerk),
        taker=taker,
        rows=tuple(map(_postal_row, made.standing)) if postal else tuple(map(_row, made.standing)),
        note=made.note,
        marks=marks,
    )


def office_of(queries: "Queries", made: TransferList) -> Office:
    """Return the office as it was when the list was made."""
    return queries.definition(made.office_definition, Office)


def _row(item: TransferItem) -> HandOverRow:
    return HandOverRow(
        dossier_code=item.dossier_code,
        procedure_name=item.procedure_name,
        applicant_name=item.person,
        papers=item.papers,
        originals=item.originals,
        due_at=item.due_at,
        note=item.entry,
    )


def _postal_row(item: TransferItem) -> PostalRow:
    return PostalRow(
        dossier_code=item.dossier_code,
        recipient=item.person,
        address=item.address,
        phone=item.phone,
        content=item.content,
        item_code=item.entry,
    )
