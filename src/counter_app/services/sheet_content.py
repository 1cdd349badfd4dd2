"""What an office sheet says: a list or a notice with headings, paragraphs and ruled tables on A4.

One shape for everything that is not a slip or a form: posting sheet, instruction sheet, list of
changes, list of affected slips.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from counter_app.domain.office import Office
from counter_app.services.paper_content import Marks


class CellAlign(StrEnum):
    """Where the text of a column stands; numbers stand right."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column; ``width`` is a share of the table's width."""

    label: str
    width: float = 1.0
    align: CellAlign = CellAlign.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """Rows of cells in column order; a cell may hold several lines, parted by line breaks."""

    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSection:
    """A heading (none when empty), lines of text, then a table (none when absent).

    A line may start with a label: "Thời hạn: 3 ngày" prints what stands before the first colon bold
    when ``labelled`` is set.
    """

    heading: str = ""
    lines: tuple[str, ...] = ()
    labelled: bool = False
    table: SheetTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetContent:
    """A whole sheet; ``note`` is small print.

    ``signatures`` are places to sign, left to right: a title, and on further lines of the text the small
    print under it ("(Ký và ghi rõ họ tên)") and the name of who signs.
    """

    office: Office
    title: str
    sections: tuple[SheetSection, ...]
    subtitle: str = ""
    place_date: str = ""
    signatures: tuple[str, ...] = ()
    note: str = ""
    landscape: bool = False
    font_size: float = 12.0
    marks: Marks = field(default_factory=Marks)
