"""Prints the sheet of a closed day, from what was committed; recorded under the closing."""

from typing import TYPE_CHECKING

from counter_app.domain.errors import EnvironmentProblem
from counter_app.domain.office import Office
from counter_app.services.day_close import day_closed
from counter_app.services.paper_content import Marks, PaperSize
from counter_app.services.paper_text import reprint_mark
from counter_app.services.papers.day_close_sheet import day_close_sheet
from counter_app.services.ports import AuditEntry, PrintRecord

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from counter_app.domain.day_close import DayClose
    from counter_app.services.desk import Desk

PAPER = "day_close"
_FILE = "dong-ngay.pdf"


def day_close_pdf(desk: "Desk", close: "DayClose", *, copy_no: int = 1) -> bytes:
    """Return the sheet as PDF on A4; EnvironmentProblem ``definition_missing``."""
    with desk.store.reading() as queries:
        office = queries.definition(close.office_definition, Office)
    marks = Marks(reprint=reprint_mark(copy_no, desk.clock.now()), training=close.training)
    return desk.renderer.sheet(day_close_sheet(close, office, marks))


def print_day_close(desk: "Desk", close_id: str) -> int:
    """Print the sheet and return which copy it is.

    Raises:
        BadInput: ``day_close_unknown``.
        EnvironmentProblem: ``printer_failed`` and the like; recorded, the copy number is not used up.
    """

    def send(pdf: bytes) -> None:
        desk.printer.print_pdf(pdf, printer_name=desk.settings.printer_name, size=PaperSize.A4, title=_FILE)

    return _hand_out(desk, close_id, send, "printed")


def save_day_close(desk: "Desk", close_id: str, target: "Path") -> int:
    """Write the sheet to a PDF file; errors as `print_day_close`, ``paper_not_saved``."""
    from counter_app.services.whole_file import write_whole

    return _hand_out(desk, close_id, lambda pdf: write_whole(target, pdf), "saved")


def _hand_out(desk: "Desk", close_id: str, send: "Callable[[bytes], None]", outcome: str) -> int:
    with desk.store.reading() as queries:
        close = day_closed(queries, close_id)
        copy_no = queries.next_copy_no(close_id, PAPER)
    pdf = day_close_pdf(desk, close, copy_no=copy_no)
    try:
        send(pdf)
    except EnvironmentProblem as problem:
        _record(desk, close_id, copy_no, "failed", problem.code)
        raise
    _record(desk, close_id, copy_no, outcome, "")
    return copy_no


def _record(desk: "Desk", close_id: str, copy_no: int, outcome: str, detail: str) -> None:
    now, clerk = desk.clock.now(), desk.settings.clerk
    with desk.store.writing() as transaction:
        transaction.record_print(
            PrintRecord(
                dossier_id=close_id,
                paper=PAPER,
                copy_no=copy_no,
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
                act=f"day_close_{outcome}",
                subject_id=close_id,
                detail={"copy_no": copy_no},
            )
        )
