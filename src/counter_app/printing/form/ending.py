"""The end of a form: oath, place and date, signature places, notes."""

from counter_app.domain.condition import holds
from counter_app.domain.form_template import SignatureBlock
from counter_app.printing.flow import Slice, space, text_slices, tied
from counter_app.printing.form.blocks import Column
from counter_app.printing.pen import MM, Pen
from counter_app.printing.runs import Align, Run
from counter_app.printing.table import TableShape, row_slices, shares
from counter_app.printing.text import wrap

_SIGNING = 17 * MM  # height left for a signature
_NOTE_SIZE = 9.5
_FIRST_LINE = 10 * MM


def oath_slices(column: Column) -> list[Slice]:
    """Return the oath as one justified paragraph a line of the template."""
    slices: list[Slice] = []
    for line in column.content.template.layout.oath.splitlines():
        runs = column.words.runs(line, column.face)
        lines = wrap(runs, column.width, align=Align.JUSTIFY, indent=_FIRST_LINE, leading=column.leading)
        slices += text_slices(lines, keep=True)
    return slices


def signature_slices(column: Column) -> list[Slice]:
    """Return place, date and one to four signature places side by side, tied together.

    A single place stands on the right, under the date, as on every official form.
    """
    layout = column.content.template.layout
    places = [each for each in layout.signatures if holds(each.when, column.content.answers)]
    if len(places) == 1:
        places.insert(0, SignatureBlock(title="", note=""))
    shape = TableShape(
        shares(column.width, [1.0] * max(1, len(places))), (Align.CENTRE,) * max(1, len(places)), ruled=False
    )
    slices: list[Slice] = [space(3)]
    if layout.place_date:
        slices += _date(column, layout.place_date)
    if places:
        slices += row_slices(shape, [column.words.runs(each.title, column.face.bold()) for each in places])
        small = column.face.at(column.face.size - 1).italic()
        slices += row_slices(shape, [column.words.runs(each.note, small) for each in places])
        slices.append(Slice(_SIGNING, _nothing))
        names = [column.words.runs(each.name, column.face.bold(), blank=True) for each in places]
        slices += row_slices(shape, names)
    return tied(slices)


def note_slices(column: Column) -> list[Slice]:
    """Return the notes whose marks stand on this paper, in small print under a short rule.

    Call it last: only then is it known which marks were printed.
    """
    notes = [note for note in column.content.template.layout.footnotes if column.words.calls_for(note)]
    if not notes:
        return []
    face = column.face.at(_NOTE_SIZE)
    slices = [space(5), Slice(4, lambda pen, x, top: pen.rule(x, top, x + 50 * MM, top), keep=True)]
    for note in notes:
        runs = [Run(note, face)]
        slices += tied(text_slices(wrap(runs, column.width, align=Align.JUSTIFY, leading=1.15)))
    return slices


def _date(column: Column, text: str) -> list[Slice]:
    """Return the date centred over the right half, or over more when it is longer than that."""
    runs = column.words.runs(text, column.face.italic())
    natural = sum(run.width for run in runs) + 2
    width = min(column.width, max(column.width / 2, natural))
    return text_slices(wrap(runs, width, align=Align.CENTRE), dx=column.width - width, keep=True)


def _nothing(_pen: Pen, _x: float, _top: float) -> None:
    return None
