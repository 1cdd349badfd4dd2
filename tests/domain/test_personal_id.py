from datetime import date

import pytest
from card_samples import TODAY
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.person import Sex
from counter_app.domain.personal_id import (
    PROVINCE_CODES,
    CardWarning,
    birth_year_of,
    is_personal_id,
    personal_id_warnings,
    sex_of,
)

BORN = date(1990, 11, 15)
ISSUED = date(2022, 7, 1)


def codes(
    number: str, born: date | None = BORN, sex: Sex | None = Sex.FEMALE, issued: date | None = ISSUED
) -> list[str]:
    found = personal_id_warnings(number, birth_date=born, sex=sex, issued_on=issued, today=TODAY)
    return [warning.code for warning in found]


@pytest.mark.parametrize(
    ("number", "born", "sex", "issued", "expected"),
    [
        ("001190012345", BORN, Sex.FEMALE, ISSUED, []),
        ("001190012345", None, None, None, []),
        ("003190012345", BORN, Sex.FEMALE, ISSUED, ["unknown_province"]),
        ("000190012345", BORN, Sex.FEMALE, ISSUED, ["unknown_province"]),
        ("097190012345", BORN, Sex.FEMALE, ISSUED, ["unknown_province"]),
        ("001190012345", BORN, Sex.MALE, ISSUED, ["sex_mismatch"]),
        ("001191012345", BORN, Sex.FEMALE, ISSUED, ["birth_year_mismatch"]),
        ("001390012345", BORN, Sex.FEMALE, ISSUED, ["birth_year_mismatch"]),
        ("001304012345", date(2004, 2, 29), Sex.FEMALE, ISSUED, []),
        ("001326012345", date(2026, 11, 21), Sex.FEMALE, None, []),
        ("001326012345", date(2026, 11, 22), Sex.FEMALE, None, ["birth_in_future"]),
        ("001190012345", BORN, Sex.FEMALE, date(1990, 11, 15), []),
        ("001190012345", BORN, Sex.FEMALE, date(1990, 11, 14), ["issued_before_birth"]),
        ("00119001234", BORN, Sex.FEMALE, ISSUED, ["not_a_personal_id"]),
        ("0011900123456", BORN, Sex.FEMALE, ISSUED, ["not_a_personal_id"]),
        ("00119001234A", BORN, Sex.FEMALE, ISSUED, ["not_a_personal_id"]),
        ("٠٠١١٩٠٠١٢٣٤٥", BORN, Sex.FEMALE, ISSUED, ["not_a_personal_id"]),
        ("001190012345\n", BORN, Sex.FEMALE, ISSUED, ["not_a_personal_id"]),
        ("", date(2030, 1, 1), None, ISSUED, ["not_a_personal_id", "birth_in_future", "issued_before_birth"]),
    ],
)
def test_warnings(
    number: str, born: date | None, sex: Sex | None, issued: date | None, expected: list[str]
) -> None:
    assert codes(number, born, sex, issued) == expected


def test_there_were_63_provinces() -> None:
    assert len(PROVINCE_CODES) == 63
    assert {"001", "079", "096"} <= PROVINCE_CODES


@given(
    st.sampled_from(sorted(PROVINCE_CODES)),
    st.dates(date(1900, 1, 1), TODAY),
    st.sampled_from(Sex),
    st.integers(0, 999_999),
)
def test_a_number_made_by_the_rule_is_never_doubted(
    province: str, born: date, sex: Sex, running: int
) -> None:
    digit = (born.year // 100 - 19) * 2 + (sex is Sex.FEMALE)
    number = f"{province}{digit}{born:%y}{running:06d}"
    assert (birth_year_of(number), sex_of(number)) == (born.year, sex)
    assert codes(number, born, sex, TODAY) == []


@given(st.text(max_size=20))
def test_any_text_is_judged_without_failing(text: str) -> None:
    assert ("not_a_personal_id" in codes(text)) == (not is_personal_id(text))


def test_values_stay_out_of_the_log() -> None:
    assert "1990" not in repr(CardWarning("birth_year_mismatch", {"card_year": "1990"}))
