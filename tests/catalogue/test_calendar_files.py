"""The shipped calendars against the announcements, an independent library, and damaged copies."""

import shutil
from datetime import date, datetime, time
from pathlib import Path

import holidays
import msgspec
import pytest

from counter_app.catalogue.calendar_files import calendar_files, load_calendar
from counter_app.domain.due_date import promise
from counter_app.domain.errors import BadInput
from counter_app.domain.processing_time import ProcessingTime
from counter_app.domain.working_calendar import OFFICE_ZONE, Certainty, Session, WorkingCalendar

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "calendars"
YEARS = range(2024, 2029)


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    return load_calendar(SHIPPED)


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "calendars"))


def test_the_calendar_covers_2024_to_2028_and_nothing_else(calendar):
    assert (calendar.first_day, calendar.last_day) == (date(2024, 1, 1), date(2028, 12, 31))
    assert calendar.provisional_years == {2027, 2028}


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-08 2024-02-14 2024-04-18 2024-04-29 2024-09-03",
        "2025-01-27 2025-01-31 2025-04-07 2025-05-02 2025-09-01",
        "2026-01-02 2026-02-16 2026-02-20 2026-04-27 2026-08-31 2026-09-01 2026-11-24",
        "2027-02-08 2027-05-03 2027-11-24",
        "2028-01-26 2028-09-04",
    ],
)
def test_announced_days_off(calendar, text):
    for day in text.split():
        assert calendar.status_of(date.fromisoformat(day)).reason == "holiday", day


@pytest.mark.parametrize("text", ["2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"])
def test_announced_swapped_workdays_are_saturdays_worked_like_any_day(calendar, text):
    day = date.fromisoformat(text)
    assert day.weekday() == 5
    assert calendar.status_of(day).reason == "swapped_workday"
    assert calendar.sessions_on(day) == (Session(time(7), time(11, 30)), Session(time(13, 30), time(17)))


@pytest.mark.parametrize("text", ["2024-11-25", "2025-11-24", "2026-02-13", "2026-02-23", "2026-11-23"])
def test_days_that_stay_working_days(calendar, text):
    assert calendar.is_working_day(date.fromisoformat(text))


def test_the_day_of_culture_is_off_only_from_2026(calendar):
    off = {day.date.year for day in calendar.days_off if (day.date.month, day.date.day) == (11, 24)}
    assert off == {2026, 2027, 2028}


def test_tet_of_undecided_years_is_provisional_and_the_decided_years_are_not(calendar):
    provisional = {day.date for day in calendar.days_off if day.certainty is Certainty.PROVISIONAL}
    assert date(2027, 2, 6) in provisional
    assert date(2028, 1, 26) in provisional
    assert {day.year for day in provisional} == {2027, 2028}


def test_only_decisions_read_in_a_public_source_claim_to_be_verified(calendar):
    verified = {entry.date for entry in (*calendar.days_off, *calendar.swapped) if entry.verified}
    assert verified == {date(2026, 1, 2), date(2026, 1, 10)}
    assert all(entry.decision for entry in (*calendar.days_off, *calendar.swapped))


# What our table knows better than the library, or the library counts and the announcements do not.
MISSING_IN_LIBRARY = {date(2026, 1, 2)}
WORKED_MISSING_IN_LIBRARY = {date(2026, 1, 10)}
ONLY_IN_LIBRARY = {
    date(2025, 2, 1),  # mùng 4 Tết, an ordinary Saturday in the announcement
    date(2028, 1, 29),  # the same, estimated
}


def test_the_table_agrees_with_an_independent_library_but_for_known_differences(calendar):
    library = holidays.country_holidays("VN", years=YEARS)
    ours = {day.date for day in calendar.days_off}
    assert ours - set(library) == MISSING_IN_LIBRARY
    assert set(library) - ours == ONLY_IN_LIBRARY
    worked = {day for day in library.weekend_workdays if day.year in YEARS}
    assert {day.date for day in calendar.swapped} - worked == WORKED_MISSING_IN_LIBRARY
    assert worked <= {day.date for day in calendar.swapped}


@pytest.mark.parametrize(
    ("received", "limit", "due"),
    [
        ((2026, 11, 23, 9), "5wd", (2026, 12, 1, 9)),
        ((2026, 1, 7, 10), "3wd", (2026, 1, 10, 10)),
        ((2024, 5, 3, 10), "1wd", (2024, 5, 4, 10)),
        ((2025, 1, 24, 16), "8wh", (2025, 2, 3, 16)),
        ((2028, 12, 20, 9), "5wd", (2028, 12, 27, 9)),
    ],
)
def test_promises_on_the_shipped_calendar(calendar, received, limit, due):
    made = promise(
        datetime(*received, tzinfo=OFFICE_ZONE),
        ProcessingTime.parse(limit),
        same_day=False,
        no_promise=False,
        calendar=calendar,
    )
    assert made.due_at == datetime(*due, tzinfo=OFFICE_ZONE)
    assert made.calendar_version == calendar.version


