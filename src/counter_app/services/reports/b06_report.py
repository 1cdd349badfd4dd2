"""Biểu số II.06 of a period: counted, on paper, in a workbook.

Words after the layout third-party systems print of Biểu số II.06a/VPCP/KSTT (Thông tư 01/2020/TT-VPCP);
recalled, not re-read.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from counter_app.domain.b06 import B06Line, total
from counter_app.domain.period import Period
from counter_app.domain.vietnamese_text import fold
from counter_app.services.list_export import ColumnKind, ListColumn, ListTable, cell_text
from counter_app.services.paper_content import Marks
from counter_app.services.paper_text import day_in_text
from counter_app.services.reports.day_tables import NO_SECTOR, period_words
from counter_app.services.ruled_content import RuledColumn, StatisticsSheet
from counter_app.services.sheet_content import CellAlign

if TYPE_CHECKING:
    from counter_app.domain.office import Office
    from counter_app.services.desk import Desk

FORM_NUMBER = "Biểu số II.06a/VPCP/KSTT"
TITLE = (
    "Tình hình, kết quả giải quyết thủ tục hành chính\n"
    "tại cơ quan, đơn vị trực tiếp giải quyết thủ tục hành chính"
)
_UNIT = "Đơn vị tính: Số hồ sơ TTHC"
_RECEIVED, _RESOLVED, _PENDING = "Số hồ sơ tiếp nhận", "Số hồ sơ đã giải quyết", "Số hồ sơ đang giải quyết"
# Group, label and how the column follows from others.
_COLUMNS = (
    (_RECEIVED, "Tổng số", "(3)=(4) +(5)+(6)"),
    (_RECEIVED, "Trực tuyến", "(4)"),
    (_RECEIVED, "Trực tiếp, dịch vụ bưu chính", "(5)"),
    (_RECEIVED, "Từ kỳ trước", "(6)"),
    (_RESOLVED, "Tổng số", "(7)=(8) +(9)+(10)"),
    (_RESOLVED, "Trước hạn", "(8)"),
    (_RESOLVED, "Đúng hạn", "(9)"),
    (_RESOLVED, "Quá hạn", "(10)"),
    (_PENDING, "Tổng số", "(11)= (12)+(13)"),
    (_PENDING, "Trong hạn", "(12)"),
    (_PENDING, "Quá hạn", "(13)"),
)
_TOTAL = "Tổng cộng"
_NOTE = (
    "Hạn tính theo ngày hẹn đầu tiên. Cột (9) gồm cả hồ sơ công dân rút và hồ sơ không có ngày hẹn; cột (12) "
    "gồm cả hồ sơ đang chờ bổ sung. (3) = (7) + (11)."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class B06Report:
    """The rows of a period by sector, and their sum; ``made_on`` is the day it was counted."""

    period: Period
    made_on: date
    lines: tuple[B06Line, ...]

    @property
    def total(self) -> B06Line:
        """The last row."""
        return total(self.lines, _TOTAL)


def b06_report(desk: "Desk", period: Period) -> B06Report:
    """Count Biểu số II.06 of a period as things are known now."""
    today = desk.clock.now().date()
    with desk.store.reading() as queries:
        lines = queries.b06_lines(period, today)
    return B06Report(
        period=period, made_on=today, lines=tuple(sorted(lines, key=lambda each: fold(each.sector)))
    )


def b06_sheet(report: B06Report, *, office: "Office", training: bool = False) -> StatisticsSheet:
    """Return the report as it is printed."""
    province = office.province_in_text
    return StatisticsSheet(
        form_number=FORM_NUMBER,
        title=TITLE,
        period=f"Kỳ báo cáo: {_lowered(period_words(report.period))}",
        parties=(
            f"– Đơn vị báo cáo: {office.name}",
            f"– Đơn vị nhận báo cáo: {f'Ủy ban nhân dân {province}' if province else '…………………………'}",
        ),
        unit=_UNIT,
        columns=(
            RuledColumn(label="STT", width=0.95, align=CellAlign.CENTRE, code="(1)"),
            RuledColumn(label="Lĩnh vực giải quyết", width=4.6, code="(2)"),
            *(
                RuledColumn(label=label, width=1.62, align=CellAlign.RIGHT, group=group, code=code)
                for group, label, code in _COLUMNS
            ),
        ),
        rows=tuple(
            (str(number), line.sector or NO_SECTOR, *map(cell_text, line.columns))
            for number, line in enumerate(report.lines, start=1)
        ),
        total=("", _TOTAL, *map(cell_text, report.total.columns)),
        place_date=f"{office.date_place}, {day_in_text(report.made_on)}",
        signatures=("NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ"),
        note=_NOTE,
        marks=Marks(training=training),
    )


def b06_table(report: B06Report) -> ListTable:
    """Return the report as a list: sectors, then the sum."""
    columns = (
        ListColumn(label="STT (1)", width=6, kind=ColumnKind.NUMBER),
        ListColumn(label="Lĩnh vực (2)", width=34),
        *(
            ListColumn(label=f"{group}: {_lowered(label)} {code}", width=15, kind=ColumnKind.NUMBER)
            for group, label, code in _COLUMNS
        ),
    )
    rows: list[tuple[object, ...]] = [
        (number, line.sector or NO_SECTOR, *line.columns) for number, line in enumerate(report.lines, start=1)
    ]
    rows.append((None, _TOTAL, *report.total.columns))
    return ListTable(
        title="Biểu II.06", columns=columns, rows=tuple(rows), subtitle=period_words(report.period)
    )


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
