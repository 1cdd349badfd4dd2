"""Reads resources/calendars: one file of days off a year, and the default sessions."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any, TypeVar

from counter_app.catalogue.data_file import DataFile, bad_data_file, open_data_file
from counter_app.catalogue.plain_yaml import FieldPath
from counter_app.domain.errors import BadInput
from counter_app.domain.working_calendar import (
    Certainty,
    DayOff,
    Session,
    SwappedWorkday,
    WeekPattern,
    WorkingCalendar,
)

_T = TypeVar("_T")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def calendar_files(folder: Path) -> tuple[Path, ...]:
    """Return the data files a calendar is built from, sessions first, then the years in order."""
    return (folder / "sessions.yaml", *sorted(folder.glob("vn-*.yaml")))


def load_calendar(folder: Path, schemas: Path | None = None) -> WorkingCalendar:
    """Build the working calendar from the files in `folder`; its schemas lie there too unless given.

    Its version is the newest version of the files and a digest of them all, so that a promise pins
    exactly the data it was computed from.

    Raises:
        BadInput: ``bad_data_file`` with ``file``, ``line``, ``field``, ``problem`` and ``value``.
    """
    sessions_path, *year_paths = calendar_files(folder)
    schemas = schemas or folder
    sessions = open_data_file(sessions_path, schemas / "sessions.schema.json", root=folder.parent)
    schema = schemas / "calendar.schema.json"
    years = [open_data_file(path, schema, root=folder.parent) for path in year_paths]
    if not years:
        raise bad_data_file(folder.name, 1, (), "no calendar years")
    _check_years(years)
    numbers = [file.data["year"] for file in years]
    return WorkingCalendar(
        version=_version((sessions, *years), (sessions_path, *year_paths)),
        patterns=_patterns(sessions),
        first_day=date(numbers[0], 1, 1),
        last_day=date(numbers[-1], 12, 31),
        days_off=tuple(day for file in years for day in _days_off(file)),
        swapped=tuple(day for file in years for day in _swapped(file)),
        provisional_years=frozenset(
            file.data["year"] for file in years if file.data["certainty"] == Certainty.PROVISIONAL
        ),
    )


def _version(files: Sequence[DataFile], paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        # A checkout on Windows has other line ends, yet the same calendar.
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return f"{max(file.data['version'] for file in files)}-{digest.hexdigest()[:8]}"


def _check_years(years: Sequence[DataFile]) -> None:
    """Check what a schema cannot: the year of the file, no gap between years, swaps that match."""
    expected = years[0].data["year"]
    days_off = {entry["date"] for file in years for entry in file.data["days_off"]}
    for file in years:
        if not file.name.endswith(f"vn-{file.data['year']}.yaml"):
            raise file.fault(("year",), "differs from the year in the file name", str(file.data["year"]))
        if file.data["year"] != expected:
            raise file.fault(("year",), "a year is missing before", str(file.data["year"]))
        expected += 1
        _check_days(file)
        _check_swaps(file, days_off)


def _check_days(file: DataFile) -> None:
    seen: set[date] = set()
    for path in _day_paths(file):
        day = _date_at(file, path)
        if day in seen:
            raise file.fault(path, "date listed twice", day.isoformat())
        seen.add(day)


def _check_swaps(file: DataFile, days_off: set[str]) -> None:
    for index, entry in enumerate(file.data.get("swapped_workdays", ())):
        path = ("swapped_workdays", index)
        if date.fromisoformat(entry["date"]).weekday() < 5:
            raise file.fault((*path, "date"), "a swapped workday must be a Saturday or Sunday", entry["date"])
        if entry["instead_of"] not in days_off:
            raise file.fault((*path, "instead_of"), "is not among the days off", entry["instead_of"])


def _day_paths(file: DataFile) -> list[FieldPath]:
    return [
        (kind, index, "date")
        for kind in ("days_off", "swapped_workdays")
        for index in range(len(file.data.get(kind, ())))
    ]


def _date_at(file: DataFile, path: FieldPath) -> date:
    text: Any = file.data
    for step in path:
        text = text[step]
    day = _parsed(file, path, text, date.fromisoformat)
    if day.year != file.data["year"]:
        raise file.fault(path, "date of another year", text)
    return day


def _days_off(file: DataFile) -> list[DayOff]:
    return [DayOff(**_day_fields(entry)) for entry in file.data["days_off"]]


def _swapped(file: DataFile) -> list[SwappedWorkday]:
    return [SwappedWorkday(**_day_fields(entry)) for entry in file.data.get("swapped_workdays", ())]


def _day_fields(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "date": date.fromisoformat(entry["date"]),
        "name": entry["name"],
        "decision": entry["decision"],
        "certainty": Certainty(entry.get("certainty", Certainty.OFFICIAL)),
        "verified": entry.get("verified", False),
    }


def _patterns(file: DataFile) -> tuple[WeekPattern, ...]:
    if "from" in file.data["patterns"][0]:
        raise file.fault(("patterns", 0, "from"), "the first pattern must be for the whole year")
    return tuple(_pattern(file, index) for index in range(len(file.data["patterns"])))


def _pattern(file: DataFile, index: int) -> WeekPattern:
    entry, path = file.data["patterns"][index], ("patterns", index)
    sessions = tuple(_sessions(file, (*path, "sessions", weekday)) for weekday in _WEEKDAYS)
    try:
        return WeekPattern(
            sessions=sessions,
            working_weekdays=frozenset(map(_WEEKDAYS.index, entry["working_weekdays"])),
            from_month_day=_month_day(entry.get("from", "01-01")),
            to_month_day=_month_day(entry.get("to", "12-31")),
        )
    except BadInput as error:
        problem = str(error.params["problem"]).replace("_", " ")
        raise file.fault((*path, "sessions"), problem) from error


def _sessions(file: DataFile, path: FieldPath) -> tuple[Session, ...]:
    of_weekdays = file.data["patterns"][path[1]]["sessions"]
    return tuple(
        _parsed(file, (*path, index), text, _session)
        for index, text in enumerate(of_weekdays.get(path[-1], ()))
    )


def _session(text: str) -> Session:
    start, end = map(time.fromisoformat, text.split("-"))
    return Session(start, end)


def _month_day(text: str) -> tuple[int, int]:
    month, day = map(int, text.split("-"))
    return month, day


def _parsed(file: DataFile, path: FieldPath, text: str, parse: Callable[[str], _T]) -> _T:
    try:
        return parse(text)
    except (ValueError, BadInput) as error:
        raise file.fault(path, "no such date or hours", text) from error
