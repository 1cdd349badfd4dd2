"""Draws lists as an Excel workbook: real numbers and dates, a frozen head, and no text that runs.

Cells are filled row by row from one reused cell a column: a hundred thousand rows must neither fill
the memory nor look up every style anew.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from counter_app.domain.working_calendar import OFFICE_ZONE
from counter_app.services.list_export import ColumnKind, ListColumn, ListTable, cell_text
from counter_app.services.workbook_in_memory import keep_in_memory, packed_workbook

# What XML cannot hold.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_MOST_TEXT = 32_000  # characters a cell of a spreadsheet holds
_MOST_ROWS = 1_000_000
_FIRST_YEAR = 1901  # before it, spreadsheets disagree about the days
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TITLE = 31
_FORMATS = {
    ColumnKind.NUMBER: "#,##0",
    ColumnKind.MONEY: '#,##0" đ"',
    ColumnKind.DATE: "dd/mm/yyyy",
    ColumnKind.MOMENT: "dd/mm/yyyy hh:mm",
}


def workbook_bytes(tables: Iterable[ListTable]) -> bytes:
    """Return the workbook with a sheet a list; a list longer than a sheet goes on in the next."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for table in tables:
        rows = iter(table.rows)
        while _fill(book.create_sheet(_sheet_title(table.title, book.sheetnames)), table.columns, rows):
            pass
    return packed_workbook(book)


def _fill(sheet: Any, columns: tuple[ListColumn, ...], rows: Iterator[tuple[object, ...]]) -> bool:
    """Write the head and rows as far as the sheet goes; tell whether it is full."""
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for index, each in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = each.width
    keep_in_memory(sheet)
    sheet.append(_head(sheet, columns))
    cells = [_ReusedCell(sheet, each.kind) for each in columns]
    count = 0
    for count, row in enumerate(rows, start=1):
        sheet.append([cell.holding(value) for cell, value in zip(cells, row, strict=True)])
        if count == _MOST_ROWS:
            break
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count + 1}"
    return count == _MOST_ROWS


class _ReusedCell:
    """The cells of one column: each is written out before the next is asked for."""

    def __init__(self, sheet: Any, kind: ColumnKind) -> None:
        from openpyxl.cell import WriteOnlyCell

        self._value = WriteOnlyCell(sheet)
        self._fraction = WriteOnlyCell(sheet)
        self._text = WriteOnlyCell(sheet)
        self._running = WriteOnlyCell(sheet)
        # Once edited, text that looks like a formula stays text.
        self._running.quotePrefix = True
        self._fraction.number_format = "#,##0.##"
        self._kind = kind

    def holding(self, value: object) -> Any:
        """Return a cell that holds the value, None for nothing; text is text, never a formula."""
        if value is None:
            return None
        plain = _plain(value)
        if isinstance(plain, str):
            text = _FORBIDDEN.sub("", plain)[:_MOST_TEXT]
            if not text:
                return None
            cell = self._running if text.startswith(_RUNS) else self._text
            cell.value = text
            cell.data_type = "s"
            return cell
        cell = self._fraction if isinstance(plain, float) else self._value
        cell.value = plain
        if cell is self._value:
            cell.number_format = _FORMATS.get(self._kind) or _format_of(plain)
        return cell


def _plain(value: object) -> str | float | date:
    """Return what a spreadsheet can hold: its moments know no time zone."""
    match value:
        case datetime() if value.year >= _FIRST_YEAR:
            return value.astimezone(OFFICE_ZONE).replace(tzinfo=None, microsecond=0)
        case date() if value.year >= _FIRST_YEAR and not isinstance(value, datetime):
            return value
        case int() | float() if not isinstance(value, bool):
            return value
        case _:
            return cell_text(value)


def _format_of(value: object) -> str:
    if isinstance(value, datetime):
        return _FORMATS[ColumnKind.MOMENT]
    return _FORMATS[ColumnKind.DATE] if isinstance(value, date) else _FORMATS[ColumnKind.NUMBER]


def _head(sheet: Any, columns: tuple[ListColumn, ...]) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cells = []
    for each in columns:
        cell = WriteOnlyCell(sheet, _FORBIDDEN.sub("", each.label))
        cell.data_type = "s"
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cells.append(cell)
    return cells


def _sheet_title(title: str, taken: list[str]) -> str:
    """Return a name the workbook allows and does not have yet."""
    base = _NOT_IN_TITLES.sub(" ", _FORBIDDEN.sub("", title)).strip() or "1"
    name, number = base[:_LONGEST_TITLE].strip(), 1
    while name.casefold() in {each.casefold() for each in taken}:
        number += 1
        ending = f" ({number})"
        name = base[: _LONGEST_TITLE - len(ending)].strip() + ending
    return name
