"""Ruled tables whose rows wrap, whose head comes back on every page, and which lose no line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counter_app.printing.flow import Slice
from counter_app.printing.fonts import Face
from counter_app.printing.pen import Pen
from counter_app.printing.runs import Align, Line, Run
from counter_app.printing.text import wrap

PAD = 3.0  # points between a rule and the text
PAD_TOP = 1.5


@dataclass(frozen=True, slots=True)
class TableShape:
    """Column widths in points, their alignment, and whether rules are drawn."""

    widths: tuple[float, ...]
    aligns: tuple[Align, ...]
    ruled: bool = True


def shares(total: float, parts: Sequence[float]) -> tuple[float, ...]:
    """Divide `total` points by shares."""
    whole = sum(parts) or 1.0
    return tuple(total * part / whole for part in parts)


def table_slices(
    shape: TableShape, head: Sequence[str], rows: Sequence[Sequence[Sequence[Run]]], face: Face
) -> list[Slice]:
    """Return the slices of a table with a bold head (left out when `head` is empty)."""
    slices: list[Slice] = []
    again = None
    if head:
        centred = replace(shape, aligns=(Align.CENTRE,) * len(shape.widths))
        top = row_slices(centred, [[Run(label, face.bold())] for label in head])
        again = merged(top)
        slices.append(replace(again, keep=True))
    for row in rows:
        slices += [replace(one, again=again) for one in row_slices(shape, row)]
    return slices


def row_slices(shape: TableShape, cells: Sequence[Sequence[Run]]) -> list[Slice]:
    """Return a row as slices of one line each, tied so that the row stays whole where it can."""
    wrapped = [
        wrap(cell, width - 2 * PAD, align=align)
        for cell, width, align in zip(cells, shape.widths, shape.aligns, strict=True)
    ]
    return line_slices(shape, wrapped)


def line_slices(shape: TableShape, wrapped: Sequence[Sequence[Line]], room: float = 0.0) -> list[Slice]:
    """Return a row whose cells were already broken into lines, `room` points left empty below them."""
    count = max(len(lines) for lines in wrapped)
    height = max(lines[0].height for lines in wrapped)
    return [
        _row_line(
            shape,
            [lines[n] if n < len(lines) else None for lines in wrapped],
            height,
            (n == 0, n == count - 1),
            room,
        )
        for n in range(count)
    ]


def _row_line(
    shape: TableShape, lines: list[Line | None], height: float, ends: tuple[bool, bool], room: float
) -> Slice:
    first, last = ends
    above = PAD_TOP if first else 0.0
    below = PAD_TOP + 1 + room if last else 0.0
    total = above + height + below

    def draw(pen: Pen, x: float, top: float) -> None:
        left = x
        for line, width in zip(lines, shape.widths, strict=True):
            if line is not None:
                pen.write_line(left + PAD, top + above, line)
            left += width
        if shape.ruled:
            _rules(pen, shape, x, top, total, first, last)

    return Slice(total, draw, keep=not last)


def _rules(pen: Pen, shape: TableShape, x: float, top: float, height: float, first: bool, last: bool) -> None:
    right = x + sum(shape.widths)
    if first:
        pen.rule(x, top, right, top)
    if last:
        pen.rule(x, top + height, right, top + height)
    edge = x
    for width in (0.0, *shape.widths):
        edge += width
        pen.rule(edge, top, edge, top + height)


def merged(slices: Sequence[Slice]) -> Slice:
    """Return the slices as one that is never split."""

    def draw(pen: Pen, x: float, top: float) -> None:
        for one in slices:
            one.draw(pen, x, top)
            top += one.height

    return Slice(sum(one.height for one in slices), draw)
