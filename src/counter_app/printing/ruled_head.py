"""The head of a large table: groups of columns over their labels, and a row of codes under them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from counter_app.printing.flow import Slice
from counter_app.printing.fonts import Face
from counter_app.printing.pen import Pen
from counter_app.printing.runs import Align, Line, Run
from counter_app.printing.table import PAD
from counter_app.printing.text import height_of, wrap
from counter_app.services.ruled_content import RuledColumn

_AIR = 3.0  # points above and under the words of a cell


@dataclass(frozen=True, slots=True)
class _Cell:
    """Words around the middle of a box; distances in points from the corner of the head."""

    left: float
    top: float
    width: float
    height: float
    lines: Sequence[Line]

    def draw(self, pen: Pen, x: float, top: float) -> None:
        pen.box(x + self.left, top + self.top, self.width, self.height)
        y = top + self.top + (self.height - height_of(self.lines)) / 2
        for line in self.lines:
            pen.write_line(x + self.left + PAD, y, line)
            y += line.height


def ruled_head(columns: Sequence[RuledColumn], widths: Sequence[float], face: Face) -> Slice:
    """Return the head as one strip that is never parted; widths in points."""
    bold = face.bold()
    labels = [_wrapped(column.label, width, bold) for column, width in zip(columns, widths, strict=True)]
    groups = _groups(columns, widths, bold)
    upper = max((height_of(lines) + _AIR for _, _, lines in groups), default=0.0)
    grouped = [height_of(lines) for column, lines in zip(columns, labels, strict=True) if column.group]
    whole = max(height_of(lines) for lines in labels) + _AIR
    height = max(whole, upper + max(grouped, default=0.0) + _AIR)
    cells = [_Cell(left, 0.0, width, upper, lines) for left, width, lines in groups]
    left = 0.0
    for column, width, lines in zip(columns, widths, labels, strict=True):
        top = upper if column.group else 0.0
        cells.append(_Cell(left, top, width, height - top, lines))
        left += width
    codes, code_height = _codes(columns, widths, face.italic().at(face.size - 0.5), height)
    cells += codes

    def draw(pen: Pen, x: float, top: float) -> None:
        for cell in cells:
            cell.draw(pen, x, top)

    return Slice(height + code_height, draw)


def _wrapped(text: str, width: float, face: Face) -> list[Line]:
    return wrap([Run(text, face)], width - 2 * PAD, align=Align.CENTRE, leading=1.12)


def _groups(
    columns: Sequence[RuledColumn], widths: Sequence[float], face: Face
) -> list[tuple[float, float, list[Line]]]:
    """Return left edge, width and words of each group."""
    found, left = [], 0.0
    for group, members in groupby(zip(columns, widths, strict=True), key=lambda pair: pair[0].group):
        width = sum(each for _, each in members)
        if group:
            found.append((left, width, _wrapped(group, width, face)))
        left += width
    return found


def _codes(
    columns: Sequence[RuledColumn], widths: Sequence[float], face: Face, top: float
) -> tuple[list[_Cell], float]:
    if not any(column.code for column in columns):
        return [], 0.0
    lines = [_wrapped(column.code, width, face) for column, width in zip(columns, widths, strict=True)]
    height = max(map(height_of, lines)) + _AIR
    cells, left = [], 0.0
    for width, code in zip(widths, lines, strict=True):
        cells.append(_Cell(left, top, width, height, code))
        left += width
    return cells, height
