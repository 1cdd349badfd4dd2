"""The lists that travel with dossiers: the hand-over list signed both ways, and the list for the post.

No form of law prescribes either (Thông tư 03/2025/TT-VPCP knows the control sheet only); the columns are
ours. The hand-over follows Nghị định 61/2018/NĐ-CP Điều 18 (read 2026-11, to be compared with
Nghị định 118/2025/NĐ-CP): what changes hands is counted and signed for by both sides.
"""

from dataclasses import dataclass, field
from datetime import datetime

from counter_app.domain.office import Office
from counter_app.services.paper_content import Marks
from counter_app.services.paper_text import day_in_text, moment_in_text
from counter_app.services.sheet_content import CellAlign, SheetColumn, SheetContent, SheetSection, SheetTable

_CENTRE = CellAlign.CENTRE
_HAND_OVER = (
    SheetColumn(label="STT", width=0.85, align=_CENTRE),
    SheetColumn(label="Mã hồ sơ", width=2.9, align=_CENTRE),
    SheetColumn(label="Tên thủ tục hành chính", width=4.2),
    SheetColumn(label="Người nộp", width=2.8),
    SheetColumn(label="Số giấy tờ", width=1.05, align=_CENTRE),
    SheetColumn(label="Bản chính", width=1, align=_CENTRE),
    SheetColumn(label="Hẹn trả", width=1.6, align=_CENTRE),
    SheetColumn(label="Ghi chú", width=2),
)
_POSTAL = (
    SheetColumn(label="STT", width=0.85, align=_CENTRE),
    SheetColumn(label="Mã hồ sơ", width=2.8, align=_CENTRE),
    SheetColumn(label="Người nhận", width=2.6),
    SheetColumn(label="Địa chỉ", width=3.7),
    SheetColumn(label="Điện thoại", width=1.6, align=_CENTRE),
    SheetColumn(label="Giấy tờ gửi", width=2.6),
    SheetColumn(label="Số hiệu bưu gửi", width=2.3, align=_CENTRE),
    SheetColumn(label="Ghi chú", width=1.1),
)
_SIGN = "(Ký và ghi rõ họ tên)"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverRow:
    """A dossier that changes hands: how many papers go with it, and how many of them are originals."""

    dossier_code: str
    procedure_name: str
    applicant_name: str
    papers: int
    originals: int
    due_at: datetime | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalRow:
    """What the post carries to one citizen; an empty ``item_code`` is written in by hand."""

    dossier_code: str
    recipient: str
    address: str
    phone: str
    content: str
    item_code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a hand-over: the unit, and who signs for it ("" leaves room for the name)."""

    unit: str
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferListContent:
    """A list of one kind: rows of `HandOverRow`, or of `PostalRow` for the public postal service.

    ``number`` is the list's number as printed ("12-Q1/DSBG").
    """

    number: str
    at: datetime
    giver: Side
    taker: Side
    rows: tuple[HandOverRow | PostalRow, ...]
    note: str = ""
    marks: Marks = field(default_factory=Marks)

    @property
    def postal(self) -> bool:
        """Whether this is a list for the post."""
        return bool(self.rows) and isinstance(self.rows[0], PostalRow)


def transfer_list_sheet(content: TransferListContent, office: Office) -> SheetContent:
    """Return the list as a sheet on its side, both sides signing."""
    postal = content.postal
    columns = _POSTAL if postal else _HAND_OVER
    rows = tuple((str(number), *_cells(row)) for number, row in enumerate(content.rows, start=1))
    title = "Danh sách bàn giao cho bưu chính công ích" if postal else "Danh sách bàn giao hồ sơ"
    return SheetContent(
        office=office,
        title=title,
        subtitle=f"Số: {content.number}",
        place_date=f"{office.date_place}, {day_in_text(content.at.date())}",
        sections=(
            SheetSection(lines=_facts(content), labelled=True),
            SheetSection(table=SheetTable(columns=columns, rows=rows)),
            SheetSection(lines=(_sums(content),)),
        ),
        signatures=(
            _signature("BÊN GIAO", content.giver.person),
            _signature("BÊN NHẬN", content.taker.person),
        ),
        note=content.note,
        landscape=True,
        font_size=11.0,
        marks=content.marks,
    )


def _facts(content: TransferListContent) -> tuple[str, ...]:
    return (
        f"Thời gian bàn giao: {moment_in_text(content.at)}",
        f"Bên giao: {_side(content.giver)}",
        f"Bên nhận: {_side(content.taker)}",
    )


def _side(side: Side) -> str:
    return ", ".join(part for part in (side.unit, side.person) if part)


def _cells(row: HandOverRow | PostalRow) -> tuple[str, ...]:
    if isinstance(row, PostalRow):
        return (
            row.dossier_code,
            row.recipient,
            row.address,
            row.phone,
            row.content,
            row.item_code,
            row.note,
        )
    due = f"{row.due_at:%H:%M\n%d/%m/%Y}" if row.due_at else "Không hẹn"
    return (
        row.dossier_code,
        row.procedure_name,
        row.applicant_name,
        str(row.papers),
        str(row.originals),
        due,
        row.note,
    )


def _sums(content: TransferListContent) -> str:
    count = len(content.rows)
    if content.postal:
        return f"Tổng cộng: {count} bưu gửi. Hai bên đã kiểm, đếm đủ. Lập thành 02 bản, mỗi bên giữ 01 bản."
    handed = [row for row in content.rows if isinstance(row, HandOverRow)]
    papers, originals = sum(row.papers for row in handed), sum(row.originals for row in handed)
    return (
        f"Tổng cộng: {count} hồ sơ, {papers} giấy tờ, trong đó {originals} bản chính. "
        "Hai bên đã kiểm, đếm đủ. Lập thành 02 bản, mỗi bên giữ 01 bản."
    )


def _signature(title: str, person: str) -> str:
    return "\n".join((title, _SIGN, person))
