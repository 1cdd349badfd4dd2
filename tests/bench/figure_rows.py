"""Reports among a hundred thousand dossiers most of which have lived: lists, figures, the bound book."""

import statistics
from datetime import date, timedelta
from pathlib import Path

from tests.bench.filling import filled_desk
from tests.bench.lived_years import live
from tests.bench.row import Act, Row, elapsed_ms, row

from counter_app.domain.period import Period, day_of
from counter_app.services.desk import Desk
from counter_app.services.reports.b06_report import b06_report
from counter_app.services.reports.day_report import day_report
from counter_app.services.reports.write_report import ReportKind, write_report

ROUNDS = 5
BOOK_LINES = 5_000


def figure_rows(folder: Path, dossiers: int) -> list[Row]:
    """Measure the reports of a day, a month and a year, and a book of some thousand lines."""
    desk = filled_desk(folder / "lived", dossiers)
    live(desk)
    last = _last_busy_day(desk)
    periods = {
        "a day": Period.of_day(last),
        "a month": Period(first=last - timedelta(days=29), last=last),
        "a year": Period(first=last - timedelta(days=364), last=last),
    }
    rows = [
        _within_a_second(
            f"{name} of {words} at {dossiers:,}", lambda act=act, period=period: act(desk, period)
        )  # type: ignore[misc]
        for words, period in periods.items()
        for name, act in (("figures", day_report), ("Biểu II.06", b06_report))
    ]
    rows.append(_within_a_second(f"days of a year at {dossiers:,}", lambda: _days(desk, periods["a year"])))
    rows += _books(desk, folder, last)
    desk.store.close()
    return rows


def _within_a_second(name: str, act: Act) -> Row:
    times = [elapsed_ms(act) for _ in range(ROUNDS)]
    return row(name, statistics.median(times), "ms", below=1000, note=f"slowest {max(times):.0f} ms")


def _last_busy_day(desk: Desk) -> date:
    """Return the last day of the invented years; the pattern itself was received long after."""
    with desk.store.reading() as queries:
        return day_of(queries.newest(1)[0].received_at)


def _days(desk: Desk, period: Period) -> object:
    with desk.store.reading() as queries:
        return queries.day_counts(period)


def _books(desk: Desk, folder: Path, last: date) -> list[Row]:
    period = Period(first=last - timedelta(days=BOOK_LINES // 200 - 1), last=last)
    rows = []
    for suffix in (".pdf", ".xlsx"):
        target = folder / f"register{suffix}"
        ms = elapsed_ms(lambda target=target: write_report(desk, ReportKind.REGISTER, period, target))  # type: ignore[misc]
        note = f"{target.stat().st_size / 1e6:.1f} MB"
        rows.append(
            row(f"register of {BOOK_LINES:,} lines as {suffix[1:]}", ms / 1000, "s", below=10, note=note)
        )
    return rows
