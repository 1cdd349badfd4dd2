"""Draws on one page of a reportlab canvas with distances in points from the top left corner."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from counter_app.printing.combining import has_marks, placed
from counter_app.printing.fonts import Face, text_width
from counter_app.printing.runs import Line, Mark

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
DOT = 72 / 203  # one dot of a 203 dpi printer, points
HAIRLINE = 0.5


def dot_areas(areas: Iterable[tuple[int, int, int, int]]) -> str:
    """Return rectangles (x, y, width, height in dots, from the top left) as one PDF path.

    Made once a code and kept with it: formatting some hundred numbers takes longer than all the
    text of a slip.
    """
    return " ".join(f"{x} {y} {width} {height} re" for x, y, width, height in areas)


class Pen:
    """A place on a page, `left` points from its edge: half of a sheet is just another pen.

    All lines of the pen go out as one path and all its text as one text object when `finish` is
    called; that is what keeps a slip near the speed of a bare page.
    """

    def __init__(self, canvas: "Canvas", height: float, left: float = 0.0) -> None:
        self._canvas = canvas
        self._height = height
        self._left = left
        self._text: Any = canvas.beginText()
        self._face: Face | None = None
        self._strokes: list[str] = []

    def write(self, x: float, baseline: float, text: str, face: Face) -> None:
        """Write `text` from `x`, standing on `baseline`."""
        out = self._text
        if face != self._face:
            out.setFont(face.font, face.size)
            self._face = face
        if has_marks(text):
            for dx, lift, letters in placed(text, face):
                out.setTextOrigin(self._left + x + dx, self._height - baseline + lift)
                out.textOut(letters)
            return
        out.setTextOrigin(self._left + x, self._height - baseline)
        out.textOut(text)

    def write_centred(self, middle: float, baseline: float, text: str, face: Face) -> None:
        """Write `text` around `middle`."""
        self.write(middle - text_width(text, face) / 2, baseline, text, face)

    def write_line(self, x: float, top: float, line: Line) -> None:
        """Write a wrapped line whose top left corner is (`x`, `top`)."""
        base = top + line.rise
        for piece in line.pieces:
            if piece.mark is None:
                self.write(x + piece.x, base - piece.lift, piece.text, piece.face)
            else:
                self._tick_box(
                    x + piece.x, base, piece.face.size * 0.75, ticked=piece.mark is Mark.TICKED_BOX
                )

    def _tick_box(self, x: float, base: float, side: float, *, ticked: bool) -> None:
        top = base - side * 0.95
        self.box(x, top, side, side)
        if ticked:
            for y1, y2 in ((top, top + side), (top + side, top)):
                self.rule(x, y1, x + side, y2)

    def rule(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a hairline."""
        left, height = self._left, self._height
        self._strokes.append(f"{left + x1:.2f} {height - y1:.2f} m {left + x2:.2f} {height - y2:.2f} l")

    def box(self, x: float, top: float, width: float, height: float) -> None:
        """Draw the outline of a rectangle."""
        bottom = self._height - top - height
        self._strokes.append(f"{self._left + x:.2f} {bottom:.2f} {width:.2f} {height:.2f} re")

    def cut_line(self, x: float, top: float, bottom: float) -> None:
        """Draw a dashed line to cut along."""
        canvas = self._canvas
        canvas.saveState()
        canvas.setLineWidth(HAIRLINE)
        canvas.setDash(2, 3)
        canvas.line(self._left + x, self._height - top, self._left + x, self._height - bottom)
        canvas.restoreState()

    def fill_dots(self, x: float, top: float, areas: str, clear: tuple[int, int]) -> None:
        """Fill black areas given in whole printer dots on a white ground of `clear` dots.

        The origin moves to the nearest dot of the page, so that on a 203 dpi printer every edge
        falls between two dots and no bar grows or shrinks. Rasters count dots from the upper edge
        of the sheet, hence the flipped axis.

        Args:
            x: left edge of the ground, points.
            top: upper edge of the ground, points.
            areas: what `dot_areas` returned.
            clear: width and height of the ground, dots.
        """
        canvas = self._canvas
        canvas.saveState()
        canvas.transform(
            DOT, 0, 0, -DOT, round((self._left + x) / DOT) * DOT, self._height - round(top / DOT) * DOT
        )
        canvas.addLiteral(f"1 g 0 0 {clear[0]} {clear[1]} re f 0 g {areas} f")
        canvas.restoreState()

    def slanted(self, x: float, y: float, text: str, face: Face, angle: float, grey: float) -> None:
        """Write pale `text` around a point, under everything drawn later; for watermarks."""
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(self._left + x, self._height - y)
        canvas.rotate(angle)
        canvas.setFillGray(grey)
        canvas.setFont(face.font, face.size)
        canvas.drawCentredString(0, 0, text)
        canvas.restoreState()

    def finish(self) -> None:
        """Put lines and text on the page."""
        if self._strokes:
            self._canvas.addLiteral(f"{HAIRLINE} w {' '.join(self._strokes)} S")
        self._canvas.drawText(self._text)
