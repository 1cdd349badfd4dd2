"""The tables only the page of one office has."""

from datetime import date

from counter_server.web import words
from counter_server.web.figures import OfficeDetail, OfficeFigures
from counter_server.web.table import Column, Table, count, on, percent, text
from counter_server.web.tables import FEWEST_RATINGS


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
