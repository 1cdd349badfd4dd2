"""The receipt for a fee taken at the desk: who paid what, in figures and words.

Ours, not a form of law: fees and levies are receipted for the tax office on documents of
Nghị định 123/2020/NĐ-CP (recalled), which this paper says it does not replace.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.dossier import Dossier
from counter_app.domain.fee import format_vnd
from counter_app.domain.number_words import amount_in_words
from counter_app.domain.office import Office
from counter_app.services.notice_content import (
    Labelled,
    NoticeContent,
    NoticeRow,
    NoticeTable,
    Signature,
)
from counter_app.services.paper_content import Marks
from counter_app.services.papers.subject import place_and_day, request_of, subject_of
from counter_app.services.sheet_content import CellAlign, SheetColumn

TITLE = "PHIẾU THU PHÍ, LỆ PHÍ"

_COLUMNS = (
    SheetColumn(label="STT", width=1.05, align=CellAlign.CENTRE),
    SheetColumn(label="Khoản thu", width=3.6),
    SheetColumn(label="Số lượng", width=1.5, align=CellAlign.CENTRE),
    SheetColumn(label="Thành tiền", width=2.7, align=CellAlign.RIGHT),
)
_NO_TAX_PAPER = (
    "Phiếu này xác nhận số tiền đã thu tại quầy; không phải biên lai, hóa đơn theo quy định về thuế."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """One fee taken; ``amount_vnd`` is the sum of the line in đồng."""

    name: str
    amount_vnd: int
    quantity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeReceipt:
    """What was taken, from whom, by whom. ``by`` is how it was paid ("Tiền mặt", "Chuyển khoản").

    ``number`` is the running number of the receipt within counter and year.
    """

    number: int
    at: datetime
    cashier: str
    payer: str
    lines: tuple[ReceiptLine, ...]
    by: str = ""
    note: str = ""

    @property
    def total_vnd(self) -> int:
        """The sum in đồng."""
        return sum(line.amount_vnd for line in self.lines)


def receipt_detail(receipt: FeeReceipt) -> dict[str, object]:
    """Return the receipt as the detail of its entry (``fee_collected``) in the dossier's history."""
    return {
        "number": receipt.number,
        "payer": receipt.payer,
        "by": receipt.by,
        "note": receipt.note,
        "total_vnd": receipt.total_vnd,
        "lines": [
            {"name": line.name, "amount_vnd": line.amount_vnd, "quantity": line.quantity}
            for line in receipt.lines
        ],
    }


def receipt_of_detail(detail: Mapping[str, object], *, at: datetime, clerk: str) -> FeeReceipt:
    """Return the receipt a history entry of that moment and clerk tells of."""
    lines = detail.get("lines")
    return FeeReceipt(
        number=_whole(detail.get("number")),
        at=at,
        cashier=clerk,
        payer=str(detail.get("payer", "")),
        by=str(detail.get("by", "")),
        note=str(detail.get("note", "")),
        lines=tuple(map(_line, lines)) if isinstance(lines, Sequence) else (),
    )


def fee_receipt(
    dossier: Dossier,
    receipt: FeeReceipt,
    office: Office,
    *,
    number: str,
    void: str = "",
    marks: Marks | None = None,
) -> NoticeContent:
    """Return the wording of the receipt; `number` as printed, `void` what took it back, if so."""
    subject = subject_of(dossier)
    rows = [
        NoticeRow(cells=(str(place), line.name, str(line.quantity), format_vnd(line.amount_vnd)))
        for place, line in enumerate(receipt.lines, start=1)
    ]
    rows.append(NoticeRow(cells=("", "Tổng cộng", "", format_vnd(receipt.total_vnd))))
    return NoticeContent(
        office=office,
        title=TITLE,
        place_date=place_and_day(office, receipt.at),
        number=number,
        subtitle=void,
        dossier_code=subject.dossier_code,
        qr_text=subject.qr_text,
        provisional=subject.provisional,
        blocks=(
            Labelled(label="Người nộp tiền: ", value=receipt.payer or subject.applicant_name, strong=True),
            Labelled(label="Địa chỉ: ", value=subject.address),
            Labelled(label="Thủ tục: ", value=request_of(dossier)),
            NoticeTable(columns=_COLUMNS, rows=tuple(rows)),
            Labelled(label="Bằng chữ: ", value=amount_in_words(receipt.total_vnd), strong=True),
            *((Labelled(label="Hình thức nộp: ", value=receipt.by),) if receipt.by else ()),
            *((Labelled(label="Ghi chú: ", value=receipt.note),) if receipt.note else ()),
        ),
        signatures=(
            Signature(title="NGƯỜI NỘP TIỀN", name=receipt.payer or subject.applicant_name),
            Signature(title="NGƯỜI THU TIỀN", name=receipt.cashier),
        ),
        notes=(_NO_TAX_PAPER,),
        marks=marks or Marks(),
    )


def _line(line: Mapping[str, object]) -> ReceiptLine:
    return ReceiptLine(
        name=str(line.get("name", "")),
        amount_vnd=_whole(line.get("amount_vnd")),
        quantity=_whole(line.get("quantity", 1)),
    )


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
