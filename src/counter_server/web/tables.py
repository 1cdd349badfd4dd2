"""The tables of the leaders' pages."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from counter_server.web import words
from counter_server.web.figures import DUE_SOON_DAYS, Movement, OfficeDetail, OfficeFigures
from counter_server.web.table import Cell, Column, Line, Table, count, on, percent, text
from counter_server.web.working_days import is_working_day, lost_contact

# Fewer ratings than this in a period could tell who gave them.
FEWEST_RATINGS = 5
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
ON_TIME_NOTE = (
    "Đúng hạn: giải quyết xong không sau ngày hẹn lần đầu. Thời gian chờ công dân bổ sung không tính; hồ sơ "
    "bị yêu cầu bổ sung quá một lần tính là trễ. Hồ sơ công dân rút hoặc không có ngày hẹn tính là đúng hạn."
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


def sector_table(detail: OfficeDetail) -> Table:
    """Return the figures of the period by sector."""
    return Table(
        name="linh-vuc",
        caption="Theo lĩnh vực",
        columns=(
            Column(label="Lĩnh vực", numeric=False, width=36),
            Column(label="Tiếp nhận"),
            Column(label="Đã giải quyết"),
            Column(label="Trễ hạn"),
            Column(label="Đúng hạn (%)"),
        ),
        rows=tuple(
            (
                text(row["sector"] or "(không ghi)"),
                count(row["received"]),
                count(row["resolved"]),
                count(row["late"], "bad"),
                percent(row["resolved"] - row["late"], row["resolved"]),
            )
            for row in detail.sectors
        ),
    )


def channel_table(detail: OfficeDetail) -> Table:
    """Return how dossiers came in, and for how many the clerk filled the form in."""
    return Table(
        name="kenh",
        caption="Theo cách nộp",
        columns=(
            Column(label="Cách nộp", numeric=False, width=26),
            Column(label="Tiếp nhận"),
            Column(label="Cán bộ khai giúp"),
        ),
        rows=tuple(
            (
                text(words.CHANNELS.get(row["channel"], row["channel"])),
                count(row["received"]),
                count(row["assisted"]),
            )
            for row in detail.channels
        ),
    )


def overdue_table(detail: OfficeDetail, today: date) -> Table:
    """Return the overdue dossiers by procedure, the oldest first; nobody's name."""
    return Table(
        name="qua-han",
        caption="Hồ sơ đang quá hạn, theo thủ tục",
        columns=(
            Column(label="Thủ tục", numeric=False, width=60),
            Column(label="Số hồ sơ"),
            Column(label="Trễ nhất (ngày)"),
            Column(label="Hẹn sớm nhất", numeric=False),
        ),
        rows=tuple(
            (
                text(row["procedure_name"]),
                count(row["count"], "bad"),
                count((today - row["since"]).days),
                on(row["since"]),
            )
            for row in detail.overdue
        ),
        empty="Không có hồ sơ nào quá hạn.",
    )


_SCORES = {
    "rating.very_satisfied": "Rất hài lòng",
    "rating.satisfied": "Hài lòng",
    "rating.unsatisfied": "Không hài lòng",
}


def rating_table(office: OfficeFigures) -> Table:
    """Return how citizens rated; nothing while so few did that one might be recognised."""
    enough = office.ratings >= FEWEST_RATINGS
    return Table(
        name="hai-long",
        caption="Mức độ hài lòng",
        columns=(
            Column(label="Mức", numeric=False, width=20),
            Column(label="Số lượt"),
            Column(label="Tỷ lệ (%)"),
        ),
        rows=tuple(
            (
                text(label),
                count(office.figures.get(name, 0)),
                percent(office.figures.get(name, 0), office.ratings),
            )
            for name, label in _SCORES.items()
        )
        if enough
        else (),
        empty=f"Có dưới {FEWEST_RATINGS} lượt đánh giá trong khoảng ngày này nên không hiển thị.",
    )
