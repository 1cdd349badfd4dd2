"""A citizen's requests about the data kept of them: written down, answered or refused in time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from counter_app.domain.clerks import Permission
from counter_app.domain.errors import BadInput, KnownError
from counter_app.domain.person import Person
from counter_app.domain.personal_data import (
    ANSWER_WITHIN_WORKING_DAYS,
    Outcome,
    PersonRequest,
    RequestKind,
)
from counter_app.domain.vietnamese_text import clean
from counter_app.services.clock_check import require_clock
from counter_app.services.people.subject import audit_name, record_of
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.domain.working_calendar import WorkingCalendar
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries

_WEEKEND = 5  # Saturday


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOf:
    """A request with the citizen it is of; ``person`` None: the record was destroyed since."""

    request: PersonRequest
    person: Person | None


def register(
    desk: "Desk", personal_id: str, kind: RequestKind, *, note: str = "", clerk: str = ""
) -> PersonRequest:
    """Write a request down, with the day it is to be answered by.

    Raises:
        BadInput: ``person_unknown``.
        RuleRefusal: ``clock_set_back``, ``sign_in_needed``, ``not_permitted``.
    """
    now, by = desk.clock.now(), clerk or desk.clerk
    answer_by = answer_day(desk.calendar(), now.date())
    with desk.store.writing() as transaction:
        require_clock(transaction, now)
        record = record_of(transaction, personal_id)
        request = PersonRequest(
            request_id=desk.ids.new_id(),
            person_number=record.number,
            kind=kind,
            asked_at=now,
            answer_by=answer_by,
            note=clean(note),
            clerk=by,
        )
        transaction.put_person_request(request)
        transaction.append_audit(
            AuditEntry(
                at=now,
                clerk=by,
                act="personal_data_requested",
                subject_id=audit_name(record),
                detail={"request": request.request_id, "kind": kind.value},
            )
        )
    return request


def answer(desk: "Desk", request_id: str, outcome: Outcome, text: str, *, clerk: str = "") -> PersonRequest:
    """Write down how a request was answered; a refusal says why, and the citizen gets it printed.

    Raises:
        BadInput: ``person_request_unknown``, ``person_request_answered``,
            ``person_request_reason_missing``.
        RuleRefusal: ``clock_set_back``, ``sign_in_needed``, ``not_permitted``.
    """
    now, by, said = desk.clock.now(), clerk or desk.clerk, clean(text)
    if outcome is Outcome.REFUSED and not said:
        raise BadInput("person_request_reason_missing")
    with desk.store.writing() as transaction:
        require_clock(transaction, now)
        request = transaction.person_request(request_id)
        if request is None:
            raise BadInput("person_request_unknown")
        if request.outcome is not None:
            raise BadInput("person_request_answered")
        done = replace(request, answered_at=now, answered_by=by, outcome=outcome, answer=said)
        transaction.put_person_request(done)
        transaction.append_audit(
            AuditEntry(
                at=now,
                clerk=by,
                act="personal_data_answered",
                subject_id=f"person:{request.person_number}",
                detail={
                    "request": request_id,
                    "kind": request.kind.value,
                    "outcome": outcome.value,
                    "late": now.date() > request.answer_by,
                },
            )
        )
    return done


def requests_of(desk: "Desk", personal_id: str) -> Sequence[PersonRequest]:
    """Return a citizen's requests, merged records' too; BadInput ``person_unknown``."""
    with desk.store.reading() as queries:
        record_of(queries, personal_id)
        records = queries.stored_people(queries.together(personal_id))
        return queries.person_requests(record_numbers=[each.number for each in records])


def waiting(desk: "Desk") -> tuple[RequestOf, ...]:
    """Return the requests that wait, the most urgent first; not permitted is told as by `Desk.require`."""
    desk.require(Permission.PERSONAL_DATA)
    with desk.store.reading() as queries:
        return tuple(
            RequestOf(request=each, person=_person(queries, each.person_number))
            for each in queries.person_requests(open_only=True)
        )


def answer_day(calendar: "WorkingCalendar", asked_on: date) -> date:
    """Return the last day to answer on; where days off are not known yet, weekends alone are left out."""
    day = asked_on
    for _each in range(ANSWER_WITHIN_WORKING_DAYS):
        try:
            day = calendar.next_working_day(day)
        except KnownError:
            day += timedelta(days=1)
            while day.weekday() >= _WEEKEND:
                day += timedelta(days=1)
    return day


def _person(queries: "Queries", number: int) -> Person | None:
    personal_id = queries.person_id_of(number)
    known = queries.person(personal_id) if personal_id else None
    return known.person if known else None
