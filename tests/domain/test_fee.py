from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.condition import Condition
from counter_app.domain.errors import BadInput
from counter_app.domain.fee import (
    Charge,
    ChargeKind,
    Exemption,
    FeeBasis,
    FeeRule,
    FeeSetter,
    FeeTier,
    charge_for,
    exemptions_offered,
    format_vnd,
    total,
)
from counter_app.services.paper_text import charges_in_text

TODAY = date(2026, 11, 21)

CERTIFIED_COPY = FeeRule(
    fee_id="certified_copy",
    name="Phí chứng thực bản sao",
    kind=ChargeKind.FEE,
    set_by=FeeSetter.CENTRAL,
    basis=FeeBasis.PAGE,
    tiers=(FeeTier(from_page=1, amount_vnd=2000), FeeTier(from_page=3, amount_vnd=1000)),
    cap_vnd=200_000,
    count_from="pages",
    copies_from="copies_certified",
)
EXTRACT = FeeRule(
    fee_id="extract",
    name="Bản sao trích lục",
    set_by=FeeSetter.CENTRAL,
    basis=FeeBasis.COPY,
    amount_vnd=8000,
    count_from="extracts",
    exemptions=(
        Exemption(
            exemption_id="vneid",
            name="Tài khoản VNeID mức 2",
            valid_from=date(2026, 8, 15),
            valid_to=date(2027, 2, 28),
        ),
        Exemption(exemption_id="poor", name="Hộ nghèo", when=Condition(field="poor", equals=True)),
    ),
)
LATE_BIRTH = FeeRule(
    fee_id="late_birth",
    name="Lệ phí đăng ký khai sinh quá hạn",
    set_by=FeeSetter.PROVINCE_COUNCIL,
    amount_vnd=0,  # what a careless import of "Miễn phí" would write
    when=Condition(field="late_registration", equals=True),
)
LATE = {"late_registration": True}


def owed(rule, values=None, *, on=TODAY, channel="counter", amounts=None, **more) -> Charge | None:
    return charge_for(
        rule, values=values or {}, on=on, channel=channel, province_amounts=amounts or {}, **more
    )


@pytest.mark.parametrize(
    ("pages", "copies", "amount"),
    [
        (1, 1, 2000),
        (2, 1, 4000),
        (3, 1, 5000),
        (10, 1, 12_000),
        (10, 3, 36_000),
        (198, 1, 200_000),
        (199, 1, 200_000),  # 201.000 capped
        (500, 4, 800_000),  # the cap is for each copy
    ],
)
def test_certified_copies_by_page_and_copy(pages, copies, amount):
    charge = owed(CERTIFIED_COPY, {"pages": pages, "copies_certified": copies})
    assert (charge.amount_vnd, charge.quantity, charge.kind) == (amount, copies, ChargeKind.FEE)


@given(st.integers(1, 400), st.integers(1, 20))
def test_tiers_add_up_page_by_page(pages, copies):
    one = sum(2000 if page < 3 else 1000 for page in range(1, pages + 1))
    charge = owed(CERTIFIED_COPY, {"pages": pages, "copies_certified": copies})
    assert charge.amount_vnd == min(one, 200_000) * copies


def test_the_order_of_tiers_in_the_data_does_not_matter():
    turned = replace(CERTIFIED_COPY, tiers=CERTIFIED_COPY.tiers[::-1])
    assert owed(turned, {"pages": 10, "copies_certified": 1}).amount_vnd == 12_000


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"pages": 3},
        {"copies_certified": 2},
        {"pages": "3", "copies_certified": 1},
        {"pages": True, "copies_certified": 1},
        {"pages": 0, "copies_certified": 1},
        {"pages": -1, "copies_certified": 1},
    ],
)
def test_a_count_nobody_gave_leaves_the_amount_unknown(values):
    assert owed(CERTIFIED_COPY, values).amount_vnd is None


def test_no_copies_no_charge():
    assert owed(EXTRACT, {"extracts": 0}) is None
    assert owed(EXTRACT, {"extracts": 3}).amount_vnd == 24_000
    assert owed(EXTRACT, {}).amount_vnd is None


def test_a_flat_price_a_page():
    flat = replace(CERTIFIED_COPY, tiers=(), amount_vnd=500, copies_from="", cap_vnd=None)
    assert owed(flat, {"pages": 7}).amount_vnd == 3500


def test_a_fee_set_by_the_province_is_unknown_until_configured_and_never_zero():
    assert owed(LATE_BIRTH, LATE).amount_vnd is None
    assert owed(LATE_BIRTH, LATE, amounts={"late_birth": 5000}).amount_vnd == 5000
    # A province may really have set it to nothing; then the office said so.
    assert owed(LATE_BIRTH, LATE, amounts={"late_birth": 0}).amount_vnd == 0


