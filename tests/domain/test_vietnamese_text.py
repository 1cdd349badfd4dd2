"""Text is stored clean and compared folded, whatever keyboard, scanner or clipboard it came from."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.vietnamese_text import clean, fold, initials


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  Nguyễn   Thị\tHường\r\n", "Nguyễn Thị Hường"),
        (unicodedata.normalize("NFD", "Đặng Thị Ngọc"), "Đặng Thị Ngọc"),
        ("Lê\u202eVăn\u200bTám", "Lê Văn Tám"),
        ("\ufeffTrần\u00a0Bình", "Trần Bình"),
        ("<b>Mai</b> & 'Lan'", "<b>Mai</b> & 'Lan'"),
        ("\u00adLò", "Lò"),
        ("Lò\ud83d Thị\udfff\ud800", "Lò Thị"),
        ("", ""),
    ],
)
def test_clean(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@given(st.text(st.characters()))
def test_clean_text_is_nfc_on_one_line_and_stays_as_it_is(raw: str) -> None:
    text = clean(raw)
    assert clean(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in text)
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u00a0")
    assert "  " not in text
    assert text == text.strip()


@given(st.text())
def test_cleaning_keeps_every_visible_letter(raw: str) -> None:
    letters = [c for c in unicodedata.normalize("NFC", raw) if c.isalnum()]
    assert [c for c in clean(raw) if c.isalnum()] == letters


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Thị Hường", "dang thi huong"),
        ("ĐƯỜNG số 5, xã Ea H’leo", "duong so 5 xa ea h leo"),
        ("Hoà", "hoa"),
        ("Hòa", "hoa"),
        ("  ", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_does_not_depend_on_the_form_of_the_text(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert fold(fold(text)) == fold(text)


def test_initials() -> None:
    assert initials("Đăng ký khai sinh") == "dkks"
