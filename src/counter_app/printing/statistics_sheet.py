"""Draws a statistical form on A4 landscape: number, title and parties, then a ruled table of figures."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO

from counter_app.printing.document import new_canvas
from counter_app.printing.flow import Slice, draw_page, paginate, space, text_slices, tied
from counter_app.printing.fonts import BOLD, REGULAR, Face, text_width
from counter_app.printing.marks import training_watermark
from counter_app.printing.pen import MM, Pen
from counter_app.printing.ruled_head import ruled_head
from counter_app.printing.runs import Align, Run
from counter_app.printing.table import TableShape, row_slices, shares
from counter_app.printing.text import height_of, wrap
from counter_app.services.ruled_content import StatisticsSheet
from counter_app.services.sheet_content import CellAlign

_SIZE = (297 * MM, 210 * MM)
_LEFT, _RIGHT, _TOP, _BOTTOM = 20 * MM, 15 * MM, 15 * MM, 16 * MM
_WIDTH = _SIZE[0] - _LEFT - _RIGHT
_FACE = Face(REGULAR, 10.5)
_FOOT = Face(REGULAR, 9)
_SIGNATURE_ROOM = 60.0  # points
_ALIGNS = {CellAlign.LEFT: Align.LEFT, CellAlign.CENTRE: Align.CENTRE, CellAlign.RIGHT: Align.RIGHT}


def statistics_pdf(content: StatisticsSheet) -> bytes:
    """Draw the form; fonts must be registered. The head of the table comes back on every page."""
    room = _SIZE[1] - _TOP - _BOTTOM
    pages = paginate(list(_slices(content)), room, room)
    buffer = BytesIO()
    canvas = new_canvas(buffer, _SIZE, content.title.replace("\n", " "))
    for number, page in enumerate(pages, start=1):
        pen = Pen(canvas, _SIZE[1])
        if content.marks.training:
            training_watermark(pen, *_SIZE)
        draw_page(pen, page, _LEFT, _TOP)
        if len(pages) > 1:
            words = f"{content.form_number} · Trang {number}/{len(pages)}"
            pen.write(_LEFT + _WIDTH - text_width(words, _FOOT), _SIZE[1] - 8 * MM, words, _FOOT)
        pen.finish()
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _slices(content: StatisticsSheet) -> Iterator[Slice]:
    yield replace(_head(content), keep=True)
    unit = wrap([Run(content.unit, _FACE.italic())], _WIDTH, align=Align.RIGHT)
    yield from text_slices(unit, keep=True)
    yield space(3, keep=True)
    widths = shares(_WIDTH, [column.width for column in content.columns])
    shape = TableShape(widths, tuple(_ALIGNS[column.align] for column in content.columns))
    again = ruled_head(content.columns, widths, _FACE.at(9.5))
    yield replace(again, keep=True)
    for row in content.rows:
        yield from _row(shape, row, _FACE, again)
    yield from _row(shape, content.total, _FACE.bold(), again)
    if content.note:
        yield space(4)
        small = _FACE.italic().at(9)
        yield from text_slices(wrap([Run(content.note, small)], _WIDTH, align=Align.JUSTIFY))
    yield from tied([space(8), _ending(content)])


def _row(shape: TableShape, cells: Sequence[str], face: Face, again: Slice) -> list[Slice]:
    return [replace(one, again=again) for one in row_slices(shape, [[Run(cell, face)] for cell in cells])]


def _head(content: StatisticsSheet) -> Slice:
    """Return the three blocks of the head side by side."""
    blocks = [
        (0.0, 0.18, [(content.form_number, _FACE.bold())], Align.LEFT),
        (
            0.18,
            0.54,
            [
                *((line.upper(), Face(BOLD, 11.5)) for line in content.title.split("\n")),
                (content.period, _FACE.italic()),
            ],
            Align.CENTRE,
        ),
        (0.74, 0.26, [(line, _FACE) for line in content.parties], Align.LEFT),
    ]
    placed = [
        (
            _WIDTH * left,
            [line for text, face in texts for line in wrap([Run(text, face)], _WIDTH * width, align=align)],
        )
        for left, width, texts, align in blocks
    ]

    def draw(pen: Pen, x: float, top: float) -> None:
        for left, lines in placed:
            y = top
            for line in lines:
                pen.write_line(x + left, y, line)
                y += line.height

    return Slice(max(height_of(lines) for _, lines in placed) + 6, draw)


def _ending(content: StatisticsSheet) -> Slice:
    share = _WIDTH / max(1, len(content.signatures))
    day = wrap([Run(content.place_date, _FACE.italic())], share, align=Align.CENTRE)
    titles = [wrap([Run(title, _FACE.bold())], share, align=Align.CENTRE) for title in content.signatures]

    def draw(pen: Pen, x: float, top: float) -> None:
        right = len(titles) - 1
        for number, lines in enumerate(titles):
            y = top
            for line in [*(day if number == right else ()), *lines]:
                pen.write_line(x + number * share, y + (0 if number == right else height_of(day)), line)
                y += line.height

    return Slice(height_of(day) + max(map(height_of, titles), default=0.0) + _SIGNATURE_ROOM, draw)
