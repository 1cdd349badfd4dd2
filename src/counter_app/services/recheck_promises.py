"""Promises that a change of the calendar moves: found, told, and changed only when the clerk says so.

Nothing here happens by itself: a citizen holds the paper with the old day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.due_date import Promise
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.promise_recheck import (
    NO_LONGER_AWAITED,
    ChangedDay,
    changed_days,
    promised_anew,
    stretches,
    within,
)
from counter_app.domain.vietnamese_text import clean
from counter_app.services import dossier_events
from counter_app.services.desk import Desk
from counter_app.services.ports import AuditEntry, HistoryEntry
from counter_protocol.events import EventKind

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.domain.working_calendar import WorkingCalendar
    from counter_app.services.ports import Transaction

# A calendar may arrive late: a promise this long past may still turn out to lie ahead.
_LOOK_BACK = timedelta(days=31)
CHANGED, KEPT = "promise_changed", "promise_kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class AffectedPromise:
    """A promise that would be another one with the calendar of now.

    ``changes`` are the days, from receipt to the later of both promises, that make the difference.
    """

    dossier_id: str
    dossier_code: str
    applicant: str
    phone: str
    procedure: str
    received_at: datetime
    old: Promise
    new: Promise
    changes: tuple[ChangedDay, ...]

    @property
    def old_due(self) -> datetime:
        """The promise on the citizen's slip."""
        return _due(self.old)

    @property
    def new_due(self) -> datetime:
        """The promise the calendar of now gives."""
        return _due(self.new)


def affected_promises(desk: Desk) -> tuple[AffectedPromise, ...]:
    """Return the open promises the calendar of now would make differently, the nearest first.

    Looks at the dossiers only over whose days the calendars differ; changes nothing. A promise is left
    out once both its days are past, and when the calendar of now does not reach far enough to tell.
    """
    calendar, now = desk.calendar(), desk.clock.now()
    found: list[AffectedPromise] = []
    with desk.store.reading() as queries:
        for digest, before in queries.promise_calendars().items():
            changes = changed_days(before, calendar)
            for dossier in queries.open_promises(digest, stretches(changes), now - _LOOK_BACK):
                affected = _weighed(dossier, calendar, changes)
                if affected is not None and max(affected.old_due, affected.new_due) >= now:
                    found.append(affected)
    return tuple(sorted(found, key=lambda each: (each.old_due, each.dossier_code)))


def affected_count(desk: Desk) -> int:
    """Return how many citizens must be told another day."""
    return len(affected_promises(desk))


def change_promises(
    desk: Desk, dossier_ids: Iterable[str], reason: str, *, clerk: str = ""
) -> tuple["Dossier", ...]:
    """Promise these dossiers the day the calendar of now gives, and return those that changed.

    One act each, with history, audit and event; the first promise is kept for statistics. A dossier
    whose promise needs no change is passed over.

    Raises:
        BadInput: ``reason_missing``, ``dossier_unknown``; those before it are changed.
    """
    said = _reason(reason)
    changed = (_change(desk, dossier_id, said, clerk or desk.clerk) for dossier_id in dossier_ids)
    return tuple(dossier for dossier in changed if dossier is not None)


def keep_promises(
    desk: Desk, dossier_ids: Iterable[str], reason: str, *, clerk: str = ""
) -> tuple["Dossier", ...]:
    """Keep the promised day of these dossiers although the calendar changed; errors as `change_promises`.

    They are listed again only when a later calendar moves them once more.
    """
    said = _reason(reason)
    kept = (_keep(desk, dossier_id, said, clerk or desk.clerk) for dossier_id in dossier_ids)
    return tuple(dossier for dossier in kept if dossier is not None)


