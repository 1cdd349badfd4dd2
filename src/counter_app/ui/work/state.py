"""What the screen of today's work shows."""

from dataclasses import dataclass, field

from counter_app.domain.work_lists import WorkList
from counter_app.services.work_lists import WorkCounts, WorkPage
from counter_app.services.worklists_port import Narrowing, WorkRow


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkState:
    """``page`` is None before the first answer; ``rows`` are its rows and those loaded since.

    ``ticked`` holds ids. ``error`` is a message instead of the list.
    """

    which: WorkList = WorkList.DUE_TODAY
    narrowing: Narrowing = field(default_factory=Narrowing)
    counts: WorkCounts | None = None
    page: WorkPage | None = None
    rows: tuple[WorkRow, ...] = ()
    ticked: frozenset[str] = frozenset()
    loading: bool = False
    error: str = ""

    @property
    def more(self) -> bool:
        """Whether rows wait in the database."""
        return self.page is not None and len(self.rows) < self.page.total

    @property
    def chosen(self) -> tuple[WorkRow, ...]:
        """The ticked rows, in the order of the list."""
        return tuple(row for row in self.rows if row.dossier_id in self.ticked)

    @property
    def narrowed(self) -> bool:
        """Whether something is left out by the clerk's wish."""
        return self.narrowing != Narrowing()
