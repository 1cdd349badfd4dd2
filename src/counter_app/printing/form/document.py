"""Lays a filled form out on A4 sheets.

Margins and sizes after Nghị định 30/2020/NĐ-CP, Phụ lục I (recalled, not re-read): left 30 mm, right
15-20 mm, top and bottom 20 mm; the barcode and the page number stand in the lower margin.
"""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from counter_app.printing.barcode import code128
from counter_app.printing.document import new_canvas
from counter_app.printing.flow import Page, Slice, draw_page, height, paginate, space, text_slices
from counter_app.printing.fonts import BOLD, REGULAR, Face, text_width
from counter_app.printing.form.blocks import AIRY, TIGHT, Column, body_slices
from counter_app.printing.form.ending import note_slices, oath_slices, signature_slices
from counter_app.printing.form.words import Words
from counter_app.printing.letterhead import nation_slices
from counter_app.printing.marks import training_watermark
from counter_app.printing.pen import DOT, MM, Pen
from counter_app.printing.runs import Align, Run
from counter_app.printing.text import wrap
from counter_app.services.paper_content import FormContent

WIDTH, HEIGHT = 210 * MM, 297 * MM
_LEFT, _RIGHT, _TOP, _BOTTOM = 30 * MM, 17 * MM, 18 * MM, 20 * MM
_COLUMN = WIDTH - _LEFT - _RIGHT
_ROOM = HEIGHT - _TOP - _BOTTOM
_BARS = round(6.5 * MM / DOT)
_FOOT = HEIGHT - 16.5 * MM  # upper edge of the foot
_LEAST_SIZE = 11.0
_STEP = 0.5


def form_pdf(content: FormContent) -> tuple[bytes, tuple[str, ...]]:
    """Draw the form; return it with the faults of its template. Fonts must be registered."""
    words = Words(content)
    pages = _pages(content, words)
    buffer = BytesIO()
    canvas = new_canvas(buffer, (WIDTH, HEIGHT), content.template.title)
    for number, page in enumerate(pages, start=1):
        pen = Pen(canvas, HEIGHT)
        if content.marks.training:
            training_watermark(pen, WIDTH, HEIGHT)
        draw_page(pen, page, _LEFT, _TOP)
        _foot(pen, content, number, len(pages))
        pen.finish()
        canvas.showPage()
    canvas.save()
    return buffer.getvalue(), tuple(words.problems)


def _pages(content: FormContent, words: Words) -> list[Page]:
    """Lay out at the template's size: airy where that fits a sheet, smaller where that saves one."""
    asked = content.template.layout.font_size
    airy = _slices(content, words, asked, AIRY)
    if height(airy) <= _ROOM:
        return paginate(airy, _ROOM, _ROOM)
    tight = _slices(content, words, asked, TIGHT)
    needed = height(tight)
    size = asked
    while needed > _ROOM and (size := size - _STEP) >= _LEAST_SIZE:
        # Only part of a form shrinks with its letters, hence less than the square.
        if needed * (size / asked) ** 1.5 <= _ROOM:
            smaller = _slices(content, words, size, TIGHT)
            if height(smaller) <= _ROOM:
                return paginate(smaller, _ROOM, _ROOM)
    paper = _fullest([tight, _slices(content, words, asked, (AIRY + TIGHT) / 2), airy])
    for size in (asked - _STEP, asked - 2 * _STEP):
        smaller_paper = paginate(_slices(content, words, size, TIGHT), _ROOM, _ROOM)
        if size >= _LEAST_SIZE and len(smaller_paper) < len(paper):
            return smaller_paper
    return paper


def _fullest(spacings: Sequence[Sequence[Slice]]) -> list[Page]:
    """Return the spacing that takes the fewest sheets, and of those the one that fills them best."""
    papers = [paginate(slices, _ROOM, _ROOM) for slices in spacings]
    fewest = min(len(paper) for paper in papers)
    return min((paper for paper in papers if len(paper) == fewest), key=_unused)


def _unused(paper: Sequence[Page]) -> float:
    """Return the empty room in points at the foot of all pages but the last."""
    ends = (page[-1] for page in paper[:-1])
    return sum(_ROOM - offset - last.height for offset, last in ends)


def _slices(content: FormContent, words: Words, size: float, leading: float) -> list[Slice]:
    column = Column(content, words, _COLUMN, Face(REGULAR, size), leading)
    layout = content.template.layout
    body = body_slices(column, layout.body)
    oath = oath_slices(column)
    # Signatures never stand alone on a sheet: the last lines go with them.
    tail = [replace(one, keep=True) for one in body[-2:]]
    return [
        *_head(column),
        *body[:-2],
        *tail,
        *oath,
        *signature_slices(column),
        *body_slices(column, layout.closing),
        *note_slices(column),
    ]


def _head(column: Column) -> list[Slice]:
    template = column.content.template
    layout, face = template.layout, column.face
    slices: list[Slice] = []
    if layout.form_number:
        runs = column.words.runs(layout.form_number, face.bold().at(face.size - 1))
        slices += text_slices(wrap(runs, _COLUMN, align=Align.RIGHT))
    slices += [*nation_slices(_COLUMN, min(face.size, 12.5)), space(12)]
    slices += _centred([Run(template.title.upper(), Face(BOLD, face.size + 1.5))])
    if layout.subtitle:
        slices += _centred(column.words.runs(layout.subtitle, face.italic()))
    if layout.addressee:
        slices += [space(6), *_centred(column.words.runs(layout.addressee, face))]
    return [*slices, space(6)]


def _centred(runs: list[Run]) -> list[Slice]:
    return text_slices(wrap(runs, _COLUMN, align=Align.CENTRE))


def _foot(pen: Pen, content: FormContent, number: int, count: int) -> None:
    small = Face(REGULAR, 8)
    if content.dossier_code:
        bars = code128(content.dossier_code)
        bars.draw(pen, _LEFT - bars.quiet_dots * DOT, _FOOT, _BARS)
        pen.write(_LEFT, _FOOT + _BARS * DOT + 8, content.dossier_code, small)
    if count > 1:
        pen.write_centred(
            WIDTH - _RIGHT - 15, _FOOT + _BARS * DOT + 8, f"Trang {number}/{count}", Face(REGULAR, 9)
        )
    if content.marks.reprint:
        face = Face(BOLD, 8).italic()
        pen.write(
            WIDTH - _RIGHT - text_width(content.marks.reprint, face), _FOOT + 8, content.marks.reprint, face
        )
