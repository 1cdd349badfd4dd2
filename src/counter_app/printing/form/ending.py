"""The end of a form: oath, place and date, signature places, notes."""

from counter_app.printing.flow import Slice, space, text_slices, tied
from counter_app.printing.form.blocks import Column
from counter_app.printing.form.signatures import places_slices
from counter_app.printing.pen import MM
from counter_app.printing.runs import Align, Run
from counter_app.printing.text import wrap

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
    """Return place, date and one to four signature places side by side, tied together."""
    layout = column.content.template.layout
    slices: list[Slice] = [space(3)]
    if layout.place_date:
        slices += _date(column, layout.place_date)
    slices += places_slices(column.content, column.words, layout.signatures, column.width, column.face)
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
