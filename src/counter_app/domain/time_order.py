"""Which of two time limits is the shorter one, and which limit may be decided locally for a case."""

from typing import TYPE_CHECKING

from counter_app.domain.processing_time import ProcessingTime, TimeUnit

if TYPE_CHECKING:
    from counter_app.domain.procedure import ProcedureCase

_HOURS_A_DAY = 8
_DAYS_A_WEEK, _WORKING_DAYS_A_WEEK = 7, 5


def at_most(limit: ProcessingTime, other: ProcessingTime) -> bool:
    """Tell whether `limit` is never longer than `other` in weeks without holidays.

    A working day is eight working hours. Calendar days are at most as long as as many working days;
    working days are taken as five a week when the other limit counts calendar days, so over a run of
    holidays such a limit can end later than the other.
    """
    calendar = TimeUnit.CALENDAR_DAY
    if (limit.unit is calendar) == (other.unit is calendar):
        return _hours(limit) <= _hours(other)
    if limit.unit is calendar:
        return limit.amount * _HOURS_A_DAY <= _hours(other)
    return _hours(limit) * _DAYS_A_WEEK <= other.amount * _HOURS_A_DAY * _WORKING_DAYS_A_WEEK


def may_decide(case: "ProcedureCase", limit: ProcessingTime) -> bool:
    """Tell whether a province or an office may set `limit` for a case.

    Where the law has a limit, only one that is not longer; a result due the same day has no longer one.
    Shortening what the law gives, never lengthening it: the practice of procedures announced under
    NĐ 61/2018/NĐ-CP (recalled, not re-read).
    """
    if case.same_day:
        return False
    legal = case.legal_time or case.time
    return legal is None or at_most(limit, legal)


def _hours(limit: ProcessingTime) -> int:
    return limit.amount * (1 if limit.unit is TimeUnit.WORKING_HOUR else _HOURS_A_DAY)
