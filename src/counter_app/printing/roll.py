"""A paper of the 80 mm roll: one page, 80 mm wide, as long as its text takes."""

from collections.abc import Sequence
from io import BytesIO
from math import ceil

from counter_app.printing.barcode import code128
from counter_app.printing.document import new_canvas
from counter_app.printing.flow import Slice, draw_page, height, text_slices
from counter_app.printing.fonts import Face
from counter_app.printing.pen import DOT, MM, Pen
from counter_app.printing.qr import qr_code
from counter_app.printing.runs import Align, Run
from counter_app.printing.text import wrap

# A roll is measured in whole dots: a sheet of 639.4 dots would be stretched to 640, the bars with it.
_ROUNDING = 0.01  # points; a hair less than the whole number, as rasters round up
WIDTH = 640 * DOT - _ROUNDING  # 80.08 mm
_MARGIN = 5 * MM
COLUMN = WIDTH - 2 * _MARGIN
_BARS = round(11 * MM / DOT)


def roll_pdf(slices: Sequence[Slice], title: str) -> bytes:
    """Draw the slices one below the other; fonts must be registered."""
    tall = ceil((height(slices) + 2 * _MARGIN) / DOT) * DOT - _ROUNDING
    page, used = [], 0.0
    for one in slices:
        page.append((used, one))
        used += one.height
    buffer = BytesIO()
    canvas = new_canvas(buffer, (WIDTH, tall), title)
    pen = Pen(canvas, tall)
    draw_page(pen, page, _MARGIN, _MARGIN)
    pen.finish()
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def centred(text: str, face: Face) -> list[Slice]:
    """Return text around the middle of the roll."""
    return text_slices(wrap([Run(text, face)], COLUMN, align=Align.CENTRE))


def bars_slice(dossier_code: str) -> Slice:
    """Return the bars, standing upright where a long code is wider than the roll."""
    bars = code128(dossier_code)
    width = bars.width_dots * DOT
    if width <= COLUMN:
        return Slice(
            _BARS * DOT + 3, lambda pen, x, top: bars.draw(pen, x + (COLUMN - width) / 2, top, _BARS)
        )
    thick = _BARS * DOT
    return Slice(width, lambda pen, x, top: bars.draw_upright(pen, x + (COLUMN - thick) / 2, top, _BARS))


def square_slice(qr_text: str) -> Slice:
    """Return the QR in the middle of the roll."""
    square = qr_code(qr_text)
    side = square.size_dots * DOT
    return Slice(side, lambda pen, x, top: square.draw(pen, x + (COLUMN - side) / 2, top))
