"""The sessions of an office as JSON, in the words of resources/calendars/sessions.yaml."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from counter_app.domain.errors import BadInput
from counter_app.domain.working_calendar import Session, WeekPattern

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MAX_PATTERNS = 4  # the whole year and three seasons
_KEYS = {"working_weekdays", "sessions", "from", "to"}
_LEAP_YEAR = 2024


def patterns_to_json(patterns: Sequence[WeekPattern]) -> list[dict[str, Any]]:
    """Return the patterns as a JSON list; the season is left out where it is the whole year."""
    return [_pattern_to_json(pattern) for pattern in patterns]


def patterns_from_json(value: object) -> tuple[WeekPattern, ...]:
    """Read the patterns; the first is for the whole year, a later one replaces it in its season.

    Raises:
        BadInput: ``bad_session`` (start, end), ``bad_week_pattern`` (problem).
    """
    if not isinstance(value, list) or not value:
        raise _bad("no_pattern")
    if len(value) > MAX_PATTERNS:
        raise _bad("too_many_seasons")
    patterns = tuple(_pattern(entry) for entry in value)
    if not patterns[0].all_year:
        raise _bad("first_pattern_must_cover_the_year")
    return patterns


def session_to_text(session: Session) -> str:
    """Return "07:00-11:30"."""
    return f"{session.start:%H:%M}-{session.end:%H:%M}"


def session_from_text(text: str) -> Session:
    """Read "07:00-11:30", "7h-11h30" or "7:00 – 11:30".

    Raises:
        BadInput: ``bad_session``.
    """
    start, _separator, end = text.replace("–", "-").partition("-")
    try:
        return Session(_time(start), _time(end))
    except ValueError as problem:
        raise BadInput("bad_session", start=start.strip()[:10], end=end.strip()[:10]) from problem


def _time(text: str) -> time:
    hour, _separator, minute = text.strip().lower().replace("h", ":").partition(":")
    if not hour.isdigit() or not (minute or "0").isdigit():
        raise ValueError(text)
    return time(int(hour), int(minute or 0))


def _pattern_to_json(pattern: WeekPattern) -> dict[str, Any]:
    of_days = {
        name: [session_to_text(session) for session in sessions]
        for name, sessions in zip(WEEKDAYS, pattern.sessions, strict=True)
        if sessions
    }
    written: dict[str, Any] = {
        "working_weekdays": [WEEKDAYS[day] for day in sorted(pattern.working_weekdays)],
        "sessions": of_days,
    }
    if not pattern.all_year:
        written["from"] = "{:02}-{:02}".format(*pattern.from_month_day)
        written["to"] = "{:02}-{:02}".format(*pattern.to_month_day)
    return written


def _pattern(entry: object) -> WeekPattern:
    if (
        not isinstance(entry, dict)
        or not entry.keys() <= _KEYS
        or not isinstance(entry.get("sessions"), dict)
    ):
        raise _bad("unreadable")
    sessions, working = entry["sessions"], entry.get("working_weekdays", list(WEEKDAYS[:5]))
    if (
        not sessions.keys() <= set(WEEKDAYS)
        or not isinstance(working, list)
        or not all(day in WEEKDAYS for day in working)
    ):
        raise _bad("unknown_weekday")
    return WeekPattern(
        sessions=tuple(_sessions(sessions.get(name, [])) for name in WEEKDAYS),
        working_weekdays=frozenset(map(WEEKDAYS.index, working)),
        from_month_day=_month_day(entry.get("from", "01-01")),
        to_month_day=_month_day(entry.get("to", "12-31")),
    )


def _sessions(texts: object) -> tuple[Session, ...]:
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise _bad("unreadable")
    return tuple(session_from_text(text) for text in texts)


def _month_day(text: object) -> tuple[int, int]:
    """Read "05-15"; 29 February is a day of the year."""
    try:
        day = date.fromisoformat(f"{_LEAP_YEAR}-{text}")
    except ValueError as problem:
        raise _bad("no_such_day") from problem
    return day.month, day.day


def _bad(problem: str) -> BadInput:
    return BadInput("bad_week_pattern", problem=problem)
