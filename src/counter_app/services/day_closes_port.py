"""What the use cases need of the database about closed days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from counter_app.domain.day_close import FoundItem
from counter_app.domain.period import Period

if TYPE_CHECKING:
    from counter_app.domain.day_close import DayClose


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMany:
    """How many there are, and the first of them."""

    count: int = 0
    items: tuple[FoundItem, ...] = ()


class DayCloseQueries(Protocol):
    """Reads about closed days; the database is one desk's, so a day is closed for all of it."""

    def day_close(self, close_id: str) -> "DayClose | None":
        """Return one closing, reopened or not, or None."""
        ...

    def last_day_close(self) -> "DayClose | None":
        """Return the closing of the last day that is closed, or None."""
        ...

    def closings_of_day(self, counter: int, day: date) -> "Sequence[DayClose]":
        """Return every closing of a day, reopened ones too, oldest first."""
        ...

    def day_closes(self, limit: int = 60) -> "Sequence[DayClose]":
        """Return the closings that stand, the latest day first."""
        ...

    def first_open_day(self, after: date | None, until: date) -> date | None:
        """Return the first day after `after`, up to `until`, on which anything happened, or None."""
        ...

    def failed_papers(self, period: Period) -> FoundMany:
        """Return the papers that failed to print in the period, or perhaps did, and never left since."""
        ...

    def still_at_the_desk(self, before: datetime) -> FoundMany:
        """Return the dossiers received before a moment that nobody has taken over."""
        ...

    def results_missing(self, period: Period) -> FoundMany:
        """Return the dossiers promised for the period that still run."""
        ...

    def drafts_of(self, period: Period) -> FoundMany:
        """Return the drafts last touched in the period, by masked name and procedure."""
        ...

    def told_tips(self) -> "Sequence[tuple[str, date, int, str]]":
        """Return the tips of the audit log that sheets told: closing, its day, place and digits."""
        ...

    def chain_tip(self) -> str:
        """Return the last 8 hex digits of the outbox chain; "" before the first event."""
        ...


class DayCloseWrites(DayCloseQueries, Protocol):
    """Writes about closed days; part of one act."""

    def add_day_close(self, close: "DayClose") -> None:
        """Write a closing; a day has one that stands."""
        ...

    def reopen_day_close(self, close: "DayClose") -> None:
        """Write when, by whom and why a closing was taken back; nothing else of it changes."""
        ...
