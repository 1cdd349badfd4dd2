"""Tables as files: CSV that no spreadsheet takes for formulas, and Excel workbooks."""

import csv
import io
from datetime import date
from typing import Any

from counter_server.web.table import Table, Value

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")


def csv_bytes(table: Table) -> bytes:
    """Return the table as CSV, UTF-8 with the mark Excel wants; text that would run gets an apostrophe."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([_harmless(column.label) for column in table.columns])
    writer.writerows([_harmless(cell.value) for cell in row] for row in table.rows)
    return stream.getvalue().encode("utf-8-sig")


def _harmless(value: Value) -> str:
    if value is None:
        return ""
    shown = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{shown}" if isinstance(value, str) and shown.lstrip(" ").startswith(_RUNS) else shown


def xlsx_bytes(table: Table) -> bytes:
    """Return the table as a workbook of one sheet: real numbers and dates, text that stays text."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Số liệu")
    sheet.freeze_panes = "B2"
    for index, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.append([_cell(sheet, column.label, head=True) for column in table.columns])
    for row in table.rows:
        sheet.append([_cell(sheet, cell.value) for cell in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(sheet: Any, value: Value, *, head: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        shown = "".join(c for c in value if c.isprintable())
        cell.value = shown
        cell.data_type = "s"
        # Once edited, text that looks like a formula stays text.
        cell.quotePrefix = shown.lstrip().startswith(_RUNS)
    else:
        cell.value = value
        cell.number_format = _number_format(value)
    if head:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def _number_format(value: float | date | None) -> str:
    if isinstance(value, date):
        return "dd/mm/yyyy"
    return "#,##0.0" if isinstance(value, float) else "#,##0"
