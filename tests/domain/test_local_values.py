"""Which local decision governs: layers, days, narrowness, contradiction; never zero out of nothing."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.condition import Condition
from counter_app.domain.form_template import FormLayout, FormTemplate
from counter_app.domain.local_values import (
    LocalFee,
    LocalFormText,
    LocalTime,
    LocalValues,
    covers_unit,
    effective_form,
    effective_procedure,
    fee_amounts,
    fee_on,
)
from counter_app.domain.procedure import Procedure, ProcedureCase
from counter_app.domain.processing_time import ProcessingTime
from counter_app.domain.provenance import Provenance
from counter_app.domain.time_order import at_most

JAN, JUN, DEC = date(2026, 1, 1), date(2026, 6, 1), date(2026, 12, 31)
INVENTED = Provenance(source="invented")
RURAL = Condition(field="khu_vuc", equals="Xã")


def fee(amount: int, valid_from: date = JAN, **more: object) -> LocalFee:
    return LocalFee(fee_id="le_phi", amount_vnd=amount, valid_from=valid_from, **more)  # type: ignore[arg-type]


def layer(*fees: LocalFee) -> LocalValues:
    return LocalValues(fees=fees)


def amount(values: LocalValues, on: date, channel: str = "counter", **answers: object) -> int | None:
    return fee_amounts(values, on, channel, answers).get("le_phi")


RESOLVED = [
    # what is decided, the day, the amount
    (LocalValues(), JUN, None),
    (layer(fee(5)), date(2025, 12, 31), None),
    (layer(fee(5)), JAN, 5),
    (layer(fee(5), fee(8, JUN)), JUN - timedelta(days=1), 5),
    (layer(fee(5), fee(8, JUN)), JUN, 8),
    (layer(fee(5, valid_to=JUN)), JUN, 5),
    (layer(fee(5, valid_to=JUN)), JUN + timedelta(days=1), None),
    # A lapsed decision does not revive the one before it.
    (layer(fee(5), fee(8, JUN, valid_to=JUN)), DEC, None),
    # The higher layer speaks first, even when it began earlier; when it is silent the lower one speaks.
    (layer(fee(9, JUN)).then(layer(fee(5))), DEC, 5),
    (layer(fee(9)).then(layer(fee(5, JUN))), JAN, 9),
    (layer(fee(9)).then(layer(fee(5, valid_to=JUN))), DEC, 9),
    (layer(fee(9)).then(layer()).then(layer(fee(0))), DEC, 0),
    # Two that contradict each other make it unknown; two that agree do not.
    (layer(fee(5), fee(8)), JUN, None),
    (layer(fee(5), fee(5)), JUN, 5),
    (layer(fee(0, JUN), fee(5, JUN)), JUN, None),
]


@pytest.mark.parametrize(("values", "on", "expected"), RESOLVED)
def test_the_decision_of_the_day(values: LocalValues, on: date, expected: int | None) -> None:
    assert amount(values, on) == expected


def test_a_narrower_amount_wins_on_the_same_day_and_gives_way_when_it_ends() -> None:
    values = layer(fee(8), fee(4, channels=("online",), valid_to=JUN), fee(2, when=RURAL))
    assert amount(values, JAN) == 8
    assert amount(values, JAN, "online") == 4
    assert amount(values, DEC, "online") == 8
    assert amount(values, JAN, khu_vuc="Xã") == 2
    # Neither of two equally narrow ones is the narrower: the clerk is asked.
    assert amount(values, JAN, "online", khu_vuc="Xã") is None


def test_a_later_resolution_replaces_the_exceptions_of_the_one_before() -> None:
    values = layer(fee(8), fee(4, channels=("online",)), fee(10, JUN))
    assert [amount(values, day, "online") for day in (JAN, JUN)] == [4, 10]


UNITS = [
    ((), "H29.12", True),
    (("H29",), "H29.12", True),
    (("H29",), "H291", False),
    (("H29.12",), "H29.12", True),
    (("H29.12",), "H29.121", False),
    (("H29.12",), "H29", False),
    (("H29.1*",), "H29.12", True),
    (("H29.1*",), "H29.21", False),
    (("H30", "H29.12"), "H29.12", True),
]


@pytest.mark.parametrize(("units", "unit_code", "covered"), UNITS)
def test_a_value_may_be_limited_to_units(units: tuple[str, ...], unit_code: str, covered: bool) -> None:
    assert covers_unit(units, unit_code) is covered
    assert amount(layer(fee(5, units=units)).for_unit(unit_code), JUN) == (5 if covered else None)


def test_a_layer_of_another_unit_is_silent() -> None:
    foreign = LocalValues(fees=(fee(9),), unit="H30")
    values = layer(fee(5)).then(foreign)
    assert (amount(values.for_unit("H29.12"), JUN), amount(values.for_unit("H30.1"), JUN)) == (5, 9)
    assert amount(foreign.for_unit("H29.12"), JUN) is None


DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 5))
FEES = st.builds(
    LocalFee,
    fee_id=st.sampled_from(["le_phi", "khac"]),
    amount_vnd=st.integers(1, 3),
    valid_from=DAYS,
    valid_to=st.one_of(st.none(), DAYS),
    channels=st.sampled_from([(), ("online",), ("online", "postal"), ("postal", "online")]),
    when=st.sampled_from([None, RURAL]),
    units=st.sampled_from([(), ("H29",)]),
)


@given(
    st.lists(st.lists(FEES, max_size=5), max_size=3),
    DAYS,
    st.sampled_from(["counter", "online"]),
    st.randoms(),
)
def test_the_order_within_a_layer_means_nothing(
    layers: list[list[LocalFee]], on: date, channel: str, chance: random.Random
) -> None:
    values, shuffled = LocalValues(), LocalValues()
    for fees in layers:
        values = values.then(LocalValues(fees=tuple(fees)))
        shuffled = shuffled.then(LocalValues(fees=tuple(chance.sample(fees, len(fees)))))
    answers = {"khu_vuc": "Xã"}
    assert fee_amounts(values, on, channel, answers) == fee_amounts(shuffled, on, channel, answers)
    assert fee_on(values, "le_phi", on, channel, answers) == fee_on(shuffled, "le_phi", on, channel, answers)


@given(st.lists(FEES, max_size=6), DAYS)
def test_nothing_becomes_zero_and_every_amount_was_decided(fees: list[LocalFee], on: date) -> None:
    found = fee_amounts(LocalValues(fees=tuple(fees)), on, "counter", {})
    assert 0 not in found.values()
    for fee_id, value in found.items():
        assert any(
            each.fee_id == fee_id and each.amount_vnd == value and each.valid_from <= on for each in fees
        )


@given(st.lists(FEES, max_size=4), st.lists(FEES, max_size=4), st.lists(FEES, max_size=4), DAYS)
def test_laying_over_is_associative(
    a: list[LocalFee], b: list[LocalFee], c: list[LocalFee], on: date
) -> None:
    x, y, z = (LocalValues(fees=tuple(each)) for each in (a, b, c))
    left, right = x.then(y).then(z), x.then(y.then(z))
    assert fee_amounts(left, on, "online", {}) == fee_amounts(right, on, "online", {})


def limit(text: str | None) -> ProcessingTime | None:
    return ProcessingTime.parse(text) if text else None


ORDER = [
    ("3wd", "5wd", True),
    ("5wd", "5wd", True),
    ("6wd", "5wd", False),
    ("8wh", "1wd", True),
    ("9wh", "1wd", False),
    ("1wd", "8wh", True),
    ("15d", "15d", True),
    ("5d", "5wd", True),
    ("6d", "5wd", False),
    ("10wd", "14d", True),
    ("10wd", "13d", False),
    ("1d", "8wh", True),
    ("1d", "4wh", False),
]


@pytest.mark.parametrize(("short", "long", "expected"), ORDER)
def test_which_limit_is_not_longer(short: str, long: str, expected: bool) -> None:
    assert at_most(ProcessingTime.parse(short), ProcessingTime.parse(long)) is expected


def procedure(time: str | None = None, **more: object) -> Procedure:
    case = ProcedureCase(case_id="c", name="Ca", time=limit(time), **more)  # type: ignore[arg-type]
    other = ProcedureCase(case_id="d", name="Khác", time=limit("9wd"))
    return Procedure(
        procedure_id="p",
        version="1",
        name="P",
        sector="S",
        valid_from=JAN,
        provenance=INVENTED,
        cases=(case, other),
    )


def times(*decided: LocalTime) -> LocalValues:
    return LocalValues(times=decided)


def decided(text: str, valid_from: date = JAN, case_id: str = "c", **more: object) -> LocalTime:
    return LocalTime(
        procedure_id="p", case_id=case_id, time=ProcessingTime.parse(text), valid_from=valid_from, **more
    )  # type: ignore[arg-type]


EFFECTIVE = [
    # the law's limit, what is decided, the promised limit, the law's limit kept beside it
    ("5wd", times(decided("3wd")), "3wd", "5wd"),
    ("5wd", times(decided("5wd")), "5wd", None),
    ("5wd", times(decided("6wd")), "5wd", None),
    ("5wd", times(decided("3wd", DEC)), "5wd", None),
    ("5wd", times(decided("3wd", valid_to=JAN)), "5wd", None),
    (None, times(decided("20wd")), "20wd", None),
    (None, times(), None, None),
    ("5wd", times(decided("4wd", case_id=""), decided("2wd")), "2wd", "5wd"),
    ("5wd", times(decided("4wd", case_id="")), "4wd", "5wd"),
    ("5wd", times(decided("4wd")).then(times(decided("3wd"))), "3wd", "5wd"),
    # One that is too long is passed over, and does not revive the one before it in its layer.
    ("5wd", times(decided("4wd")).then(times(decided("3wd"), decided("8wd", JUN))), "4wd", "5wd"),
]


@pytest.mark.parametrize(("law", "values", "promised", "legal"), EFFECTIVE)
def test_the_limit_of_the_day_never_exceeds_the_laws(
    law: str | None, values: LocalValues, promised: str | None, legal: str | None
) -> None:
    case = effective_procedure(procedure(law), values, JUN).cases[0]
    assert (case.time, case.legal_time) == (limit(promised), limit(legal))


def test_a_result_of_the_same_day_stays_so_and_a_case_without_a_day_may_get_one() -> None:
    values = times(decided("1wd"))
    same_day = procedure(same_day=True)
    assert effective_procedure(same_day, values, JUN) is same_day
    case = effective_procedure(procedure(no_promise=True), values, JUN).cases[0]
    assert (case.time, case.no_promise) == (limit("1wd"), False)


def test_nothing_decided_changes_nothing_and_twice_is_once() -> None:
    law = procedure("5wd")
    assert effective_procedure(law, LocalValues(), JUN) is law
    once = effective_procedure(law, times(decided("3wd")), JUN)
    assert effective_procedure(once, times(decided("3wd")), JUN) == once
    assert once.cases[1] == law.cases[1]


FORM = FormTemplate(
    form_id="f", version="1", title="T", valid_from=JAN, provenance=INVENTED, fields=(),
    layout=FormLayout(body=(), form_number="Mẫu 1", addressee="Kính gửi: A"),
)  # fmt: skip


def test_number_and_addressee_are_decided_apart() -> None:
    values = LocalValues(
        form_texts=(
            LocalFormText(form_id="f", valid_from=JAN, form_number="Mẫu 2"),
            LocalFormText(form_id="f", valid_from=JUN, addressee="Kính gửi: B"),
            LocalFormText(form_id="g", valid_from=JAN, form_number="Mẫu 3"),
        )
    )
    assert effective_form(FORM, values, date(2025, 1, 1)) is FORM
    assert effective_form(FORM, values, JAN).layout == replace(FORM.layout, form_number="Mẫu 2")
    assert effective_form(FORM, values, JUN).layout == replace(
        FORM.layout, form_number="Mẫu 2", addressee="Kính gửi: B"
    )
