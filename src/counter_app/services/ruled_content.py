"""What papers with a large ruled table say: the register (a bound book) and statistical sheets."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from counter_app.domain.office import Office
from counter_app.services.paper_content import Marks
from counter_app.services.sheet_content import CellAlign


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledColumn:
    """A column; neighbours with the same ``group`` stand under it, ``code`` stands under the label.

    ``width`` is a share of the table's width.
    """

    label: str
    width: float
    align: CellAlign = CellAlign.LEFT
    group: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRow:
    """A line of the book; a cell may hold several lines of text. ``copies`` and ``done`` are summed."""

    cells: tuple[str, ...]
    copies: int = 1
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StruckRow:
    """A line that is struck out, so that nobody can write into it: numbers nobody has."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSum:
    """How many dossiers, copies (bộ) and dossiers done with a stretch of lines has."""

    rows: int = 0
    copies: int = 0
    done: int = 0

    def __add__(self, row: "BookRow | BookSum") -> "BookSum":
        """Return the sum with a line, or with another sum, more."""
        more = row if isinstance(row, BookSum) else BookSum(rows=1, copies=row.copies, done=int(row.done))
        return BookSum(
            rows=self.rows + more.rows, copies=self.copies + more.copies, done=self.done + more.done
        )


PAGE_COUNT = "{pages}"  # in the words of the closing page: how many pages the book has


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingPage:
    """The last page of a book that is over (khóa sổ). A signature may say after a line break how to sign."""

    title: str
    paragraphs: tuple[str, ...]
    place_date: str
    signatures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPart:
    """The lines of one year's book. ``cover`` are the lines of a page of its own, the first the title.

    ``rows`` are read once, while the book is drawn. A book that still runs has no ``closing``.
    """

    title: str
    subtitle: str
    rows: Iterable[BookRow | StruckRow]
    cover: tuple[str, ...] = ()
    closing: ClosingPage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterBook:
    """Mẫu 07 Thông tư 03/2025/TT-VPCP: sổ theo dõi hồ sơ, A4 landscape, one part a year.

    ``carried``, ``page_sum`` word what the page before hands on and what stands under each page: they
    are given the sum of the page and the sum of all lines so far.
    """

    office: Office
    columns: tuple[RuledColumn, ...]
    parts: tuple[BookPart, ...]
    carried: Callable[[BookSum], str]
    page_sum: Callable[[BookSum, BookSum], str]
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsSheet:
    """A statistical form: its number left, title and period in the middle, the parties right."""

    form_number: str
    title: str
    period: str
    parties: tuple[str, ...]
    unit: str
    columns: tuple[RuledColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    place_date: str
    signatures: tuple[str, ...]
    note: str = ""
    marks: Marks = field(default_factory=Marks)
