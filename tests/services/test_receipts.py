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
from tests.helpers.builders import MORNING, FixedClock, make_dossier
from tests.helpers.desks import CLERK, add_pinned, make_desk
from tests.helpers.visits import BIRTH

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, KnownError, RuleRefusal
from counter_app.domain.fee import Charge, ChargeKind
from counter_app.domain.receipt import PaidBy
from counter_app.services.desk import Desk
from counter_app.services.receipts import Payment, collect, void_receipt
from counter_app.services.receipts_json import collect_json
from counter_app.services.receive_dossier import receive

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
