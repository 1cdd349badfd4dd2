"""The pages of a bound book: the same foot on each, numbered through, drawn one at a time."""

from typing import TYPE_CHECKING

from counter_app.printing.fonts import REGULAR, Face, text_width
from counter_app.printing.marks import training_watermark
from counter_app.printing.pen import MM, Pen

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from counter_app.services.paper_content import Marks

SIZE = (297 * MM, 210 * MM)
LEFT, TOP = 20 * MM, 13 * MM  # the left edge is bound
WIDTH = SIZE[0] - LEFT - 10 * MM
BOTTOM = SIZE[1] - 13 * MM
_FOOT = Face(REGULAR, 9)


class BookPages:
    """Starts and ends pages; `pen` draws on the one that is open, which is page `number`.

    `count` names the drawing that says how many pages there are: it is made after the last one.
    """

    def __init__(self, canvas: "Canvas", office: str, marks: "Marks", count: str) -> None:
        self._canvas, self._office, self._marks, self._count = canvas, office, marks, count
        self.number = 0
        self.pen = Pen(canvas, SIZE[1])

    def start(self) -> Pen:
        """Open the next page."""
        self.number += 1
        self.pen = Pen(self._canvas, SIZE[1])
        if self._marks.training:
            training_watermark(self.pen, *SIZE)
        return self.pen

    def end(self) -> None:
        """Write the foot and put the page away."""
        base = SIZE[1] - 7 * MM
        words = f"Trang {self.number}/"
        left = LEFT + WIDTH - text_width("Trang 0000/0000", _FOOT)
        self.pen.write(left, base, words, _FOOT)
        text = " · ".join(part for part in (self._office, self._marks.reprint) if part)
        room = left - LEFT - 4 * MM
        small = _FOOT.italic()
        self.pen.write(LEFT, base, text, small.at(_FOOT.size * min(1.0, room / text_width(text, small))))
        self.pen.finish()
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(left + text_width(words, _FOOT), SIZE[1] - base)
        canvas.doForm(self._count)
        canvas.restoreState()
        canvas.showPage()

    def count_pages(self) -> None:
        """Say on every page how many there are; after the last one."""
        if not self.number:
            return
        canvas = self._canvas
        canvas.beginForm(self._count, upperx=60, uppery=20)
        canvas.setFont(_FOOT.font, _FOOT.size)
        canvas.drawString(0, 0, str(self.number))
        canvas.endForm()
