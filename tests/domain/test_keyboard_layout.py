import unicodedata

import pytest
from card_samples import TODAY, to_vietnamese_keys
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.keyboard_layout import digits_of_keys
from counter_app.domain.scan import read_scan

codes = st.from_regex(r"H29\.12-2611(0[1-9]|1[0-9])-[0-9]{4}/[34679CDF]{4}", fullmatch=True)


@given(st.text("0123456789ABCXYZ./-", max_size=30).filter(lambda text: not text[:1].isdigit()))
def test_pressed_keys_come_back(text: str) -> None:
    typed = to_vietnamese_keys(text)
    if unicodedata.is_normalized("NFC", typed):  # then a mark of 9 may have been moved on its way
        assert digits_of_keys(typed) in (text, typed)
    else:
        assert digits_of_keys(typed) == text


@given(st.text("0123456789ABCXYZ./-", max_size=30))
def test_normalised_keys_come_back_or_stay(text: str) -> None:
    composed = unicodedata.normalize("NFC", to_vietnamese_keys(text))
    assert digits_of_keys(composed) in (text, composed)


@given(codes)
def test_a_slip_typed_on_the_vietnamese_layout(text: str) -> None:
    scan = read_scan(to_vietnamese_keys(text), today=TODAY)
    assert f"{scan.dossier_code}/{scan.secret}" == text


@pytest.mark.parametrize("text", ["", "H29.12", "Đặng Văn 1", "٣"])
def test_text_with_digits_is_left_alone(text: str) -> None:
    assert digits_of_keys(text) == text