def test_a_calendar_survives_the_compiled_cache(calendar):
    packed = msgspec.msgpack.encode(calendar)
    again = msgspec.msgpack.decode(packed, type=WorkingCalendar)
    assert again == calendar
    assert again.status_of(date(2026, 11, 24)) == calendar.status_of(date(2026, 11, 24))


def test_the_version_changes_with_any_byte_but_not_with_line_ends(folder, calendar):
    for path in calendar_files(folder):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_calendar(folder).version == calendar.version
    edit(folder, "vn-2028.yaml", "name: Tết Dương lịch", "name: Tết dương lịch")
    assert load_calendar(folder).version != calendar.version


def test_seasons_and_saturday_mornings_are_read(folder):
    edit(folder, "sessions.yaml", "      fri: [07:00", "      sat: [07:30-11:00]\n      fri: [07:00")
    with (folder / "sessions.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "  - {from: 04-16, to: 10-15, working_weekdays: [mon], sessions: {mon: [06:30-11:00]}}\n"
        )
    calendar = load_calendar(folder)
    assert calendar.sessions_on(date(2026, 11, 21)) == (Session(time(7, 30), time(11)),)
    assert not calendar.is_working_day(date(2026, 11, 21))
    assert calendar.sessions_on(date(2026, 6, 1)) == (Session(time(6, 30), time(11)),)
    assert not calendar.is_working_day(date(2026, 6, 2))


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "field"),
    [
        ("vn-2026.yaml", "date: 2026-01-01", "date: 2026-13-01", "days_off.0.date"),
        ("vn-2026.yaml", "date: 2026-01-01", "date: 2025-01-01", "days_off.0.date"),
        ("vn-2026.yaml", "date: 2026-01-02", "date: 2026-01-01  # twice", "days_off.1.date"),
        ("vn-2026.yaml", "date: 2026-08-22", "date: 2026-01-10  # again", "swapped_workdays.1.date"),
        ("vn-2026.yaml", "date: 2026-01-01", "date: 1/1/2026", "days_off.0.date"),
        ("vn-2026.yaml", "year: 2026", "year: 2025", "year"),
        ("vn-2026.yaml", "certainty: official", "certainty: maybe", "certainty"),
        ("vn-2026.yaml", "    verified: true", "    verifed: true", "days_off.1.verifed"),
        ("vn-2026.yaml", "date: 2026-01-10", "date: 2026-01-12", "swapped_workdays.0.date"),
        ("vn-2026.yaml", "instead_of: 2026-01-02", "instead_of: 2026-01-05", "swapped_workdays.0.instead_of"),
        ("sessions.yaml", "07:00-11:30", "11:30-07:00", "patterns.0.sessions.mon.0"),
        ("sessions.yaml", "07:00-11:30", "7h-11h30", "patterns.0.sessions.mon.0"),
        (
            "sessions.yaml",
            "sessions:\n      mon: [07:00",
            "sessions:\n      mon: [12:00-14:00, 07:00",
            "patterns.0.sessions",
        ),
        ("sessions.yaml", "fri]\n    sessions:", "fri, sat]\n    sessions:  # none", "patterns.0.sessions"),
        ("sessions.yaml", "  - working", "  - from: 01-02\n    to: 02-03\n    working", "patterns.0.from"),
    ],
)
def test_a_bad_file_is_refused_with_its_line_and_field(folder, name, old, new, field):
    edit(folder, name, old, new)
    with pytest.raises(BadInput) as refusal:
        load_calendar(folder)
    params = refusal.value.params
    assert refusal.value.code == "bad_data_file"
    assert (params["file"], params["field"]) == (f"calendars/{name}", field)
    text = (folder / name).read_text(encoding="utf-8")
    first_line = text[: text.index(new)].count("\n") + 1
    # Where the edit spans lines, the fault is on one of them.
    assert first_line <= params["line"] <= first_line + new.count("\n")
    assert params["problem"]


def test_a_year_left_out_is_noticed(folder):
    (folder / "vn-2026.yaml").unlink()
    with pytest.raises(BadInput) as refusal:
        load_calendar(folder)
    assert refusal.value.params["file"] == "calendars/vn-2027.yaml"
    assert refusal.value.params["field"] == "year"


def test_no_years_at_all_is_noticed(folder):
    for path in folder.glob("vn-*.yaml"):
        path.unlink()
    with pytest.raises(BadInput, match="bad_data_file"):
        load_calendar(folder)
