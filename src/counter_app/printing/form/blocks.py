"""Draws each kind of block of a form's body."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from counter_app.domain.condition import holds
from counter_app.domain.form_template import Block, BlockKind, FieldType
from counter_app.printing.flow import Slice, space, text_slices, together
from counter_app.printing.fonts import Face, text_width
from counter_app.printing.form.boxes import boxes_slices
from counter_app.printing.form.signatures import places_slices
from counter_app.printing.form.tables import grid_slices, table_block_slices
from counter_app.printing.form.words import Words
from counter_app.printing.pen import MM
from counter_app.printing.runs import Align, Mark, Run
from counter_app.printing.text import wrap
from counter_app.services.paper_content import FormContent

AIRY, TIGHT = 1.5, 1.3  # line distances of a form: the first leaves room to write by hand
_FIRST_LINE = 10 * MM
_WRITING_LINE = "{blank}"
_ANNOUNCED = (BlockKind.TABLE, BlockKind.SIGNATURES)
_ALIGNS = {
    "left": Align.LEFT,
    "center": Align.CENTRE,
    "centre": Align.CENTRE,
    "right": Align.RIGHT,
    "justify": Align.JUSTIFY,
}


@dataclass(frozen=True, slots=True)
class Column:
    """Where blocks go: a column `width` points wide, set in `face` with that line distance."""

    content: FormContent
    words: Words
    width: float
    face: Face
    leading: float = TIGHT


def body_slices(column: Column, blocks: tuple[Block, ...]) -> list[Slice]:
    """Return the slices of the blocks whose condition holds.

    A block that cannot be laid out prints a dotted line and is reported: at a counter a paper with
    one line to fill in by hand is better than none.
    """
    slices: list[Slice] = []
    for number, block in enumerate(blocks, start=1):
        try:
            if holds(block.when, column.content.answers):
                if block.kind in _ANNOUNCED and slices:
                    slices[-1] = replace(slices[-1], keep=True)  # the line that announces the block
                slices += _DRAWERS[block.kind](column, block)
        except Exception as fault:  # noqa: BLE001  # whatever is wrong with one block, the paper comes out
            column.words.problem(f"block_failed:{number}:{block.kind}:{type(fault).__name__}")
            slices += text_slices(
                wrap([column.words.dots(column.face)], column.width, leading=column.leading)
            )
    return slices


def _line(column: Column, block: Block) -> list[Slice]:
    slices = _text(column, block, Align.LEFT, 0.0)
    if block.text.strip() == _WRITING_LINE:
        slices[-1] = replace(slices[-1], keep=True)  # lines to write on stay with what is signed below
    return slices


def _paragraph(column: Column, block: Block) -> list[Slice]:
    return _text(column, block, Align.JUSTIFY, _FIRST_LINE)


def _text(column: Column, block: Block, align: Align, first: float) -> list[Slice]:
    indent = block.indent_mm * MM
    align = _ALIGNS.get(block.align, align)
    runs = column.words.runs(block.text, column.face)
    first = first if align is Align.JUSTIFY else 0.0
    lines = wrap(runs, column.width - indent, align=align, indent=first, leading=column.leading)
    return together(text_slices(lines, dx=indent))


def _heading(column: Column, block: Block) -> list[Slice]:
    indent = block.indent_mm * MM
    runs = column.words.runs(block.text, column.face.bold())
    lines = wrap(
        runs, column.width - indent, align=_ALIGNS.get(block.align, Align.LEFT), leading=column.leading
    )
    return [space(2), *text_slices(lines, dx=indent, keep=True)]


def _table(column: Column, block: Block) -> list[Slice]:
    return table_block_slices(column.content, column.words, block, column.width, column.face)


def _grid(column: Column, block: Block) -> list[Slice]:
    return grid_slices(column.words, block, column.width, column.face)


def _boxes(column: Column, block: Block) -> list[Slice]:
    return boxes_slices(column.words, block, column.width, column.face)


def _choices(column: Column, block: Block) -> list[Slice]:
    """Return every choice with its box; an answer outside the list gets a box of its own."""
    asked = column.content.template.field(block.field)
    if asked is None:
        column.words.problem(f"unknown_field:{block.field}")
        return _line(column, block)
    answer = column.content.answers.get(block.field)
    chosen = column.words.value(block.field)
    labels = [""] if asked.type is FieldType.TICK else list(asked.choices)
    matches = {chosen.casefold(), str(answer).casefold()} - {""}
    if chosen and isinstance(answer, str) and not any(label.casefold() in matches for label in labels):
        labels.append(chosen)
    runs = column.words.runs(block.text, column.face)
    for label in labels:
        ticked = answer is True if not label else label.casefold() in matches
        mark = Mark.TICKED_BOX if ticked else Mark.BOX
        whole = text_width(label, column.face) < column.width * 0.7
        # The box and its label stay on one line; only the first word where the label is long.
        shown = label.replace(" ", "\u00a0") if whole else label
        runs += [Run(" \u00a0 ", column.face), Run("", column.face, mark=mark)]
        runs.append(Run(f"\u00a0{shown}", column.face))
    indent = block.indent_mm * MM
    return together(text_slices(wrap(runs, column.width - indent, leading=column.leading), dx=indent))


def _signatures(column: Column, block: Block) -> list[Slice]:
    return places_slices(column.content, column.words, block.places, column.width, column.face)


def _space(_column: Column, block: Block) -> list[Slice]:
    return [space(block.height_mm * MM)]


_DRAWERS: Mapping[BlockKind, Callable[[Column, Block], list[Slice]]] = {
    BlockKind.LINE: _line,
    BlockKind.PARAGRAPH: _paragraph,
    BlockKind.HEADING: _heading,
    BlockKind.TABLE: _table,
    BlockKind.GRID: _grid,
    BlockKind.CHOICES: _choices,
    BlockKind.BOXES: _boxes,
    BlockKind.SPACE: _space,
    BlockKind.SIGNATURES: _signatures,
}
