"""Draws the blocks of a notice: labelled lines, paragraphs, items, tables with room to sign."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from counter_app.printing.flow import Slice, space, text_slices, together
from counter_app.printing.fonts import Face, text_width
from counter_app.printing.pen import MM, Pen
from counter_app.printing.runs import Align, Line, Mark, Run
from counter_app.printing.table import PAD, TableShape, line_slices, merged, row_slices, shares
from counter_app.printing.text import LEADING, wrap
from counter_app.services.notice_content import (
    DOTS,
    Block,
    Items,
    Labelled,
    NoticeRow,
    NoticeTable,
    Paragraph,
)
from counter_app.services.sheet_content import CellAlign

_DRAWN = re.compile(f"([☐☒{DOTS}])")
_MARKS = {"☐": Mark.BOX, "☒": Mark.TICKED_BOX}
_ALIGNS = {CellAlign.LEFT: Align.LEFT, CellAlign.CENTRE: Align.CENTRE, CellAlign.RIGHT: Align.RIGHT}
_LEADER = 40.0  # points: the least row of dots
_FIRST_LINE = 2.2  # the indent of a paragraph, letters
_SMALLER = 0.75  # points the letters of a table are smaller than the text, and its head again


@dataclass(frozen=True, slots=True)
class Column:
    """Where blocks go: `width` points wide, set in `face` with that line distance."""

    width: float
    face: Face
    leading: float = LEADING
    first_line: float = _FIRST_LINE


def block_slices(block: Block, column: Column) -> list[Slice]:
    """Return the slices of one block."""
    match block:
        case Labelled():
            return _labelled(block, column)
        case Paragraph():
            return _paragraph(block, column)
        case Items():
            return _items(block, column)
        case NoticeTable():
            return _table(block, column)


def runs_of(text: str, face: Face) -> list[Run]:
    """Return `text` with its boxes to tick; empty text becomes dots to write on."""
    if not text.strip():
        return [Run("", face, _LEADER)]
    return [_drawn(part, face) for part in _DRAWN.split(text) if part]


def _drawn(part: str, face: Face) -> Run:
    if part == DOTS:
        return Run("", face, _LEADER)
    return Run("", face, mark=_MARKS[part]) if part in _MARKS else Run(part, face)


def _labelled(block: Labelled, column: Column) -> list[Slice]:
    face = column.face
    runs = [Run(block.label, face), *runs_of(block.value, face.bold() if block.strong else face)]
    for label, value in block.more:
        runs += [Run(f" \u00a0 {label}", face), *runs_of(value, face)]
    return together(text_slices(wrap(runs, column.width, leading=column.leading)))


def _paragraph(block: Paragraph, column: Column) -> list[Slice]:
    face = column.face.bold() if block.strong else column.face
    first = 0.0 if block.centred else column.first_line * face.size
    align = Align.CENTRE if block.centred else Align.JUSTIFY
    runs = runs_of(block.text, face)
    lines = wrap(runs, column.width, align=align, indent=first, leading=column.leading)
    # What announces a list or a date stays with it.
    slices = together(text_slices(lines))
    announces = block.text.rstrip().endswith(":")
    return [*slices[:-1], replace(slices[-1], keep=announces)]


def _items(block: Items, column: Column) -> list[Slice]:
    face = column.face
    marks = [f"{n}." if block.numbered else "-" for n in range(1, max(1, len(block.texts)) + 1)]
    hang = max(text_width(f"{mark} ", face) for mark in marks) + 2
    slices: list[Slice] = []
    for mark, text in zip(marks, block.texts or ("",), strict=True):
        lines = wrap(runs_of(text, face), column.width - hang, align=Align.JUSTIFY, leading=column.leading)
        slices += together(
            [_hung(mark, lines[0], hang, face), *text_slices(lines[1:], dx=hang), space(face.size * 0.12)]
        )
    return slices


def _hung(mark: str, line: Line, hang: float, face: Face) -> Slice:
    """Return the first line of an item with its mark standing before it."""

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.write(x, top + line.rise, mark, face)
        pen.write_line(x + hang, top, line)

    return Slice(line.height, draw)


def _table(block: NoticeTable, column: Column) -> list[Slice]:
    face = column.face.at(column.face.size - _SMALLER - block.smaller)
    shape = TableShape(
        shares(column.width, [each.width for each in block.columns]),
        tuple(_ALIGNS[each.align] for each in block.columns),
    )
    centred = replace(shape, aligns=(Align.CENTRE,) * len(shape.widths))
    small = face.bold().at(face.size - _SMALLER)
    again = merged(row_slices(centred, [[Run(each.label, small)] for each in block.columns]))
    slices = [space(2, keep=True), replace(again, keep=True)]
    for row in block.rows:
        slices += [replace(one, again=again) for one in _row(row, shape, face)]
    return [*slices, space(3)]


def _row(row: NoticeRow, shape: TableShape, face: Face) -> list[Slice]:
    """Return a row; its room to sign is empty lines below the text of the tallest cell."""
    cells = [
        list(_cell_lines(cell, width - 2 * PAD, align, face))
        for cell, width, align in zip(row.cells, shape.widths, shape.aligns, strict=True)
    ]
    return line_slices(shape, cells, row.room_mm * MM)


def _cell_lines(text: str, width: float, align: Align, face: Face) -> Iterator[Line]:
    for part in text.split("\n"):
        yield from wrap(runs_of(part, face) if part else (), width, align=align)
