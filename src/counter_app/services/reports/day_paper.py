"""The figures of a day or a period on A4."""

from datetime import date
from typing import TYPE_CHECKING

from counter_app.services.list_export import ColumnKind, ListTable, cell_text
from counter_app.services.paper_content import Marks
from counter_app.services.paper_text import day_in_text
from counter_app.services.reports.day_tables import day_tables, period_words
from counter_app.services.sheet_content import (
    CellAlign,
    SheetColumn,
    SheetContent,
    SheetSection,
    SheetTable,
)

if TYPE_CHECKING:
    from counter_app.domain.office import Office
    from counter_app.services.reports.figures import Figures

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_NOTE = (
    "Hạn tính theo ngày. Hồ sơ công dân rút và hồ sơ không có ngày hẹn tính đúng hạn; hồ sơ đang chờ bổ "
    "sung không tính quá hạn. Cách tính theo Quyết định 766/QĐ-TTg lấy từ bản chép lại, "
    "chưa đối chiếu bản gốc."
)


def day_sheet(figures: "Figures", *, office: "Office", counter: int, training: bool = False) -> SheetContent:
    """Return what the sheet of figures says, made on the day of the figures' own moment."""
    on: date = figures.made_at.date()
    return SheetContent(
        office=office,
        title="Số liệu tiếp nhận, giải quyết hồ sơ",
        subtitle=f"{period_words(figures.period)} – Quầy số {counter}",
        place_date=f"{office.date_place}, {day_in_text(on)}",
        sections=tuple(
            section(table, f"{_ROMAN[number]}. {table.title}")
            for number, table in enumerate(day_tables(figures))
        ),
        note=_NOTE,
        signatures=("NGƯỜI LẬP", "THỦ TRƯỞNG ĐƠN VỊ"),
        font_size=11.0,
        marks=Marks(training=training),
    )


def section(table: ListTable, heading: str = "") -> SheetSection:
    """Return a table of figures as a section of a sheet."""
    columns = tuple(
        SheetColumn(
            label=each.label,
            width=each.width,
            align=CellAlign.LEFT if each.kind is ColumnKind.TEXT else CellAlign.RIGHT,
        )
        for each in table.columns
    )
    kinds = [each.kind for each in table.columns]
    rows = tuple(
        tuple(cell_text(value, kind) for value, kind in zip(row, kinds, strict=True)) for row in table.rows
    )
    return SheetSection(heading=heading, table=SheetTable(columns=columns, rows=rows))
