"""The 80 mm stub for thermal printers: what the citizen needs to come back, as long as it takes.

An extra of ours; Thông tư 03/2025/TT-VPCP knows A5 and A4 only, so it says it is an abridged slip.
"""

from io import BytesIO
from math import ceil

from counter_app.printing.barcode import code128
from counter_app.printing.document import new_canvas
from counter_app.printing.flow import Slice, draw_page, height, space, text_slices
from counter_app.printing.fonts import BOLD, REGULAR, Face
from counter_app.printing.marks import TRAINING
from counter_app.printing.pen import DOT, MM, Pen
from counter_app.printing.qr import qr_code
from counter_app.printing.runs import Align, Run
from counter_app.printing.text import wrap
from counter_app.services.paper_content import SlipContent

# A roll is measured in whole dots: a sheet of 639.4 dots would be stretched to 640, the bars with it.
_ROUNDING = 0.01  # points; a hair less than the whole number, as rasters round up
WIDTH = 640 * DOT - _ROUNDING  # 80.08 mm
_MARGIN = 5 * MM
_COLUMN = WIDTH - 2 * _MARGIN
_BARS = round(11 * MM / DOT)
_FACE = Face(REGULAR, 10)
_TITLE = "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"


def stub_pdf(content: SlipContent) -> bytes:
    """Draw the stub on one page whose height follows its content; fonts must be registered."""
    slices = _slices(content)
    tall = ceil((height(slices) + 2 * _MARGIN) / DOT) * DOT - _ROUNDING
    page, used = [], 0.0
    for one in slices:
        page.append((used, one))
        used += one.height
    buffer = BytesIO()
    canvas = new_canvas(buffer, (WIDTH, tall), "Giấy hẹn trả kết quả")
    pen = Pen(canvas, tall)
    draw_page(pen, page, _MARGIN, _MARGIN)
    pen.finish()
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _slices(content: SlipContent) -> list[Slice]:
    head = _FACE.at(9)
    slices: list[Slice] = []
    if content.marks.training:
        slices += [*_centred(TRAINING, Face(BOLD, 10.5)), space(4)]
    slices += _centred(content.office.parent_name.upper(), head) if content.office.parent_name else []
    slices += _centred(content.office.name.upper(), head.bold())
    slices += [space(5), *_centred(_TITLE, Face(BOLD, 11)), *_centred("(Bản rút gọn)", head.italic())]
    if content.marks.reprint:
        slices += _centred(content.marks.reprint, head.bold().italic())
    slices += [space(4), _bars(content), *_centred(content.dossier_code, Face(BOLD, 11)), space(4)]
    slices += _facts(content)
    slices += [space(4), _square(content)]
    if content.secret:
        slices += _centred(f"Mã tra cứu: {content.secret}", _FACE.bold())
    if content.provisional:
        slices += _centred("Mã hồ sơ này là mã tạm, vẫn dùng để tra cứu và nhận kết quả.", head.italic())
    return [*slices, space(3), *_centred("Xin giữ giấy này để nhận kết quả.", head.italic())]


def _facts(content: SlipContent) -> list[Slice]:
    rows = [
        ("Người nộp: ", content.applicant_name, True),
        ("Thủ tục: ", content.request, False),
        ("Số giấy tờ đã nộp: ", str(sum(part.count for part in content.parts)), False),
        ("Nhận hồ sơ: ", content.received_text, False),
        ("Hẹn trả: ", content.due_text, True),
        ("Nhận kết quả: " if content.by_post else "Nơi trả: ", content.return_text, False),
        ("Phí, lệ phí: ", content.charges_text, False),
        ("Người tiếp nhận: ", content.clerk_name, False),
    ]
    slices: list[Slice] = []
    for label, value, strong in rows:
        if value.strip():
            face = _FACE.bold() if strong else _FACE
            slices += [*text_slices(wrap([Run(label, _FACE), Run(value, face)], _COLUMN)), space(1.5)]
    return slices


def _centred(text: str, face: Face) -> list[Slice]:
    return text_slices(wrap([Run(text, face)], _COLUMN, align=Align.CENTRE))


def _bars(content: SlipContent) -> Slice:
    bars = code128(content.dossier_code)
    width = bars.width_dots * DOT
    if width <= _COLUMN:
        return Slice(
            _BARS * DOT + 3, lambda pen, x, top: bars.draw(pen, x + (_COLUMN - width) / 2, top, _BARS)
        )
    thick = _BARS * DOT
    return Slice(width, lambda pen, x, top: bars.draw_upright(pen, x + (_COLUMN - thick) / 2, top, _BARS))


def _square(content: SlipContent) -> Slice:
    square = qr_code(content.qr_text)
    side = square.size_dots * DOT
    return Slice(side, lambda pen, x, top: square.draw(pen, x + (_COLUMN - side) / 2, top))
