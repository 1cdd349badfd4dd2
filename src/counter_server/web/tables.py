"""The tables of the leaders' pages."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from counter_server.web import words
from counter_server.web.figures import DUE_SOON_DAYS, CounterContact, Movement, OfficeFigures
from counter_server.web.table import Cell, Column, Line, Table, count, on, percent, text
from counter_server.web.working_days import is_working_day, lost_contact

# Fewer ratings than this in a period could tell who gave them.
FEWEST_RATINGS = 5
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
ON_TIME_NOTE = (
    "Đúng hạn: giải quyết xong chậm nhất vào ngày hẹn lần đầu. Không tính thời gian chờ công dân bổ sung; "
    "hồ sơ bị yêu cầu bổ sung quá một lần tính là trễ hạn. Hồ sơ công dân rút hoặc không có ngày hẹn tính là "
    "đúng hạn."
)


def offices_table(offices: Iterable[OfficeFigures], query: str, now: datetime) -> Table:
    """Return a row an office; `query` is the period's part of the links."""
    columns = (
        Column(label="Đơn vị", numeric=False, width=32),
        Column(label="Liên lạc lần cuối", numeric=False, width=34),
        Column(label="Tiếp nhận"),
        Column(label="Đang giải quyết"),
        Column(label="Quá hạn"),
        Column(label=f"Đến hạn trong {DUE_SOON_DAYS} ngày"),
        Column(label="Đã giải quyết"),
        Column(label="Đúng hạn (%)"),
        Column(label="Đã trả"),
        Column(label="Hài lòng (%)"),
        Column(label="Hướng dẫn, từ chối"),
        Column(label="Việc cần xem lại"),
    )
    rows = tuple(
        (
            text(each.name, link=f"/don-vi/{each.unit}?{query}"),
            _contact(each, now),
            count(each.received),
            count(each.open),
            count(each.overdue, "bad"),
            count(each.due_soon, "warn"),
            count(each.resolved),
            percent(each.in_time, each.resolved),
            count(each.returned),
            satisfaction(each),
            count(each.guidance),
            count(each.flags, "warn"),
        )
        for each in offices
    )
    return Table(
        name="don-vi",
        caption="Các đơn vị",
        columns=columns,
        rows=rows,
        note=ON_TIME_NOTE,
        empty="Chưa có đơn vị nào.",
    )


def satisfaction(office: OfficeFigures) -> Cell:
    """Return the share of the satisfied, or that too few rated."""
    if 0 < office.ratings < FEWEST_RATINGS:
        return Cell(value=None, lines=(Line(f"dưới {FEWEST_RATINGS} lượt"),))
    return percent(office.satisfied, office.ratings)


def contact_line(counter: int, seen_at: datetime | None, clock_ahead_s: int, now: datetime) -> Line:
    """Return when a counter was last heard of, and whether its clock is wrong."""
    said, tone = f"Quầy {counter}: {words.age(seen_at, now)}", ""
    if lost_contact(seen_at, now):
        said, tone = f"{said} – mất liên lạc", "bad"
    off = words.clock_off(clock_ahead_s)
    if off:
        said, tone = f"{said}, đồng hồ {off}", tone or "warn"
    return Line(said, tone)


def audit_line(contact: CounterContact) -> Line:
    """Return the end of a counter's audit log as its sheets show it, to be compared by eye."""
    if not contact.audit_seq:
        return Line(f"Quầy {contact.counter}: chưa gửi dấu nhật ký")
    digits = contact.audit_tip.upper()
    return Line(f"Quầy {contact.counter}: {digits[:4]} {digits[4:]} · số mục {contact.audit_seq}")


def _contact(office: OfficeFigures, now: datetime) -> Cell:
    lines = tuple(
        contact_line(each.counter, each.seen_at, each.clock_ahead_s, now) for each in office.counters
    ) or (Line("chưa có quầy nào", "warn"),)
    return Cell(value="; ".join(line.text for line in lines), lines=lines)


def load_table(load: Mapping[date, int]) -> Table:
    """Return how many dossiers are due on each of the coming days."""
    return Table(
        name="sap-den-han",
        caption=f"Hồ sơ đến hạn trong {len(load)} ngày tới",
        columns=(
            Column(label="Ngày", numeric=False),
            Column(label="Thứ", numeric=False),
            Column(label="Số hồ sơ đến hạn"),
        ),
        rows=tuple(
            (
                on(day),
                text(_WEEKDAYS[day.weekday()] + ("" if is_working_day(day) else ", ngày nghỉ")),
                count(due),
            )
            for day, due in load.items()
        ),
    )


def movement_table(movements: Iterable[Movement], *, monthly: bool) -> Table:
    """Return what came and went by day, or by month where the period is long."""
    return Table(
        name="theo-ngay",
        caption="Tiếp nhận và trả kết quả theo " + ("tháng" if monthly else "ngày"),
        columns=(
            Column(label="Tháng" if monthly else "Ngày", numeric=False),
            Column(label="Tiếp nhận"),
            Column(label="Đã giải quyết"),
            Column(label="Trễ hạn"),
            Column(label="Đã trả"),
        ),
        rows=tuple(
            (
                on(each.day, f"{each.day:%m/%Y}" if monthly else ""),
                count(each.received),
                count(each.resolved),
                count(each.late, "bad"),
                count(each.returned),
            )
            for each in movements
        ),
    )
