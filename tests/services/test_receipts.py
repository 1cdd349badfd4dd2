"""Money taken: receipts and what a dossier has paid always agree, numbers have no gap."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.builders import MORNING, FixedClock, make_dossier, make_office
from tests.helpers.desks import CLERK, add_pinned, make_desk
from tests.helpers.visits import BIRTH, CERTIFIED_COPY

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import EnterResult, GiveResult, HandOver, Undo
from counter_app.domain.dossier_life import Holder, ReturnTo
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.errors import BadInput, KnownError, RuleRefusal
from counter_app.domain.fee import Charge, ChargeKind
from counter_app.domain.receipt import PaidBy
from counter_app.services.acts.correct_intake import correct_intake
from counter_app.services.acts.perform import perform
from counter_app.services.acts.undo import undo
from counter_app.services.desk import Desk
from counter_app.services.dossier_json import file_to_json
from counter_app.services.look_up import open_dossier
from counter_app.services.paper_content import Marks
from counter_app.services.papers.dossier_notices import notice_of
from counter_app.services.receipts import Payment, collect, still_due, void_receipt
from counter_app.services.receipts_json import collect_json
from counter_app.services.receive_dossier import receive
from counter_app.services.returns import Giving, give
from counter_app.services.visit_of_dossier import visit_to_correct

COPY = Charge(fee_id="copy", name="Trích lục", kind=ChargeKind.LEVY, amount_vnd=8000, quantity=2)
LOCAL = Charge(fee_id="local", name="Lệ phí hộ tịch", kind=ChargeKind.LEVY, amount_vnd=None)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MORNING)
    yield made
    made.store.close()


def add(desk: Desk, number: int, *charges: Charge) -> Dossier:
    with desk.store.writing() as transaction:
        return add_pinned(transaction, make_dossier(number, charges=charges))


def now(desk: Desk, dossier: Dossier) -> Dossier:
    with desk.store.reading() as queries:
        found = queries.dossier(dossier.dossier_id)
    assert found is not None
    return found


def rows(desk: Desk, statement: str) -> list[Any]:
    """Return the first column of what only the database knows."""
    with desk.store.writing() as transaction:
        return [row[0] for row in transaction._sql.rows(statement)]  # type: ignore[attr-defined]


def test_everything_due_is_taken_once(desk: Desk) -> None:
    dossier = add(desk, 1, COPY)
    taken = collect(desk, dossier.dossier_id, Payment(method=PaidBy.TRANSFER))
    after = now(desk, dossier)
    assert (taken.number, taken.total_vnd, taken.payer) == (1, 8000, dossier.applicant.full_name)
    assert (after.life.paid_vnd, after.life.rev) == (8000, 2)
    with pytest.raises(BadInput, match="nothing_to_collect"):
        collect(desk, dossier.dossier_id)
    with desk.store.reading() as queries:
        step = queries.history(dossier.dossier_id)[-1]
        assert queries.receipts(dossier.dossier_id) == [taken]
    assert step.act == "fee_collected"
    assert (step.detail["by"], step.detail["total_vnd"]) == ("Chuyển khoản", 8000)


def test_an_unknown_amount_is_entered_and_known_from_then_on(desk: Desk) -> None:
    dossier = add(desk, 1, COPY, LOCAL)
    with pytest.raises(BadInput, match="fee_amount_unknown"):
        collect(desk, dossier.dossier_id)
    taken = collect(desk, dossier.dossier_id, Payment(amounts={"local": 5000}))
    assert now(desk, dossier).charges_vnd == 13000
    void_receipt(desk, taken.receipt_id, "Nhập nhầm")
    assert now(desk, dossier).charges_vnd is None, "what only a voided receipt knew is unknown again"


def test_more_than_due_needs_a_reason_and_changes_nothing_without(desk: Desk) -> None:
    dossier = add(desk, 1, COPY)
    with pytest.raises(RuleRefusal, match="more_than_due"):
        collect(desk, dossier.dossier_id, Payment(amount_vnd=10000))
    assert now(desk, dossier) == dossier
    taken = collect(desk, dossier.dossier_id, Payment(amount_vnd=10000, over_reason="Thêm một bản"))
    assert (taken.number, taken.over_reason) == (1, "Thêm một bản"), "a refused act wastes no number"


def test_what_a_receipt_took_beyond_a_voided_one_does_not_keep_its_amount_known(desk: Desk) -> None:
    dossier = add(desk, 1, LOCAL)
    first = collect(desk, dossier.dossier_id, Payment(amounts={"local": 50_000}))
    second = collect(desk, dossier.dossier_id, Payment(amounts={"local": 20_000}, over_reason="Thêm"))
    void_receipt(desk, first.receipt_id, "Sai")
    after = now(desk, dossier)
    assert (after.charges_vnd, after.life.paid_vnd) == (None, 20_000)
    collect(desk, dossier.dossier_id, Payment(amounts={"local": 30_000}))
    assert now(desk, dossier).charges_vnd == 50_000, "what was taken before is part of the fee"
    void_receipt(desk, second.receipt_id, "Sai")
    assert now(desk, dossier).charges_vnd == 50_000


def test_after_a_correction_to_another_case_no_fee_is_taken_twice(desk: Desk) -> None:
    dossier = add(desk, 1, COPY)
    collect(desk, dossier.dossier_id)
    other = replace(COPY, fee_id="birth", name="Lệ phí khai sinh")
    corrected(desk, dossier, other)
    with pytest.raises(BadInput, match="nothing_to_collect"):
        collect(desk, dossier.dossier_id)
    with pytest.raises(RuleRefusal, match="more_than_due"):
        collect(desk, dossier.dossier_id, Payment(amounts={"birth": 8000}))
    corrected(desk, dossier, replace(other, amount_vnd=10_000))
    assert collect(desk, dossier.dossier_id).total_vnd == 2000
    corrected(desk, dossier)
    with desk.store.reading() as queries:
        assert not still_due(queries, now(desk, dossier))
    assert file_to_json(open_dossier(desk, dossier.dossier_code))["overpaid_vnd"] == 10_000


def test_an_amount_a_receipt_entered_is_not_asked_again_after_a_correction(desk: Desk) -> None:
    dossier = add(desk, 1, LOCAL)
    collect(desk, dossier.dossier_id, Payment(amounts={"local": 5000}))
    corrected(desk, dossier, LOCAL, COPY)
    assert collect(desk, dossier.dossier_id).total_vnd == 8000
    assert now(desk, dossier).charges_vnd == 13_000


def corrected(desk: Desk, dossier: Dossier, *charges: Charge) -> None:
    """Leave what a correction to a case with other fees leaves."""
    with desk.store.writing() as transaction:
        transaction.change_dossier(replace(now(desk, dossier), charges=charges))


def test_a_void_receipt_of_last_year_does_not_void_this_year_s_of_its_number(desk: Desk) -> None:
    dossier = add(desk, 1, COPY)
    desk.clock = FixedClock(MORNING.replace(month=12, day=30))
    old = collect(desk, dossier.dossier_id)
    void_receipt(desk, old.receipt_id, "Nhập nhầm")
    desk.clock = FixedClock(MORNING.replace(year=2027, month=1, day=5))
    new = collect(desk, dossier.dossier_id)
    assert (old.number, new.number) == (1, 1)
    with desk.store.reading() as queries:
        history = queries.history(dossier.dossier_id)
    papers = [
        notice_of(now(desk, dossier), paper, history=history, office=make_office(), marks=Marks())
        for paper in ("receipt:1", "receipt:2")
    ]
    assert ["HỦY" in repr(each) for each in papers] == [True, False]


def test_a_void_tells_the_server_so(desk: Desk) -> None:
    dossier = add(desk, 1, COPY)
    void_receipt(desk, collect(desk, dossier.dossier_id).receipt_id, "Nhầm")
    assert rows(desk, "SELECT kind FROM outbox_event ORDER BY seq DESC LIMIT 1") == ["fee_voided"]


def test_a_void_receipt_keeps_its_number_and_leaves_the_sums(desk: Desk) -> None:
    dossier = add(desk, 1, COPY)
    first = collect(desk, dossier.dossier_id)
    with pytest.raises(BadInput, match="entry_missing"):
        void_receipt(desk, first.receipt_id, "  ")
    void_receipt(desk, first.receipt_id, "Thu nhầm hồ sơ")
    with pytest.raises(RuleRefusal, match="receipt_already_void"):
        void_receipt(desk, first.receipt_id, "Lần nữa")
    second = collect(desk, dossier.dossier_id)
    day = MORNING.date()
    with desk.store.reading() as queries:
        (line,) = queries.cash_by_fee(day, day)
        assert [each.number for each in queries.receipts_between(day, day)] == [1, 2]
        assert queries.history(dossier.dossier_id)[-2].act == "fee_voided"
    assert second.number == 2
    assert (line.fee_name, line.method, line.clerk) == ("Trích lục", PaidBy.CASH, CLERK)
    assert (line.taken_vnd, line.voided_vnd, line.kept_vnd) == (16000, 8000, 8000)


def test_yesterday_s_receipt_is_not_voided(desk: Desk) -> None:
    dossier = add(desk, 1, COPY)
    taken = collect(desk, dossier.dossier_id)
    desk.clock = FixedClock(MORNING + timedelta(days=1))
    with pytest.raises(RuleRefusal, match="receipt_void_same_day"):
        void_receipt(desk, taken.receipt_id, "Muộn rồi")


def test_money_of_the_day_is_cut_at_midnight_here(desk: Desk) -> None:
    dossier = add(desk, 1, COPY)
    desk.clock = FixedClock(MORNING.replace(hour=23, minute=59))
    collect(desk, dossier.dossier_id)
    with desk.store.reading() as queries:
        assert queries.cash_by_fee(MORNING.date(), MORNING.date())
        assert not queries.cash_by_fee(MORNING.date() + timedelta(days=1), MORNING.date() + timedelta(days=1))


def test_audit_and_outbox_hold_no_name_of_the_payer(desk: Desk) -> None:
    dossier = add(desk, 1, COPY)
    collect(desk, dossier.dossier_id, Payment(payer="Hà Văn Quý"))
    told = rows(desk, "SELECT detail FROM audit_entry")
    sent = rows(desk, "SELECT body FROM outbox_event")
    assert told
    assert sent
    assert not any("Quý" in str(detail) for detail in told)
    assert not any("Quý".encode() in bytes(body) for body in sent)


@pytest.mark.parametrize(
    "data", [{"amount": 5}, {"amount_vnd": "5"}, {"amounts": {"copy": 1.5}}, {"method": "gold"}, {"note": 3}]
)
def test_a_wrong_json_payment_is_refused(desk: Desk, data: dict[str, object]) -> None:
    dossier = add(desk, 1, COPY)
    with pytest.raises(BadInput, match="bad_act_data"):
        collect_json(desk, dossier.dossier_id, data)


def test_a_json_payment_is_taken(desk: Desk) -> None:
    dossier = add(desk, 1, COPY)
    told = collect_json(desk, dossier.dossier_id, {"amounts": {"copy": 8000}, "method": "online"})
    assert json.loads(json.dumps(told))["total_vnd"] == 8000


def test_a_received_dossier_can_be_paid(desk: Desk) -> None:
    received = receive(desk, BIRTH, clerk=CLERK)
    if received.charges_vnd:
        assert collect(desk, received.dossier_id).total_vnd == received.charges_vnd
    else:
        with pytest.raises(BadInput):
            collect(desk, received.dossier_id)


_STEP = st.one_of(
    st.tuples(st.just("sum"), st.integers(-10, 20_000), st.booleans()),
    st.tuples(st.just("all"), st.just(0), st.booleans()),
    st.tuples(st.just("void"), st.integers(0, 5), st.booleans()),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(_STEP, max_size=8), known=st.booleans())
def test_receipts_always_add_up_to_what_is_paid(
    desk: Desk, steps: list[tuple[str, int, bool]], known: bool
) -> None:
    with desk.store.reading() as queries:
        number = queries.dossier_count() + 1
        before = len(queries.receipts_between(MORNING.date(), MORNING.date()))
    dossier = add(desk, number, COPY, LOCAL if not known else replace(LOCAL, amount_vnd=3000))
    for kind, value, reason in steps:
        with suppress(KnownError):
            _do(desk, dossier, kind, value, "Lý do" if reason else "")
        after = now(desk, dossier)
        with desk.store.reading() as queries:
            receipts = queries.receipts(dossier.dossier_id)
            every = queries.receipts_between(MORNING.date(), MORNING.date())
            kept = sum(line.kept_vnd for line in queries.cash_by_fee(MORNING.date(), MORNING.date()))
        assert after.life.paid_vnd == sum(each.counted_vnd for each in receipts) >= 0
        assert [each.number for each in every] == list(range(1, len(every) + 1))
        assert kept == sum(each.counted_vnd for each in every)
        assert len(every) == before + len(receipts)


def _do(desk: Desk, dossier: Dossier, kind: str, value: int, reason: str) -> None:
    if kind == "void":
        with desk.store.reading() as queries:
            receipts = queries.receipts(dossier.dossier_id)
        if value < len(receipts):
            void_receipt(desk, receipts[value].receipt_id, reason)
    else:
        collect(
            desk,
            dossier.dossier_id,
            Payment(amount_vnd=value if kind == "sum" else None, over_reason=reason),
        )


GIVING = Giving(
    give=GiveResult(to=ReturnTo.OWNER, full_name="Đinh Thị Sen", identity_checked="card"),
    result=EnterResult(),
)
NOT_GIVEN = Undo(reason="Bấm nhầm", nothing_handed_out=True)


def test_a_fee_taken_with_the_result_is_voided_and_the_return_undone(desk: Desk) -> None:
    dossier = receive(desk, CERTIFIED_COPY, clerk=CLERK)
    given_out = give(desk, dossier.dossier_id, replace(GIVING, payment=Payment()))
    assert given_out.receipt is not None
    charged = now(desk, dossier).charges_vnd
    void_receipt(desk, given_out.receipt.receipt_id, "Nhầm")
    undo(desk, dossier.dossier_id, NOT_GIVEN)
    after = now(desk, dossier)
    assert (after.status, after.life.paid_vnd, after.charges_vnd) == (DossierStatus.RESOLVED, 0, charged)
    assert collect(desk, dossier.dossier_id).total_vnd == charged


_MIXED = st.lists(
    st.tuples(
        st.sampled_from(("collect", "some", "void", "result", "give", "hand over", "undo", "correct")),
        st.integers(0, 3),
    ),
    max_size=14,
)


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_MIXED)
def test_receipts_are_what_is_paid_after_any_mixture_of_acts(
    desk: Desk, steps: list[tuple[str, int]]
) -> None:
    dossier = receive(desk, CERTIFIED_COPY, clerk=CLERK)
    for act, value in steps:
        with suppress(KnownError):
            _mix(desk, dossier, act, value)
        after = now(desk, dossier)
        with desk.store.reading() as queries:
            receipts = queries.receipts(dossier.dossier_id)
            due = still_due(queries, after)
        assert after.life.paid_vnd == sum(each.counted_vnd for each in receipts) >= 0
        known = after.charges_vnd
        assert known is not None
        assert after.life.paid_vnd + sum(each.amount_vnd or 0 for each in due) >= known
        assert not due or after.life.paid_vnd < known


def _mix(desk: Desk, dossier: Dossier, act: str, value: int) -> None:
    if act == "collect":
        collect(desk, dossier.dossier_id)
    elif act == "some":
        collect(desk, dossier.dossier_id, Payment(amount_vnd=1000 * value + 500))
    elif act == "void":
        _do(desk, dossier, "void", value, "Nhầm")
    elif act == "result":
        perform(desk, dossier.dossier_id, EnterResult())
    elif act == "give":
        payment = Payment() if value % 2 else None
        give(desk, dossier.dossier_id, replace(GIVING, payment=payment))
    elif act == "hand over":
        perform(desk, dossier.dossier_id, HandOver(to=Holder(name="Bùi Văn Thử")))
    elif act == "undo":
        undo(desk, dossier.dossier_id, NOT_GIVEN)
    else:
        before = now(desk, dossier)
        visit = replace(visit_to_correct(desk, before), copies=value + 1)
        correct_intake(desk, dossier.dossier_id, visit, reason="Nhập sai")
