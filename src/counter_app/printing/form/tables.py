"""Tables of a form: repeating ones with their head on every page, and fixed grids."""

from dataclasses import replace
from itertools import zip_longest

from counter_app.domain.form_template import Block, FieldType
from counter_app.printing.flow import Slice, space
from counter_app.printing.fonts import Face, text_width
from counter_app.printing.form.words import Words, has_placeholder, is_only_placeholder
from counter_app.printing.glyphs import unprintable
from counter_app.printing.pen import MM
from counter_app.printing.runs import Align, Run
from counter_app.printing.table import PAD, TableShape, merged, row_slices, shares, table_slices
from counter_app.services.paper_content import FormContent

_RIGHT_ALIGNED = {FieldType.MONEY, FieldType.NUMBER}
_AIR = 3.0
_MANY = 5  # more columns than this want smaller letters
_NUMBER_HEAD = "STT"


def table_block_slices(
    content: FormContent, words: Words, block: Block, width: float, face: Face
) -> list[Slice]:
    """Return a repeating table; `min_rows` leaves empty rows to write on."""
    asked = content.template.field(block.field)
    if asked is None or not asked.columns:
        words.problem(f"unknown_table:{block.field}")
        return []
    cells_face = face.at(face.size - (2 if len(asked.columns) > _MANY else 1))
    aligns = [Align.RIGHT if column.type in _RIGHT_ALIGNED else Align.LEFT for column in asked.columns]
    texts = [_fitted(row, len(asked.columns)) for row in content.tables.get(block.field, ())]
    texts += [("",) * len(asked.columns)] * (block.min_rows - len(texts))
    if any(unprintable(cell) for row in texts for cell in row):
        words.problem(f"unprintable:{block.field}")
    head = [column.label for column in asked.columns]
    narrow = text_width(_NUMBER_HEAD, cells_face.bold()) + 2 * PAD + 1 if block.numbered else 0.0
    widths = shares(width - narrow, [column.width for column in asked.columns])
    if block.numbered:
        texts = [(str(number), *row) for number, row in enumerate(texts, start=1)]
        head, aligns, widths = [_NUMBER_HEAD, *head], [Align.CENTRE, *aligns], (narrow, *widths)
    shape = TableShape(widths, tuple(aligns))
    rows = [[[Run(cell, cells_face)] for cell in row] for row in texts]
    return [space(_AIR, keep=True), *table_slices(shape, head, rows, cells_face), space(_AIR)]


def grid_slices(words: Words, block: Block, width: float, face: Face) -> list[Slice]:
    """Return fixed cells; a first row without placeholders is the head, on every page.

    An empty answer alone in its cell leaves the cell blank: the frame already says "write here".
    """
    count = max(len(row) for row in block.rows)
    parts = [part for part, _ in zip_longest(block.widths[:count], range(count), fillvalue=1.0)]
    aligns = tuple(Align.LEFT for _ in range(count))
    shape = TableShape(shares(width - block.indent_mm * MM, parts), aligns)
    slices = [space(_AIR)]
    again: Slice | None = None
    for number, row in enumerate(block.rows):
        is_head = number == 0 and len(block.rows) > 1 and not any(has_placeholder(text) for text in row)
        row_shape = TableShape(shape.widths, (Align.CENTRE,) * count) if is_head else shape
        row_face = face.bold() if is_head else face
        cells = [words.runs(text, row_face, blank=is_only_placeholder(text)) for text in _fitted(row, count)]
        lines = row_slices(row_shape, cells)
        if is_head:
            again = merged(lines)
            slices.append(replace(again, keep=True))
        else:
            slices += [replace(one, again=again) for one in lines]
    return [*slices, space(_AIR)]


def _fitted(row: tuple[str, ...], count: int) -> tuple[str, ...]:
    """Return the row with exactly `count` cells; what is too many joins the last one, nothing is lost."""
    padded = (*row, *("",) * count)
    extra = " ".join(row[count:])
    return (*padded[: count - 1], f"{padded[count - 1]} {extra}".strip())
