"""A calendar for the tests, written by hand from the announcements, apart from the shipped data."""

from datetime import date, time

from counter_app.domain.working_calendar import (
    Certainty,
    DayOff,
    Session,
    SwappedWorkday,
    WeekPattern,
    WorkingCalendar,
)

ORDINARY = (Session(time(7), time(11, 30)), Session(time(13, 30), time(17)))
WEEK = WeekPattern(sessions=(ORDINARY,) * 5 + ((), ()))
SATURDAY_MORNINGS = WeekPattern(sessions=(ORDINARY,) * 5 + ((Session(time(7, 30), time(11)),), ()))
SUMMER = WeekPattern(
    sessions=((Session(time(6, 30), time(11)), Session(time(13), time(16, 30))),) * 5 + ((), ()),
    from_month_day=(4, 16),
    to_month_day=(10, 15),
)


def _off(name: str, *days: date, certainty: Certainty = Certainty.OFFICIAL) -> list[DayOff]:
    return [DayOff(date=day, name=name, certainty=certainty) for day in days]


CALENDAR = WorkingCalendar(
    version="test-1",
    patterns=(WEEK,),
    first_day=date(2026, 1, 1),
    last_day=date(2027, 12, 31),
    provisional_years=frozenset({2027}),
    days_off=tuple(
        _off("Tết Dương lịch", date(2026, 1, 1), date(2027, 1, 1))
        + _off("Nghỉ hoán đổi", date(2026, 1, 2), date(2026, 8, 31))
        + _off("Tết Nguyên đán", *(date(2026, 2, day) for day in range(16, 21)))
        + _off("Giỗ Tổ Hùng Vương", date(2026, 4, 27))
        + _off("Ngày Chiến thắng", date(2026, 4, 30))
        + _off("Quốc tế Lao động", date(2026, 5, 1))
        + _off("Quốc khánh", date(2026, 9, 1), date(2026, 9, 2))
        + _off("Ngày Văn hóa Việt Nam", date(2026, 11, 24))
        + _off(
            "Tết Nguyên đán",
            *(date(2027, 2, day) for day in (4, 5, 8, 9, 10)),
            certainty=Certainty.PROVISIONAL,
        )
    ),
    swapped=(
        SwappedWorkday(date=date(2026, 1, 10), name="Làm bù ngày 2/1/2026"),
        SwappedWorkday(date=date(2026, 8, 22), name="Làm bù ngày 31/8/2026"),
    ),
)
