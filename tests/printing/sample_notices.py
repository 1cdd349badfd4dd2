"""Invented dossiers with a life, typical and at their worst, for the tests of notices."""

from dataclasses import replace
from datetime import datetime, timedelta

from tests.helpers.builders import MORNING, make_dossier, make_office, make_person, make_promise

from counter_app.domain.dossier import Dossier, ReturnBy
from counter_app.domain.dossier_life import EndedBy, Ending, Extension, Holder, Life, Result, Supplement
from counter_app.domain.procedure import SupplementPolicy
from counter_app.services.paper_content import Marks
from counter_app.services.papers.fee_receipt import FeeReceipt, ReceiptLine, receipt_detail
from counter_app.services.ports import HistoryEntry

OFFICE = make_office()
MARKED = Marks(reprint="In lại lần 2, 14 giờ 05, ngày 26/11/2026", training=True)
LONGEST_NAME = "NGUYỄN HOÀNG CÔNG TẰNG TÔN NỮ THỊ HƯƠNG GIANG THƯỢNG ĐẲNG QUỲNH NHƯ"
LONGEST_ADDRESS = (
    "Số nhà 128/45/6B, ngõ 12, đường Đoàn Kết, tổ dân phố Nguyễn Trãi kéo dài, thôn Thượng, xã Trung Minh, "
    "tỉnh Phú Thọ (trước là xã Thượng Trung, huyện Cũ, tỉnh Hòa Bình)"
)
LONG_REASON = (
    "Theo khoản 1 Điều 16 Luật Hộ tịch, người đi đăng ký khai sinh nộp tờ khai theo mẫu và giấy chứng sinh; "
    "trường hợp không có giấy chứng sinh thì nộp văn bản của người làm chứng xác nhận về việc sinh; nếu "
    "không có người làm chứng thì phải có giấy cam đoan về việc sinh."
)


def _supplement(
    number: int, items: tuple[str, ...], reason: str, at: datetime, **changes: object
) -> Supplement:
    asked = Supplement(
        number=number,
        at=at,
        clerk="Trần Thị Mai",
        items=items,
        reason=reason,
        policy=SupplementPolicy.RESET,
        due_before=MORNING + timedelta(days=3),
    )
    return replace(asked, **changes)  # type: ignore[arg-type]


def _ending(kind: EndedBy, reasons: tuple[str, ...]) -> Ending:
    return Ending(
        kind=kind,
        number=3,
        at=MORNING + timedelta(days=1),
        clerk="Trần Thị Mai",
        reasons=reasons,
        decided_by="Phó Chủ tịch Ủy ban nhân dân xã Trung Minh",
        fees="Hoàn trả 16.000 đ đã nộp" if kind is EndedBy.STOP else "",
        originals="Trả lại 01 bản chính Giấy chứng sinh" if kind is EndedBy.STOP else "",
        on_request=True,
    )


def lived(
    reasons: tuple[str, ...], items: tuple[str, ...], reason: str, kind: EndedBy, **changes: object
) -> Dossier:
    """Return a dossier that was asked for papers, extended, and ended."""
    life = Life(
        holder=Holder(name="Bùi Văn Công"),
        handed_over_at=MORNING + timedelta(hours=2),
        supplements=(_supplement(7, items, reason, MORNING + timedelta(hours=3)),),
        extension=Extension(
            number=2,
            at=MORNING + timedelta(days=1),
            clerk="Trần Thị Mai",
            reason=reason,
            due_before=MORNING + timedelta(days=3),
            due_after=MORNING + timedelta(days=7),
        ),
        ending=_ending(kind, reasons),
        result=Result(
            at=MORNING + timedelta(days=2), clerk="Trần Thị Mai", name="Giấy khai sinh", number="45/2026"
        ),
        paid_vnd=16_000,
    )
    made = make_promise()
    promise = replace(made, due_at=MORNING + timedelta(days=7))
    return replace(
        make_dossier(
            life=life, promise=promise, return_by=ReturnBy.POSTAL, register_no=15, clerk="Trần Thị Mai"
        ),
        **changes,  # type: ignore[arg-type]
    )


def history_of(dossier: Dossier, lines: tuple[ReceiptLine, ...]) -> tuple[HistoryEntry, ...]:
    """Return the steps that led to `lived`, with a receipt of `lines`."""
    life = dossier.life
    receipt = FeeReceipt(
        number=21,
        at=MORNING + timedelta(hours=1),
        cashier="Trần Thị Mai",
        payer=dossier.applicant.full_name,
        lines=lines,
        by="Tiền mặt",
    )

    def step(act: str, at: datetime | None, **detail: object) -> HistoryEntry:
        return HistoryEntry(at=at or MORNING, clerk="Trần Thị Mai", act=act, detail=detail)

    return (
        step("received", MORNING),
        step("fee_collected", receipt.at, **receipt_detail(receipt)),
        step("handed_over", life.handed_over_at, to="Bùi Văn Công", agency=False),
        step("supplement_requested", life.supplements[0].at),
        step("resumed", life.supplements[0].resumed_at),
        step("extended", MORNING + timedelta(days=1)),
        step("result_entered", MORNING + timedelta(days=2)),
    )


TYPICAL_LINES = (ReceiptLine(name="Lệ phí cấp bản sao trích lục hộ tịch", amount_vnd=16_000, quantity=2),)
WORST_LINES = tuple(
    ReceiptLine(name=f"Khoản thu thứ {n} có tên rất dài để xuống dòng trong bảng", amount_vnd=n * 1_234_500)
    for n in range(1, 9)
)
TYPICAL_ITEMS = (
    "Giấy chứng sinh (bản chính)",
    "Giấy chứng nhận kết hôn của cha, mẹ trẻ em (xuất trình bản chính hoặc nộp bản sao có chứng thực)",
)
TYPICAL = lived(
    ("Cơ quan không có thẩm quyền giải quyết: người yêu cầu cư trú tại xã khác.",),
    TYPICAL_ITEMS,
    "Thiếu giấy tờ theo thành phần hồ sơ của thủ tục",
    EndedBy.REFUSAL,
)
WORST = lived(
    tuple(f"Lý do thứ {n}: {LONG_REASON}" for n in range(1, 6)),
    tuple(f"Giấy tờ thứ {n}: {LONG_REASON[: 60 + n * 9]}" for n in range(1, 21)),
    LONG_REASON * 2,
    EndedBy.STOP,
    applicant=make_person(
        full_name=LONGEST_NAME, address=LONGEST_ADDRESS, email="dia.chi.thu.rat.dai@example.vn"
    ),
    provisional_code=True,
    dossier_code="H29.12.345.678.999-261123-910001",
)
LONG_OFFICE = make_office(
    name="CHI NHÁNH SỐ 12 TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG THÀNH PHỐ HỒ CHÍ MINH",
    parent_name="ỦY BAN NHÂN DÂN XÃ THƯỢNG TRUNG MINH ĐÔNG",
    address="Số 1234, đường Nguyễn Thị Minh Khai kéo dài, khu phố Bình Minh 2",
)
