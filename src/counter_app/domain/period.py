"""A stretch of whole days, as reports count it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from counter_app.domain.errors import BadInput
from counter_app.domain.working_calendar import OFFICE_ZONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From the first day 00:00 to the last day 24:00, both in office time.

    Raises:
        BadInput: ``days_reversed`` (first, last).
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.last < self.first:
            raise BadInput("days_reversed", first=self.first, last=self.last)

    @classmethod
    def of_day(cls, day: date) -> "Period":
        """Return the period of one day."""
        return cls(first=day, last=day)

    @classmethod
    def of_year(cls, year: int) -> "Period":
        """Return the period of a calendar year."""
        return cls(first=date(year, 1, 1), last=date(year, 12, 31))

    @property
    def begins_at(self) -> datetime:
        """The first moment of the period."""
        return day_begins(self.first)

    @property
    def ends_at(self) -> datetime:
        """The first moment after the period."""
        return day_begins(self.last + timedelta(days=1))

    @property
    def whole_year(self) -> bool:
        """Whether the period is exactly a calendar year."""
        return self == Period.of_year(self.first.year)

    def by_year(self) -> tuple["Period", ...]:
        """Return the parts of the period within each calendar year, oldest first."""
        years = range(self.first.year, self.last.year + 1)
        return tuple(
            Period(first=max(self.first, date(year, 1, 1)), last=min(self.last, date(year, 12, 31)))
            for year in years
        )

    def judged_on(self, today: date) -> date:
        """Return the first day that is not over when the period is judged.

        What was due before that day is late: a period that still runs is judged as it stands today.
        """
        return min(today, self.last + timedelta(days=1))


def day_begins(day: date) -> datetime:
    """Return 00:00 of a day in office time."""
    return datetime(day.year, day.month, day.day, tzinfo=OFFICE_ZONE)


def day_of(moment: datetime) -> date:
    """Return the day of a moment in office time."""
    return moment.astimezone(OFFICE_ZONE).date()
