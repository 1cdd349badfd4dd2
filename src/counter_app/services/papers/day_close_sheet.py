"""The sheet of a closed day: all sums, cash by fee and way of paying, the difference, what is carried over.

No form of law prescribes it; the layout is ours.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from counter_app.domain.day_close import CarriedOver, DayClose, Finding, FindingKind, OtherDay
from counter_app.domain.fee import format_vnd
from counter_app.domain.receipt import CashSum, PaidBy
from counter_app.services.paper_content import Marks
from counter_app.services.paper_text import day_in_text
from counter_app.services.sheet_content import CellAlign, SheetColumn, SheetContent, SheetSection, SheetTable

if TYPE_CHECKING:
    from counter_app.domain.office import Office

FINDINGS: Mapping[FindingKind, str] = {
    FindingKind.CASH_NOT_COUNTED: "Chưa kiểm đếm tiền mặt",
    FindingKind.CASH_DIFFERS: "Tiền mặt kiểm đếm lệch với phiếu thu",
    FindingKind.RESULTS_MISSING: "Hồ sơ hẹn trả trong ngày, chưa có kết quả",
    FindingKind.NOT_HANDED_OVER: "Hồ sơ phải bàn giao trong ngày, chưa bàn giao",
    FindingKind.PAPERS_FAILED: "Giấy tờ in hỏng hoặc không rõ đã in chưa, chưa in lại",
    FindingKind.DRAFTS: "Hồ sơ nhập dở, chưa tiếp nhận",
    FindingKind.ORIGINALS: "Bản chính đang giữ",
    FindingKind.UNSENT: "Hồ sơ chưa gửi lên máy chủ",
}
COUNTS: tuple[tuple[str, str], ...] = (
    ("received", "Tiếp nhận"),
    ("received_counter", "– Trực tiếp"),
    ("received_online", "– Trực tuyến (hướng dẫn tại quầy)"),
    ("received_postal", "– Bưu chính công ích"),
    ("assisted", "Trong đó cán bộ ghi thay (công dân không viết)"),
    ("resolved", "Đã giải quyết"),
    ("late", "– Quá hạn (theo ngày hẹn đầu tiên)"),
    ("returned", "Đã trả kết quả"),
    ("refused", "Từ chối"),
    ("stopped", "Dừng giải quyết"),
    ("withdrawn", "Công dân rút hồ sơ"),
    ("notice_supplement", "Phiếu yêu cầu bổ sung trước khi tiếp nhận"),
    ("notice_refusal", "Phiếu từ chối trước khi tiếp nhận"),
    ("guidance", "Hướng dẫn nộp trực tuyến"),
    ("reprints", "Số lần in lại giấy tờ"),
    ("ratings", "Lượt đánh giá"),
    ("ratings_unsatisfied", "– Chưa hài lòng"),
)
STANDING: tuple[tuple[str, str], ...] = (
    ("open", "Hồ sơ chưa giải quyết xong"),
    ("overdue", "– Quá hạn"),
    ("awaiting_supplement", "– Chờ bổ sung"),
    ("awaiting_payment", "– Chờ nộp tiền"),
    ("to_hand_out", "Có kết quả, chưa trả"),
    ("originals_held", "Số bản chính đang giữ"),
    ("unsent", "Hồ sơ chưa gửi lên máy chủ"),
)
METHODS = {PaidBy.CASH: "Tiền mặt", PaidBy.TRANSFER: "Chuyển khoản", PaidBy.ONLINE: "Trực tuyến"}
_MOST_LABELS = 10
_RIGHT = CellAlign.RIGHT
_ITEM = (SheetColumn(label="Chỉ tiêu", width=5), SheetColumn(label="Số lượng", width=1.4, align=_RIGHT))


def day_close_sheet(close: DayClose, office: "Office", marks: Marks) -> SheetContent:
    """Return what the sheet of a closed day says."""
    return SheetContent(
        office=office,
        title="Biên bản đóng ngày",
        subtitle=_subtitle(close),
        place_date=f"{office.date_place}, {day_in_text(close.closed_at.date())}",
        sections=(
            SheetSection(lines=tuple(_facts(close)), labelled=True),
            SheetSection(heading="I. Hồ sơ", table=_counted(COUNTS, close.told.counts)),
            SheetSection(heading="II. Phí, lệ phí đã thu", lines=_about_cash(close), table=_cash(close)),
            SheetSection(heading="III. Đối chiếu tiền mặt", lines=tuple(cash_lines(close)), labelled=True),
            SheetSection(heading="IV. Chuyển sang ngày sau", lines=_nothing(close), table=_carried(close)),
            SheetSection(
                heading=f"V. Hiện trạng lúc {close.closed_at:%H:%M %d/%m/%Y}",
                table=_counted(STANDING, close.standing),
            ),
        ),
        signatures=(
            f"NGƯỜI ĐÓNG NGÀY\n(Ký và ghi rõ họ tên)\n{close.clerk}",
            "NGƯỜI NHẬN TIỀN\n(Ký và ghi rõ họ tên)",
        ),
        note=f"Mã chuỗi gửi máy chủ: {close.tip}. Số liệu là của thời điểm đóng ngày; phát sinh sau đó ghi ở "
        "biên bản của ngày sau.",
        font_size=11.0,
        marks=marks,
    )


def _subtitle(close: DayClose) -> str:
    again = f" – lập lại lần {close.revision}" if close.revision > 1 else ""
    return f"Ngày {close.day:%d/%m/%Y} – Quầy số {close.counter}{again}"


def _facts(close: DayClose) -> Iterator[str]:
    yield f"Đóng lúc: {close.closed_at:%H:%M} ngày {close.closed_at:%d/%m/%Y}"
    if close.after is None:
        yield "Gồm: từ khi quầy bắt đầu hoạt động"
    else:
        yield f"Gồm: mọi phát sinh từ sau khi đóng ngày {close.after:%d/%m/%Y}"
    if close.audit_tip:
        yield f"Dấu nhật ký: {tip_in_words(close.audit_tip, close.audit_seq)}"
    if close.reopened_at is not None:
        yield f"Đã mở lại: {close.reopened_at:%H:%M %d/%m/%Y}, lý do {close.reopen_reason}"


def tip_in_words(digits: str, seq: int) -> str:
    """Return "1A2B 3C4D · số mục 1234", as people read a tip of the audit log to each other."""
    shown = digits.upper()
    return f"{shown[:4]} {shown[4:]} · số mục {seq}"


def _counted(items: tuple[tuple[str, str], ...], counts: Mapping[str, int]) -> SheetTable:
    return SheetTable(columns=_ITEM, rows=tuple((words, str(counts.get(name, 0))) for name, words in items))


def _about_cash(close: DayClose) -> tuple[str, ...]:
    none = () if close.told.cash else ("Không thu khoản nào.",)
    return (*none, *other_days_words(close.other_days))


def other_days_words(others: tuple[OtherDay, ...]) -> tuple[str, ...]:
    """Return which receipts of the sheet bear another day, or nothing; the sums have them all."""
    if not others:
        return ()
    named = ", ".join(f"số {each.number} ngày {each.day:%d/%m/%Y}" for each in others[:_MOST_LABELS])
    more = f" và {len(others) - _MOST_LABELS} phiếu khác" if len(others) > _MOST_LABELS else ""
    return (
        f"Có {len(others)} phiếu thu ghi ngày khác do đồng hồ máy từng sai, đã tính ở đây: {named}{more}.",
    )


def _cash(close: DayClose) -> SheetTable | None:
    if not close.told.cash:
        return None
    columns = (
        SheetColumn(label="Khoản thu", width=3.4),
        SheetColumn(label="Hình thức", width=1.4),
        SheetColumn(label="Cán bộ thu", width=2),
        *(SheetColumn(label=label, width=1.5, align=_RIGHT) for label in ("Đã thu", "Đã hủy", "Còn lại")),
    )
    rows = [
        (each.fee_name, METHODS[each.method], each.clerk, *map(format_vnd, _amounts(each)))
        for each in close.told.cash
    ]
    for method, words in METHODS.items():
        sums = [each for each in close.told.cash if each.method is method]
        if sums:
            amounts = [sum(column) for column in zip(*map(_amounts, sums), strict=True)]
            rows.append((f"Cộng {words.lower()}", "", "", *map(format_vnd, amounts)))
    return SheetTable(columns=columns, rows=tuple(rows))


def _amounts(cash: CashSum) -> tuple[int, int, int]:
    return cash.taken_vnd, cash.voided_vnd, cash.kept_vnd


def cash_lines(close: DayClose) -> Iterator[str]:
    """Yield what the receipts say, what was counted, and the difference."""
    yield f"Theo phiếu thu: {format_vnd(close.expected_cash_vnd)}"
    difference = close.difference_vnd
    if close.counted_cash_vnd is None or difference is None:
        yield "Kiểm đếm: chưa kiểm đếm" if close.expected_cash_vnd else "Kiểm đếm: không có tiền mặt"
        return
    yield f"Kiểm đếm: {format_vnd(close.counted_cash_vnd)}"
    yield f"Chênh lệch: {signed_vnd(difference)}"


def signed_vnd(amount_vnd: int) -> str:
    """Return "không", "thừa 2.000 đ" or "thiếu 2.000 đ"."""
    if not amount_vnd:
        return "không"
    return f"{'thừa' if amount_vnd > 0 else 'thiếu'} {format_vnd(abs(amount_vnd))}"


def how_much(found: Finding | CarriedOver) -> str:
    """Return how many there are, or how much money it is about."""
    if found.kind is FindingKind.CASH_DIFFERS:
        return signed_vnd(found.amount_vnd)
    if found.kind is FindingKind.CASH_NOT_COUNTED:
        return format_vnd(abs(found.amount_vnd))
    return str(found.count)


def _nothing(close: DayClose) -> tuple[str, ...]:
    return () if close.carried else ("Không có.",)


def _carried(close: DayClose) -> SheetTable | None:
    if not close.carried:
        return None
    columns = (
        SheetColumn(label="Việc chuyển sang", width=3),
        SheetColumn(label="Số lượng", width=1.1, align=_RIGHT),
        SheetColumn(label="Lý do", width=3),
        SheetColumn(label="Gồm", width=3),
    )
    return SheetTable(columns=columns, rows=tuple(map(_carried_row, close.carried)))


def _carried_row(carried: CarriedOver) -> tuple[str, ...]:
    shown = list(carried.labels[:_MOST_LABELS])
    if carried.count > len(shown) and shown:
        shown.append(f"và {carried.count - len(shown)} mục khác")
    return FINDINGS[carried.kind], how_much(carried), carried.reason, "\n".join(shown)
