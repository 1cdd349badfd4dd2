"""The lists of today's work: how many stand on each, and their rows, page by page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.work_lists import WorkDay, WorkList, work_day
from counter_app.services.worklists_port import Narrowing, NarrowingChoices, WorkRow

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

PAGE = 200
# What waits for somebody at this desk; the other lists wait for citizens, officers or the server.
NEEDS_THE_CLERK = (WorkList.LATE, WorkList.DUE_TODAY, WorkList.TO_HAND_OVER, WorkList.RESULTS_READY)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCounts:
    """How much there is to do. ``day`` are the moments it was counted by."""

    day: WorkDay
    lists: Mapping[WorkList, int]
    drafts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPage:
    """The beginning of a list; ``total`` counts all that the narrowing leaves."""

    which: WorkList
    narrowing: Narrowing
    day: WorkDay
    rows: tuple[WorkRow, ...]
    total: int
    choices: NarrowingChoices

    @property
    def more(self) -> bool:
        """Whether rows follow."""
        return len(self.rows) < self.total


def counts(desk: "Desk") -> WorkCounts:
    """Count every list as of now, all in one consistent read."""
    day = _today(desk)
    with desk.store.reading() as queries:
        return WorkCounts(day=day, lists=queries.work_counts(day), drafts=queries.draft_count())


def pressing(desk: "Desk") -> int:
    """Return how many dossiers are late or due today: what must not be left for tomorrow.

    Counts nothing else: the rail asks after every act, and a scanned slip waits behind it.
    """
    day = _today(desk)
    with desk.store.reading() as queries:
        return queries.pressing_count(day)


def first_page(desk: "Desk", which: WorkList, narrowing: Narrowing, *, limit: int = PAGE) -> WorkPage:
    """Return the most pressing `limit` dossiers of a list as of now."""
    day = _today(desk)
    with desk.store.reading() as queries:
        return WorkPage(
            which=which,
            narrowing=narrowing,
            day=day,
            rows=tuple(queries.work_page(which, day, narrowing, limit=limit)),
            total=queries.work_total(which, day, narrowing),
            choices=queries.work_choices(which, day),
        )


def next_rows(desk: "Desk", page: WorkPage, after: WorkRow, *, limit: int = PAGE) -> Sequence[WorkRow]:
    """Return the rows that follow `after`, by the moments the page was made with."""
    with desk.store.reading() as queries:
        return queries.work_page(page.which, page.day, page.narrowing, limit=limit, after=after.place)


def every_row(desk: "Desk", which: WorkList, narrowing: Narrowing) -> Iterator[WorkRow]:
    """Yield the whole list as of now, read in pieces out of one consistent view."""
    day = _today(desk)
    with desk.store.reading() as queries:
        after: tuple[str, int] | None = None
        while rows := queries.work_page(which, day, narrowing, limit=10 * PAGE, after=after):
            yield from rows
            after = rows[-1].place


def _today(desk: "Desk") -> WorkDay:
    return work_day(desk.clock.now(), desk.calendar())
