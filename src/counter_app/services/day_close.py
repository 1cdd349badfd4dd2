"""Closes a day of the desk, tells what stands in the way, and opens a closed day again.

One transaction: what was found, what is carried over and the sums are frozen together. The sheet is
printed only afterwards, from what was committed (`services.print_day_close`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from counter_app.domain import day_close as rules
from counter_app.domain.audit_chain import Anchor, AnchorKind
from counter_app.domain.day_close import DayClose, DayTotals, Finding, FindingKind, OtherDay
from counter_app.domain.dossier_acts.texts import needed
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.period import Period, day_of
from counter_app.domain.receipt import PaidBy
from counter_app.domain.work_lists import work_day
from counter_app.services.clock_check import require_clock
from counter_app.services.day_totals import how_things_stand, money_since_last, since_last
from counter_app.services.dossier_events import office_event
from counter_app.services.ports import AuditEntry, OutboxEvent
from counter_protocol.events import EventKind
from counter_protocol.moments import utc_text

if TYPE_CHECKING:
    from counter_app.domain.working_calendar import WorkingCalendar
    from counter_app.services.day_closes_port import FoundMany
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries, Transaction

CLOSED, REOPENED = "day_closed", "day_reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayNow:
    """A day as it would be closed now. ``closed`` is the closing that stands, if there is one.

    ``first_open`` is the first day not closed on which anything happened: it comes first.
    """

    day: date
    at: datetime
    findings: tuple[Finding, ...]
    told: DayTotals
    own: DayTotals
    standing: Mapping[str, int]
    last: DayClose | None
    first_open: date | None
    closed: DayClose | None = None
    through: int = 0
    other_days: tuple[OtherDay, ...] = ()

    @property
    def expected_cash_vnd(self) -> int:
        """What should be in the drawer."""
        return self.told.kept_vnd(PaidBy.CASH)


def day_now(desk: "Desk", day: date | None = None, counted_cash_vnd: int | None = None) -> DayNow:
    """Return how a day stands; without one, the first open day, today when none is.

    Raises:
        BadInput: ``day_ahead``, ``bad_cash_count``.
    """
    now, calendar = desk.clock.now(), desk.calendar()
    with desk.store.reading() as queries:
        wanted = day or _next(queries, day_of(now))
        rules.check_order(wanted, day_of(now), None, None)
        return _look(queries, wanted, now, calendar, rules.checked_cash(counted_cash_vnd))


def findings(desk: "Desk", day: date, counted_cash_vnd: int | None = None) -> tuple[Finding, ...]:
    """Return what was found of a day, the cash compared with what was counted; errors as `day_now`."""
    return day_now(desk, day, counted_cash_vnd).findings


def close_day(
    desk: "Desk",
    day: date,
    counted_cash_vnd: int | None,
    carried: Mapping[FindingKind, str],
    *,
    clerk: str = "",
    clock_confirmed: bool = False,
) -> DayClose:
    """Close a day and return the closing once it is durable.

    Args:
        desk: The counter.
        day: The next day in line.
        counted_cash_vnd: What is in the drawer, đồng; None when nobody counted.
        carried: Why each finding that is not settled is left for later.
        clerk: Who closes; the clerk of the settings when "".
        clock_confirmed: The clerk said that the clock, which seems set back, is right.

    Raises:
        BadInput: ``day_ahead``, ``bad_cash_count``, ``entry_too_long``.
        RuleRefusal: ``day_not_settled``, ``earlier_day_open``, ``day_already_closed``, ``clock_set_back``.
        EnvironmentProblem: as `Store.writing`.
    """
    at, by = desk.clock.now().replace(microsecond=0), clerk or desk.clerk
    counted, calendar = rules.checked_cash(counted_cash_vnd), desk.calendar()
    counter = desk.settings.counter
    with desk.store.writing() as transaction:
        if not clock_confirmed:
            require_clock(transaction, at)
        found = _look(transaction, day, at, calendar, counted)
        last = found.last
        rules.check_order(day, day_of(at), last.day if last else None, found.first_open)
        before = transaction.closings_of_day(counter.number, day)
        close = DayClose(
            close_id=desk.ids.new_id(),
            counter=counter.number,
            day=day,
            revision=len(before) + 1,
            after=last.day if last else None,
            closed_at=at,
            clerk=by,
            counted_cash_vnd=counted,
            told=found.told,
            own=found.own,
            standing=found.standing,
            carried=rules.carry_over(found.findings, carried, day),
            tip="",
            through=found.through,
            other_days=found.other_days,
            office_definition=transaction.keep_definition(desk.office(day)),
            training=counter.training,
        )
        _audit(transaction, close, CLOSED, at, by)
        audited = transaction.audit_tip()
        close = replace(close, audit_seq=audited.seq, audit_tip=audited.digits)
        transaction.append_event(_event(desk, close, EventKind.DAY_CLOSED, at=at, by=by, data=_told(close)))
        close = replace(close, tip=transaction.chain_tip())
        transaction.add_day_close(close)
        transaction.add_audit_anchor(
            Anchor(tip=audited, at=utc_text(at), kind=AnchorKind.DAY_CLOSE, reference=close.close_id)
        )
    return close


def reopen_day(desk: "Desk", day: date, reason: str, *, clerk: str = "") -> DayClose:
    """Take the last closing back, so that its day is counted and closed anew; its sheet stays on record.

    Raises:
        BadInput: ``entry_missing`` without a reason, ``day_not_closed`` (day).
        RuleRefusal: ``only_last_day_reopens`` (day, last), ``clock_set_back``.
    """
    at, by = desk.clock.now().replace(microsecond=0), clerk or desk.clerk
    why = needed(reason, "reason")
    with desk.store.writing() as transaction:
        require_clock(transaction, at)
        last = transaction.last_day_close()
        if last is None or day > last.day:
            raise BadInput("day_not_closed", day=day)
        if day < last.day:
            raise RuleRefusal("only_last_day_reopens", day=day, last=last.day)
        reopened = replace(last, reopened_at=at, reopened_by=by, reopen_reason=why)
        transaction.reopen_day_close(reopened)
        data = {"undone": CLOSED, "day": day.isoformat(), "revision": last.revision}
        transaction.append_event(_event(desk, last, EventKind.ACT_UNDONE, at=at, by=by, data=data))
        _audit(transaction, reopened, REOPENED, at, by)
    return reopened


def _next(queries: "Queries", today: date) -> date:
    last = queries.last_day_close()
    return queries.first_open_day(last.day if last else None, today) or today


def _look(
    queries: "Queries", day: date, now: datetime, calendar: "WorkingCalendar", counted_vnd: int | None
) -> DayNow:
    last = queries.last_day_close()
    first_open = queries.first_open_day(last.day if last else None, day_of(now))
    told, own = since_last(queries, day, last if last and last.day <= day else None, first_open)
    money = money_since_last(queries, day, day_of(now), last)
    told = replace(told, cash=money.cash)
    standing = how_things_stand(queries, now)
    return DayNow(
        day=day,
        at=now,
        findings=(
            *rules.cash_findings(told.kept_vnd(PaidBy.CASH), counted_vnd),
            *_left_undone(queries, day, now, calendar),
            *_known(FindingKind.ORIGINALS, standing["originals_held"]),
            *_known(FindingKind.UNSENT, standing["unsent"]),
        ),
        told=told,
        own=own,
        standing=standing,
        last=last,
        first_open=first_open,
        closed=last if last and last.day == day else None,
        through=money.through,
        other_days=money.other_days,
    )


def _left_undone(
    queries: "Queries", day: date, now: datetime, calendar: "WorkingCalendar"
) -> tuple[Finding, ...]:
    period = Period.of_day(day)
    # A day closed late is judged by its own evening: what came since is not its business.
    evening = work_day(min(now, period.ends_at - timedelta(seconds=1)), calendar)
    found = (
        (FindingKind.RESULTS_MISSING, queries.results_missing(period)),
        (FindingKind.NOT_HANDED_OVER, queries.still_at_the_desk(evening.hand_over_before)),
        (FindingKind.PAPERS_FAILED, queries.failed_papers(period)),
        (FindingKind.DRAFTS, queries.drafts_of(period)),
    )
    return tuple(_finding(kind, many) for kind, many in found if many.count)


def _finding(kind: FindingKind, many: "FoundMany") -> Finding:
    return Finding(kind=kind, count=many.count, items=many.items)


def _known(kind: FindingKind, count: int) -> tuple[Finding, ...]:
    return (Finding(kind=kind, count=count),) if count else ()


def _audit(transaction: "Transaction", close: DayClose, act: str, at: datetime, by: str) -> None:
    detail = {
        "day": close.day.isoformat(),
        "revision": close.revision,
        "expected_cash_vnd": close.expected_cash_vnd,
        "counted_cash_vnd": close.counted_cash_vnd,
        "carried": [each.kind.value for each in close.carried],
    }
    transaction.append_audit(AuditEntry(at=at, clerk=by, act=act, subject_id=close.close_id, detail=detail))


def _told(close: DayClose) -> dict[str, object]:
    """Return what the server learns: sums and kinds, no words a clerk typed."""
    return {
        "day": close.day.isoformat(),
        "revision": close.revision,
        "after": close.after.isoformat() if close.after else None,
        "counts": dict(close.told.counts),
        "cash_vnd": {method.value: close.told.kept_vnd(method) for method in PaidBy},
        "counted_cash_vnd": close.counted_cash_vnd,
        "standing": dict(close.standing),
        "carried": {each.kind.value: each.count for each in close.carried},
        "training": close.training,
        "receipts_of_other_days": len(close.other_days),
        "audit": {"seq": close.audit_seq, "tip": close.audit_tip},
    }


def _event(
    desk: "Desk", close: DayClose, kind: EventKind, *, at: datetime, by: str, data: Mapping[str, object]
) -> OutboxEvent:
    return office_event(
        desk,
        kind,
        clerk=by,
        at=at,
        rev=close.revision,
        counter=close.counter,
        data={"close_id": close.close_id, **data},
    )


def day_closed(queries: "Queries", close_id: str) -> DayClose:
    """Return a closing; BadInput ``day_close_unknown``."""
    found = queries.day_close(close_id)
    if found is None:
        raise BadInput("day_close_unknown")
    return found
