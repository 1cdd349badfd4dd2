"""Any list out of the program: on A4 for the wall and the file, as a workbook for whoever counts on.

One shape for both, so that a list on paper and in a workbook can never differ.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.working_calendar import OFFICE_ZONE
from counter_app.services.sheet_content import (
    CellAlign,
    SheetColumn,
    SheetContent,
    SheetSection,
    SheetTable,
)

if TYPE_CHECKING:
    from counter_app.domain.office import Office
    from counter_app.services.desk import Desk

PERSONAL_NOTE = "Danh sách có dữ liệu cá nhân: chỉ dùng cho công việc, dùng xong phải hủy."


class ColumnKind(StrEnum):
    """What the cells of a column hold; None is an empty cell everywhere."""

    TEXT = "text"  # str
    NUMBER = "number"  # int or float
    DATE = "date"  # date
    MOMENT = "moment"  # aware datetime, shown in office time
    MONEY = "money"  # int, đồng


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """A column; ``width`` is in characters, on paper the share of the sheet."""

    label: str
    width: float = 14.0
    kind: ColumnKind = ColumnKind.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTable:
    """A list; every row has a cell for every column. ``rows`` are read once, so a generator will do.

    ``subtitle`` stands under the title and ``note`` in small print under the list, both on paper only.
    """

    title: str
    columns: tuple[ListColumn, ...]
    rows: Iterable[tuple[object, ...]]
    subtitle: str = ""
    note: str = ""
    landscape: bool = True


_ALIGNS = {
    ColumnKind.TEXT: CellAlign.LEFT,
    ColumnKind.NUMBER: CellAlign.RIGHT,
    ColumnKind.DATE: CellAlign.CENTRE,
    ColumnKind.MOMENT: CellAlign.CENTRE,
    ColumnKind.MONEY: CellAlign.RIGHT,
}


def list_pdf(desk: "Desk", table: ListTable, on: date) -> bytes:
    """Return the list as PDF on A4, headed by the office of that day; errors as `PaperRenderer.sheet`."""
    training = desk.settings.counter.training
    return desk.renderer.sheet(list_sheet(table, office=desk.office(on), on=on, training=training))


def list_sheet(table: ListTable, *, office: "Office", on: date, training: bool = False) -> SheetContent:
    """Return what the list says on paper."""
    from counter_app.services.paper_content import Marks
    from counter_app.services.paper_text import day_in_text

    columns = tuple(
        SheetColumn(label=each.label, width=each.width, align=_ALIGNS[each.kind]) for each in table.columns
    )
    kinds = [each.kind for each in table.columns]
    rows = tuple(
        tuple(cell_text(value, kind) for value, kind in zip(row, kinds, strict=True)) for row in table.rows
    )
    body = SheetTable(columns=columns, rows=rows)
    return SheetContent(
        office=office,
        title=table.title,
        subtitle=table.subtitle,
        place_date=f"{office.date_place}, {day_in_text(on)}",
        sections=(SheetSection(table=body) if rows else SheetSection(lines=("(Danh sách trống.)",)),),
        note=table.note,
        landscape=table.landscape,
        font_size=10.0,
        marks=Marks(training=training),
    )


def cell_text(value: object, kind: ColumnKind = ColumnKind.TEXT) -> str:
    """Return a cell as papers write it: 1.250, 50.000 đ, 23/11/2026, 08:30 23/11/2026."""
    match value:
        case None:
            return ""
        case datetime():
            return f"{value.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}"
        case date():
            return f"{value:%d/%m/%Y}"
        case bool():
            return "x" if value else ""
        case int() | float():
            figure = f"{value:,}".translate(_VIETNAMESE_MARKS)
            return f"{figure} đ" if kind is ColumnKind.MONEY else figure
        case _:
            return str(value)


_VIETNAMESE_MARKS = str.maketrans({",": ".", ".": ","})


def write_xlsx(tables: "ListTable | Iterable[ListTable]", target: Path) -> None:
    """Write the lists as a workbook, a sheet each; `target` appears whole or not at all.

    Raises:
        EnvironmentProblem: ``paper_not_saved`` (reason).
    """
    from counter_app.services.list_workbook import workbook_bytes
    from counter_app.services.whole_file import write_whole

    write_whole(target, workbook_bytes((tables,) if isinstance(tables, ListTable) else tables))
