"""Writes a report to a file: a .pdf as the office keeps it, or an .xlsx for whoever counts on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.b06 import B06Line
from counter_app.domain.errors import BadInput
from counter_app.domain.period import Period
from counter_app.services.audit.noted import note
from counter_app.services.list_export import write_xlsx
from counter_app.services.reports.b06_report import b06_report, b06_sheet, b06_table
from counter_app.services.reports.day_paper import day_sheet
from counter_app.services.reports.day_report import day_report
from counter_app.services.reports.day_tables import day_tables
from counter_app.services.reports.figures import Figures
from counter_app.services.reports.register_paper import register_book, register_table
from counter_app.services.reports.register_report import BookOfYear, register_books, register_lines
from counter_app.services.whole_file import write_whole

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

PDF, XLSX = ".pdf", ".xlsx"


class ReportKind(StrEnum):
    """The reports of a period."""

    REGISTER = "register"
    B06 = "b06"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenReport:
    """Where it was written, and its sums by name; no names of people."""

    path: Path
    totals: Mapping[str, int]


def period_detail(period: Period) -> dict[str, str]:
    """Return the days of a report as the audit log keeps them."""
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}


def write_report(desk: "Desk", kind: ReportKind, period: Period, target: Path) -> WrittenReport:
    """Write a report of this counter; the suffix of `target` decides the format.

    Raises:
        BadInput: ``report_format_unknown`` (suffix), ``report_empty`` for a register without a line.
        EnvironmentProblem: ``paper_not_saved``, ``font_missing``; what was there before is untouched.
    """
    if target.suffix.lower() not in (PDF, XLSX):
        raise BadInput("report_format_unknown", suffix=target.suffix[:10])
    note(desk, "report_saved", kind.value, **period_detail(period), form=target.suffix[1:].lower())
    match kind:
        case ReportKind.REGISTER:
            totals = _write_register(desk, period, target)
        case ReportKind.B06:
            totals = _write_b06(desk, period, target)
        case ReportKind.DAY:
            totals = _write_day(desk, period, target)
    return WrittenReport(path=target, totals=totals)


def register_pdf(desk: "Desk", period: Period) -> bytes:
    """Return the register of a period as PDF; BadInput ``report_empty`` when it has no line."""
    counter = desk.settings.counter
    on = desk.clock.now().date()
    with desk.store.reading() as queries:
        books = _books(register_books(queries, counter.number, period, on))
        return desk.renderer.register_book(
            register_book(
                books,
                lambda book: register_lines(queries, book),
                office=desk.office(on),
                on=on,
                training=counter.training,
            )
        )


def b06_pdf(desk: "Desk", period: Period) -> bytes:
    """Return Biểu số II.06 of a period as PDF."""
    report = b06_report(desk, period)
    training = desk.settings.counter.training
    return desk.renderer.statistics(b06_sheet(report, office=desk.office(report.made_on), training=training))


def day_pdf(desk: "Desk", figures: Figures) -> bytes:
    """Return the figures of a period as PDF."""
    counter = desk.settings.counter
    office = desk.office(figures.made_at.date())
    return desk.renderer.sheet(
        day_sheet(figures, office=office, counter=counter.number, training=counter.training)
    )


def _write_register(desk: "Desk", period: Period, target: Path) -> Mapping[str, int]:
    counter, on = desk.settings.counter.number, desk.clock.now().date()
    with desk.store.reading() as queries:
        books = _books(register_books(queries, counter, period, on))
        if target.suffix.lower() == XLSX:
            office = desk.office(on)
            write_xlsx(
                (register_table(book, register_lines(queries, book), office) for book in books), target
            )
    if target.suffix.lower() == PDF:
        write_whole(target, register_pdf(desk, period))
    return {
        "books": len(books),
        "dossiers": sum(len(book.places) for book in books),
        "unused_numbers": sum(book.unused_count for book in books),
        "first": books[0].first,
        "last": books[-1].last,
    }


def _books(books: tuple[BookOfYear, ...]) -> tuple[BookOfYear, ...]:
    if not books:
        raise BadInput("report_empty")
    return books


def _write_b06(desk: "Desk", period: Period, target: Path) -> Mapping[str, int]:
    report = b06_report(desk, period)
    if target.suffix.lower() == XLSX:
        write_xlsx(b06_table(report), target)
    else:
        training = desk.settings.counter.training
        office = desk.office(report.made_on)
        write_whole(target, desk.renderer.statistics(b06_sheet(report, office=office, training=training)))
    return b06_totals(report.total)


def b06_totals(line: B06Line) -> dict[str, int]:
    """Return columns 3 to 13 by their names."""
    return {
        "received": line.received,
        "online": line.online,
        "at_desk": line.at_desk,
        "carried_over": line.carried_over,
        "resolved": line.resolved,
        "early": line.early,
        "on_time": line.on_time,
        "late": line.late,
        "pending": line.pending,
        "running": line.running,
        "overdue": line.overdue,
    }


def _write_day(desk: "Desk", period: Period, target: Path) -> Mapping[str, int]:
    figures = day_report(desk, period)
    if target.suffix.lower() == XLSX:
        write_xlsx(day_tables(figures), target)
    else:
        write_whole(target, day_pdf(desk, figures))
    return day_totals(figures)


def day_totals(figures: Figures) -> dict[str, int]:
    """Return the sums of a period by name."""
    standing = figures.standing
    return {
        "received": figures.received,
        "assisted": figures.assisted,
        "online": figures.online_guided,
        "postal": figures.by_post,
        "resolved": figures.by_first.total,
        "late": figures.by_first.late,
        "late_by_present_promise": figures.by_present.late,
        "late_by_index": figures.by_index.late,
        "returned": figures.returned,
        "refused": figures.refused,
        "stopped": figures.stopped,
        "withdrawn": figures.withdrawn,
        "open": standing.open,
        "overdue": standing.overdue,
        "awaiting_supplement": standing.awaiting_supplement,
        "to_hand_out": standing.to_hand_out,
        "originals_held": standing.originals_held,
        "unsent": standing.unsent,
        "reprints": sum(figures.reprints.values()),
        "charges_vnd": figures.charges_vnd,
        "taken_vnd": sum(each.kept_vnd for each in figures.cash),
        "ratings": sum(each.count for each in figures.ratings),
    }
