"""The register (sổ theo dõi hồ sơ): which lines a period has, in the order of their numbers.

One book a counter and year, numbered 1, 2, 3 … to the year's end without a blank (Nghị định 61/2018/NĐ-CP,
Điều 39; Thông tư 01/2018/TT-VPCP, Điều 10: contents checked). A number nobody has is shown as such.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from counter_app.domain.period import Period
from counter_app.domain.register_numbers import Unused, unused_between
from counter_app.services.figures_port import RegisterEntry, RegisterPlace

if TYPE_CHECKING:
    from counter_app.services.ports import Queries

_AT_ONCE = 500  # lines read in one go


@dataclass(frozen=True, slots=True, kw_only=True)
class BookOfYear:
    """The part of one year's book that a period has.

    ``whole`` when the period is the year itself; then the book runs from number 1 to the last one ever
    taken, and it may be closed (khóa sổ) once ``over``.
    """

    counter: int
    year: int
    period: Period
    whole: bool
    over: bool
    places: tuple[RegisterPlace, ...]
    unused: tuple[Unused, ...]
    first: int
    last: int

    @property
    def volume(self) -> str:
        """Quyển số, as the slip names it."""
        return f"{self.counter}/{self.year}"

    @property
    def unused_count(self) -> int:
        """How many numbers nobody has."""
        return sum(each.last - each.first + 1 for each in self.unused)


def register_books(queries: "Queries", counter: int, period: Period, today: date) -> tuple[BookOfYear, ...]:
    """Return what each year of the period has; a year without any number is left out."""
    books = (_book(queries, counter, part, today) for part in period.by_year())
    return tuple(book for book in books if book.places or book.unused)


def _book(queries: "Queries", counter: int, period: Period, today: date) -> BookOfYear:
    year = period.first.year
    every = queries.register_places(counter, year, period)
    inside = tuple(place for place in every if place.inside)
    if period.whole_year:
        first, last = 1, max(queries.last_register_no(counter, year), _highest(every))
    else:
        first, last = (inside[0].register_no, _highest(inside)) if inside else (1, 0)
    return BookOfYear(
        counter=counter,
        year=year,
        period=period,
        whole=period.whole_year,
        over=today > period.last,
        places=inside,
        unused=tuple(unused_between((place.register_no for place in every), first, last)),
        first=first,
        last=last,
    )


def _highest(places: Sequence[RegisterPlace]) -> int:
    return places[-1].register_no if places else 0


def register_lines(queries: "Queries", book: BookOfYear) -> Iterator[RegisterEntry | Unused]:
    """Return the lines of a book by number, read as they are asked for."""
    gaps = list(book.unused)
    places = iter(book.places)
    while some := list(islice(places, _AT_ONCE)):
        for entry in queries.register_entries([place.number for place in some]):
            while gaps and gaps[0].last < entry.register_no:
                yield gaps.pop(0)
            yield entry
    yield from gaps
