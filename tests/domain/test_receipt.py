"""What is still to be taken for a dossier, and how a sum is spread over its fees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import receipt as rules
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.fee import Charge, ChargeKind


def charge(fee_id: str, amount: int | None, *, exempt: bool = False) -> Charge:
    return Charge(
        fee_id=fee_id,
        name=fee_id.upper(),
        kind=ChargeKind.LEVY,
        amount_vnd=amount,
        exemption_id="poor" if exempt else "",
    )


TWO = (charge("a", 8000), charge("b", 5000))


@pytest.mark.parametrize(
    ("amount", "spread"),
    [
        (13000, {"a": 8000, "b": 5000}),
        (8000, {"a": 8000}),
        (9000, {"a": 8000, "b": 1000}),
        (15000, {"a": 8000, "b": 7000}),
    ],
)
def test_one_sum_fills_the_fees_in_their_order(amount: int, spread: dict[str, int]) -> None:
    assert rules.one_sum(TWO, TWO, amount) == spread


def test_what_is_left_of_a_sum_goes_to_the_unknown_fee() -> None:
    charges = (charge("a", None), charge("b", 5000))
    assert rules.one_sum(charges, charges, 12000) == {"a": 7000, "b": 5000}


def test_unknown_amounts_are_never_guessed() -> None:
    unknown = (charge("a", None), charge("b", None))
    with pytest.raises(BadInput, match="fee_amount_unknown"):
        rules.everything(unknown)
    with pytest.raises(BadInput, match="fee_amount_unknown"):
        rules.one_sum(unknown, unknown, 5000)


def test_a_paid_or_exempt_fee_is_no_longer_due() -> None:
    charges = (*TWO, charge("c", 0, exempt=True), charge("d", None))
    left = rules.still_due(charges, {"a": 8000, "b": 2000})
    assert [(each.fee_id, each.amount_vnd) for each in left] == [("b", 3000), ("d", None)]


@pytest.mark.parametrize("amount", [0, -1, 1_000_000_001])
def test_absurd_sums_are_refused(amount: int) -> None:
    with pytest.raises(BadInput, match="bad_amount"):
        rules.paid_lines(TWO, {"a": amount})


def test_a_fee_of_another_dossier_is_refused() -> None:
    with pytest.raises(BadInput, match="fee_unknown"):
        rules.paid_lines(TWO, {"z": 1})
    with pytest.raises(BadInput, match="nothing_to_collect"):
        rules.paid_lines(TWO, {})


def test_more_than_due_needs_a_reason() -> None:
    lines = rules.paid_lines(TWO, {"a": 9000})
    with pytest.raises(RuleRefusal, match="more_than_due"):
        rules.check_not_more(TWO, lines, "")
    rules.check_not_more(TWO, lines, "Công dân nộp thêm một bản sao")


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=5), st.integers(1, 10**7))
def test_no_dong_of_a_sum_is_lost(amounts: list[int], paid: int) -> None:
    charges = tuple(charge(f"f{place}", amount) for place, amount in enumerate(amounts))
    assert sum(rules.one_sum(charges, charges, paid).values()) == paid


@pytest.mark.parametrize(
    ("charges", "paid", "due", "over"),
    [
        ((charge("b", 10_000),), {"a": 10_000}, [], 0),
        ((charge("b", 10_000),), {"a": 4000}, [("b", 6000)], 0),
        ((charge("b", 3000), charge("c", 9000)), {"a": 10_000}, [("c", 2000)], 0),
        ((charge("b", 3000),), {"a": 10_000}, [], 7000),
        ((charge("a", 0, exempt=True), charge("b", 3000)), {"a": 10_000}, [], 7000),
        ((), {"a": 10_000}, [], 10_000),
        ((charge("b", None),), {"a": 10_000}, [("b", None)], 10_000),
    ],
)
def test_money_of_a_fee_that_is_gone_counts_for_those_there_are(
    charges: tuple[Charge, ...], paid: dict[str, int], due: list[tuple[str, int | None]], over: int
) -> None:
    left = rules.still_due(charges, paid)
    assert [(each.fee_id, each.amount_vnd) for each in left] == due
    assert rules.overpaid_vnd(charges, sum(paid.values())) == over


@given(
    st.dictionaries(st.sampled_from("abcd"), st.integers(0, 10**6)),
    st.dictionaries(st.sampled_from("cdef"), st.integers(0, 10**6)),
)
def test_what_was_taken_and_what_is_due_are_never_less_than_the_fees(
    amounts: dict[str, int], paid: dict[str, int]
) -> None:
    charges = tuple(charge(fee_id, amount) for fee_id, amount in amounts.items())
    due = sum(each.amount_vnd or 0 for each in rules.still_due(charges, paid))
    asked = sum(paid.values()) + due
    assert asked >= sum(amounts.values())
    gone = all(fee_id not in amounts for fee_id in paid)
    if gone and due:
        assert asked == sum(amounts.values()), "credited to the last đồng"
