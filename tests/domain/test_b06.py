"""Which columns of Biểu số II.06 a dossier is counted in, as a table of cases."""

from datetime import date, datetime

import pytest
from tests.helpers.builders import VIETNAM

from counter_app.domain.b06 import Arrival, B06Line, DossierFacts, Outcome, classify, tally, total
from counter_app.domain.dossier import Channel
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.errors import BadInput
from counter_app.domain.period import Period
from counter_app.domain.register_numbers import Unused, unused_between

NOVEMBER = Period(first=date(2026, 11, 1), last=date(2026, 11, 30))
LATER = date(2027, 2, 1)
_S = DossierStatus


def _at(day: int, month: int = 11, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def _facts(
    received: datetime,
    due: datetime | None = None,
    resolved: datetime | None = None,
    *,
    status: DossierStatus = _S.PROCESSING,
    channel: Channel = Channel.COUNTER,
    waiting: datetime | None = None,
) -> DossierFacts:
    return DossierFacts(
        channel=channel,
        status=status,
        received_at=received,
        due_at=due,
        resolved_at=resolved,
        waiting_since=waiting,
        stands_still=waiting is not None and status is AWAITING,
    )


AWAITING = _S.AWAITING_SUPPLEMENT
CASES = {
    "before and done before": (_facts(_at(1, 10), _at(3, 10), _at(31, 10, 23, 59)), None),
    "received on the first day of the next period": (_facts(_at(1, 12, 0)), None),
    "first moment": (_facts(_at(1, 11, 0), _at(3), _at(2)), (Arrival.AT_DESK, Outcome.EARLY)),
    "last minute": (_facts(_at(30, 11, 23, 59), _at(3, 12)), (Arrival.AT_DESK, Outcome.RUNNING)),
    "online": (
        _facts(_at(2), _at(4), _at(4), channel=Channel.ONLINE),
        (Arrival.ONLINE, Outcome.ON_TIME),
    ),
    "by post": (_facts(_at(2), _at(4), _at(5), channel=Channel.POSTAL), (Arrival.AT_DESK, Outcome.LATE)),
    "online but of before": (
        _facts(_at(20, 10), _at(4), _at(4), channel=Channel.ONLINE),
        (Arrival.CARRIED_OVER, Outcome.ON_TIME),
    ),
    "the day counts, not the hour": (
        _facts(_at(2), _at(4, 11, 9), _at(4, 11, 16, 59)),
        (Arrival.AT_DESK, Outcome.ON_TIME),
    ),
    "no promise": (_facts(_at(2), None, _at(29)), (Arrival.AT_DESK, Outcome.ON_TIME)),
    "withdrawn late": (
        _facts(_at(2), _at(4), _at(20), status=_S.WITHDRAWN),
        (Arrival.AT_DESK, Outcome.ON_TIME),
    ),
    "refused late": (_facts(_at(2), _at(4), _at(5), status=_S.REFUSED), (Arrival.AT_DESK, Outcome.LATE)),
    "done in the next period, in time then": (
        _facts(_at(28), _at(2, 12), _at(1, 12)),
        (Arrival.AT_DESK, Outcome.RUNNING),
    ),
    "done in the next period, late already": (
        _facts(_at(20), _at(25), _at(1, 12)),
        (Arrival.AT_DESK, Outcome.OVERDUE),
    ),
    "due on the last day and open": (_facts(_at(20), _at(30)), (Arrival.AT_DESK, Outcome.OVERDUE)),
    "papers are awaited": (
        _facts(_at(2), _at(4), status=AWAITING, waiting=_at(3)),
        (Arrival.AT_DESK, Outcome.RUNNING),
    ),
    "papers are awaited since after the period": (
        _facts(_at(2), _at(4), status=AWAITING, waiting=_at(1, 12)),
        (Arrival.AT_DESK, Outcome.OVERDUE),
    ),
    "money is awaited: the time runs": (
        _facts(_at(2), _at(4), status=_S.AWAITING_PAYMENT, waiting=_at(3)),
        (Arrival.AT_DESK, Outcome.OVERDUE),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_columns(name: str) -> None:
    facts, expected = CASES[name]
    assert classify(facts, NOVEMBER, LATER) == expected


@pytest.mark.parametrize(
    ("today", "outcome"),
    [(date(2026, 11, 20), Outcome.RUNNING), (date(2026, 11, 21), Outcome.OVERDUE)],
)
def test_a_period_that_still_runs_is_judged_as_of_today(today: date, outcome: Outcome) -> None:
    assert classify(_facts(_at(2), _at(20)), NOVEMBER, today) == (Arrival.AT_DESK, outcome)


def test_sums() -> None:
    line = tally("Hộ tịch", [(Arrival.ONLINE, Outcome.LATE, 2), (Arrival.CARRIED_OVER, Outcome.RUNNING, 3)])
    assert line.columns == (5, 2, 0, 3, 2, 0, 0, 2, 3, 3, 0)
    assert total([line, line], "Tổng").columns == (10, 4, 0, 6, 4, 0, 0, 4, 6, 6, 0)
    assert total([]) == B06Line(sector="")


def test_a_period_knows_its_days() -> None:
    with pytest.raises(BadInput, match="days_reversed"):
        Period(first=date(2026, 2, 2), last=date(2026, 2, 1))
    assert Period.of_year(2026).whole_year
    assert not NOVEMBER.whole_year
    parts = Period(first=date(2025, 12, 30), last=date(2027, 1, 2)).by_year()
    assert [(part.first, part.last) for part in parts] == [
        (date(2025, 12, 30), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 2)),
    ]


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], [Unused(1, 6)]),
        ([1, 2, 3, 4, 5, 6], []),
        ([2, 2, 5], [Unused(1, 1), Unused(3, 4), Unused(6, 6)]),
        ([1, 9], [Unused(2, 6)]),
    ],
)
def test_numbers_nobody_has(taken: list[int], expected: list[Unused]) -> None:
    assert list(unused_between(taken, 1, 6)) == expected
