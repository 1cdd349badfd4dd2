"""What the clerk should know of the data today: what ended, what ends or changes soon, what is old."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from counter_app.domain.clerks import Permission, may
from counter_app.domain.errors import BadInput
from counter_app.domain.fee import FeeRule
from counter_app.domain.fee_dates import fees_ending
from counter_app.domain.procedure import Procedure
from counter_app.services.backup.standing import backup_standing
from counter_app.services.keys_port import WrapKind
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

DEFAULT_MAX_AGE = 45  # days without a new pack before the clerk is told
_MOST_AGE = 3650
_AHEAD = 30  # days before an end is told
_MISSED = 90  # days after an end without a successor: long enough to ask for data
_TAKEN_OVER = 30  # days after an end with a successor: by then the board has been changed
_DISMISSED, _MAX_AGE = "notices.dismissed", "notices.max_data_age"


class NoticeKind(StrEnum):
    """What is told, the most pressing first."""

    SHEET_MISSING = "sheet_missing"
    BACKUP_OLD = "backup_old"
    PERSON_REQUESTS = "person_requests"
    DATA_DAMAGED = "data_damaged"
    SWITCHED_TODAY = "switched_today"
    SWITCHING_TOMORROW = "switching_tomorrow"
    EXPIRED = "expired"
    FORMS_EXPIRED = "forms_expired"
    EXPIRING = "expiring"
    FORMS_EXPIRING = "forms_expiring"
    FEES_ENDING = "fees_ending"
    SUPERSEDED = "superseded"
    DATA_OLD = "data_old"


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyNotice:
    """One thing to know. ``count`` are items, for `DATA_OLD` days; ``names`` are of what is concerned."""

    kind: NoticeKind
    count: int
    names: tuple[str, ...] = ()
    day: date | None = None


def daily_notices(desk: "Desk") -> tuple[DailyNotice, ...]:
    """Return what is to be told today and was not put aside today."""
    on = desk.clock.now().date()
    with desk.store.reading() as queries:
        settings = queries.settings()
    aside = _put_aside(settings.get(_DISMISSED, ""), on)
    return tuple(each for each in _all(desk, on, _age(settings.get(_MAX_AGE))) if each.kind not in aside)


def put_aside(desk: "Desk", kinds: Iterable[NoticeKind]) -> None:
    """Tell no more of these kinds today; tomorrow they are told again."""
    on = desk.clock.now().date()
    with desk.store.writing() as transaction:
        before = _put_aside(transaction.settings().get(_DISMISSED, ""), on)
        value = {"day": on.isoformat(), "kinds": sorted({*before, *kinds})}
        transaction.put_setting(_DISMISSED, json.dumps(value))


def max_data_age(desk: "Desk") -> int:
    """Return after how many days without a new pack the clerk is told."""
    with desk.store.reading() as queries:
        return _age(queries.setting(_MAX_AGE))


def set_max_data_age(desk: "Desk", days: object) -> None:
    """Keep after how many days the clerk is told; BadInput ``bad_data_age`` (most)."""
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= _MOST_AGE:
        raise BadInput("bad_data_age", most=_MOST_AGE)
    with desk.store.writing() as transaction:
        transaction.put_setting(_MAX_AGE, str(days))
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=desk.clerk,
                act="settings_changed",
                subject_id=_MAX_AGE,
                detail={"days": days},
            )
        )


def data_age(desk: "Desk", on: date) -> int | None:
    """Return how many days ago the newest data was issued; None when no version is known."""
    newest = max((version.issued_on for version in desk.catalogue.data_versions()), default=None)
    return None if newest is None else (on - newest).days


def _all(desk: "Desk", on: date, most_days: int) -> list[DailyNotice]:
    check = desk.catalogue.check(on, _AHEAD)
    versions = desk.catalogue.all_procedures()
    missed = [each for each in check.expired if not each.superseded_by and _ended(each, on) <= _MISSED]
    taken_over = [each for each in check.expired if each.superseded_by and _ended(each, on) <= _TAKEN_OVER]
    found = [
        DailyNotice(kind=NoticeKind.SHEET_MISSING, count=_lacks_sheet(desk)),
        _backup(desk, on),
        _person_requests(desk),
        DailyNotice(kind=NoticeKind.DATA_DAMAGED, count=len(desk.catalogue.problems)),
        _switch(NoticeKind.SWITCHED_TODAY, versions, on),
        _switch(NoticeKind.SWITCHING_TOMORROW, versions, on + timedelta(days=1)),
        _procedures(NoticeKind.EXPIRED, missed),
        _titles(NoticeKind.FORMS_EXPIRED, [form.title for form in check.forms_expired]),
        _procedures(NoticeKind.EXPIRING, check.expiring),
        _titles(NoticeKind.FORMS_EXPIRING, [form.title for form in check.forms_expiring]),
        _fees(fees_ending(desk.catalogue.procedures(on), on, _AHEAD)),
        _procedures(NoticeKind.SUPERSEDED, taken_over),
    ]
    age = data_age(desk, on)
    if age is not None and age > most_days:
        found.append(DailyNotice(kind=NoticeKind.DATA_OLD, count=age))
    return [each for each in found if each.count]


def _backup(desk: "Desk", on: date) -> DailyNotice:
    """Tell of a last good backup of more than three days ago; a new machine has none yet."""
    standing = backup_standing(desk)
    days = 0 if standing.last_good is None else (on - standing.last_good.date()).days
    return DailyNotice(kind=NoticeKind.BACKUP_OLD, count=days if standing.old else 0)


def _person_requests(desk: "Desk") -> DailyNotice:
    """Tell whoever may answer of citizens' requests that wait, and of the first day to answer by."""
    present = desk.session.present
    if present is not None and not may(present.role, Permission.PERSONAL_DATA):
        return DailyNotice(kind=NoticeKind.PERSON_REQUESTS, count=0)
    with desk.store.reading() as queries:
        waiting = queries.person_requests(open_only=True)
    first = min((each.answer_by for each in waiting), default=None)
    return DailyNotice(kind=NoticeKind.PERSON_REQUESTS, count=len(waiting), day=first)


