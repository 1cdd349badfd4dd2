"""Breaks runs of text into lines: wrapping, dotted leaders, alignment.

Nothing here understands markup, so a citizen's name is printed as typed whatever it holds.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from counter_app.printing.fonts import Face, text_width
from counter_app.printing.glyphs import drawable
from counter_app.printing.runs import Align, Line, Placed, Run

_BOND = "\u00a0"  # holds words together until they are placed
_MOMENT = re.compile(r"\d{1,2} giờ \d{2}(?: phút)?|ngày \d{1,2} tháng \d{1,2} năm \d{4}|\d+ đồng")
_LONE = 0.2  # of the column: a shorter word does not stand alone on the last line
_GAPING = 0.5  # of the size: wider gaps tear a justified line apart
LEADING = 1.22  # line distance as a multiple of the size: room for stacked Vietnamese marks


def wrap(
    runs: Iterable[Run],
    width: float,
    *,
    align: Align = Align.LEFT,
    indent: float = 0.0,
    leading: float = LEADING,
) -> list[Line]:
    """Break `runs` into lines of at most `width` points; a word too long for a line is split.

    Args:
        runs: the text in reading order.
        width: of the column, points.
        align: of every line; justified text leaves its last line alone.
        indent: of the first line, points.
        leading: distance of lines as a multiple of the largest size.

    Returns:
        At least one line, even for no text at all.
    """
    kept = [run if run.solid else run._replace(text=_bonded(drawable(run.text))) for run in runs]
    size = max((run.face.size for run in kept), default=10.0)
    rows = list(_fill(_split_long(_words(kept), width), width, indent)) or [[]]
    _accompany(rows, width)
    lines = []
    for number, row in enumerate(rows):
        start = indent if number == 0 else 0.0
        way = Align.LEFT if align is Align.JUSTIFY and number == len(rows) - 1 else align
        lines.append(
            Line(tuple(_place(row, start, width, way)), size * leading, size * (0.9 + (leading - 1.107) / 2))
        )
    return lines


@lru_cache(maxsize=256)
def wrap_fixed(
    text: str, face: Face, width: float, align: Align = Align.LEFT, leading: float = LEADING
) -> tuple[Line, ...]:
    """Break a text that stands on every paper; remembered, so never for a citizen's words."""
    return tuple(wrap([Run(text, face)], width, align=align, leading=leading))


def height_of(lines: Sequence[Line]) -> float:
    """Return the height of a stack of lines in points."""
    return sum(line.height for line in lines)


def _bonded(text: str) -> str:
    """Keep a date, a time of day or an amount on one line."""
    if "ngày" in text or "giờ" in text or "đồng" in text:
        return _MOMENT.sub(lambda found: found[0].replace(" ", _BOND), text)
    return text


def _accompany(rows: "list[list[_Word]]", width: float) -> None:
    """Give a short word that would stand alone on the last line the word before it for company."""
    if len(rows) < 2 or len(rows[-1]) != 1 or len(rows[-2]) < 3:
        return
    alone, before = rows[-1][0], rows[-2][-1]
    fits = alone.width + before.gap + before.width <= width
    if alone.width < width * _LONE and fits and not (before.blank or before.solid or alone.solid):
        rows[-1].insert(0, rows[-2].pop())


class _Word:
    """Runs that stay together, and their width in points."""

    __slots__ = ("gap", "runs", "width")

    def __init__(self, *runs: Run) -> None:
        self.runs: list[Run] = []
        self.width = 0.0
        for run in runs:
            self.add(run)

    def add(self, run: Run) -> None:
        self.runs.append(run)
        self.width += run.width
        self.gap = text_width(" ", run.face)

    @property
    def blank(self) -> bool:
        """Whether this is only a wide gap, which has no business at the start of a line."""
        return self.runs[0].text.isspace() and len(self.runs) == 1

    @property
    def solid(self) -> bool:
        """Whether a row of dots or a box is in it."""
        return any(run.solid for run in self.runs)


def _words(runs: Iterable[Run]) -> list[_Word]:
    words: list[_Word] = []
    glued = False
    for run in runs:
        pieces = [run] if run.solid else [run._replace(text=part) for part in run.text.split(" ")]
        for number, piece in enumerate(pieces):
            glued = glued and number == 0
            if not (piece.text or piece.solid):
                continue
            if glued:
                words[-1].add(piece)
            else:
                words.append(_Word(piece))
            glued = True
    return words


def _split_long(words: Iterable[_Word], width: float) -> Iterator[_Word]:
    """Cut a word wider than a line into pieces that fit; never lose a letter."""
    for word in words:
        if word.width <= width:
            yield word
            continue
        part = _Word()
        for run in word.runs:
            for piece in [run] if run.solid else [run._replace(text=letter) for letter in run.text]:
                if part.runs and part.width + piece.width > width:
                    yield part
                    part = _Word()
                part.add(piece)
        yield part


def _fill(words: Iterable[_Word], width: float, indent: float) -> Iterator[list[_Word]]:
    row: list[_Word] = []
    room = width - indent
    for word in words:
        if not row and word.blank:
            continue
        needed = word.width + (row[-1].gap if row else 0.0)
        if row and needed > room + 0.01:
            yield row
            row, room, needed = [], width, word.width
            if word.blank:
                continue
        row.append(word)
        room -= needed
    if row:
        yield row


def _place(row: list[_Word], start: float, width: float, align: Align) -> Iterator[Placed]:
    slack = max(
        0.0, width - start - sum(word.width + word.gap for word in row) + (row[-1].gap if row else 0.0)
    )
    leaders = sum(1 for word in row for run in word.runs if run.leader)
    longer = slack / leaders if leaders else 0.0
    wider = slack / (len(row) - 1) if align is Align.JUSTIFY and len(row) > 1 and not leaders else 0.0
    if wider and wider > _GAPING * row[0].runs[0].face.size:
        wider = 0.0  # a line before a long word that stays whole: better ragged than torn apart
    if not leaders:
        start += {Align.CENTRE: slack / 2, Align.RIGHT: slack}.get(align, 0.0)
    return _strings(row, start, longer, wider)


def _strings(row: list[_Word], x: float, longer: float, wider: float) -> Iterator[Placed]:
    """Join what can be drawn in one go; a gap goes with the text before it, so copied text keeps it."""
    text, origin, like = "", x, row[0].runs[0] if row else None
    last = len(row) - 1
    for number, word in enumerate(row):
        for run in word.runs:
            if text and like and (run.solid or wider or run.face != like.face or run.lift != like.lift):
                yield Placed(origin, text, like.face, like.lift)
                text = ""
            if run.leader:
                yield _dots(x, run.leader + longer, run.face)
                x += run.leader + longer
                continue
            if run.mark:
                yield Placed(x, "", run.face, 0.0, run.mark)
            elif not text:
                like, origin = run, x
            text += run.text.replace(_BOND, " ")
            x += run.width
        if number < last:
            text += " " if text else ""
            x += word.gap + wider
    if text and like:
        yield Placed(origin, text, like.face, like.lift)


def _dots(x: float, length: float, face: Face) -> Placed:
    dot = text_width(".", face)
    count = max(3, int(length / dot))
    return Placed(x + max(0.0, length - count * dot), "." * count, face)
