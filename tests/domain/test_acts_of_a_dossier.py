"""Which act is allowed when, what it changes, and what waiting does to the promise."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.builders import MORNING, VIETNAM, make_dossier

from counter_app.catalogue.calendar_files import load_calendar
from counter_app.domain.dossier import Dossier, SubmittedPart
from counter_app.domain.dossier_acts import (
    ActRequest,
    AskPayment,
    AskSupplement,
    Circumstances,
    EnterResult,
    Extend,
    GiveBack,
    GiveResult,
    HandOver,
    Refuse,
    Resume,
    Stop,
    TakePayment,
    Withdraw,
    after,
    refusal_of,
)
from counter_app.domain.dossier_acts.promises import days_waited
from counter_app.domain.dossier_life import (
    EndedBy,
    Ending,
    Holder,
    PaymentDemand,
    PaymentPolicy,
    Result,
    Return,
    ReturnTo,
    Supplement,
)
from counter_app.domain.dossier_status import MOVES, DossierStatus, check_move
from counter_app.domain.due_date import promise
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.procedure import SupplementPolicy
from counter_app.domain.processing_time import ProcessingTime

CALENDAR = load_calendar(Path(__file__).parents[2] / "resources" / "calendars")
S = DossierStatus
REQUESTS: tuple[ActRequest, ...] = (
    HandOver(to=Holder(name="Công chức Tư pháp – Hộ tịch")),
    AskSupplement(items=("Giấy chứng sinh",), reason="Thiếu giấy", repeat_reason="Mất giấy"),
    Resume(),
    Refuse(reasons=("Không thuộc thẩm quyền",)),
    AskPayment(text="Nộp thuế trước bạ", amount_vnd=100_000),
    TakePayment(),
    Extend(reason="Chờ xác minh", time="5wd", late_reason="Xác minh lâu"),
    Stop(reasons=("Tranh chấp",), decided_by="Chủ tịch UBND xã"),
    Withdraw(reason="Không còn nhu cầu"),
    EnterResult(number="12/2026"),
    GiveResult(to=ReturnTo.OWNER, full_name="Đặng Thị Thử Nghiệm", identity_checked="card"),
    GiveBack(originals={"so_do": 1}, full_name="Đặng Thị Thử Nghiệm"),
)
LEADS_TO: dict[type, DossierStatus] = {
    HandOver: S.PROCESSING,
    AskSupplement: S.AWAITING_SUPPLEMENT,
    Resume: S.PROCESSING,
    Refuse: S.REFUSED,
    AskPayment: S.AWAITING_PAYMENT,
    TakePayment: S.PROCESSING,
    Stop: S.STOPPED,
    Withdraw: S.WITHDRAWN,
    EnterResult: S.RESOLVED,
    GiveResult: S.RETURNED,
}


def at(day: int, hour: int = 9, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def now(moment: datetime, policy: SupplementPolicy = SupplementPolicy.RESET) -> Circumstances:
    return Circumstances(at=moment, clerk="Mai", calendar=CALENDAR, number=7, policy=policy)


def received(moment: datetime = MORNING, limit: str = "5wd", **changes: object) -> Dossier:
    made = promise(moment, ProcessingTime.parse(limit), same_day=False, no_promise=False, calendar=CALENDAR)
    held = (SubmittedPart(part_id="so_do", name="Giấy chứng nhận", original=1, held=1),)
    return make_dossier(received_at=moment, promise=made, parts=held, **changes)


def in_status(status: DossierStatus) -> Dossier:
    """Return a dossier that came to a status as acts leave it."""
    dossier = received()
    done = Ending(kind=EndedBy.REFUSAL, number=1, at=at(1), clerk="Mai", reasons=("x",))
    asked = Supplement(
        number=1, at=at(1), clerk="Mai", items=("x",), reason="x", policy=SupplementPolicy.RESET
    )
    lives = {
        S.AWAITING_SUPPLEMENT: {"supplements": (asked,)},
        S.AWAITING_PAYMENT: {"payment": PaymentDemand(at=at(1), clerk="Mai", text="x")},
        S.RESOLVED: {"result": Result(at=at(1), clerk="Mai", name="x")},
        S.RETURNED: {
            "result": Result(at=at(1), clerk="Mai", name="x"),
            "returned": Return(at=at(1), clerk="Mai", to=ReturnTo.OWNER, full_name="x"),
        },
        **{ended: {"ending": done} for ended in (S.REFUSED, S.STOPPED, S.WITHDRAWN)},
    }
    return replace(dossier, status=status, life=replace(dossier.life, **lives.get(status, {})))


_RUNNING = {HandOver, AskSupplement, Refuse, AskPayment, Extend, Stop, Withdraw, EnterResult, GiveBack}
ALLOWED: dict[DossierStatus, set[type]] = {
    S.DRAFT: set(),
    S.REGISTERED: set(),  # it becomes a dossier of this desk by being received
    S.RECEIVED: _RUNNING,
    S.PROCESSING: _RUNNING,
    S.AWAITING_SUPPLEMENT: {Resume, Refuse, Stop, Withdraw, GiveBack},
    S.AWAITING_PAYMENT: {TakePayment, Refuse, Stop, Withdraw, EnterResult, Extend, GiveBack},
    S.RESOLVED: {GiveResult, GiveBack},
    **{status: {GiveBack} for status in (S.REFUSED, S.STOPPED, S.WITHDRAWN, S.RETURNED)},
}


@pytest.mark.parametrize("status", list(DossierStatus))
@pytest.mark.parametrize("request_", REQUESTS, ids=lambda r: type(r).__name__)
def test_acts_go_only_where_the_status_machine_goes(status: DossierStatus, request_: ActRequest) -> None:
    dossier, act = in_status(status), type(request_)
    to = LEADS_TO.get(act, status)
    if act not in ALLOWED[status]:
        with pytest.raises(RuleRefusal) as refused:
            after(dossier, request_, now(at(2)))
        assert refused.value.code in {"move_not_allowed", "act_not_allowed"}
        assert refused.value.params["rule"]
        return
    changed = after(dossier, request_, now(at(2)))
    assert (changed.status, changed.life.rev) == (to, dossier.life.rev + 1)
    if to is not status:
        check_move(status, to)


def test_every_move_of_the_machine_has_its_act() -> None:
    led = {(start, LEADS_TO.get(act)) for start, acts in ALLOWED.items() for act in acts}
    moves = {(start, to) for start, ends in MOVES.items() for to in ends}
    at_intake = {(start, to) for start, to in moves if start in (S.DRAFT, S.REGISTERED)}
    assert moves - at_intake <= led


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda r: type(r).__name__)
def test_nothing_happens_to_what_has_ended_but_giving_originals_back(request_: ActRequest) -> None:
    for status in (S.REFUSED, S.STOPPED, S.WITHDRAWN, S.RETURNED):
        refusal = refusal_of(in_status(status), type(request_))
        assert (refusal is None) == isinstance(request_, GiveBack)
        if refusal is not None:
            assert refusal.params["rule"] in {"final_status", "already_there"}


# Received Monday 23/11/2026 08:30 (Tuesday 24/11 is a holiday), 5 working days: due Tuesday 1/12 08:30.
@pytest.mark.parametrize(
    ("policy", "asked", "resumed", "due"),
    [
        (SupplementPolicy.RESET, at(25, month=11), at(27, month=11), at(4, 9)),
        (SupplementPolicy.RESET, at(25, month=11), at(27, 18, month=11), at(7, 7)),
        # 25/11 09:00 to 1/12 08:30: four days less half an hour were left, used up from 27/11 09:00 on.
        (SupplementPolicy.PAUSE, at(25, month=11), at(27, month=11), at(3, 8, 30)),
        (SupplementPolicy.PAUSE, at(25, 13, 30, month=11), at(25, 15, 30, month=11), at(1, 10, 30)),
        # Two working days waited: Thursday and Friday.
        (SupplementPolicy.SHIFT, at(25, month=11), at(27, month=11), at(3, 8, 30)),
        (SupplementPolicy.SHIFT, at(25, month=11), at(25, 16, month=11), at(1, 8, 30)),
        # Already late when asked: it stays late under pause and shift, and starts anew under reset.
        (SupplementPolicy.PAUSE, at(2), at(4), at(1, 8, 30)),
        (SupplementPolicy.RESET, at(2), at(4), at(11, 9)),
    ],
)
def test_missing_papers_move_the_promise_as_the_case_says(
    policy: SupplementPolicy, asked: datetime, resumed: datetime, due: datetime
) -> None:
    dossier = received()
    assert dossier.due_at == at(1, 8, 30)
    waiting = after(dossier, REQUESTS[1], now(asked, policy))
    assert waiting.due_at == dossier.due_at
    assert waiting.waiting_since == asked
    again = after(waiting, Resume(), now(resumed, policy))
    assert again.due_at == due
    assert (again.life.supplements[0].due_before, again.life.supplements[0].due_after) == (at(1, 8, 30), due)
    assert again.first_due_at == (at(1, 8, 30) if asked.date() > at(1).date() else None)
    assert again.waiting_since is None


def test_the_second_request_needs_a_reason_and_counts_late() -> None:
    once = after(after(received(), REQUESTS[1], now(at(25, month=11))), Resume(), now(at(26, month=11)))
    with pytest.raises(RuleRefusal, match="second_supplement_needs_reason"):
        after(once, AskSupplement(items=("Hộ chiếu",), reason="Thiếu"), now(at(27, month=11)))
    assert not once.life.counts_late
    assert after(once, REQUESTS[1], now(at(27, month=11))).life.counts_late


# Due Tuesday 1/12/2026 08:30; the last working day before is Monday 30/11.
@pytest.mark.parametrize(
    ("moment", "late"),
    [
        (at(27, month=11), False),
        (at(28, month=11), False),  # Saturday: Monday is still whole
        (at(30, 16, 59, month=11), False),
        (at(1, 7), True),
        (at(3), True),
    ],
)
def test_an_extension_from_the_last_day_on_needs_its_own_reason(moment: datetime, late: bool) -> None:
    dossier = received()
    plain = Extend(reason="Chờ xác minh", time="5wd")
    if late:
        with pytest.raises(RuleRefusal, match="extension_late_needs_reason"):
            after(dossier, plain, now(moment))
        plain = replace(plain, late_reason="Xác minh lâu")
    extended = after(dossier, plain, now(moment))
    assert extended.due_at == at(8, 8, 30)
    assert extended.first_due_at == at(1, 8, 30)
    assert extended.promise.decided
    with pytest.raises(RuleRefusal, match="extension_only_once"):
        after(extended, plain, now(moment + timedelta(days=1)))


@pytest.mark.parametrize("day", [at(1, 8, 30), at(27, month=11)])
def test_an_extension_goes_forward(day: datetime) -> None:
    with pytest.raises(BadInput, match="extension_not_later"):
        after(received(), Extend(reason="x", due_at=day), now(at(26, month=11)))


def test_an_extension_on_a_day_off_goes_to_the_next_opening() -> None:
    extended = after(received(), Extend(reason="x", due_at=at(5, 9)), now(at(26, month=11)))
    assert extended.due_at == at(7, 7)


def test_a_payment_may_stop_the_clock() -> None:
    for policy, due in ((PaymentPolicy.RUN, at(1, 8, 30)), (PaymentPolicy.SHIFT, at(3, 8, 30))):
        asked = after(received(), AskPayment(text="Thuế", policy=policy), now(at(25, month=11)))
        assert after(asked, TakePayment(), now(at(27, month=11))).due_at == due


def test_a_delegate_needs_a_letter() -> None:
    with pytest.raises(RuleRefusal, match="authorisation_needed"):
        after(in_status(S.RESOLVED), GiveResult(to=ReturnTo.DELEGATE, full_name="Bùi Văn Thắng"), now(at(2)))


def test_an_overdue_dossier_is_given_out_like_any_other() -> None:
    assert after(in_status(S.RESOLVED), REQUESTS[10], now(at(30))).status is S.RETURNED


@given(st.dictionaries(st.sampled_from(["so_do", "ho_chieu"]), st.integers(-2, 3)))
def test_never_more_originals_go_back_than_came(originals: dict[str, int]) -> None:
    dossier = in_status(S.RESOLVED)
    request = GiveResult(
        to=ReturnTo.OWNER, full_name="Đặng Thị Thử Nghiệm", identity_checked="seen", originals=originals
    )
    if originals.get("ho_chieu") or originals.get("so_do", 0) not in (0, 1):
        with pytest.raises(BadInput, match="originals_not_held"):
            after(dossier, request, now(at(2)))
        return
    given_out = after(dossier, request, now(at(2)))
    assert 0 <= given_out.originals_held <= dossier.originals_held == 1


@given(st.integers(0, 40), st.integers(0, 40))
def test_days_waited_add_up(first: int, second: int) -> None:
    start, middle = at(1), at(1) + timedelta(days=first)
    end = middle + timedelta(days=second)
    whole = days_waited(start, end, CALENDAR)
    assert whole == days_waited(start, middle, CALENDAR) + days_waited(middle, end, CALENDAR)


@given(st.sampled_from(SupplementPolicy), st.integers(0, 8 * 24), st.integers(0, 20 * 24))
def test_waiting_never_shortens_the_promise(policy: SupplementPolicy, asked: int, waited: int) -> None:
    dossier = received()
    ask_at = MORNING + timedelta(hours=asked)
    again = after(
        after(dossier, REQUESTS[1], now(ask_at, policy)),
        Resume(),
        now(ask_at + timedelta(hours=waited), policy),
    )
    assert again.due_at is not None
    assert dossier.due_at is not None
    assert again.due_at >= dossier.due_at
    assert CALENDAR.is_working_day(again.due_at.date())


def test_waiting_after_an_extension_betters_no_figures() -> None:
    """First promise 1/12, extended to 8/12: asked in time, both promises move alike under pause and shift."""
    extended = after(received(), Extend(reason="Chờ xác minh", time="5wd"), now(at(26, month=11)))
    for policy, first in ((SupplementPolicy.SHIFT, at(3, 8, 30)), (SupplementPolicy.RESET, None)):
        waiting = after(extended, REQUESTS[1], now(at(27, month=11), policy))
        again = after(waiting, Resume(), now(at(1), policy))
        assert again.first_due_at == first
    late = after(extended, REQUESTS[1], now(at(4), SupplementPolicy.RESET))
    assert after(late, Resume(), now(at(4, 10))).first_due_at == at(1, 8, 30)


def test_a_result_ends_the_wait_for_a_payment() -> None:
    asked = after(received(), AskPayment(text="Thuế", policy=PaymentPolicy.SHIFT), now(at(25, month=11)))
    assert asked.stands_still
    resolved = after(asked, EnterResult(), now(at(27, month=11)))
    assert resolved.due_at == at(3, 8, 30)
    assert resolved.life.payment is not None
    assert resolved.life.payment.paid_at == at(27, month=11)


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (SubmittedPart(part_id="la", name="Lạ", original=1), "part_unknown"),
        (SubmittedPart(part_id="so_do", name="Sổ", original=1, held=2), "held_more_than_brought"),
        (SubmittedPart(part_id="so_do", name="Sổ", copy=1000), "too_many_of_a_paper"),
        (SubmittedPart(part_id="so_do", name="Sổ", copy=-1), "too_many_of_a_paper"),
    ],
)
def test_papers_that_come_later_are_those_of_the_checklist(part: SubmittedPart, code: str) -> None:
    waiting = after(received(), REQUESTS[1], now(at(25, month=11)))
    names = {"so_do": "Giấy chứng nhận quyền sử dụng đất"}
    with pytest.raises(BadInput, match=code):
        after(waiting, Resume(parts=(part,)), replace(now(at(26, month=11)), part_names=names))
    good = SubmittedPart(part_id="so_do", name="<b>khác</b>", copy=1)
    resumed = after(waiting, Resume(parts=(good,)), replace(now(at(26, month=11)), part_names=names))
    assert "<b>" not in resumed.parts[0].name


def test_only_the_owner_takes_it_as_the_owner() -> None:
    resolved = in_status(S.RESOLVED)
    for taker in (
        GiveResult(to=ReturnTo.OWNER, full_name="Trộm Cắp", identity_checked="seen"),
        GiveResult(
            to=ReturnTo.OWNER,
            full_name=resolved.applicant.full_name,
            personal_id="000190999999",
            identity_checked="seen",
        ),
    ):
        with pytest.raises(RuleRefusal, match="taker_is_not_the_owner"):
            after(resolved, taker, now(at(2)))
    with pytest.raises(RuleRefusal, match="identity_not_checked"):
        after(resolved, replace(taker, personal_id="", identity_checked=""), now(at(2)))
    by_post = GiveResult(to=ReturnTo.POST, full_name="Bưu điện xã")
    with pytest.raises(BadInput, match="entry_missing"):
        after(resolved, by_post, now(at(2)))