def _lacks_sheet(desk: "Desk") -> int:
    """Return 1 while no recovery sheet was printed; only who may print one is reminded."""
    present = desk.session.present
    if present is None or not may(present.role, Permission.SAFEKEEP):
        return 0
    return int(not desk.keys.standing().has(WrapKind.RECOVERY))


def _ended(procedure: Procedure, on: date) -> int:
    """Return how many days ago a procedure went out of force."""
    return (on - (procedure.valid_to or on)).days


def _switch(kind: NoticeKind, versions: Sequence[Procedure], day: date) -> DailyNotice:
    """Return the procedures another version of which begins on `day`."""
    older = {each.procedure_id for each in versions if each.valid_from < day}
    new = [each for each in versions if each.valid_from == day and each.procedure_id in older]
    return DailyNotice(kind=kind, count=len(new), names=tuple(each.name for each in new), day=day)


def _procedures(kind: NoticeKind, procedures: Sequence[Procedure]) -> DailyNotice:
    """``day`` is the nearest last day."""
    ends = [each.valid_to for each in procedures if each.valid_to]
    day = (min if kind is NoticeKind.EXPIRING else max)(ends, default=None)
    return DailyNotice(
        kind=kind, count=len(procedures), names=tuple(each.name for each in procedures), day=day
    )


def _fees(ending: Sequence[tuple[Procedure, FeeRule]]) -> DailyNotice:
    """``day`` is the nearest last day; a fee several procedures take is one fee."""
    rules = {rule.fee_id: rule for _, rule in ending}
    day = min((rule.valid_to for rule in rules.values() if rule.valid_to), default=None)
    names = tuple(rule.name for rule in rules.values())
    return DailyNotice(kind=NoticeKind.FEES_ENDING, count=len(rules), names=names, day=day)


def _titles(kind: NoticeKind, titles: Sequence[str]) -> DailyNotice:
    return DailyNotice(kind=kind, count=len(titles), names=tuple(titles))


def _put_aside(stored: str, on: date) -> frozenset[str]:
    try:
        value = json.loads(stored) if stored else {}
        return frozenset(map(str, value["kinds"])) if value.get("day") == on.isoformat() else frozenset()
    except (ValueError, KeyError, TypeError, AttributeError):
        return frozenset()  # a broken note only tells once more


def _age(stored: str | None) -> int:
    return int(stored) if stored and stored.isdecimal() else DEFAULT_MAX_AGE
