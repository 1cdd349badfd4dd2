"""How things stand now: open, due, overdue, waiting, to hand out, originals held, not yet sent."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.period import Period, day_begins, day_of
from counter_app.services.figures_port import Standing
from counter_app.storage import moments
from counter_app.storage.local_days import bounds, day
from counter_app.storage.own_dossiers import WORKED_ON_HERE
from counter_app.storage.sql import Sql

_RESOLVED = f"status = '{DossierStatus.RESOLVED.value}'"
_AWAITS_PAPERS = f"status = '{DossierStatus.AWAITING_SUPPLEMENT.value}'"
_RUNS = f"NOT {_RESOLVED} AND stands_still = 0"
# Status and promise of the open dossiers stand in the index itself, so no row is read.
_OPEN = (
    f"SELECT total(NOT {_RESOLVED}), total({_RUNS} AND due_at >= :today AND due_at < :tomorrow), "  # noqa: S608
    f"total({_RUNS} AND due_at < :today), total({_AWAITS_PAPERS}), "
    f"total(status = '{DossierStatus.AWAITING_PAYMENT.value}'), total({_RESOLVED}) "
    f"FROM dossier WHERE ended_at IS NULL AND {WORKED_ON_HERE}"
)
_ORIGINALS = (
    "SELECT coalesce(sum(originals_held), 0), count(*) FROM dossier "  # noqa: S608 - constants
    f"WHERE originals_held > 0 AND {WORKED_ON_HERE}"
)
_UNSENT = "SELECT count(DISTINCT dossier_id) FROM outbox_event WHERE state <> 'acked' AND dossier_id <> ''"
_DUE = (
    f"SELECT {day('due_at')}, count(*) FROM dossier WHERE ended_at IS NULL AND {WORKED_ON_HERE} AND {_RUNS} "  # noqa: S608
    "AND due_at >= :begins AND due_at < :ends GROUP BY 1 ORDER BY 1"
)


def standing(sql: Sql, now: datetime) -> Standing:
    """Return how things stand at a moment."""
    today = day_begins(day_of(now))
    values = {
        "today": moments.to_text(today),
        "tomorrow": moments.to_text(today + timedelta(days=1)),
    }
    counts = [int(each) for each in sql.row(_OPEN, values)]
    originals, dossiers = sql.row(_ORIGINALS)
    return Standing(
        open=counts[0],
        due_today=counts[1],
        overdue=counts[2],
        awaiting_supplement=counts[3],
        awaiting_payment=counts[4],
        to_hand_out=counts[5],
        originals_held=originals,
        dossiers_with_originals=dossiers,
        unsent=sql.value(_UNSENT),
    )


def due_load(sql: Sql, period: Period) -> Mapping[date, int]:
    """Return how many running dossiers are due on each day of the period."""
    return {date.fromisoformat(on): count for on, count in sql.rows(_DUE, bounds(period))}
