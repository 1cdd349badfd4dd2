# ruff: noqa: D102 - the port says what each method promises
"""The lists of today, read from the narrow dossier rows by the partial indexes.

Every condition says again, in the words of the database, what `domain.work_lists.lists_of` says of one
dossier; a test compares the two.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from counter_app.domain.dossier import Channel, ReturnBy
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.person import mask_personal_id
from counter_app.domain.work_lists import RUNNING, WorkDay, WorkList
from counter_app.services.worklists_port import MOST_COUNTED, Narrowing, NarrowingChoices, WorkRow
from counter_app.storage import moments
from counter_app.storage.own_dossiers import WORKED_ON_HERE
from counter_app.storage.sql import Sql
from counter_app.storage.worklist_words import narrowed

_RUNNING = ", ".join(f"'{status.value}'" for status in sorted(RUNNING))
_UNSENT = "(SELECT 1 FROM outbox_event o WHERE o.dossier_id = d.dossier_id AND o.state <> 'acked')"


def _with_status(*status: DossierStatus) -> str:
    # The open ones have an index of their own; what has ended can have none of these statuses.
    return f"d.ended_at IS NULL AND d.status = '{status[0].value}'"


# Received, or worked on after papers or a payment came and still given to nobody.
AT_THE_DESK = (
    f"d.ended_at IS NULL AND d.{WORKED_ON_HERE} AND d.status IN ('received', 'processing') "
    "AND (d.status = 'received' OR (d.holder = '' AND d.handed_over_at IS NULL))"
)
_OWN = f"d.{WORKED_ON_HERE}"
_RUNS = f"d.ended_at IS NULL AND d.status IN ({_RUNNING}) AND d.stands_still = 0 AND {_OWN} AND d.due_at"
_ON: Mapping[WorkList, str] = {
    WorkList.LATE: f"{_RUNS} < :now",
    WorkList.DUE_TODAY: f"{_RUNS} >= :now AND d.due_at < :today_ends",
    WorkList.DUE_TOMORROW: f"{_RUNS} >= :today_ends AND d.due_at < :tomorrow_ends",
    WorkList.AT_RISK: f"{_RUNS} >= :today_ends AND d.due_at < :risk_ends",
    WorkList.TO_HAND_OVER: f"{AT_THE_DESK} AND d.received_at < :hand_over_before",
    WorkList.WAITING_SUPPLEMENT: f"{_with_status(DossierStatus.AWAITING_SUPPLEMENT)} AND {_OWN}",
    WorkList.WAITING_PAYMENT: f"{_with_status(DossierStatus.AWAITING_PAYMENT)} AND {_OWN}",
    # Whoever is free gives the result, wherever the dossier was received.
    WorkList.RESULTS_READY: _with_status(DossierStatus.RESOLVED),
    WorkList.ORIGINALS: f"d.originals_held > 0 AND {_OWN}",
    WorkList.UNSENT: "w.state <> 'acked'",
}
# What a list is sorted by, a due list by its promise; dossiers alike stand in the order they were written.
_KEY: Mapping[WorkList, str] = {
    WorkList.TO_HAND_OVER: "d.received_at",
    WorkList.WAITING_SUPPLEMENT: "coalesce(d.waiting_since, '')",
    WorkList.WAITING_PAYMENT: "coalesce(d.waiting_since, '')",
    WorkList.RESULTS_READY: "coalesce(d.resolved_at, '')",
    WorkList.ORIGINALS: "''",
    # Ids count up with time, so the index of unsent events already stands in the order wanted.
    WorkList.UNSENT: "w.dossier_id",
}
_FROM: Mapping[WorkList, str] = {
    WorkList.UNSENT: "outbox_event w INDEXED BY ix_outbox_event_unsent "
    "CROSS JOIN dossier d ON d.dossier_id = w.dossier_id",
}
_COUNTED_AT_ONCE = tuple(which for which in WorkList if which is not WorkList.UNSENT)
_ONE_COUNT = "(SELECT count(*) FROM dossier d WHERE {})"
_COUNTS = "SELECT " + ", ".join(_ONE_COUNT.format(_ON[which]) for which in _COUNTED_AT_ONCE)
# The late and those due today are neighbours in the index: one stretch of it holds both.
_PRESSING = "SELECT " + _ONE_COUNT.format(f"{_RUNS} < :today_ends")
# A counter that never met its server has every dossier here: counting them all would take too long.
_COUNT_UNSENT = (
    f"SELECT count(*) FROM (SELECT DISTINCT w.dossier_id FROM {_FROM[WorkList.UNSENT]} "  # noqa: S608
    f"WHERE {_ON[WorkList.UNSENT]} LIMIT {MOST_COUNTED})"
)
_COLUMNS = (
    "d.dossier_id, d.dossier_code, d.applicant_name, d.applicant_id, d.applicant_phone, d.procedure_name, "
    "d.sector, d.status, d.channel, d.return_by, d.clerk, d.holder, d.received_at, d.due_at, "
    "d.waiting_since, d.resolved_at, d.extended, d.originals_held, d.number"
)


class SqlWorklistQueries:
    """Implements `services.worklists_port.WorklistQueries`."""

    _sql: Sql

    def work_counts(self, day: WorkDay) -> Mapping[WorkList, int]:
        counted = self._sql.row(_COUNTS, _moments(day))
        unsent = int(self._sql.value(_COUNT_UNSENT))
        return {**dict(zip(_COUNTED_AT_ONCE, counted, strict=True)), WorkList.UNSENT: unsent}

    def pressing_count(self, day: WorkDay) -> int:
        return int(self._sql.value(_PRESSING, _moments(day)))

    def work_page(
        self,
        which: WorkList,
        day: WorkDay,
        narrowing: Narrowing,
        *,
        limit: int,
        after: tuple[str, int] | None = None,
    ) -> Sequence[WorkRow]:
        key = _KEY.get(which, "d.due_at")
        words, where, values = _conditions(which, day, narrowing)
        if after is not None:
            where += f" AND {key} >= :after_key AND ({key}, d.number) > (:after_key, :after_number)"
            values |= {"after_key": after[0], "after_number": after[1]}
        order = (
            "GROUP BY w.dossier_id ORDER BY w.dossier_id"
            if which is WorkList.UNSENT
            else f"ORDER BY {key}, d.number"
        )
        statement = (
            f"{words}SELECT {_COLUMNS}, {key} AS place, EXISTS {_UNSENT} "  # noqa: S608
            f"FROM {_FROM.get(which, 'dossier d')} WHERE {where} {order} LIMIT :limit"
        )
        return [_row(found) for found in self._sql.rows(statement, {**values, "limit": limit})]

    def work_total(self, which: WorkList, day: WorkDay, narrowing: Narrowing) -> int:
        words, where, values = _conditions(which, day, narrowing)
        source = _FROM.get(which, "dossier d")
        return int(
            self._sql.value(f"{words}SELECT count(DISTINCT d.number) FROM {source} WHERE {where}", values)  # noqa: S608
        )

    def work_choices(self, which: WorkList, day: WorkDay) -> NarrowingChoices:
        source = _FROM.get(which, "dossier d")
        statement = f"SELECT DISTINCT d.sector, d.holder, d.clerk, d.channel FROM {source} WHERE {_ON[which]}"  # noqa: S608
        found = self._sql.rows(statement, _moments(day))
        sectors, holders, clerks, channels = zip(*found, strict=True) if found else ((), (), (), ())
        return NarrowingChoices(
            sectors=_sorted(sectors),
            holders=_sorted(holders),
            clerks=_sorted(clerks),
            channels=_sorted(channels),
        )

    def draft_count(self) -> int:
        return int(self._sql.value("SELECT count(*) FROM draft"))


class SqlWorklistWrites(SqlWorklistQueries):
    """Implements `services.worklists_port.WorklistWrites`."""


def _conditions(which: WorkList, day: WorkDay, narrowing: Narrowing) -> tuple[str, str, dict[str, object]]:
    """Return what stands before the query, its condition and its values."""
    words, condition, values = narrowed(narrowing)
    return words, _ON[which] + condition, {**_moments(day), **values}


def _moments(day: WorkDay) -> dict[str, Any]:
    return {
        "now": moments.to_text(day.now),
        "today_ends": moments.to_text(day.today_ends),
        "tomorrow_ends": moments.to_text(day.tomorrow_ends),
        "risk_ends": moments.to_text(day.risk_ends),
        "hand_over_before": moments.to_text(day.hand_over_before),
    }


def _sorted(found: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(found), key=str.casefold))


def _row(found: Any) -> WorkRow:
    (dossier_id, code, applicant, personal_id, phone, procedure, sector, status, channel, return_by) = found[
        :10
    ]
    clerk, holder, received, due, waiting, resolved, extended, held, number, place, unsent = found[10:]
    return WorkRow(
        dossier_id=dossier_id,
        dossier_code=code,
        applicant=applicant,
        personal_id_masked=mask_personal_id(personal_id),
        phone=phone,
        procedure=procedure,
        sector=sector,
        status=DossierStatus(status),
        channel=Channel(channel),
        return_by=ReturnBy(return_by),
        clerk=clerk,
        holder=holder,
        received_at=moments.from_text(received),
        due_at=_moment(due),
        waiting_since=_moment(waiting),
        resolved_at=_moment(resolved),
        extended=bool(extended),
        originals_held=held,
        unsent=bool(unsent),
        place=(place, number),
    )


def _moment(text: str | None) -> Any:
    return None if text is None else moments.from_text(text)
