"""Acts that make the dossier wait, go on, or be promised for another day.

Sources: NĐ 61/2018/NĐ-CP Điều 17, 19 (read 2026-11; to be compared with NĐ 118/2025/NĐ-CP).
"""

from dataclasses import replace
from datetime import datetime

from counter_app.domain.dossier import Dossier, SubmittedPart
from counter_app.domain.dossier_acts import promises
from counter_app.domain.dossier_acts.circumstances import Circumstances
from counter_app.domain.dossier_acts.extra_papers import extra_papers
from counter_app.domain.dossier_acts.requests import AskPayment, AskSupplement, Extend, Resume, TakePayment
from counter_app.domain.dossier_acts.texts import kept, needed, needed_list
from counter_app.domain.dossier_life import Extension, PaymentDemand, PaymentPolicy, Supplement
from counter_app.domain.due_date import Promise, promise_until
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.fee import MAX_AMOUNT_VND
from counter_app.domain.procedure import SupplementPolicy
from counter_app.domain.processing_time import ProcessingTime
from counter_app.domain.working_time import next_open_moment, office_moment

MOST_OF_A_PAPER = 99  # of one kind, brought at once: more is a slip of the finger


def ask_supplement(dossier: Dossier, request: AskSupplement, now: Circumstances) -> Dossier:
    """Ask for what is missing; the dossier waits and its time stands still.

    Raises:
        RuleRefusal: ``second_supplement_needs_reason``: asked twice, the index of QĐ 766/QĐ-TTg counts
            the dossier late.
    """
    again = kept(request.repeat_reason, "repeat_reason")
    if dossier.life.supplements and not again:
        raise RuleRefusal("second_supplement_needs_reason", count=len(dossier.life.supplements))
    asked = Supplement(
        number=now.number,
        at=now.at,
        clerk=now.clerk,
        items=needed_list(request.items, "items"),
        reason=needed(request.reason, "reason"),
        policy=now.policy,
        repeat_reason=again,
        due_before=dossier.due_at,
    )
    return replace(dossier, life=replace(dossier.life, supplements=(*dossier.life.supplements, asked)))


def resume(dossier: Dossier, request: Resume, now: Circumstances) -> Dossier:
    """Take the missing papers and promise the day the case's policy gives.

    Statistics count by the new promise when the count begins anew, and go on by the first one where it
    was extended or already past when the papers were asked for: waiting betters no figures.

    Raises:
        BadInput: ``part_unknown``, ``held_more_than_brought``, ``too_many_of_a_paper``, ``entry_too_long``.
    """
    *earlier, asked = dossier.life.supplements
    kept(request.reason, "reason")
    parts = tuple(_checked(part, dossier, now) for part in request.parts)
    promise = promises.resumed(dossier.promise, asked.policy, asked.at, now.at, now.calendar)
    done = replace(asked, resumed_at=now.at, due_after=promise.due_at)
    return replace(
        dossier,
        promise=promise,
        first_due_at=_first_promise(dossier, asked, now),
        slip_required=True,
        parts=_with(dossier.parts, parts),
        life=replace(dossier.life, supplements=(*earlier, done)),
    )


def _first_promise(dossier: Dossier, asked: Supplement, now: Circumstances) -> datetime | None:
    counted = dossier.first_due_at or dossier.due_at
    if counted is not None and asked.at.date() > counted.date():
        return counted
    if dossier.first_due_at is None or asked.policy is SupplementPolicy.RESET:
        return None
    first = replace(dossier.promise, due_at=dossier.first_due_at)
    return promises.resumed(first, asked.policy, asked.at, now.at, now.calendar).due_at


def _checked(part: SubmittedPart, dossier: Dossier, now: Circumstances) -> SubmittedPart:
    """Return the paper as the checklist or the request names it."""
    known = {part.part_id: part.name} if now.part_names is None else now.part_names
    names = {**extra_papers(dossier.life), **known}
    if part.part_id not in names:
        raise BadInput("part_unknown", part=part.part_id[:40])
    if not 0 <= part.held <= part.original:
        raise BadInput("held_more_than_brought", part=part.part_id[:40])
    if not all(0 <= count <= MOST_OF_A_PAPER for count in (part.original, part.copy, part.electronic)):
        raise BadInput("too_many_of_a_paper", part=part.part_id[:40], limit=MOST_OF_A_PAPER)
    return replace(part, name=names[part.part_id])


