"""Fills pages with slices, the smallest strips that stay on one page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from counter_app.printing.pen import Pen
from counter_app.printing.runs import Line

Draw = Callable[[Pen, float, float], None]


@dataclass(frozen=True, slots=True)
class Slice:
    """A strip of the column: `draw(pen, x, top)`, all distances in points.

    ``keep`` ties it to the next slice; ``again`` is drawn first when a page starts with this slice
    (the head of a table); ``air`` vanishes at the top of a page.
    """

    height: float
    draw: Draw
    keep: bool = False
    again: "Slice | None" = None
    air: bool = False


_SHORT = 4  # lines of a text that is never parted
Page = list[tuple[float, Slice]]


def space(height: float, *, keep: bool = False) -> Slice:
    """Return `height` points of nothing."""
    return Slice(height, _nothing, keep=keep, air=True)


def _nothing(_pen: Pen, _x: float, _top: float) -> None:
    return None


def text_slices(lines: Iterable[Line], *, dx: float = 0.0, keep: bool = False) -> list[Slice]:
    """Return one slice a line, moved `dx` points to the right."""

    def slice_of(line: Line) -> Slice:
        def draw(pen: Pen, x: float, top: float) -> None:
            pen.write_line(x + dx, top, line)

        return Slice(line.height, draw, keep=keep)

    return [slice_of(line) for line in lines]


def height(slices: Iterable[Slice]) -> float:
    """Return the height of a stack of slices in points."""
    return sum(one.height for one in slices)


def tied(slices: Sequence[Slice]) -> list[Slice]:
    """Tie slices together; the last one keeps its own tie to what follows."""
    return [replace(one, keep=True) for one in slices[:-1]] + list(slices[-1:])


def together(slices: Sequence[Slice]) -> list[Slice]:
    """Tie the lines of one text: a short one wholly, of a long one two lines at either end."""
    if len(slices) <= _SHORT:
        return tied(slices)
    return [*tied(slices[:2]), *slices[2:-2], *tied(slices[-2:])]


def paginate(slices: Sequence[Slice], first: float, other: float) -> list[Page]:
    """Distribute slices over pages with room for `first` and then `other` points.

    Tied slices move together to the next page; only a group higher than a whole page is split.
    """
    pages: list[Page] = [[]]
    used, room = 0.0, first
    for group in _groups(slices):
        tall = height(group)
        fits_fresh = tall + (group[0].again.height if group[0].again else 0.0) <= other
        if used and tall > room - used and (fits_fresh or group[0].height > room - used):
            used, room = _turn(pages, group[0]), other
        for one in group:
            if pages[-1] and one.height > room - used:
                used, room = _turn(pages, one), other
            if one.air and not pages[-1]:
                continue
            pages[-1].append((used, one))
            used += one.height
    return pages


def _groups(slices: Sequence[Slice]) -> Iterable[list[Slice]]:
    group: list[Slice] = []
    for one in slices:
        group.append(one)
        if not one.keep:
            yield group
            group = []
    if group:
        yield group


def _turn(pages: list[Page], upcoming: Slice) -> float:
    """Start a page, with the table head when `upcoming` asks for it; return the height used."""
    if pages[-1]:
        pages.append([])
    if upcoming.again is None:
        return 0.0
    pages[-1].append((0.0, upcoming.again))
    return upcoming.again.height


def draw_page(pen: Pen, page: Page, x: float, top: float) -> None:
    """Draw the slices of a page whose column starts at (`x`, `top`) points."""
    for offset, one in page:
        one.draw(pen, x, top + offset)
