"""What the figures are, in SQL; everything is read as ``counter_leader``, who sees no citizen.

The rules are those of the counters (domain/timeliness.py, b06.py, day_report.py): a dossier is on time when
the day it was done with is not after the first promised day; one taken back or without a promise is on time;
one whose papers were asked for more than once is late (index of QĐ 766). What stands still, waiting for the
citizen, is never overdue.
"""

_ZONE = "Asia/Ho_Chi_Minh"


def _day(column: str) -> str:
    return f"({column} AT TIME ZONE '{_ZONE}')::date"


_FIRST_PROMISE = "coalesce(d.first_due_at, d.due_at)"
IN_TIME = (
    f"(d.supplements <= 1 AND (d.status = 'withdrawn' OR {_FIRST_PROMISE} IS NULL "
    f"OR {_day('d.resolved_at')} <= {_day(_FIRST_PROMISE)}))"
)
# What has its result only waits for the citizen.
_OPEN = "d.unit = o.unit AND d.ended_at IS NULL AND d.status <> 'resolved'"
_RUNS = f"{_OPEN} AND NOT d.stands_still"
_RECEIVED = "d.unit = o.unit AND d.received_at >= $3 AND d.received_at < $4"
_RESOLVED = "d.unit = o.unit AND d.resolved_at >= $3 AND d.resolved_at < $4"
_RETURNED = "d.unit = o.unit AND d.ended_at >= $3 AND d.ended_at < $4 AND d.status = 'returned'"
# $1 the one office or "", $2 the province or "".
_SCOPE = "($1 = '' OR o.unit = $1) AND ($2 = '' OR o.province = $2)"

# $3, $4 the period, $5 the beginning of today, $6 three days later.
OFFICES = f"""
SELECT o.unit, o.name, o.province, came.*, stands.*, done.*, given.*, raised.* FROM office o
CROSS JOIN LATERAL (SELECT count(*) AS received, count(*) FILTER (WHERE d.assisted) AS assisted
    FROM dossier d WHERE {_RECEIVED}) came
CROSS JOIN LATERAL (SELECT count(*) AS open,
    count(*) FILTER (WHERE NOT d.stands_still AND d.due_at < $5) AS overdue,
    count(*) FILTER (WHERE NOT d.stands_still AND d.due_at >= $5 AND d.due_at < $6) AS due_soon
    FROM dossier d WHERE {_OPEN}) stands
CROSS JOIN LATERAL (SELECT count(*) AS resolved, count(*) FILTER (WHERE {IN_TIME}) AS in_time
    FROM dossier d WHERE {_RESOLVED}) done
CROSS JOIN LATERAL (SELECT count(*) AS returned FROM dossier d WHERE {_RETURNED}) given
CROSS JOIN LATERAL (SELECT count(*) AS flags FROM flag f
    WHERE f.unit = o.unit AND f.settled_at IS NULL) raised
WHERE {_SCOPE} ORDER BY o.name, o.unit
"""  # noqa: S608 - constants
COUNTERS = f"""
SELECT d.unit, d.counter, d.seen_at, d.clock_ahead_s, d.audit_tip, d.audit_seq
FROM device d JOIN office o USING (unit) WHERE d.state = 'active' AND {_SCOPE} ORDER BY d.unit, d.counter
"""  # noqa: S608
# $3, $4 the first and last day.
DAY_FIGURES = f"""
SELECT f.unit, f.name, sum(f.value)::int AS value FROM day_figure f JOIN office o USING (unit)
WHERE {_SCOPE} AND f.day >= $3 AND f.day <= $4 GROUP BY 1, 2
"""  # noqa: S608
DAYS = f"""
SELECT day, sum(received)::int AS received, sum(resolved)::int AS resolved, sum(late)::int AS late,
    sum(returned)::int AS returned FROM (
    SELECT {_day("d.received_at")} AS day, count(*) AS received, 0 AS resolved, 0 AS late, 0 AS returned
    FROM dossier d JOIN office o USING (unit) WHERE {_SCOPE} AND {_RECEIVED} GROUP BY 1
    UNION ALL SELECT {_day("d.resolved_at")}, 0, count(*), count(*) FILTER (WHERE NOT {IN_TIME}), 0
    FROM dossier d JOIN office o USING (unit) WHERE {_SCOPE} AND {_RESOLVED} GROUP BY 1
    UNION ALL SELECT {_day("d.ended_at")}, 0, 0, 0, count(*)
    FROM dossier d JOIN office o USING (unit) WHERE {_SCOPE} AND {_RETURNED} GROUP BY 1) AS moved
GROUP BY day ORDER BY day
"""  # noqa: S608
# $3, $4 the days of the load.
DUE_LOAD = f"""
SELECT {_day("d.due_at")} AS day, count(*) AS count FROM dossier d JOIN office o USING (unit)
WHERE {_SCOPE} AND {_RUNS} AND d.due_at >= $3 AND d.due_at < $4 GROUP BY 1
"""  # noqa: S608
SECTORS = f"""
SELECT sector, sum(received)::int AS received, sum(resolved)::int AS resolved, sum(late)::int AS late FROM (
    SELECT d.sector, count(*) AS received, 0 AS resolved, 0 AS late
    FROM dossier d JOIN office o USING (unit) WHERE {_SCOPE} AND {_RECEIVED} GROUP BY 1
    UNION ALL SELECT d.sector, 0, count(*), count(*) FILTER (WHERE NOT {IN_TIME})
    FROM dossier d JOIN office o USING (unit) WHERE {_SCOPE} AND {_RESOLVED} GROUP BY 1) AS moved
GROUP BY sector ORDER BY received DESC, sector
"""  # noqa: S608
CHANNELS = f"""
SELECT d.channel, count(*) AS received, count(*) FILTER (WHERE d.assisted) AS assisted
FROM dossier d JOIN office o USING (unit) WHERE {_SCOPE} AND {_RECEIVED} GROUP BY 1 ORDER BY 2 DESC, 1
"""  # noqa: S608
# $3 the beginning of today.
OVERDUE = f"""
SELECT d.procedure_name, count(*) AS count, min({_day("d.due_at")}) AS since
FROM dossier d JOIN office o USING (unit)
WHERE {_SCOPE} AND {_RUNS} AND d.due_at < $3 GROUP BY 1 ORDER BY 3, 1
"""  # noqa: S608
