"""Writes report tables as .xlsx: real cell types, a frozen header, and no text that runs as a formula."""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from counter_app.services.import_report import Cell, ReportTable

# What XML cannot hold; everything else has been cleaned at reading.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RUNS = ("=", "+", "-", "@", "\t")
_MOST_TEXT = 32_000  # characters a cell of a spreadsheet holds
_MOST_ROWS = 1_000_000


def workbook_bytes(tables: Sequence[ReportTable]) -> bytes:
    """Return the workbook, one sheet a table."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.title)
        sheet.freeze_panes = "A2"
        for index, (_, width) in enumerate(table.columns):
            sheet.column_dimensions[chr(ord("A") + index)].width = width
        sheet.append(_header(sheet, [title for title, _ in table.columns]))
        for row in table.rows[:_MOST_ROWS]:
            sheet.append(_row(sheet, row))
        sheet.auto_filter.ref = (
            f"A1:{chr(ord('A') + len(table.columns) - 1)}{len(table.rows[:_MOST_ROWS]) + 1}"
        )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _header(sheet: Any, titles: Iterable[str]) -> list[Any]:
    from openpyxl.styles import Font

    cells = _row(sheet, tuple(titles))
    for cell in cells:
        cell.font = Font(bold=True)
    return cells


def _row(sheet: Any, values: tuple[Cell, ...]) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell

    cells: list[Any] = []
    for value in values:
        shown: Any = _FORBIDDEN.sub("", value)[:_MOST_TEXT] if isinstance(value, str) else value
        cell = WriteOnlyCell(sheet, shown)
        if isinstance(value, str):
            # Text is text: a spreadsheet must neither run it nor, once edited, take it for a formula.
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(_RUNS)
        elif not isinstance(value, int):
            cell.number_format = "dd/mm/yyyy"
        cells.append(cell)
    return cells
