"""Prints the sheet of a closed day, from what was committed; recorded under the closing."""

from typing import TYPE_CHECKING

from counter_app.domain.errors import RuleRefusal
from counter_app.domain.office import Office
from counter_app.services.day_close import day_closed
from counter_app.services.hand_out import hand_out, on_its_way
from counter_app.services.paper_content import Marks, PaperSize
from counter_app.services.paper_text import reprint_mark
from counter_app.services.papers.day_close_sheet import day_close_sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from counter_app.domain.day_close import DayClose
    from counter_app.services.desk import Desk
    from counter_app.services.ports import PrintRecord, Transaction

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
        RuleRefusal: ``paper_changed_meanwhile``: the day was reopened, or another window printed it.
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

    def prepare(transaction: "Transaction") -> "PrintRecord":
        if day_closed(transaction, close_id) != close or transaction.next_copy_no(close_id, PAPER) != copy_no:
            raise RuleRefusal("paper_changed_meanwhile")
        return on_its_way(desk, close_id, PAPER, copy_no, at=desk.clock.now())

    hand_out(desk, prepare, lambda: send(pdf), outcome=outcome, audited=PAPER)
    return copy_no
