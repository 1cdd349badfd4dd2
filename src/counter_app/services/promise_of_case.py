"""The promise of a case received at a moment, within the limit decided here and within the law's."""

from datetime import datetime

from counter_app.domain.due_date import Promise, promise
from counter_app.domain.errors import RuleRefusal
from counter_app.domain.procedure import ProcedureCase
from counter_app.domain.processing_time import ProcessingTime
from counter_app.domain.working_calendar import WorkingCalendar
from counter_app.services.limit_notes import lacks_limit, time_note


def promise_of(case: ProcedureCase, received: datetime, calendar: WorkingCalendar) -> Promise:
    """Return the promise; errors as `due_date.promise`, ``no_time_limit`` with the data's ``note``."""
    if lacks_limit(case):
        raise RuleRefusal("no_time_limit", case=case.name, note=time_note(case))
    promised = _within(case.time, case, received, calendar)
    if case.legal_time is None:
        return promised
    # Over a run of holidays working days decided here can end later than calendar days of the law.
    by_law = _within(case.legal_time, case, received, calendar)
    return min(promised, by_law, key=lambda each: each.due_at or received)


def _within(
    limit: ProcessingTime | None, case: ProcedureCase, received: datetime, calendar: WorkingCalendar
) -> Promise:
    return promise(received, limit, same_day=case.same_day, no_promise=case.no_promise, calendar=calendar)
