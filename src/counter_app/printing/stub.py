"""The 80 mm stub for thermal printers: what the citizen needs to come back, as long as it takes.

An extra of ours; Thông tư 03/2025/TT-VPCP knows A5 and A4 only, so it says it is an abridged slip.
"""

from counter_app.printing.flow import Slice, space, text_slices
from counter_app.printing.fonts import BOLD, REGULAR, Face
from counter_app.printing.marks import TRAINING
from counter_app.printing.roll import COLUMN, bars_slice, centred, roll_pdf, square_slice
from counter_app.printing.runs import Run
from counter_app.printing.text import wrap
from counter_app.services.paper_content import SlipContent

_FACE = Face(REGULAR, 10)
_TITLE = "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"


def stub_pdf(content: SlipContent) -> bytes:
    """Draw the stub on one page whose height follows its content; fonts must be registered."""
    return roll_pdf(_slices(content), "Giấy hẹn trả kết quả")


def _slices(content: SlipContent) -> list[Slice]:
    head = _FACE.at(9)
    slices: list[Slice] = []
    if content.marks.training:
        slices += [*centred(TRAINING, Face(BOLD, 10.5)), space(4)]
    slices += centred(content.office.parent_name.upper(), head) if content.office.parent_name else []
    slices += centred(content.office.name.upper(), head.bold())
    slices += [space(5), *centred(_TITLE, Face(BOLD, 11)), *centred("(Bản rút gọn)", head.italic())]
    for mark in (content.marks.corrected, content.marks.reprint):
        slices += centred(mark, head.bold().italic()) if mark else []
    slices += [
        space(4),
        bars_slice(content.dossier_code),
        *centred(content.dossier_code, Face(BOLD, 11)),
        space(4),
    ]
    slices += _facts(content)
    slices += [space(4), square_slice(content.qr_text)]
    if content.secret:
        slices += centred(f"Mã tra cứu: {content.secret}", _FACE.bold())
    if content.provisional:
        slices += centred("Mã hồ sơ này là mã tạm, vẫn dùng để tra cứu và nhận kết quả.", head.italic())
    return [*slices, space(3), *centred("Xin giữ giấy này để nhận kết quả.", head.italic())]


def _facts(content: SlipContent) -> list[Slice]:
    rows = [
        ("Người nộp: ", content.applicant_name, True),
        ("Thủ tục: ", content.request, False),
        ("Số giấy tờ đã nộp: ", str(sum(part.count for part in content.parts)), False),
        ("Nhận hồ sơ: ", content.received_text, False),
        ("Hẹn trả: ", content.due_text, True),
        ("", content.due_note, False),
        ("Nhận kết quả: " if content.by_post else "Nơi trả: ", content.return_text, False),
        ("Phí, lệ phí: ", content.charges_text, False),
        ("Người tiếp nhận: ", content.clerk_name, False),
    ]
    slices: list[Slice] = []
    for label, value, strong in rows:
        if value.strip():
            face = _FACE.bold() if strong else _FACE
            slices += [*text_slices(wrap([Run(label, _FACE), Run(value, face)], COLUMN)), space(1.5)]
    return slices
