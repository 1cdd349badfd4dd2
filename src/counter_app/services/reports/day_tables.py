"""The figures of a period as tables, the same on paper and in a workbook."""

from collections.abc import Iterator

from counter_app.domain.dossier import Channel, ReturnBy
from counter_app.domain.dossier_life import ReturnTo
from counter_app.domain.period import Period
from counter_app.domain.rating import REASON_WORDS, SCORE_WORDS, Score
from counter_app.domain.receipt import PaidBy
from counter_app.services.list_export import ColumnKind, ListColumn, ListTable
from counter_app.services.reports.figures import Figures, Punctuality

NO_SECTOR = "(chưa ghi lĩnh vực)"
NO_CLERK = "(không ghi cán bộ)"
_CHANNELS = {
    Channel.COUNTER: "Trực tiếp",
    Channel.ONLINE: "Trực tuyến (hướng dẫn tại quầy)",
    Channel.POSTAL: "Bưu chính công ích",
}
_RETURNS = {ReturnBy.COUNTER: "Trả tại quầy", ReturnBy.POSTAL: "Trả qua bưu chính"}
_TAKERS = {
    ReturnTo.OWNER: "Người nộp nhận",
    ReturnTo.DELEGATE: "Người được ủy quyền nhận",
    ReturnTo.POST: "Giao bưu chính",
}
_METHODS = {PaidBy.CASH: "Tiền mặt", PaidBy.TRANSFER: "Chuyển khoản", PaidBy.ONLINE: "Trực tuyến"}
_PAPERS = {
    "slip": "Giấy tiếp nhận và hẹn trả",
    "form": "Tờ khai",
    "supplement": "Phiếu yêu cầu bổ sung",
    "refusal": "Phiếu từ chối",
    "apology": "Văn bản xin lỗi, gia hạn",
    "stop": "Thông báo dừng giải quyết",
    "control": "Phiếu kiểm soát",
    "receipt": "Phiếu thu phí, lệ phí",
    "label": "Nhãn địa chỉ",
    "list": "Danh sách bàn giao, bưu chính",
    "day_close": "Biên bản đóng ngày",
}
_COUNT = ColumnKind.NUMBER
_ITEM = (ListColumn(label="Chỉ tiêu", width=46), ListColumn(label="Số hồ sơ", width=12, kind=_COUNT))

RATINGS_TITLE = "Đánh giá"  # its screen has a page of its own


def period_words(period: Period) -> str:
    """Return "Ngày 23/11/2026" or "Từ ngày 01/11/2026 đến ngày 30/11/2026"."""
    if period.first == period.last:
        return f"Ngày {period.first:%d/%m/%Y}"
    return f"Từ ngày {period.first:%d/%m/%Y} đến ngày {period.last:%d/%m/%Y}"


def day_tables(figures: Figures) -> tuple[ListTable, ...]:
    """Return the tables in the order they are read; one with nothing to say is left out."""
    tables = (
        _table("Tiếp nhận", _ITEM, _received(figures)),
        _punctuality(figures),
        _table("Trả kết quả, kết thúc", _ITEM, _ended(figures)),
        _table(f"Hiện trạng lúc {figures.made_at:%H:%M %d/%m/%Y}", _ITEM, _standing(figures)),
        _sectors(figures),
        _clerks(figures),
        _cash(figures),
        _charged(figures),
        _table("Giấy tờ in lại", _reprint_columns(), _reprints(figures)),
        _ratings(figures),
    )
    return tuple(table for table in tables if table.rows)


def _table(title: str, columns: tuple[ListColumn, ...], rows: Iterator[tuple[object, ...]]) -> ListTable:
    return ListTable(title=title, columns=columns, rows=tuple(rows))


def _received(figures: Figures) -> Iterator[tuple[object, ...]]:
    yield "Tổng số tiếp nhận", figures.received
    for channel, words in _CHANNELS.items():
        yield f"– {words}", figures.channels.get(channel, 0)
    yield "Trong đó: cán bộ ghi thay (công dân không viết)", figures.assisted


