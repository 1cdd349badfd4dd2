"""Places to sign: side by side, each with its title, its own day where the form wants one, and a name."""

from collections.abc import Sequence

from counter_app.domain.condition import holds
from counter_app.domain.form_template import SignatureBlock
from counter_app.printing.flow import Slice, tied
from counter_app.printing.fonts import Face
from counter_app.printing.form.words import Words
from counter_app.printing.pen import MM, Pen
from counter_app.printing.runs import Align, Run
from counter_app.printing.table import TableShape, row_slices, shares
from counter_app.services.paper_content import FormContent

_SIGNING = 17 * MM  # height left for a signature
_ABREAST = 4
_MANY = 3  # more places than this want smaller letters


def places_slices(
    content: FormContent, words: Words, signatures: Sequence[SignatureBlock], width: float, face: Face
) -> list[Slice]:
    """Return the places whose condition holds, tied together; nothing when there is none.

    A single place stands on the right, under the date, as on every official form; more than four
    make a second row.
    """
    places = [each for each in signatures if holds(each.when, content.answers)]
    if len(places) == 1:
        places.insert(0, SignatureBlock(title="", note=""))
    slices: list[Slice] = []
    for start in range(0, len(places), _ABREAST):
        slices += _abreast(words, places[start : start + _ABREAST], width, face)
    return tied(slices)


def _abreast(words: Words, places: Sequence[SignatureBlock], width: float, face: Face) -> list[Slice]:
    if len(places) > _MANY:
        face = face.at(face.size - 1.5)
    small = face.at(face.size - 1)
    slices = _row(words, width, [each.date for each in places], small.italic())
    slices += _row(words, width, [each.title for each in places], face.bold(), always=True)
    slices += _row(words, width, [each.note for each in places], small.italic())
    slices.append(Slice(_SIGNING, _nothing))
    slices += _row(words, width, [each.name for each in places], face.bold(), blank=True, always=True)
    for texts in _lines_below(places):
        slices += _row(words, width, texts, face.at(face.size - 1.5), align=Align.LEFT)
    return slices


def _row(
    words: Words,
    width: float,
    texts: Sequence[str],
    face: Face,
    *,
    align: Align = Align.CENTRE,
    blank: bool = False,
    always: bool = False,
) -> list[Slice]:
    """Return one text a place; a row without any text takes no room unless `always`."""
    if not always and not any(texts):
        return []
    shape = TableShape(shares(width, [1.0] * len(texts)), (align,) * len(texts), ruled=False)
    cells: list[list[Run]] = [words.runs(text, face, blank=blank) for text in texts]
    return row_slices(shape, cells)


def _lines_below(places: Sequence[SignatureBlock]) -> list[list[str]]:
    """Return the small lines row by row, so that the first lines of all places stand level."""
    columns = [each.below.splitlines() for each in places]
    return [
        [lines[number] if number < len(lines) else "" for lines in columns]
        for number in range(max(map(len, columns)))
    ]


def _nothing(_pen: Pen, _x: float, _top: float) -> None:
    return None
