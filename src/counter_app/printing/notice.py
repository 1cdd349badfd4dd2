"""Draws a notice (Mẫu 02 to 06, receipt) on A5, for which the forms are made, or on a whole A4 sheet.

Margins and sizes after Nghị định 30/2020/NĐ-CP, Phụ lục I (recalled, not re-read): 13 pt on A4. A notice
of more pages than one carries code, number and page on each.
"""

from dataclasses import dataclass, replace
from io import BytesIO

from counter_app.printing.code_strip import code_strip
from counter_app.printing.document import new_canvas
from counter_app.printing.flow import Page, Slice, draw_page, paginate, space, text_slices
from counter_app.printing.fonts import BOLD, REGULAR, Face, text_width
from counter_app.printing.letterhead import balanced, letterhead
from counter_app.printing.marks import training_watermark
from counter_app.printing.notice_blocks import Column, block_slices
from counter_app.printing.notice_ending import ending_slices
from counter_app.printing.notice_roll import notice_roll_pdf
from counter_app.printing.pen import MM, Pen
from counter_app.printing.runs import Align, Run
from counter_app.printing.text import wrap
from counter_app.services.notice_content import NoticeContent
from counter_app.services.paper_content import PaperSize

_HEAD = 16.0  # the running head of later pages, points
_FOOT = 10.0


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet in points; ``sizes`` are the letters tried to keep the notice on one page, largest first.

    ``usual_size`` is that of a notice of more pages.
    """

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    sizes: tuple[float, ...]
    usual_size: float
    head_size: float
    title_size: float
    leading: float

    @property
    def column(self) -> float:
        return self.width - self.left - self.right

    @property
    def room(self) -> float:
        return self.height - self.top - self.bottom


_A5 = _Sheet(
    148 * MM, 210 * MM, 14 * MM, 10 * MM, 9 * MM, 9 * MM, (11.5, 11.0, 10.5, 10.1, 9.7), 10.5, 9.0, 13.0, 1.27
)
_A4 = _Sheet(
    210 * MM, 297 * MM, 28 * MM, 17 * MM, 18 * MM, 16 * MM, (13.0, 12.5, 12.0), 13.0, 11.5, 14.0, 1.3
)


def notice_pdf(content: NoticeContent, size: PaperSize) -> bytes:
    """Draw the notice; fonts must be registered.

    Raises:
        BadInput: ``code_not_printable``, ``qr_text_too_long``.
    """
    if size is PaperSize.MM80:
        return notice_roll_pdf(content)
    sheet = _A5 if size is PaperSize.A5 else _A4
    pages = _pages(content, sheet)
    buffer = BytesIO()
    canvas = new_canvas(buffer, (sheet.width, sheet.height), content.title.capitalize())
    for number in range(len(pages)):
        _draw(Pen(canvas, sheet.height), content, sheet, pages, number)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _pages(content: NoticeContent, sheet: _Sheet) -> list[Page]:
    """Lay out on one page where a readable size allows, else on as many as it takes."""
    for size in sheet.sizes:
        pages = paginate(_slices(content, sheet, size), sheet.room, sheet.room)
        if len(pages) == 1:
            return pages
    # A page number is only printed when there is more than one page, and then needs its room.
    slices = _slices(content, sheet, sheet.usual_size)
    return paginate(slices, sheet.room - _FOOT, sheet.room - _HEAD - _FOOT)


def _slices(content: NoticeContent, sheet: _Sheet, size: float) -> list[Slice]:
    column = Column(sheet.column, Face(REGULAR, size), sheet.leading)
    body = [one for block in content.blocks for one in block_slices(block, column)]
    # Signatures never stand alone on a page: the last lines go with them.
    tail = [replace(one, keep=True) for one in body[-2:]]
    ending = ending_slices(content, column)
    return [*_head(content, sheet, size), *body[:-2], *(tail if ending else body[-2:]), *ending]


def _head(content: NoticeContent, sheet: _Sheet, size: float) -> list[Slice]:
    below = tuple(text for text in (content.number and f"Số: {content.number}", content.about) if text)
    slices = [letterhead(content.office, content.place_date, sheet.column, sheet.head_size, below), space(4)]
    if content.dossier_code:
        slices += [
            code_strip(
                content.dossier_code,
                content.qr_text,
                sheet.column,
                size=size,
                provisional=content.provisional,
            ),
            space(size * 0.5),
        ]
    title = balanced(content.title, Face(BOLD, sheet.title_size), sheet.column)
    slices += text_slices(title, keep=True)
    if content.subtitle:
        slices += _centred(content.subtitle, Face(BOLD, size - 1).italic(), sheet.column)
    for mark in (content.marks.corrected, content.marks.reprint):
        slices += _centred(mark, Face(BOLD, size - 1).italic(), sheet.column) if mark else []
    slices.append(space(size * 0.5))
    if content.addressee:
        face = Face(REGULAR, size)
        runs = [Run("Kính gửi: ", face), Run(content.addressee, face.bold())]
        slices += [*text_slices(wrap(runs, sheet.column, align=Align.CENTRE)), space(size * 0.4)]
    return slices


def _centred(text: str, face: Face, width: float) -> list[Slice]:
    return text_slices(wrap([Run(text, face)], width, align=Align.CENTRE), keep=True)


def _draw(pen: Pen, content: NoticeContent, sheet: _Sheet, pages: list[Page], number: int) -> None:
    if content.marks.training:
        training_watermark(pen, sheet.width, sheet.height)
    top = sheet.top
    if number:
        _running_head(pen, content, sheet)
        top += _HEAD
    draw_page(pen, pages[number], sheet.left, top)
    if len(pages) > 1:
        _foot(pen, content, sheet, (number + 1, len(pages)))
    pen.finish()


def _running_head(pen: Pen, content: NoticeContent, sheet: _Sheet) -> None:
    names = (("Mã hồ sơ", content.dossier_code), ("Số", content.number))
    words = " · ".join(f"{name}: {value}" for name, value in names if value)
    pen.write(sheet.left, sheet.top + 8, words, Face(REGULAR, 9).italic())


def _foot(pen: Pen, content: NoticeContent, sheet: _Sheet, place: tuple[int, int]) -> None:
    """Write the page, and from the second on that this is a reprint: the first says so under its title."""
    base = sheet.height - sheet.bottom
    words, face = f"Trang {place[0]}/{place[1]}", Face(REGULAR, 9)
    pen.write(sheet.width - sheet.right - text_width(words, face), base, words, face)
    if content.marks.reprint and place[0] > 1:
        pen.write(sheet.left, base, content.marks.reprint, Face(BOLD, 8).italic())
