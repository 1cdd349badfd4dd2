"""What the use cases need of the database about the lists of today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from counter_app.domain.dossier import Channel, ReturnBy
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.work_lists import WorkDay, WorkList

MOST_COUNTED = 10_000  # of what is unsent; a count that reaches it means "so many or more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What a list is narrowed to; "" and None narrow nothing. ``holder`` "" is the desk itself.

    ``text`` is matched as search does: codes, names without marks, numbers; too little narrows nothing.
    """

    text: str = ""
    sector: str = ""
    clerk: str = ""
    channel: str = ""
    holder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """A dossier as the lists show it. ``place`` is where it stands: the last row's begins the next page."""

    dossier_id: str
    dossier_code: str
    applicant: str
    personal_id_masked: str
    phone: str
    procedure: str
    sector: str
    status: DossierStatus
    channel: Channel
    return_by: ReturnBy
    clerk: str
    holder: str
    received_at: datetime
    due_at: datetime | None
    waiting_since: datetime | None
    resolved_at: datetime | None
    extended: bool
    originals_held: int
    unsent: bool
    place: tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrowingChoices:
    """What a list can be narrowed to: every value that occurs in it, sorted."""

    sectors: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    clerks: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


class WorklistQueries(Protocol):
    """Reads about the lists of today; what stands on a list is `domain.work_lists.lists_of`."""

    def work_counts(self, day: WorkDay) -> Mapping[WorkList, int]:
        """Return how many dossiers stand on every list, of the unsent `MOST_COUNTED` at most."""
        ...

    def pressing_count(self, day: WorkDay) -> int:
        """Return how many dossiers are late or due today."""
        ...

    def work_page(
        self,
        which: WorkList,
        day: WorkDay,
        narrowing: Narrowing,
        *,
        limit: int,
        after: tuple[str, int] | None = None,
    ) -> Sequence[WorkRow]:
        """Return the next rows of a list, the most pressing first, after the ``place`` of a row."""
        ...

    def work_total(self, which: WorkList, day: WorkDay, narrowing: Narrowing) -> int:
        """Return how many dossiers of a list the narrowing leaves."""
        ...

    def work_choices(self, which: WorkList, day: WorkDay) -> NarrowingChoices:
        """Return what a list can be narrowed to."""
        ...

    def draft_count(self) -> int:
        """Return how many drafts there are."""
        ...


class WorklistWrites(WorklistQueries, Protocol):
    """The lists are only read; they follow from what the acts write."""
