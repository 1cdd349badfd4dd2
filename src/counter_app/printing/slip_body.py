"""The words of Mẫu 01 (Thông tư 03/2025/TT-VPCP) as slices of a column.

Wording and order follow the form of Thông tư 01/2018/TT-VPCP and the variant in public use at commune
centres since 1/7/2025; the annex of Thông tư 03/2025 itself was not re-read (certainty: second-hand).
"""

from counter_app.printing.flow import Slice, space, text_slices, tied
from counter_app.printing.fonts import BOLD, REGULAR, Face
from counter_app.printing.runs import Align, Run
from counter_app.printing.table import TableShape, row_slices, shares, table_slices
from counter_app.printing.text import LEADING, wrap, wrap_fixed
from counter_app.services.paper_content import SlipContent

TITLE = "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"
_LEADER = 40.0
_NOTES = (
    "Giấy này lập thành 02 liên: một liên lưu tại Bộ phận tiếp nhận và trả kết quả và chuyển kèm Phiếu "
    "kiểm soát quá trình giải quyết hồ sơ, một liên giao người nộp hồ sơ.",
    "Khi nhận kết quả xin mang theo giấy này, giấy tờ tùy thân và phí, lệ phí còn phải nộp; người nhận thay "
    "mang giấy ủy quyền. "
    "Có thể đăng ký nhận kết quả tại nhà qua dịch vụ bưu chính công ích.",
)
_PROVISIONAL = "Mã hồ sơ này là mã tạm. Khi có mã chính thức, mã tạm vẫn dùng để tra cứu và nhận kết quả."
_AFTER_DUE = 4  # rows of the items up to the promise
_PART_COLUMNS = (0.08, 0.61, 0.17, 0.14)
_PART_ALIGNS = (Align.CENTRE, Align.LEFT, Align.CENTRE, Align.CENTRE)


def answer(text: str, face: Face, least: float = _LEADER) -> Run:
    """Return the answer, or dots to write on."""
    return Run(text, face) if text.strip() else Run("", face, least)


def title_slices(content: SlipContent, copy_label: str, width: float) -> list[Slice]:
    """Return the title, the copy's name and the reprint mark, centred."""
    lines = [*wrap_fixed(TITLE, Face(BOLD, 12.5), width, Align.CENTRE)]
    lines += wrap_fixed(f"({copy_label})", Face(REGULAR, 10).italic(), width, Align.CENTRE)
    for mark in (content.marks.corrected, content.marks.reprint):
        lines += wrap([Run(mark, Face(BOLD, 9.5).italic())], width, align=Align.CENTRE) if mark else []
    return text_slices(lines, keep=True)


def facts_slices(content: SlipContent, width: float, label: Face, leading: float = LEADING) -> list[Slice]:
    """Return who asks for what."""
    desk = content.office_name or content.office.name
    rows = [
        [Run("Bộ phận tiếp nhận và trả kết quả: ", label), answer(desk, label)],
        [Run("Tiếp nhận hồ sơ của: ", label), answer(content.applicant_name, label.bold())],
        [Run("Số định danh cá nhân/CCCD: ", label), answer(content.applicant_id, label)],
        [Run("Địa chỉ: ", label), answer(content.address, label)],
        [
            Run("Số điện thoại: ", label),
            answer(content.phone, label, 90),
            Run(" \u00a0 Email: ", label),
            answer(content.email, label, 90),
        ],
        [Run("Nội dung yêu cầu giải quyết: ", label), answer(content.request, label)],
    ]
    return [one for row in rows for one in text_slices(wrap(row, width, leading=leading))]


def parts_slices(content: SlipContent, width: float, label: Face) -> list[Slice]:
    """Return item 1 and its table; with no part at all one row of dots."""
    head = text_slices(
        wrap_fixed("1. Thành phần hồ sơ, yêu cầu và số lượng mỗi loại giấy tờ gồm:", label, width), keep=True
    )
    shape = TableShape(shares(width, _PART_COLUMNS), _PART_ALIGNS)
    face = label.at(label.size - 0.5)
    rows = [
        [
            [Run(str(number), face)],
            [Run(part.name, face)],
            [Run(part.kind, face)],
            [Run(str(part.count), face)],
        ]
        for number, part in enumerate(content.parts, start=1)
    ] or [[[answer("", face, 8)] for _ in _PART_COLUMNS]]
    labels = ("STT", "Tên giấy tờ", "Loại giấy tờ", "Số lượng")
    return [*head, space(1.5, keep=True), *table_slices(shape, labels, rows, face), space(3)]


def promise_slices(content: SlipContent, width: float, label: Face, leading: float = LEADING) -> list[Slice]:
    """Return items 2 to 7 and the register line."""
    strong = label.bold()
    where = "" if content.by_post else " tại"
    rows = [
        [Run(f"2. Số lượng hồ sơ: {content.copies:02d} (bộ)", label)],
        [Run("3. Thời gian giải quyết hồ sơ theo quy định là: ", label), answer(content.time_text, label)],
        [Run("4. Thời gian nhận hồ sơ: ", label), answer(content.received_text, label)],
        [Run("5. Thời gian trả kết quả giải quyết hồ sơ: ", label), answer(content.due_text, strong)],
        [Run(f"6. Đăng ký nhận kết quả{where}: ", label), answer(content.return_text, label)],
        [Run("7. Phí, lệ phí (nếu có): ", label), answer(content.charges_text, label)],
        [
            Run("Vào Sổ theo dõi hồ sơ, Quyển số: ", label),
            answer(content.register_book, label, 50),
            Run(" \u00a0 Số thứ tự: ", label),
            answer(content.register_no, label, 50),
        ],
    ]
    if content.due_note:
        rows.insert(_AFTER_DUE, [Run(f"({content.due_note})", label.italic())])
    return [one for row in rows for one in text_slices(wrap(row, width, leading=leading))]


def signature_slices(content: SlipContent, width: float, face: Face) -> list[Slice]:
    """Return both signature places, tied together."""
    shape = TableShape(shares(width, (1, 1)), (Align.CENTRE, Align.CENTRE), ruled=False)
    bold, italic = face.bold().at(face.size - 0.5), face.italic().at(face.size - 1)
    slices = [space(3)]
    slices += row_slices(shape, [[Run("NGƯỜI NỘP HỒ SƠ", bold)], [Run("NGƯỜI TIẾP NHẬN HỒ SƠ", bold)]])
    slices += row_slices(shape, [[Run("(Ký và ghi rõ họ tên)", italic)]] * 2)
    slices.append(Slice(face.size * 3.4, lambda _pen, _x, _top: None))
    slices += row_slices(shape, [[], [Run(content.clerk_name, face.bold())]])
    return tied(slices)


def note_slices(content: SlipContent, width: float, face: Face) -> list[Slice]:
    """Return what the applicant must know, in small print."""
    small = face.at(max(8.0, face.size - 1.5))
    slices = [space(3), *text_slices(wrap_fixed("Ghi chú:", small.bold().italic(), width))]
    for note in (*_NOTES, _PROVISIONAL) if content.provisional else _NOTES:
        slices += text_slices(wrap_fixed(f"- {note}", small, width, Align.JUSTIFY, 1.15))
    if content.secret:
        look_up = f"- Tra cứu: quét mã QR, hoặc dùng mã hồ sơ và mã tra cứu {content.secret}."
        slices += text_slices(wrap([Run(look_up, small)], width, leading=1.15))
    return tied(slices)