def _punctuality(figures: Figures) -> ListTable:
    columns = (
        ListColumn(label="Cách tính", width=44),
        *(ListColumn(label=label, width=11, kind=_COUNT) for label in ("Trước hạn", "Đúng hạn", "Quá hạn")),
        ListColumn(label="Tổng", width=9, kind=_COUNT),
        ListColumn(label="Không quá hạn (%)", width=12, kind=_COUNT),
    )
    ways = (
        ("Theo ngày hẹn đầu tiên", figures.by_first),
        ("Theo ngày hẹn đang có hiệu lực (sau gia hạn)", figures.by_present),
        ("Theo ngày hẹn đầu tiên, yêu cầu bổ sung từ hai lần tính quá hạn (QĐ 766)", figures.by_index),
    )
    return ListTable(title="Đã giải quyết", columns=columns, rows=tuple(_way(*way) for way in ways))


def _way(words: str, counted: Punctuality) -> tuple[object, ...]:
    return (words, counted.early, counted.on_time, counted.late, counted.total, percent(counted.rate))


def percent(share: float | None) -> float | None:
    """Return a share of 0 to 1 in percent with one decimal; None stays None."""
    return None if share is None else round(share * 100, 1)


def _ended(figures: Figures) -> Iterator[tuple[object, ...]]:
    yield "Đã trả kết quả", figures.returned
    if figures.taken_by is None:
        yield from ((f"– {words}", figures.returned_by.get(way, 0)) for way, words in _RETURNS.items())
    else:
        yield from ((f"– {words}", figures.taken_by.get(taker, 0)) for taker, words in _TAKERS.items())
    yield "Từ chối", figures.refused
    yield "Dừng giải quyết", figures.stopped
    yield "Công dân rút hồ sơ", figures.withdrawn
    yield "Đã giải quyết sau khi gia hạn", figures.extended
    yield "Đã giải quyết sau khi yêu cầu bổ sung từ hai lần", figures.asked_twice


def _standing(figures: Figures) -> Iterator[tuple[object, ...]]:
    standing = figures.standing
    yield "Chưa giải quyết xong", standing.open
    yield "– Hẹn trả hôm nay", standing.due_today
    yield "– Quá hạn", standing.overdue
    yield "– Chờ bổ sung", standing.awaiting_supplement
    yield "– Chờ nộp tiền", standing.awaiting_payment
    yield "Có kết quả, chưa trả", standing.to_hand_out
    yield "Hồ sơ còn giữ bản chính", standing.dossiers_with_originals
    yield "Số bản chính đang giữ (bản)", standing.originals_held
    yield "Chưa gửi lên máy chủ", standing.unsent


def _sectors(figures: Figures) -> ListTable:
    columns = (
        ListColumn(label="Lĩnh vực", width=34),
        *(
            ListColumn(label=label, width=12, kind=_COUNT)
            for label in ("Tiếp nhận", "Đã giải quyết", "Quá hạn", "Không quá hạn (%)")
        ),
    )
    rows = tuple(
        (
            each.sector or NO_SECTOR,
            *(each.received, each.resolved, each.late),
            percent(_kept(each.resolved, each.late)),
        )
        for each in figures.sectors
    )
    return ListTable(title="Theo lĩnh vực", columns=columns, rows=rows)


def _clerks(figures: Figures) -> ListTable:
    labels = ("Tiếp nhận", "Ghi thay", "Đã giải quyết", "Quá hạn", "Không quá hạn (%)")
    detailed = figures.taken_by is not None
    columns = (
        ListColumn(label="Cán bộ tiếp nhận", width=28),
        *(ListColumn(label=label, width=11, kind=_COUNT) for label in labels),
        *((ListColumn(label="Trả kết quả", width=11, kind=_COUNT),) if detailed else ()),
    )
    rows = tuple(
        (
            each.clerk or NO_CLERK,
            *(each.received, each.assisted, each.resolved, each.late),
            percent(_kept(each.resolved, each.late)),
            *((each.handed_out,) if detailed else ()),
        )
        for each in figures.clerks
    )
    return ListTable(title="Theo cán bộ", columns=columns, rows=rows)


