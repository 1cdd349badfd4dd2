"""Running numbers, handed out without gaps and never twice: of dossiers by day, of papers by year."""

from datetime import date

from counter_app.storage.sql import Sql

_TAKE = (
    "INSERT INTO code_counter (day, counter, last_number) VALUES (?, ?, 1) "
    "ON CONFLICT (day, counter) DO UPDATE SET last_number = last_number + 1 RETURNING last_number"
)

_TAKE_PAPER = (
    "INSERT INTO paper_number (series, year, counter, last_number) VALUES (?, ?, ?, 1) "
    "ON CONFLICT (series, year, counter) DO UPDATE SET last_number = last_number + 1 RETURNING last_number"
)

_RAISE_PAPER = (
    "INSERT INTO paper_number (series, year, counter, last_number) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (series, year, counter) DO UPDATE SET last_number = max(last_number, excluded.last_number)"
)


def take(sql: Sql, day: date, counter: int) -> int:
    """Return the counter's next running number of that day; it comes back only if the act fails."""
    return int(sql.value(_TAKE, (day.isoformat(), counter)))


def take_paper(sql: Sql, series: str, year: int, counter: int) -> int:
    """Return the series' next number of that year and counter."""
    return int(sql.value(_TAKE_PAPER, (series, year, counter)))


def raise_paper(sql: Sql, series: str, year: int, counter: int, at_least: int) -> None:
    """Go on after `at_least` in a series: a paper with that number exists."""
    if at_least > 0:
        sql.run(_RAISE_PAPER, (series, year, counter, at_least))
