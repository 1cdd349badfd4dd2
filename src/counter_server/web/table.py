"""One shape for a table on the page, as CSV and as a workbook, so that the three can never differ."""

from dataclasses import dataclass
from datetime import date

from counter_server.web import words

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell; ``tone`` is "", "ok", "warn" or "bad" and never says more than the words."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a cell holds: ``value`` for spreadsheets, ``lines`` for the eye, ``link`` where it leads."""

    value: Value
    lines: tuple[Line, ...]
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column; numbers stand right, and ``width`` is in characters of a spreadsheet."""

    label: str
    numeric: bool = True
    width: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The first cell of a row names it. ``name`` is part of the export's address and file name."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    empty: str = "Không có số liệu trong khoảng ngày này."


def text(value: str, tone: str = "", link: str = "") -> Cell:
    """Return a cell of words."""
    return Cell(value=value, lines=(Line(value, tone),), link=link)


def count(value: int, tone: str = "") -> Cell:
    """Return a cell of a number; the tone is for a number that is not 0."""
    return Cell(value=value, lines=(Line(words.number(value), tone if value else ""),))


def percent(part: int, whole: int, tone: str = "") -> Cell:
    """Return a share; a spreadsheet gets it in percent with one decimal, nothing for none."""
    value = round(100 * part / whole, 1) if whole else None
    return Cell(value=value, lines=(Line(words.share(part, whole), tone),))


def on(value: date, shown: str = "") -> Cell:
    """Return a cell of a day."""
    return Cell(value=value, lines=(Line(shown or words.day(value)),))
