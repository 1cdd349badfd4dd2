"""Mẫu 01 on A5, two copies on A4, or as an 80 mm stub.

A4 lies on its side: cut in the middle it gives two true A5 copies, nothing is scaled. The A5 job is
one page a copy, the office's first.
"""

from io import BytesIO

from counter_app.printing.code_strip import code_strip
from counter_app.printing.document import new_canvas
from counter_app.printing.flow import Page, Slice, draw_page, height, paginate, space
from counter_app.printing.fonts import BOLD, REGULAR, Face, text_width
from counter_app.printing.letterhead import letterhead
from counter_app.printing.marks import training_watermark
from counter_app.printing.pen import MM, Pen
from counter_app.printing.slip_body import (
    facts_slices,
    note_slices,
    parts_slices,
    promise_slices,
    signature_slices,
    title_slices,
)
from counter_app.printing.stub import stub_pdf
from counter_app.printing.text import LEADING
from counter_app.services.paper_content import PaperSize, SlipContent

PDF_TITLE = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
COPIES = ("Liên 1: Lưu", "Liên 2: Giao người nộp hồ sơ")
WIDTH, HEIGHT = 148 * MM, 210 * MM
A4_WIDTH = 297 * MM
_LEFT, _RIGHT, _TOP, _BOTTOM = 14 * MM, 10 * MM, 9 * MM, 9 * MM
_COLUMN = WIDTH - _LEFT - _RIGHT
_HEAD = 16.0  # the running head of later pages, points
_FOOT = 10.0
_ROOM = HEIGHT - _TOP - _BOTTOM
# NĐ 30/2020's 13 pt of an A4 sheet is 9.2 pt on A5; old eyes want more. Size and distance of lines.
_SIZES = ((10.5, LEADING), (10.1, LEADING), (9.7, LEADING), (9.3, LEADING), (9.2, 1.12))


def slip_pdf(content: SlipContent, size: PaperSize) -> bytes:
    """Draw the slip; fonts must be registered.

    Raises:
        BadInput: ``code_not_printable``, ``qr_text_too_long``.
    """
    if size is PaperSize.MM80:
        return stub_pdf(content)
    buffer = BytesIO()
    copies = _copies(content)
    if size is PaperSize.A5:
        canvas = new_canvas(buffer, (WIDTH, HEIGHT), PDF_TITLE)
        for pages in copies:
            for number in range(len(pages)):
                _draw(Pen(canvas, HEIGHT), content, pages, number)
                canvas.showPage()
    else:
        canvas = new_canvas(buffer, (A4_WIDTH, HEIGHT), PDF_TITLE)
        for number in range(len(copies[0])):
            for left, pages in zip((0.0, A4_WIDTH / 2), copies, strict=True):
                _draw(Pen(canvas, HEIGHT, left), content, pages, number)
            Pen(canvas, HEIGHT).cut_line(A4_WIDTH / 2, 8 * MM, HEIGHT - 8 * MM)
            canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _copies(content: SlipContent) -> list[list[Page]]:
    """Lay out both copies: on one page each where a readable size allows, else on as many as it takes."""
    codes = code_strip(content.dossier_code, content.qr_text, _COLUMN)
    head = [letterhead(content.office, content.place_date, _COLUMN, 9.0), space(3), codes, space(4)]
    titles = [title_slices(content, label, _COLUMN) for label in COPIES]
    largest = _SIZES[0][0]
    body = _body(content, *_SIZES[0])
    needed = height(head) + height(titles[0]) + height(body)
    for size, leading in _SIZES:
        # Both the letters and the number of lines grow with the size, hence the square.
        if needed * (size / largest) ** 2 * leading / LEADING > _ROOM:
            continue
        smaller = body if size == largest else _body(content, size, leading)
        copies = [paginate([*head, *title, *smaller], _ROOM, _ROOM) for title in titles]
        if len(copies[0]) == 1:
            return copies
    # A page number is only printed when there is more than one page, and then needs its room.
    return [paginate([*head, *title, *body], _ROOM - _FOOT, _ROOM - _HEAD - _FOOT) for title in titles]


def _body(content: SlipContent, size: float, leading: float) -> list[Slice]:
    face = Face(REGULAR, size)
    return [
        space(3),
        *facts_slices(content, _COLUMN, face, leading),
        *parts_slices(content, _COLUMN, face),
        *promise_slices(content, _COLUMN, face, leading),
        *signature_slices(content, _COLUMN, face),
        *note_slices(content, _COLUMN, face),
    ]


def _draw(pen: Pen, content: SlipContent, pages: list[Page], number: int) -> None:
    if content.marks.training:
        training_watermark(pen, WIDTH, HEIGHT)
    top = _TOP
    if number:
        _running_head(pen, content)
        top += _HEAD
    draw_page(pen, pages[number], _LEFT, top)
    if len(pages) > 1:
        pen.write_centred(
            _LEFT + _COLUMN / 2, HEIGHT - _BOTTOM, f"Trang {number + 1}/{len(pages)}", Face(REGULAR, 9)
        )
    pen.finish()


def _running_head(pen: Pen, content: SlipContent) -> None:
    words = f"Mã hồ sơ: {content.dossier_code}"
    pen.write(_LEFT, _TOP + 8, words, Face(REGULAR, 9).italic())
    if content.marks.reprint:
        face = Face(BOLD, 7.5).italic()
        width = text_width(content.marks.reprint, face)
        pen.write(WIDTH - _RIGHT - width, _TOP + 8, content.marks.reprint, face)
