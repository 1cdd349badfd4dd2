"""The rating sheet on paper, for citizens who would rather not touch a screen; it asks no name."""

from typing import TYPE_CHECKING

from counter_app.domain.rating import REASON_WORDS, SCORE_WORDS
from counter_app.services.paper_content import Marks
from counter_app.services.paper_text import day_in_text
from counter_app.services.sheet_content import CellAlign, SheetColumn, SheetContent, SheetSection, SheetTable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from counter_app.domain.office import Office
    from counter_app.services.desk import Desk

_MARK = SheetColumn(label="Đánh dấu X", width=1, align=CellAlign.CENTRE)


def rating_sheet_content(office: "Office", on: "date", *, training: bool = False) -> SheetContent:
    """Return the sheet: three answers to mark, reasons, room for words; one A4 page."""
    return SheetContent(
        office=office,
        title="Phiếu đánh giá sự phục vụ",
        subtitle="Phiếu không ghi tên. Đánh giá hay không là tùy ông/bà, không ảnh hưởng đến hồ sơ.",
        place_date=f"{office.date_place}, {day_in_text(on)}",
        sections=(
            SheetSection(
                heading="1. Ông/bà có hài lòng với việc tiếp nhận, giải quyết hồ sơ không?",
                table=_boxes("Mức hài lòng", SCORE_WORDS.values()),
            ),
            SheetSection(
                heading="2. Điều gì chưa tốt? (có thể chọn nhiều, có thể bỏ qua)",
                table=_boxes("Lý do", REASON_WORDS.values()),
            ),
            SheetSection(heading="3. Góp ý thêm", lines=("." * 118,) * 3),
        ),
        note="Xin bỏ phiếu vào hòm phiếu. Xin cảm ơn ông/bà.",
        font_size=13.0,
        marks=Marks(training=training),
    )


def rating_sheet_pdf(desk: "Desk") -> bytes:
    """Draw the sheet of today; EnvironmentProblem ``font_missing``."""
    on = desk.clock.now().date()
    training = desk.settings.counter.training
    return desk.renderer.sheet(rating_sheet_content(desk.office(on), on, training=training))


def _boxes(label: str, words: "Iterable[str]") -> SheetTable:
    columns = (_MARK, SheetColumn(label=label, width=4))
    return SheetTable(columns=columns, rows=tuple(("", text) for text in words))
