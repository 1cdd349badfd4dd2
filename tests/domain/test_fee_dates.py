"""A fee and an exemption are named on the days they are in force, the last day included."""

from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.fee import Exemption, FeeRule, FeeSetter
from counter_app.domain.fee_dates import fees_ending, fees_on, with_fees_on
from counter_app.domain.procedure import Procedure, ProcedureCase
from counter_app.domain.provenance import Provenance

NEW_YEAR = date(2027, 1, 1)
HALF = FeeRule(
    fee_id="half", name="Giảm", set_by=FeeSetter.CENTRAL, amount_vnd=25_000, valid_to=date(2026, 12, 31)
)
WHOLE = FeeRule(
    fee_id="whole",
    name="Đủ",
    set_by=FeeSetter.CENTRAL,
    amount_vnd=50_000,
    valid_from=NEW_YEAR,
    exemptions=(
        Exemption(exemption_id="old", name="Cũ", valid_to=NEW_YEAR),
        Exemption(exemption_id="always", name="Luôn"),
    ),
)
PROCEDURE = Procedure(
    procedure_id="the",
    version="1",
    name="Cấp đổi thẻ",
    sector="Căn cước",
    valid_from=date(2026, 1, 1),
    provenance=Provenance(source="", verified=False),
    cases=(
        ProcedureCase(case_id="a", name="A", fees=(HALF, WHOLE)),
        ProcedureCase(case_id="b", name="B", fees=(HALF,)),
    ),
)


@pytest.mark.parametrize(
    ("on", "fees", "exemptions"),
    [
        (date(2026, 12, 31), ["half"], []),
        (NEW_YEAR, ["whole"], ["old", "always"]),
        (date(2027, 1, 2), ["whole"], ["always"]),
    ],
)
def test_only_what_is_in_force_on_the_day(on: date, fees: list[str], exemptions: list[str]) -> None:
    found = fees_on((HALF, WHOLE), on)
    assert [rule.fee_id for rule in found] == fees
    assert [each.exemption_id for rule in found for each in rule.exemptions] == exemptions
    assert with_fees_on(PROCEDURE, on).cases[0].fees == found


@pytest.mark.parametrize(
    ("on", "names"),
    [(date(2026, 11, 30), []), (date(2026, 12, 1), ["half"]), (date(2026, 12, 31), ["half"]), (NEW_YEAR, [])],
)
def test_a_fee_is_named_once_in_the_thirty_days_before_its_end(on: date, names: list[str]) -> None:
    assert [rule.fee_id for _, rule in fees_ending([PROCEDURE], on, 30)] == names


def test_a_fee_that_ends_with_its_procedure_is_not_named() -> None:
    ending = replace(PROCEDURE, valid_to=HALF.valid_to)
    assert fees_ending([ending], date(2026, 12, 20), 30) == ()
