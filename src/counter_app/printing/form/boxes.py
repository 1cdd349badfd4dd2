"""One box a digit, for personal ids and the like."""

from counter_app.domain.form_template import Block
from counter_app.printing.flow import Slice, text_slices
from counter_app.printing.fonts import Face
from counter_app.printing.form.words import Words
from counter_app.printing.glyphs import drawable
from counter_app.printing.pen import MM, Pen
from counter_app.printing.runs import Run
from counter_app.printing.text import height_of, wrap

_SIDE = 5.4 * MM
_COUNT = 12  # digits of a personal id
_AIR = 2.0


def boxes_slices(words: Words, block: Block, width: float, face: Face) -> list[Slice]:
    """Return the label and its boxes on one line, or the boxes below a long label.

    A value with more characters than fit in a row of boxes is written out instead.
    """
    value = drawable(words.value(block.field))
    indent = block.indent_mm * MM
    label = wrap(words.runs(block.text, face), width - indent)
    count = max(_COUNT, len(value))
    if count * _SIDE > width - indent:
        runs = [*words.runs(block.text, face), Run(f" {value}", face)]
        return text_slices(wrap(runs, width - indent), dx=indent)
    label_width = label[-1].width
    beside = len(label) == 1 and indent + label_width + 6 + count * _SIDE <= width
    left = indent + label_width + 6 if beside else indent
    above = 0.0 if beside else height_of(label)

    def draw(pen: Pen, x: float, top: float) -> None:
        line_top = top + ((_SIDE + 2 * _AIR - label[0].height) / 2 if beside else 0.0)
        for line in label:
            pen.write_line(x + indent, line_top, line)
            line_top += line.height
        for number in range(count):
            pen.box(x + left + number * _SIDE, top + above + _AIR, _SIDE, _SIDE)
            if number < len(value):
                middle = x + left + (number + 0.5) * _SIDE
                pen.write_centred(
                    middle, top + above + _AIR + _SIDE * 0.5 + face.size * 0.33, value[number], face
                )

    return [Slice(above + _SIDE + 2 * _AIR, draw)]
