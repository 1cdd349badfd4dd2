"""What the use cases need of the database about papers given before anything was received."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter_app.domain.intake_notice import GuidanceCount, IntakeNotice, NoticeCount


class IntakeNoticeQueries(Protocol):
    """Reads about supplement requests, refusals and guidance given before anything was received."""

    def intake_notice(self, notice_id: str) -> "IntakeNotice | None":
        """Return one notice, or None."""
        ...

    def notices_of_draft(self, draft_id: str) -> "Sequence[IntakeNotice]":
        """Return the notices of one visit, oldest first."""
        ...

    def notices_of_person(self, personal_id: str, limit: int = 50) -> "Sequence[IntakeNotice]":
        """Return the notices given to a citizen, newest first."""
        ...

    def last_notices(self, draft_ids: Collection[str]) -> "Mapping[str, IntakeNotice]":
        """Return the last paper given in each of these visits, by draft."""
        ...

    def notice_counts(self, first_day: date, last_day: date) -> "Sequence[NoticeCount]":
        """Return how many papers were given before a receipt, by kind and procedure; both days count."""
        ...

    def guidance_counts(self, first_day: date, last_day: date) -> "Sequence[GuidanceCount]":
        """Return how often citizens were shown how to apply online, by procedure; both days count."""
        ...


class IntakeNoticeWrites(IntakeNoticeQueries, Protocol):
    """Writes about notices given before anything was received; part of one act."""

    def add_intake_notice(self, notice: "IntakeNotice") -> None:
        """Write a new notice."""
        ...