def test_a_province_price_is_multiplied_by_the_copies():
    rule = replace(EXTRACT, set_by=FeeSetter.PROVINCE_COUNCIL, amount_vnd=None)
    assert owed(rule, {"extracts": 3}, amounts={"extract": 5000}).amount_vnd == 15_000


def test_what_the_clerk_enters_completes_or_corrects_a_province_fee_but_no_central_one():
    assert owed(LATE_BIRTH, LATE, entered=6000).amount_vnd == 6000
    assert owed(LATE_BIRTH, LATE, entered=0).amount_vnd == 0
    assert owed(LATE_BIRTH, LATE, amounts={"late_birth": 5000}, entered=6000).amount_vnd == 6000
    assert owed(EXTRACT, {"extracts": 1}, entered=1).amount_vnd == 8000
    unknown = FeeRule(fee_id="x", name="x")
    assert owed(unknown).amount_vnd is None
    assert owed(unknown, entered=7000).amount_vnd == 7000


@pytest.mark.parametrize("amount", [-1, 1_000_000_001])
def test_an_absurd_entry_is_refused(amount):
    with pytest.raises(BadInput) as refusal:
        owed(LATE_BIRTH, LATE, entered=amount)
    assert (refusal.value.code, refusal.value.params) == (
        "bad_amount",
        {"fee_id": "late_birth", "amount": amount},
    )


def test_a_fee_applies_only_when_its_condition_holds():
    assert owed(LATE_BIRTH, {}) is None
    assert owed(LATE_BIRTH, {"late_registration": False}) is None


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2026, 1, 31), False),
        (date(2026, 2, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_fee_is_due_from_its_first_to_its_last_day(on, due):
    dated = replace(EXTRACT, valid_from=date(2026, 2, 1), valid_to=date(2026, 12, 31))
    assert (owed(dated, {"extracts": 1}, on=on) is not None) is due


def test_a_fee_of_one_channel_is_not_due_in_another():
    online = replace(EXTRACT, channels=("online",))
    assert owed(online, {"extracts": 1}) is None
    assert owed(online, {"extracts": 1}, channel="online").amount_vnd == 8000


def test_an_exemption_within_its_window_costs_nothing_and_is_named():
    charge = owed(EXTRACT, {"extracts": 2}, exemption_id="vneid")
    assert (charge.amount_vnd, charge.exemption_id, charge.note, charge.quantity) == (
        0,
        "vneid",
        "Tài khoản VNeID mức 2",
        2,
    )
    assert owed(EXTRACT, {"extracts": 2}, exemption_id="vneid", entered=5).amount_vnd == 0


@pytest.mark.parametrize(
    ("exemption_id", "on"),
    [
        ("vneid", date(2026, 8, 14)),
        ("vneid", date(2027, 3, 1)),
        ("poor", TODAY),  # its condition does not hold
        ("nobody_knows", TODAY),
    ],
)
def test_an_exemption_that_is_not_offered_exempts_nobody(exemption_id, on):
    charge = owed(EXTRACT, {"extracts": 1}, on=on, exemption_id=exemption_id)
    assert (charge.amount_vnd, charge.exemption_id) == (8000, "")


def test_the_exemptions_offered_follow_the_day_and_the_answers():
    def offered(values, on):
        return [exemption.exemption_id for exemption in exemptions_offered(EXTRACT, values, on)]

    assert offered({"poor": True}, TODAY) == ["vneid", "poor"]
    assert offered({}, date(2027, 3, 1)) == []


def test_an_exemption_of_an_unknown_fee_is_known_to_be_zero():
    rule = replace(LATE_BIRTH, exemptions=(Exemption(exemption_id="poor", name="Hộ nghèo"),))
    assert owed(rule, LATE, exemption_id="poor").amount_vnd == 0


def test_the_total_is_unknown_while_one_amount_is():
    known = owed(EXTRACT, {"extracts": 1})
    unknown = owed(LATE_BIRTH, LATE)
    assert total([]) == 0
    assert total([known, known]) == 16_000
    assert total([known, unknown]) is None
    assert total(charge for charge in (known, known)) == 16_000


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "0 đ"), (500, "500 đ"), (50_000, "50.000 đ"), (1_234_567, "1.234.567 đ")],
)
def test_amounts_are_written_the_vietnamese_way(amount, text):
    assert format_vnd(amount) == text


def test_a_fee_by_person_is_counted_by_those_who_pay_and_says_so():
    rule = FeeRule(
        fee_id="danh_sach", name="Lệ phí", basis=FeeBasis.PERSON, amount_vnd=10_000, count_from="persons",
        set_by=FeeSetter.CENTRAL,
    )  # fmt: skip
    charge = owed(rule, {"persons": 12})
    assert (charge.amount_vnd, charge.quantity, charge.counted) == (120_000, 12, FeeBasis.PERSON)
    assert charges_in_text((charge,)) == "Lệ phí (12 người): 120.000 đ"
    assert owed(rule, {}).amount_vnd is None, "how many is not guessed"
