"""Counts what happened in a period: received, done with, handed out, charged, printed again."""

from collections.abc import Mapping
from datetime import date

from counter_app.domain.dossier import Channel, ReturnBy
from counter_app.domain.dossier_life import ReturnTo
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.period import Period
from counter_app.domain.timeliness import Timeliness
from counter_app.services.figures_port import (
    ChargedFee,
    DayCount,
    EndedGroup,
    HandedOut,
    ReceivedGroup,
    ResolvedGroup,
)
from counter_app.storage.local_days import bounds, day
from counter_app.storage.own_dossiers import RECEIVED_HERE
from counter_app.storage.sql import Sql

_RECEIVED = (
    "SELECT sector, channel, assisted, clerk, count(*), coalesce(sum(charges_vnd), 0), "  # noqa: S608
    f"count(*) - count(charges_vnd) FROM dossier WHERE {RECEIVED_HERE} "
    f"AND received_at >= :begins AND received_at < :ends "
    "GROUP BY 1, 2, 3, 4"
)
_FIRST_PROMISE = "coalesce(first_due_at, due_at)"


def _timeliness(due: str) -> str:
    """Return the SQL of `domain.timeliness.timeliness` against a column."""
    return (
        f"CASE WHEN status = '{DossierStatus.WITHDRAWN.value}' OR {due} IS NULL "
        f"THEN '{Timeliness.ON_TIME.value}' "
        f"WHEN {day('resolved_at')} < {day(due)} THEN '{Timeliness.EARLY.value}' "
        f"WHEN {day('resolved_at')} > {day(due)} THEN '{Timeliness.LATE.value}' "
        f"ELSE '{Timeliness.ON_TIME.value}' END"
    )


_RESOLVED = (
    f"SELECT sector, clerk, {_timeliness(_FIRST_PROMISE)}, {_timeliness('due_at')}, supplements > 1, "  # noqa: S608
    f"extended, count(*) FROM dossier WHERE {RECEIVED_HERE} "
    f"AND resolved_at >= :begins AND resolved_at < :ends "
    "GROUP BY 1, 2, 3, 4, 5, 6"
)
_ENDED = (
    f"SELECT status, return_by, count(*) FROM dossier WHERE {RECEIVED_HERE} "  # noqa: S608
    "AND ended_at >= :begins AND ended_at < :ends "
    "GROUP BY 1, 2"
)
_HANDED_OUT = (
    "SELECT life ->> '$.returned.to', life ->> '$.returned.clerk', count(*) "  # noqa: S608 - constants
    f"FROM dossier CROSS JOIN dossier_content USING (number) WHERE {RECEIVED_HERE} "
    f"AND ended_at >= :begins AND ended_at < :ends "
    f"AND status = '{DossierStatus.RETURNED.value}' GROUP BY 1, 2"
)
_DAYS = (
    f"SELECT day, sum(received), sum(resolved), sum(late), sum(returned) FROM ("  # noqa: S608
    f"SELECT {day('received_at')} AS day, count(*) AS received, 0 AS resolved, 0 AS late, 0 AS returned "
    f"FROM dossier WHERE {RECEIVED_HERE} "
    f"AND received_at >= :begins AND received_at < :ends "
    "GROUP BY 1 UNION ALL "
    f"SELECT {day('resolved_at')}, 0, count(*), "
    f"sum({_timeliness(_FIRST_PROMISE)} = '{Timeliness.LATE.value}'), 0 "
    f"FROM dossier WHERE {RECEIVED_HERE} "
    f"AND resolved_at >= :begins AND resolved_at < :ends "
    "GROUP BY 1 UNION ALL "
    f"SELECT {day('ended_at')}, 0, 0, 0, count(*) FROM dossier "
    f"WHERE {RECEIVED_HERE} "
    f"AND ended_at >= :begins AND ended_at < :ends AND status = '{DossierStatus.RETURNED.value}' "
    "GROUP BY 1) GROUP BY day ORDER BY day"
)
# A copy that failed left nothing in anybody's hands; forms are counted together, as "form".
_REPRINTS = (
    "SELECT CASE WHEN instr(paper, ':') THEN substr(paper, 1, instr(paper, ':') - 1) ELSE paper END, "
    "count(*) FROM print_log WHERE copy_no > 1 AND outcome <> 'failed' AND at >= :begins AND at < :ends "
    "GROUP BY 1 ORDER BY 1"
)
_CHARGED = (
    "SELECT charge.value ->> '$.fee_id', max(charge.value ->> '$.name'), count(*), "  # noqa: S608
    "coalesce(sum(charge.value ->> '$.amount_vnd'), 0), "
    "count(*) - count(charge.value ->> '$.amount_vnd') "
    "FROM dossier CROSS JOIN dossier_content USING (number), json_each(charges) AS charge "
    f"WHERE {RECEIVED_HERE} "
    f"AND received_at >= :begins AND received_at < :ends GROUP BY 1 ORDER BY 2, 1"
)


def received_groups(sql: Sql, period: Period) -> list[ReceivedGroup]:
    """Count the dossiers received in the period."""
    return [
        ReceivedGroup(
            sector=sector,
            channel=Channel(channel),
            assisted=bool(assisted),
            clerk=clerk,
            count=count,
            charges_vnd=charges_vnd,
            unknown_charges=unknown,
        )
        for sector, channel, assisted, clerk, count, charges_vnd, unknown in sql.rows(
            _RECEIVED, bounds(period)
        )
    ]


def resolved_groups(sql: Sql, period: Period) -> list[ResolvedGroup]:
    """Count the dossiers done with in the period."""
    return [
        ResolvedGroup(
            sector=sector,
            clerk=clerk,
            by_first=Timeliness(by_first),
            by_present=Timeliness(by_present),
            asked_twice=bool(asked_twice),
            extended=bool(extended),
            count=count,
        )
        for sector, clerk, by_first, by_present, asked_twice, extended, count in sql.rows(
            _RESOLVED, bounds(period)
        )
    ]


def ended_groups(sql: Sql, period: Period) -> list[EndedGroup]:
    """Count the dossiers that ended in the period."""
    return [
        EndedGroup(status=DossierStatus(status), return_by=ReturnBy(return_by), count=count)
        for status, return_by, count in sql.rows(_ENDED, bounds(period))
    ]


def handed_out(sql: Sql, period: Period) -> list[HandedOut]:
    """Count the results handed out in the period by who took and who gave them."""
    return [
        HandedOut(to=ReturnTo(to), clerk=clerk, count=count)
        for to, clerk, count in sql.rows(_HANDED_OUT, bounds(period))
    ]


def day_counts(sql: Sql, period: Period) -> list[DayCount]:
    """Return what happened on each day of the period on which anything did."""
    return [
        DayCount(
            day=date.fromisoformat(on), received=received, resolved=resolved, late=late, returned=returned
        )
        for on, received, resolved, late, returned in sql.rows(_DAYS, bounds(period))
    ]


def reprints(sql: Sql, period: Period) -> Mapping[str, int]:
    """Return how many second and later copies left, by kind of paper."""
    return dict(sql.rows(_REPRINTS, bounds(period)))


def charged_fees(sql: Sql, period: Period) -> list[ChargedFee]:
    """Return what the dossiers received in the period were charged, by fee."""
    return [
        ChargedFee(fee_id=fee_id, name=name, dossiers=dossiers, amount_vnd=amount, unknown=unknown)
        for fee_id, name, dossiers, amount, unknown in sql.rows(_CHARGED, bounds(period))
    ]