def ask_payment(dossier: Dossier, request: AskPayment, now: Circumstances) -> Dossier:
    """Wait for a payment; BadInput ``bad_amount`` when the sum is absurd."""
    amount = request.amount_vnd
    if amount is not None and not 0 < amount <= MAX_AMOUNT_VND:
        raise BadInput("bad_amount", fee_id="payment", amount=amount)
    demand = PaymentDemand(
        at=now.at,
        clerk=now.clerk,
        text=needed(request.text, "text"),
        amount_vnd=amount,
        policy=request.policy,
        due_before=dossier.due_at,
    )
    return replace(dossier, life=replace(dossier.life, payment=demand))


def take_payment(dossier: Dossier, request: TakePayment, now: Circumstances) -> Dossier:
    """Go on after the payment; where the wait is not the office's time, its working days are added."""
    kept(request.note, "note")
    return payment_over(dossier, now)


def payment_over(dossier: Dossier, now: Circumstances) -> Dossier:
    """End the wait for a payment; both promises move, the one in force and the one statistics count by."""
    demand = dossier.life.payment
    if demand is None:
        raise AssertionError("a dossier that waits for a payment has a demand")
    life = replace(dossier.life, payment=replace(demand, paid_at=now.at))
    if demand.policy is PaymentPolicy.RUN or dossier.due_at is None:
        return replace(dossier, life=life)
    waited = promises.days_waited(demand.at, now.at, now.calendar)
    moved = promises.later_by(dossier.due_at, waited, now.calendar)
    first = dossier.first_due_at and promises.later_by(dossier.first_due_at, waited, now.calendar)
    return replace(dossier, life=life, promise=_decided(dossier.promise, moved, now), first_due_at=first)


def extend(dossier: Dossier, request: Extend, now: Circumstances) -> Dossier:
    """Promise another day; the promise of before stays what statistics count by.

    Raises:
        RuleRefusal: ``extension_late_needs_reason`` from the last working day before the promise on,
            ``calendar_missing``.
        BadInput: ``extension_not_later``, ``extension_day_missing``, ``naive_moment``,
            ``bad_processing_time``.
    """
    reason, late_reason = needed(request.reason, "reason"), kept(request.late_reason, "late_reason")
    old = dossier.due_at
    if old is None:
        raise AssertionError("only a promise can be extended")
    new = _new_day(request, old, now)
    if new <= max(old, now.at):
        raise BadInput("extension_not_later", due=old)
    if is_late_for_extension(now.at, old, now) and not late_reason:
        raise RuleRefusal("extension_late_needs_reason", due=old)
    extension = Extension(
        number=now.number,
        at=now.at,
        clerk=now.clerk,
        reason=reason,
        due_before=old,
        due_after=new,
        late_reason=late_reason,
    )
    return replace(
        dossier,
        promise=_decided(dossier.promise, new, now),
        first_due_at=dossier.first_due_at or old,
        slip_required=True,
        life=replace(dossier.life, extension=extension),
    )


def is_late_for_extension(at: datetime, due_at: datetime, now: Circumstances) -> bool:
    """Tell whether less than one working day is left (NĐ 61/2018 Điều 19: at the latest 1 day before)."""
    return now.calendar.next_working_day(office_moment(at).date()) > due_at.date()


def _new_day(request: Extend, old: datetime, now: Circumstances) -> datetime:
    if request.due_at is not None:
        return next_open_moment(office_moment(request.due_at), now.calendar)
    if not request.time:
        raise BadInput("extension_day_missing")
    limit = ProcessingTime.parse(request.time)
    return next_open_moment(promises.counted_on(old, limit, now.calendar), now.calendar)


def _decided(made: Promise, due_at: datetime, now: Circumstances) -> Promise:
    return promise_until(due_at, since=made.counted_from, made=made, calendar=now.calendar)


def _with(parts: tuple[SubmittedPart, ...], more: tuple[SubmittedPart, ...]) -> tuple[SubmittedPart, ...]:
    """Return the papers with those handed in now; more of a paper there already is added to it."""
    by_id = {part.part_id: part for part in parts}
    for part in more:
        there = by_id.get(part.part_id)
        by_id[part.part_id] = part if there is None else _sum(there, part)
    return tuple(by_id.values())


def _sum(there: SubmittedPart, more: SubmittedPart) -> SubmittedPart:
    return replace(
        there,
        original=there.original + more.original,
        copy=there.copy + more.copy,
        electronic=there.electronic + more.electronic,
        held=there.held + more.held,
        presented=there.presented or more.presented,
    )