def _kept(resolved: int, late: int) -> float | None:
    return (resolved - late) / resolved if resolved else None


def _cash(figures: Figures) -> ListTable:
    columns = (
        ListColumn(label="Khoản thu", width=32),
        ListColumn(label="Hình thức", width=13),
        ListColumn(label="Cán bộ thu", width=20),
        ListColumn(label="Số khoản", width=9, kind=_COUNT),
        ListColumn(label="Đã thu", width=14, kind=ColumnKind.MONEY),
        ListColumn(label="Đã hủy", width=12, kind=ColumnKind.MONEY),
        ListColumn(label="Còn lại", width=14, kind=ColumnKind.MONEY),
    )
    rows: list[tuple[object, ...]] = [
        (
            *(each.fee_name, _METHODS[each.method], each.clerk or NO_CLERK, each.taken_count),
            *(each.taken_vnd, each.voided_vnd, each.kept_vnd),
        )
        for each in figures.cash
    ]
    for method in PaidBy if rows else ():
        of_method = [each for each in figures.cash if each.method is method]
        if of_method:
            rows.append(
                (
                    *(
                        f"Cộng {_METHODS[method].lower()}",
                        "",
                        "",
                        sum(each.taken_count for each in of_method),
                    ),
                    sum(each.taken_vnd for each in of_method),
                    sum(each.voided_vnd for each in of_method),
                    figures.kept_vnd(method),
                )
            )
    return ListTable(title="Phí, lệ phí đã thu", columns=columns, rows=tuple(rows))


def _charged(figures: Figures) -> ListTable:
    columns = (
        ListColumn(label="Khoản phải thu của hồ sơ tiếp nhận", width=46),
        ListColumn(label="Số hồ sơ", width=12, kind=_COUNT),
        ListColumn(label="Chưa biết mức", width=12, kind=_COUNT),
        ListColumn(label="Số tiền", width=16, kind=ColumnKind.MONEY),
    )
    rows: list[tuple[object, ...]] = [
        (each.name, each.dossiers, each.unknown, each.amount_vnd) for each in figures.charged or ()
    ]
    if figures.charged is None and figures.received:
        rows = [("Tất cả các khoản", figures.received, figures.unknown_charges, figures.charges_vnd)]
    return ListTable(title="Phí, lệ phí phải thu", columns=columns, rows=tuple(rows))


def _reprint_columns() -> tuple[ListColumn, ...]:
    return (
        ListColumn(label="Giấy tờ", width=46),
        ListColumn(label="Số lần in lại", width=12, kind=_COUNT),
    )


def _reprints(figures: Figures) -> Iterator[tuple[object, ...]]:
    for paper, count in figures.reprints.items():
        yield _PAPERS.get(paper, paper), count


def _ratings(figures: Figures) -> ListTable:
    columns = (
        ListColumn(label="Đánh giá của công dân", width=46),
        ListColumn(label="Số lượt", width=12, kind=_COUNT),
        ListColumn(label="Tỷ lệ (%)", width=12, kind=_COUNT),
    )
    counts = {score: sum(e.count for e in figures.ratings if e.score is score) for score in Score}
    every = sum(counts.values())
    rows: list[tuple[object, ...]] = []
    if every:
        rows = [(SCORE_WORDS[score], counts[score], percent(counts[score] / every)) for score in Score]
        rows.append(("Hài lòng trở lên", every - counts[Score.UNSATISFIED], percent(figures.satisfaction)))
        rows += [
            (f"Lý do chưa hài lòng: {REASON_WORDS[reason].lower()}", count, None)
            for reason, count in figures.rating_reasons.items()
        ]
    return ListTable(title=RATINGS_TITLE, columns=columns, rows=tuple(rows))