def _change(desk: Desk, dossier_id: str, reason: str, clerk: str) -> "Dossier | None":
    now = desk.clock.now().replace(microsecond=0)
    calendar = desk.calendar()
    with desk.store.writing() as transaction:
        before = _dossier(transaction, dossier_id)
        affected = _affected(transaction, before, calendar)
        if affected is None:
            return None
        after = replace(
            before,
            promise=affected.new,
            first_due_at=before.first_due_at or before.due_at,
            calendar_definition=transaction.keep_definition(calendar),
            slip_required=before.slip_required or not affected.new.same_day,
            life=replace(before.life, rev=before.life.rev + 1),
        )
        transaction.change_dossier(after)
        _record(transaction, affected, CHANGED, reason, clerk, now)
        data = dossier_events.promise_data(after, affected.old_due, reason)
        kind = EventKind.PROMISE_CHANGED
        dossier_events.tell(transaction, desk, kind, after, act=CHANGED, clerk=clerk, at=now, data=data)
    return after


def _keep(desk: Desk, dossier_id: str, reason: str, clerk: str) -> "Dossier | None":
    now = desk.clock.now().replace(microsecond=0)
    calendar = desk.calendar()
    with desk.store.writing() as transaction:
        before = _dossier(transaction, dossier_id)
        affected = _affected(transaction, before, calendar)
        if affected is None:
            return None
        after = replace(
            before,
            calendar_definition=transaction.keep_definition(calendar),
            life=replace(before.life, rev=before.life.rev + 1),
        )
        transaction.change_dossier(after)
        _record(transaction, affected, KEPT, reason, clerk, now)
        data = dossier_events.promise_data(after, affected.old_due, reason)
        kind = EventKind.PROMISE_KEPT
        dossier_events.tell(transaction, desk, kind, after, act=KEPT, clerk=clerk, at=now, data=data)
    return after


def _dossier(transaction: "Transaction", dossier_id: str) -> "Dossier":
    dossier = transaction.dossier(dossier_id)
    if dossier is None:
        raise BadInput("dossier_unknown", dossier_code=dossier_id[:40])
    return dossier


def _affected(
    transaction: "Transaction", dossier: "Dossier", calendar: "WorkingCalendar"
) -> AffectedPromise | None:
    before = transaction.promise_calendars().get(dossier.calendar_definition)
    return None if before is None else _weighed(dossier, calendar, changed_days(before, calendar))


def _weighed(
    dossier: "Dossier", calendar: "WorkingCalendar", changes: Sequence[ChangedDay]
) -> AffectedPromise | None:
    if dossier.promise.due_at is None or dossier.status in NO_LONGER_AWAITED or not changes:
        return None
    if dossier.promise.decided or dossier.status is DossierStatus.AWAITING_SUPPLEMENT:
        return None  # somebody decided the day, or it will be counted anew when the papers come
    try:
        new = promised_anew(dossier.counted_since, dossier.promise, calendar)
    except RuleRefusal:
        return None
    if new.due_at is None or new.due_at == dossier.promise.due_at:
        return None
    last = max(new.due_at, dossier.promise.due_at).date()
    return AffectedPromise(
        dossier_id=dossier.dossier_id,
        dossier_code=dossier.dossier_code,
        applicant=dossier.applicant.full_name,
        phone=dossier.applicant.phone,
        procedure=dossier.procedure.name,
        received_at=dossier.received_at,
        old=dossier.promise,
        new=new,
        changes=within(changes, dossier.counted_since.date(), last),
    )


def _record(
    transaction: "Transaction", affected: AffectedPromise, act: str, reason: str, clerk: str, now: datetime
) -> None:
    """Note the step in the dossier's history and in the audit, which gets no word a clerk typed."""
    detail: dict[str, object] = {
        "old_due": affected.old_due.isoformat(),
        "new_due": affected.new_due.isoformat(),
        "reason": reason,
        "calendar_version": affected.new.calendar_version,
    }
    transaction.append_history(affected.dossier_id, HistoryEntry(at=now, clerk=clerk, act=act, detail=detail))
    plain = {key: value for key, value in detail.items() if key != "reason"}  # typed: may name somebody
    transaction.append_audit(
        AuditEntry(at=now, clerk=clerk, act=act, subject_id=affected.dossier_id, detail=plain)
    )


def _reason(text: str) -> str:
    said = clean(text)
    if not said:
        raise BadInput("reason_missing")
    return said


def _due(promise: Promise) -> datetime:
    if promise.due_at is None:
        raise AssertionError("a promise without a day is never affected")
    return promise.due_at
