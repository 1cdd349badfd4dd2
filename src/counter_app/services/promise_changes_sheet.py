"""The list of slips whose day moves, for the clerk who calls the citizens; in the words of paper."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.domain.office import Office
from counter_app.domain.promise_recheck import ChangedDay
from counter_app.domain.working_calendar import DayStatus
from counter_app.services.paper_content import Marks
from counter_app.services.paper_text import day_in_text
from counter_app.services.sheet_content import (
    CellAlign,
    SheetColumn,
    SheetContent,
    SheetSection,
    SheetTable,
)

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.recheck_promises import AffectedPromise

TITLE = "Danh sách phiếu hẹn phải báo lại"
_COLUMNS = (
    SheetColumn(label="TT", width=0.7, align=CellAlign.CENTRE),
    SheetColumn(label="Mã hồ sơ, thủ tục", width=4.4),
    SheetColumn(label="Người nộp, điện thoại", width=3.4),
    SheetColumn(label="Ngày nhận", width=1.8, align=CellAlign.CENTRE),
    SheetColumn(label="Hẹn cũ", width=1.8, align=CellAlign.CENTRE),
    SheetColumn(label="Hẹn mới", width=1.8, align=CellAlign.CENTRE),
    SheetColumn(label="Vì sao", width=4),
    SheetColumn(label="Đã báo", width=1.5),
)
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_REASONS = {
    "working": "ngày làm việc",
    "weekend": "nghỉ cuối tuần",
    "holiday": "nghỉ",
    "swapped_workday": "làm bù",
}


def promise_changes_paper(desk: "Desk", affected: Sequence["AffectedPromise"]) -> bytes:
    """Return the list as PDF, A4; the office and day are those of now."""
    now = desk.clock.now()
    training = desk.settings.counter.training
    return desk.renderer.sheet(
        promise_changes_sheet(affected, office=desk.office(now.date()), at=now, training=training)
    )


def promise_changes_sheet(
    affected: Sequence["AffectedPromise"], *, office: Office, at: datetime, training: bool = False
) -> SheetContent:
    """Return the wording of the list, in the order given."""
    rows = tuple(_row(number, each) for number, each in enumerate(affected, start=1))
    table = SheetTable(columns=_COLUMNS, rows=rows)
    return SheetContent(
        office=office,
        title=TITLE,
        subtitle=f"{len(rows)} phiếu hẹn, do lịch nghỉ hoặc giờ làm việc thay đổi",
        place_date=f"{office.date_place}, {day_in_text(at.date())}",
        sections=(SheetSection(table=table) if rows else SheetSection(lines=("Không có phiếu nào.",)),),
        note="Danh sách có dữ liệu cá nhân: chỉ dùng để báo cho người nộp, dùng xong phải hủy.",
        landscape=True,
        font_size=11.0,
        marks=Marks(training=training),
    )


def why_text(changes: Sequence[ChangedDay]) -> str:
    """Return a line for every day that makes the difference."""
    return "\n".join(map(changed_day_text, changes))


def changed_day_text(day: ChangedDay) -> str:
    """Return "Thứ Tư 03/02/2027: ngày làm việc, nay nghỉ (Tết Nguyên đán)"."""
    named = f"{_WEEKDAYS[day.date.weekday()]} {day.date:%d/%m/%Y}"
    if day.before.working == day.after.working:
        return f"{named}: đổi giờ làm việc"
    return f"{named}: {_status(day.before)}, nay {_status(day.after)}"


def _status(status: DayStatus) -> str:
    words = _REASONS.get(status.reason, status.reason)
    return f"{words} ({status.name})" if status.name else words


def _row(number: int, each: "AffectedPromise") -> tuple[str, ...]:
    return (
        str(number),
        f"{each.dossier_code}\n{each.procedure}",
        f"{each.applicant}\n{each.phone or '(không có số điện thoại)'}",
        f"{each.received_at:%d/%m/%Y}",
        _moment(each.old_due),
        _moment(each.new_due),
        why_text(each.changes),
        "",
    )


def _moment(moment: datetime) -> str:
    return f"{moment:%H:%M}\n{moment:%d/%m/%Y}"
