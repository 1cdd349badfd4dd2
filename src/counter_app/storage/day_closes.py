# ruff: noqa: D102 - the ports say what each method promises
"""The database's side of closed days.

What a closing looks for is read by whole statements each time: once or twice a day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from counter_app.domain.day_close import CarriedOver, DayClose, DayTotals, FoundItem, OtherDay
from counter_app.domain.period import Period, day_begins, day_of
from counter_app.domain.person import mask_name
from counter_app.domain.work_lists import RUNNING
from counter_app.services.day_closes_port import FoundMany
from counter_app.storage import moments
from counter_app.storage.json_columns import from_json, to_json
from counter_app.storage.local_days import bounds
from counter_app.storage.own_dossiers import RECEIVED_HERE, WORKED_ON_HERE
from counter_app.storage.sql import Sql
from counter_app.storage.worklists import AT_THE_DESK

_MOST_ITEMS = 50  # a sheet names no more; the count tells how many there are
_ADD = (
    "INSERT INTO day_close (close_id, counter, day, revision, closed_at, clerk, counted_cash_vnd, "
    "expected_cash_vnd, body, tip, office_definition, training, reopened_at, reopened_by, reopen_reason) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, '', '')"
)
_REOPEN = (
    "UPDATE day_close SET reopened_at = ?, reopened_by = ?, reopen_reason = ? "
    "WHERE close_id = ? AND reopened_at IS NULL"
)
_READ = "SELECT * FROM day_close WHERE "
_FIRST_MOMENTS = tuple(
    f"SELECT min({name}) FROM dossier WHERE {RECEIVED_HERE} AND {name} >= :begins AND {name} < :ends"  # noqa: S608
    for name in ("received_at", "resolved_at", "ended_at")
)
_FIRST_RECEIPT = "SELECT min(day) FROM receipt WHERE day BETWEEN ? AND ?"
_LIMIT = f"LIMIT {_MOST_ITEMS}"
# A later copy that left, printed or saved, makes good for a failed one and for one nobody knows of.
_FAILED = (
    "SELECT p.dossier_id, coalesce(d.dossier_code || ' · ', '') || p.paper, count(*) OVER () "  # noqa: S608
    "FROM (SELECT dossier_id, paper, max(step) AS step FROM print_log "
    "WHERE outcome IN ('failed', 'sending') AND at >= :begins AND at < :ends "
    "GROUP BY dossier_id, paper) AS p "
    "LEFT JOIN dossier d ON d.dossier_id = p.dossier_id "
    "WHERE NOT EXISTS (SELECT 1 FROM print_log later WHERE later.dossier_id = p.dossier_id "
    "AND later.paper = p.paper AND later.step > p.step AND later.outcome IN ('printed', 'saved')) "
    f"ORDER BY p.dossier_id, p.step {_LIMIT}"
)
_AT_DESK = (
    "SELECT d.dossier_id, d.dossier_code, count(*) OVER () FROM dossier d "  # noqa: S608
    f"WHERE {AT_THE_DESK} AND d.received_at < ? ORDER BY d.number {_LIMIT}"
)
_RUNS = ", ".join(f"'{status.value}'" for status in sorted(RUNNING))
_MISSING = (
    "SELECT dossier_id, dossier_code, count(*) OVER () FROM dossier WHERE ended_at IS NULL "  # noqa: S608
    f"AND {WORKED_ON_HERE} AND status IN ({_RUNS}) "
    f"AND due_at >= :begins AND due_at < :ends ORDER BY due_at, number {_LIMIT}"
)
_DRAFTS = (
    "SELECT applicant_name, procedure_name, count(*) OVER () FROM draft WHERE updated_at >= :begins "  # noqa: S608
    f"AND updated_at < :ends ORDER BY updated_at {_LIMIT}"
)
_TIP = "SELECT lower(hex(hash)) FROM outbox_event ORDER BY seq DESC LIMIT 1"
_TOLD_TIPS = (
    "SELECT close_id, day, body ->> 'audit_seq', body ->> 'audit_tip' FROM day_close "
    "WHERE body ->> 'audit_seq' > 0 ORDER BY closed_at"
)
_EVER = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """What is kept of a closing beside the columns."""

    after: date | None
    told: DayTotals
    own: DayTotals
    standing: dict[str, int]
    carried: list[CarriedOver]
    through: int
    other_days: list[OtherDay]
    audit_seq: int = 0
    audit_tip: str = ""


def _draft_label(applicant: str, procedure: str) -> str:
    """Return "Đ. T. Sen, Đăng ký khai sinh": enough to know it by, on a sheet that names nobody."""
    return ", ".join(each for each in (mask_name(applicant) or "chưa có tên", procedure) if each)


class SqlDayCloseQueries:
    """Implements `services.day_closes_port.DayCloseQueries`."""

    _sql: Sql

    def day_close(self, close_id: str) -> DayClose | None:
        return self._first("close_id = ?", (close_id,))

    def last_day_close(self) -> DayClose | None:
        return self._first("reopened_at IS NULL ORDER BY day DESC LIMIT 1", ())

    def closings_of_day(self, counter: int, day: date) -> Sequence[DayClose]:
        return self._all("counter = ? AND day = ? ORDER BY revision", (counter, day.isoformat()))

    def day_closes(self, limit: int = 60) -> Sequence[DayClose]:
        return self._all("reopened_at IS NULL ORDER BY day DESC LIMIT ?", (limit,))

    def first_open_day(self, after: date | None, until: date) -> date | None:
        first = _EVER if after is None else after + timedelta(days=1)
        if first > until:
            return None
        values = bounds(Period(first=first, last=until))
        found = [self._sql.value(each, values) for each in _FIRST_MOMENTS]
        days = [day_of(moments.from_text(each)) for each in found if each is not None]
        receipt = self._sql.value(_FIRST_RECEIPT, (first.isoformat(), until.isoformat()))
        if receipt is not None:
            days.append(date.fromisoformat(receipt))
        return min(days, default=None)

    def failed_papers(self, period: Period) -> FoundMany:
        return self._found(_FAILED, bounds(period))

    def still_at_the_desk(self, before: datetime) -> FoundMany:
        return self._found(_AT_DESK, (moments.to_text(before),))

    def results_missing(self, period: Period) -> FoundMany:
        return self._found(_MISSING, bounds(period))

    def drafts_of(self, period: Period) -> FoundMany:
        rows = self._sql.rows(_DRAFTS, bounds(period))
        items = tuple(FoundItem(label=_draft_label(name, procedure)) for name, procedure, _count in rows)
        return FoundMany(count=rows[0][2] if rows else 0, items=items)

    def told_tips(self) -> Sequence[tuple[str, date, int, str]]:
        rows = self._sql.rows(_TOLD_TIPS)
        return [(row[0], date.fromisoformat(row[1]), int(row[2]), str(row[3])) for row in rows]

    def chain_tip(self) -> str:
        found = self._sql.row(_TIP)
        return "" if found is None else str(found[0])[-8:]

    def _found(self, statement: str, values: Sequence[object] | Mapping[str, object]) -> FoundMany:
        rows = self._sql.rows(statement, values)
        items = tuple(FoundItem(dossier_id=dossier_id, label=label) for dossier_id, label, _count in rows)
        return FoundMany(count=rows[0][2] if rows else 0, items=items)

    def _all(self, where: str, values: Sequence[object]) -> list[DayClose]:
        return [_close(row) for row in self._sql.rows(_READ + where, values)]

    def _first(self, where: str, values: Sequence[object]) -> DayClose | None:
        return next(iter(self._all(where, values)), None)


class SqlDayCloseWrites(SqlDayCloseQueries):
    """Implements `services.day_closes_port.DayCloseWrites`."""

    def add_day_close(self, close: DayClose) -> None:
        body = _Body(
            after=close.after,
            told=close.told,
            own=close.own,
            standing=dict(close.standing),
            carried=list(close.carried),
            through=close.through,
            other_days=list(close.other_days),
            audit_seq=close.audit_seq,
            audit_tip=close.audit_tip,
        )
        values = (
            close.close_id,
            close.counter,
            close.day.isoformat(),
            close.revision,
            moments.to_text(close.closed_at),
            close.clerk,
            close.counted_cash_vnd,
            close.expected_cash_vnd,
            to_json(body),
            close.tip,
            close.office_definition,
            int(close.training),
        )
        self._sql.run(_ADD, values)

    def reopen_day_close(self, close: DayClose) -> None:
        at = moments.to_text(close.reopened_at or day_begins(close.day))
        self._sql.run(_REOPEN, (at, close.reopened_by, close.reopen_reason, close.close_id))


def _close(row: Mapping[str, Any]) -> DayClose:
    body, reopened = from_json(row["body"], _Body), row["reopened_at"]
    return DayClose(
        close_id=row["close_id"],
        counter=row["counter"],
        day=date.fromisoformat(row["day"]),
        revision=row["revision"],
        after=body.after,
        closed_at=moments.from_text(row["closed_at"]),
        clerk=row["clerk"],
        counted_cash_vnd=row["counted_cash_vnd"],
        told=body.told,
        own=body.own,
        standing=body.standing,
        carried=tuple(body.carried),
        tip=row["tip"],
        through=body.through,
        other_days=tuple(body.other_days),
        audit_seq=body.audit_seq,
        audit_tip=body.audit_tip,
        office_definition=row["office_definition"],
        training=bool(row["training"]),
        reopened_at=None if reopened is None else moments.from_text(reopened),
        reopened_by=row["reopened_by"],
        reopen_reason=row["reopen_reason"],
    )
