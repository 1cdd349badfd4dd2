"""The day in the offices' own time."""

from datetime import date, datetime, timedelta, timezone

OFFICE_TIME = timezone(timedelta(hours=7), "ICT")  # the whole country, without daylight saving


def day_of(moment: datetime) -> date:
    """Return the day a moment falls on in the offices."""
    return moment.astimezone(OFFICE_TIME).date()
