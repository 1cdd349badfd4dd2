"""A list of today's work on paper and as a workbook, in the words of paper: always Vietnamese."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.act_words import STATUSES
from counter_app.domain.errors import RuleRefusal
from counter_app.domain.work_lists import WorkList
from counter_app.services.audit.noted import note
from counter_app.services.list_export import (
    PERSONAL_NOTE,
    ColumnKind,
    ListColumn,
    ListTable,
    list_pdf,
    write_xlsx,
)
from counter_app.services.work_lists import every_row
from counter_app.services.worklists_port import Narrowing, WorkRow

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

MOST_ON_PAPER = 2_000  # rows: some sixty sheets, drawn in a second or two
MOST_IN_WORKBOOK = 20_000  # rows: written within seconds, while other questions wait
AT_THE_DESK = "Bộ phận một cửa"

TITLES: Mapping[WorkList, str] = {
    WorkList.LATE: "Hồ sơ quá hạn",
    WorkList.DUE_TODAY: "Hồ sơ đến hạn hôm nay",
    WorkList.DUE_TOMORROW: "Hồ sơ đến hạn ngày làm việc tiếp theo",
    WorkList.AT_RISK: "Hồ sơ sắp đến hạn trong 2 ngày làm việc",
    WorkList.TO_HAND_OVER: "Hồ sơ phải chuyển xử lý hôm nay",
    WorkList.WAITING_SUPPLEMENT: "Hồ sơ chờ bổ sung",
    WorkList.WAITING_PAYMENT: "Hồ sơ chờ nộp phí",
    WorkList.RESULTS_READY: "Hồ sơ có kết quả chờ trả",
    WorkList.ORIGINALS: "Hồ sơ còn giữ bản chính",
    WorkList.UNSENT: "Hồ sơ chưa gửi lên máy chủ",
}
CHANNELS = {"counter": "Trực tiếp", "online": "Trực tuyến", "postal": "Bưu chính"}
_COLUMNS = (
    ListColumn(label="TT", width=6, kind=ColumnKind.NUMBER),
    ListColumn(label="Mã hồ sơ", width=23),
    ListColumn(label="Người nộp", width=26),
    ListColumn(label="Điện thoại", width=14),
    ListColumn(label="Thủ tục", width=38),
    ListColumn(label="Ngày nhận", width=17, kind=ColumnKind.MOMENT),
    ListColumn(label="Hẹn trả", width=17, kind=ColumnKind.MOMENT),
    ListColumn(label="Trạng thái", width=16),
    ListColumn(label="Nơi đang giữ", width=22),
)
_IN_WORKBOOK = (
    ListColumn(label="Lĩnh vực", width=18),
    ListColumn(label="Người nhận", width=22),
    ListColumn(label="Kênh", width=12),
    ListColumn(label="Chờ từ", width=17, kind=ColumnKind.MOMENT),
    ListColumn(label="Có kết quả", width=17, kind=ColumnKind.MOMENT),
    ListColumn(label="Bản chính đang giữ", width=12, kind=ColumnKind.NUMBER),
    ListColumn(label="Đã gia hạn", width=10),
    ListColumn(label="Chưa gửi", width=10),
)


def work_list_paper(desk: "Desk", which: WorkList, narrowing: Narrowing) -> bytes:
    """Return the list as PDF.

    Raises:
        RuleRefusal: ``work_list_too_long`` (most).
    """
    rows = _rows(desk, which, narrowing, MOST_ON_PAPER)
    note(desk, "list_printed", which.value, count=len(rows))
    now = desk.clock.now()
    table = ListTable(
        title=TITLES[which],
        subtitle=f"{len(rows)} hồ sơ, lúc {now:%H:%M} ngày {now:%d/%m/%Y}",
        columns=_COLUMNS,
        rows=[_cells(number, row) for number, row in enumerate(rows, start=1)],
        note=PERSONAL_NOTE,
    )
    return list_pdf(desk, table, now.date())


def write_work_list(desk: "Desk", which: WorkList, narrowing: Narrowing, target: Path) -> int:
    """Write the list as a workbook and return how many dossiers are in it.

    Raises:
        RuleRefusal: ``work_list_too_long`` (most).
        EnvironmentProblem: ``paper_not_saved`` (reason).
    """
    rows = _rows(desk, which, narrowing, MOST_IN_WORKBOOK)
    note(desk, "list_saved", which.value, count=len(rows))
    cells = [(*_cells(number, row), *_more_cells(row)) for number, row in enumerate(rows, start=1)]
    write_xlsx(ListTable(title=TITLES[which], columns=(*_COLUMNS, *_IN_WORKBOOK), rows=cells), target)
    return len(rows)


def _rows(desk: "Desk", which: WorkList, narrowing: Narrowing, most: int) -> Sequence[WorkRow]:
    rows: list[WorkRow] = []
    for row in every_row(desk, which, narrowing):
        rows.append(row)
        if len(rows) > most:
            raise RuleRefusal("work_list_too_long", most=most)
    return rows


def _cells(number: int, row: WorkRow) -> tuple[object, ...]:
    return (
        number,
        row.dossier_code,
        row.applicant,
        row.phone,
        row.procedure,
        row.received_at,
        row.due_at,
        STATUSES[row.status.value],
        row.holder or AT_THE_DESK,
    )


def _more_cells(row: WorkRow) -> tuple[object, ...]:
    return (
        row.sector,
        row.clerk,
        CHANNELS[row.channel.value],
        row.waiting_since,
        row.resolved_at,
        row.originals_held or None,
        row.extended,
        row.unsent,
    )
