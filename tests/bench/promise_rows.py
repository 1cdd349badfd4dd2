"""Finding the promises a new calendar moves, among a hundred thousand dossiers that are all still open."""

import statistics
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from tests.bench.row import Row, elapsed_ms, row
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.visits import BIRTH

from counter_app.domain.due_date import Promise, promise
from counter_app.domain.processing_time import ProcessingTime
from counter_app.domain.working_calendar import DayOff, WorkingCalendar
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.services.recheck_promises import affected_promises

_A_DAY = 200
_BATCH = 5_000
_LIMIT = ProcessingTime.parse("10wd")
ROUNDS = 7


def promise_rows(folder: Path, dossiers: int) -> list[Row]:
    """Measure in `folder`: first with the calendar of the promises, then with a day off more in it."""
    desk = make_desk(folder / "promises", MORNING)
    calendar = desk.calendar()
    _fill(desk, dossiers, calendar)
    same = statistics.median(elapsed_ms(lambda: affected_promises(desk)) for _ in range(ROUNDS))
    storm = DayOff(date=date(2026, 11, 26), name="Nghỉ bão")
    moved = replace(calendar, version="bench", days_off=(*calendar.days_off, storm))
    desk._calendar = (desk.catalogue.calendar(), moved)
    assert desk.calendar() is moved
    found = len(affected_promises(desk))
    value = statistics.median(elapsed_ms(lambda: affected_promises(desk)) for _ in range(ROUNDS))
    desk.store.close()
    note = f"{found} promises moved by one day off; with the same calendar {same:.1f} ms"
    return [row(f"affected promises among {dossiers:,}, p50", value, "ms", below=1000, note=note)]


def _fill(desk: Desk, count: int, calendar: WorkingCalendar) -> None:
    pattern = receive(desk, replace(BIRTH, slip_asked=True), clerk="Mai")
    first = MORNING - timedelta(days=(count - 1) // _A_DAY)

    @lru_cache(maxsize=4)
    def promised(received_at: datetime) -> Promise:
        return promise(received_at, _LIMIT, same_day=False, no_promise=False, calendar=calendar)

    for start in range(0, count - 1, _BATCH):
        with desk.store.writing() as transaction:
            for number in range(start, min(start + _BATCH, count - 1)):
                received_at = first + timedelta(days=number // _A_DAY)
                transaction.add_dossier(
                    replace(
                        pattern,
                        dossier_id=f"01920000-0000-7000-8000-{number:012x}",
                        dossier_code=f"H29.12-{received_at:%y%m%d}-{2001 + number % _A_DAY}",
                        received_at=received_at,
                        promise=promised(received_at),
                    )
                )
