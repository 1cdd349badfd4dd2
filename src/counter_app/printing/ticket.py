"""A ticket of the queue: its number as large as the paper allows, readable from a metre away."""

from io import BytesIO

from counter_app.printing.document import new_canvas
from counter_app.printing.flow import Slice, draw_page, height, paginate, space, text_slices
from counter_app.printing.fonts import BOLD, REGULAR, Face, text_width
from counter_app.printing.marks import TRAINING
from counter_app.printing.pen import MM, Pen
from counter_app.printing.roll import COLUMN, roll_pdf
from counter_app.printing.runs import Align, Run
from counter_app.printing.text import wrap
from counter_app.services.paper_content import PaperSize
from counter_app.services.queue.ticket_content import TicketContent

_TITLE = "Số thứ tự"
_MARGIN = 5 * MM
_A5 = (148 * MM, 210 * MM)
_LARGEST = 88.0  # points
_FACE = Face(REGULAR, 11)


def ticket_pdf(content: TicketContent, size: PaperSize) -> bytes:
    """Draw the ticket; fonts must be registered.

    On an 80 mm roll the page is as long as the ticket; any other printer gets an A5 sheet with the
    ticket in its upper left quarter and lines to cut along.
    """
    if size is PaperSize.MM80:
        return roll_pdf(_slices(content, COLUMN), _TITLE)
    slices = _slices(content, _A5[0] / 2 - 2 * _MARGIN)
    edge = max(_A5[1] / 2, height(slices) + 2 * _MARGIN)
    buffer = BytesIO()
    canvas = new_canvas(buffer, _A5, _TITLE)
    pen = Pen(canvas, _A5[1])
    pen.cut_line(_A5[0] / 2, 0, edge)
    pen.rule(0, edge, _A5[0] / 2, edge)
    draw_page(pen, paginate(slices, _A5[1], _A5[1])[0], _MARGIN, _MARGIN)
    pen.finish()
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _slices(content: TicketContent, width: float) -> list[Slice]:
    def centred(text: str, face: Face) -> list[Slice]:
        return text_slices(wrap([Run(text, face)], width, align=Align.CENTRE)) if text else []

    number = Face(BOLD, _LARGEST)
    number = number.at(min(_LARGEST, _LARGEST * width / text_width(content.number, number)))
    waiting = (
        f"Trước quý vị còn {content.waiting_before} người"
        if content.waiting_before
        else "Quý vị là người tiếp theo của nhóm này"
    )
    slices = centred(TRAINING, Face(BOLD, 10)) if content.marks.training else []
    slices += [*centred(content.office_name.upper(), Face(BOLD, 9.5)), space(5)]
    slices += [*centred("SỐ THỨ TỰ", _FACE), *centred(content.number, number), space(4)]
    slices += centred(content.group, Face(BOLD, 14))
    slices += centred("ƯU TIÊN", Face(BOLD, 12)) if content.priority else []
    slices += [space(5), *centred(waiting, _FACE), *centred(f"Lấy số: {content.issued_text}", _FACE.at(10))]
    note = "Xin chờ gọi số. Số chỉ dùng trong ngày, mất số xin lấy số mới."
    return [*slices, space(4), *centred(note, _FACE.at(9).italic())]
