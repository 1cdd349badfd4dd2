"""What the pages of reports show, read off the UI thread; and reports as bytes, with progress and an end.

Heavy parts are imported here where they are used: the window opens without a report.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from counter_app.domain.errors import BadInput
from counter_app.domain.period import Period
from counter_app.services.list_export import ListTable

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.figures_port import DayCount
    from counter_app.services.reports.figures import Figures
    from counter_app.services.reports.register_report import BookOfYear

AHEAD_DAYS = 14  # of the due load
MOST_LINES = 300  # of the register on the screen; the book has them all
_Line = TypeVar("_Line")


class Page(StrEnum):
    """The pages."""

    DAY = "day"
    FIGURES = "figures"
    REGISTER = "register"
    B06 = "b06"
    RATINGS = "ratings"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresRead:
    """The figures of a period, its days, and how many dossiers are due on each of the coming days."""

    figures: "Figures"
    tables: tuple[ListTable, ...]
    days: "Sequence[DayCount]"
    due: Mapping[date, int]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRead:
    """A list as it is shown: the first rows of ``total``."""

    table: ListTable
    rows: tuple[tuple[object, ...], ...]
    total: int


@dataclass(slots=True)
class Job:
    """A long piece of work: how far it is, and whether it is still wanted."""

    done: int = 0
    total: int = 0
    cancelled: bool = False

    def counting(self, lines: Iterable[_Line]) -> Iterator[_Line]:
        """Pass lines on, counting; BadInput ``report_cancelled`` once nobody wants them."""
        for line in lines:
            if self.cancelled:
                raise BadInput("report_cancelled")
            self.done = min(self.done + 1, self.total)
            yield line


def read_figures(desk: "Desk", period: Period) -> FiguresRead:
    """Count a period, its days and the days ahead."""
    from counter_app.services.reports.day_report import day_report
    from counter_app.services.reports.day_tables import day_tables

    figures = day_report(desk, period)
    today = figures.made_at.date()
    with desk.store.reading() as queries:
        days = queries.day_counts(period)
        due = queries.due_load(Period(first=today, last=today + timedelta(days=AHEAD_DAYS - 1)))
    return FiguresRead(figures=figures, tables=day_tables(figures), days=days, due=due, today=today)


def read_register(desk: "Desk", period: Period) -> ListRead:
    """Return the first lines of the register of a period, and how many there are."""
    from counter_app.services.reports.register_paper import register_table
    from counter_app.services.reports.register_report import register_books, register_lines

    on = desk.clock.now().date()
    rows: list[tuple[object, ...]] = []
    with desk.store.reading() as queries:
        books = register_books(queries, desk.settings.counter.number, period, on)
        if not books:
            return ListRead(table=ListTable(title="", columns=(), rows=()), rows=(), total=0)
        total = sum(_lines_of(book) for book in books)
        for book in books:
            table = register_table(book, register_lines(queries, book), desk.office(on))
            rows += islice(table.rows, MOST_LINES - len(rows))
    return ListRead(table=table, rows=tuple(rows), total=total)


def read_b06(desk: "Desk", period: Period) -> ListRead:
    """Return Biểu số II.06 of a period as a list."""
    from counter_app.services.reports.b06_report import b06_report, b06_table

    table = b06_table(b06_report(desk, period))
    rows = tuple(table.rows)
    return ListRead(table=table, rows=rows, total=len(rows))


def report_pdf(desk: "Desk", page: Page, period: Period, job: Job) -> bytes:
    """Return the report of a page as PDF; BadInput ``report_empty``, ``report_cancelled``."""
    from counter_app.services.reports import write_report
    from counter_app.services.reports.day_report import day_report
    from counter_app.services.reports.register_paper import register_book
    from counter_app.services.reports.register_report import register_lines

    if page is Page.B06:
        return write_report.b06_pdf(desk, period)
    if page is not Page.REGISTER:
        return write_report.day_pdf(desk, day_report(desk, period))
    on = desk.clock.now().date()
    with desk.store.reading() as queries:
        books = _books(desk, queries, period, job)
        return desk.renderer.register_book(
            register_book(
                books,
                lambda book: job.counting(register_lines(queries, book)),
                office=desk.office(on),
                on=on,
                training=desk.settings.counter.training,
            )
        )


def report_workbook(desk: "Desk", page: Page, period: Period, job: Job) -> bytes:
    """Return the report of a page as an Excel workbook; errors as `report_pdf`."""
    from counter_app.services.list_workbook import workbook_bytes
    from counter_app.services.reports.b06_report import b06_report, b06_table
    from counter_app.services.reports.day_report import day_report
    from counter_app.services.reports.day_tables import day_tables
    from counter_app.services.reports.register_paper import register_table
    from counter_app.services.reports.register_report import register_lines

    if page is Page.B06:
        return workbook_bytes((b06_table(b06_report(desk, period)),))
    if page is not Page.REGISTER:
        return workbook_bytes(day_tables(day_report(desk, period)))
    office = desk.office(desk.clock.now().date())
    with desk.store.reading() as queries:
        books = _books(desk, queries, period, job)
        return workbook_bytes(
            register_table(book, job.counting(register_lines(queries, book)), office) for book in books
        )


def _books(desk: "Desk", queries: object, period: Period, job: Job) -> "tuple[BookOfYear, ...]":
    from counter_app.services.reports.register_report import register_books

    on = desk.clock.now().date()
    books = register_books(queries, desk.settings.counter.number, period, on)  # type: ignore[arg-type]
    if not books:
        raise BadInput("report_empty")
    job.total = sum(map(_lines_of, books))
    return books


def _lines_of(book: "BookOfYear") -> int:
    return len(book.places) + len(book.unused)
