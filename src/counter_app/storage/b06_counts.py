"""Counts dossiers into the columns of Biểu số II.06 exactly as `domain.b06.classify` does."""

from datetime import date

from counter_app.domain.b06 import Arrival, B06Line, Outcome, tally
from counter_app.domain.dossier import Channel
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.period import Period, day_begins
from counter_app.storage import moments
from counter_app.storage.local_days import bounds, day
from counter_app.storage.own_dossiers import RECEIVED_HERE
from counter_app.storage.sql import Sql

_FACTS = (
    "SELECT sector, channel, status, received_at, coalesce(first_due_at, due_at) AS due, "  # noqa: S608
    f"resolved_at, waiting_since, stands_still FROM dossier WHERE {RECEIVED_HERE} "
    "AND received_at < :ends AND "
)
# Two branches, each with an index of its own: few dossiers are open, and of the resolved ones only
# those from the period on concern it.
_CONCERNED = f"{_FACTS} ended_at IS NULL AND resolved_at IS NULL UNION ALL {_FACTS} resolved_at >= :begins"
_ARRIVAL = (
    f"CASE WHEN received_at < :begins THEN {Arrival.CARRIED_OVER:d} "
    f"WHEN channel = '{Channel.ONLINE.value}' THEN {Arrival.ONLINE:d} ELSE {Arrival.AT_DESK:d} END"
)
_WAITS = "stands_still = 1 AND coalesce(waiting_since < :ends, 0)"
_OUTCOME = (
    "CASE WHEN resolved_at < :ends THEN CASE "
    f"WHEN status = '{DossierStatus.WITHDRAWN.value}' OR due IS NULL THEN {Outcome.ON_TIME:d} "
    f"WHEN {day('resolved_at')} < {day('due')} THEN {Outcome.EARLY:d} "
    f"WHEN {day('resolved_at')} > {day('due')} THEN {Outcome.LATE:d} ELSE {Outcome.ON_TIME:d} END "
    f"WHEN {_WAITS} THEN {Outcome.RUNNING:d} "
    f"WHEN due < :judged THEN {Outcome.OVERDUE:d} ELSE {Outcome.RUNNING:d} END"
)
_COUNTS = (
    f"SELECT sector, {_ARRIVAL} AS arrival, {_OUTCOME} AS outcome, count(*) FROM ({_CONCERNED}) "  # noqa: S608
    "GROUP BY 1, 2, 3"
)


def b06_lines(sql: Sql, period: Period, today: date) -> list[B06Line]:
    """Return a row a sector, with the sectors as the dossiers name them."""
    judged = moments.to_text(day_begins(period.judged_on(today)))
    found: dict[str, list[tuple[Arrival, Outcome, int]]] = {}
    for sector, arrival, outcome, count in sql.rows(_COUNTS, {**bounds(period), "judged": judged}):
        found.setdefault(sector, []).append((Arrival(arrival), Outcome(outcome), count))
    return [tally(sector, counted) for sector, counted in found.items()]
