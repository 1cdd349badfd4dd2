"""Draws the recovery sheet on one A4 page: the code in big numbered groups, its QR beside it."""

from io import BytesIO
from typing import TYPE_CHECKING

from counter_app.printing.document import new_canvas
from counter_app.printing.flow import Slice, draw_page, paginate, space, text_slices, tied, together
from counter_app.printing.fonts import BOLD, REGULAR, Face, text_width
from counter_app.printing.letterhead import letterhead
from counter_app.printing.marks import training_watermark
from counter_app.printing.pen import DOT, MM, Pen
from counter_app.printing.qr import QrCode, qr_code
from counter_app.printing.runs import Align, Run
from counter_app.printing.text import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from counter_app.services.papers.recovery_sheet import RecoverySheet

_WIDTH, _HEIGHT = 210 * MM, 297 * MM
_LEFT, _RIGHT, _TOP, _BOTTOM = 20 * MM, 15 * MM, 15 * MM, 14 * MM
_FACE = Face(REGULAR, 12)
_CODE = Face(BOLD, 21)
_QR_DOTS = 6  # of a 203 dpi printer, a module
_NUMBER = Face(REGULAR, 9)
_IN_A_ROW = 3
_ROW = 34.0  # points a row of groups
_PAD = 10.0
_SIGNATURE_ROOM = 58.0


def recovery_sheet_pdf(content: "RecoverySheet") -> bytes:
    """Draw the sheet; fonts must be registered. The title of the file says nothing of the code."""
    width = _WIDTH - _LEFT - _RIGHT
    room = _HEIGHT - _TOP - _BOTTOM
    buffer = BytesIO()
    canvas = new_canvas(buffer, (_WIDTH, _HEIGHT), content.title)
    for page in paginate(list(_slices(content, width)), room, room):
        pen = Pen(canvas, _HEIGHT)
        if content.marks.training:
            training_watermark(pen, _WIDTH, _HEIGHT)
        draw_page(pen, page, _LEFT, _TOP)
        pen.finish()
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _slices(content: "RecoverySheet", width: float) -> "Iterator[Slice]":
    yield letterhead(content.office, content.place_date, width, 11.5)
    yield space(16)
    title = [Run(content.title.upper(), Face(BOLD, 15))]
    yield from text_slices(wrap(title, width, align=Align.CENTRE))
    yield from text_slices(wrap([Run(content.subtitle, _FACE.italic())], width, align=Align.CENTRE))
    yield space(8)
    (_none, what), *others = content.paragraphs
    yield from _lines(what, width)
    yield space(6)
    yield _code_box(content, width)
    yield space(6)
    for heading, lines in others:
        yield space(4)
        yield from tied(text_slices(wrap([Run(heading, _FACE.bold())], width)))
        yield space(2)
        yield from _lines(lines, width)
    yield space(14)
    yield _signatures(content.signatures, width)


def _lines(lines: tuple[str, ...], width: float) -> "Iterator[Slice]":
    for line in lines:
        yield from together(text_slices(wrap([Run(line, _FACE)], width, align=Align.JUSTIFY)))
        yield space(2)


def _code_box(content: "RecoverySheet", width: float) -> Slice:
    groups = content.code.split("-")
    square: QrCode = qr_code.__wrapped__(
        content.qr, _QR_DOTS
    )  # not the remembered one: the code stays nowhere
    side = square.size_dots * DOT
    facts = [wrap([Run(fact, _FACE.at(11))], width - side - 2 * _PAD) for fact in content.facts]
    rows = -(-len(groups) // _IN_A_ROW)
    facts_high = sum(line.height for lines in facts for line in lines)
    tall = max(_PAD + rows * _ROW + facts_high + _PAD, side + _PAD)
    share = (width - side - 2 * _PAD) / _IN_A_ROW

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.box(x, top, width, tall)
        for index, group in enumerate(groups):
            left = x + _PAD + index % _IN_A_ROW * share
            base = top + _PAD + index // _IN_A_ROW * _ROW + _CODE.size
            number = f"{index + 1}."
            pen.write(left, base, number, _NUMBER)
            _spread(pen, left + text_width(number, _NUMBER) + 4, base, group)
        y = top + _PAD + rows * _ROW + 4
        for lines in facts:
            for line in lines:
                pen.write_line(x + _PAD, y, line)
                y += line.height
        square.draw(pen, x + width - side - 1, top + (tall - side) / 2)

    return Slice(tall, draw)


def _spread(pen: Pen, x: float, base: float, group: str) -> None:
    """Write letters at even distances: figures and letters of one width are told apart more easily."""
    step = _CODE.size
    for place, letter in enumerate(group):
        pen.write_centred(x + (place + 0.5) * step, base, letter, _CODE)


def _signatures(places: tuple[str, ...], width: float) -> Slice:
    share = width / len(places)

    def draw(pen: Pen, x: float, top: float) -> None:
        for index, place in enumerate(places):
            title, _, small = place.partition("\n")
            middle = x + (index + 0.5) * share
            pen.write_centred(middle, top + 12, title, _FACE.bold())
            pen.write_centred(middle, top + 26, small, _FACE.at(11).italic())

    return Slice(26 + _SIGNATURE_ROOM, draw)
