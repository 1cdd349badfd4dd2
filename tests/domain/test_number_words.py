import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from num2words import num2words

from counter_app.domain.errors import BadInput
from counter_app.domain.number_words import amount_in_words, date_in_words, number_in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (1, "một"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (25, "hai mươi lăm"),
        (91, "chín mươi mốt"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (111, "một trăm mười một"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (555, "năm trăm năm mươi lăm"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (1015, "một nghìn không trăm mười lăm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (10_000, "mười nghìn"),
        (21_000, "hai mươi mốt nghìn"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (1_001_001, "một triệu không trăm linh một nghìn không trăm linh một"),
        (10**9, "một tỷ"),
        (10**9 + 5, "một tỷ không trăm linh năm"),
        (10**9 + 10**6, "một tỷ không trăm linh một triệu"),
        (34_000_120_000, "ba mươi bốn tỷ một trăm hai mươi nghìn"),
        (10**12, "một nghìn tỷ"),
        (1_005 * 10**9 + 3, "một nghìn không trăm linh năm tỷ không trăm linh ba"),
        (10**15, "một triệu tỷ"),
        (-50, "âm năm mươi"),
    ],
)
def test_numbers(number: int, words: str) -> None:
    assert number_in_words(number) == words


@pytest.mark.parametrize(
    ("dong", "words"),
    [
        (0, "Không đồng"),
        (8_000, "Tám nghìn đồng"),
        (50_000, "Năm mươi nghìn đồng"),
        (1_250_500, "Một triệu hai trăm năm mươi nghìn năm trăm đồng"),
        (-8_000, "Âm tám nghìn đồng"),
    ],
)
def test_amounts(dong: int, words: str) -> None:
    assert amount_in_words(dong) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 15), "ngày mười lăm tháng mười một năm hai nghìn không trăm hai mươi sáu"),
        (date(2005, 4, 1), "ngày một tháng tư năm hai nghìn không trăm linh năm"),
        (date(1990, 12, 31), "ngày ba mươi mốt tháng mười hai năm một nghìn chín trăm chín mươi"),
        (date(2000, 1, 21), "ngày hai mươi mốt tháng một năm hai nghìn"),
        (date(2024, 5, 24), "ngày hai mươi bốn tháng năm năm hai nghìn không trăm hai mươi bốn"),
    ],
)
def test_dates(day: date, words: str) -> None:
    assert date_in_words(day) == words


@pytest.mark.parametrize("number", [10**15 + 1, -(10**15) - 1, 10**400])
def test_beyond_the_limit_is_refused(number: int) -> None:
    with pytest.raises(BadInput, match="number_too_large"):
        number_in_words(number)


@given(st.integers(0, 10**12 - 1))
def test_agrees_with_num2words_where_it_must(number: int) -> None:
    """num2words says "lẻ" for "linh" and leaves out "không trăm", so inner groups must be full or empty.

    Its word for 10^15 ("một trăm nghìn tỷ") is wrong, hence the range.
    """
    groups = [int(g) for g in re.findall(r"\d{3}", f"{number:012d}")]
    highest = next((i for i, g in enumerate(groups) if g), 3)
    assume(all(g == 0 or g >= 100 for g in groups[highest + 1 :]))
    theirs = re.sub(r"\s+", " ", num2words(number, lang="vi")).replace("lẻ", "linh").strip()
    assert number_in_words(number) == theirs


@given(st.integers(0, 10**15))
def test_words_read_back_to_the_number(number: int) -> None:
    assert _read_back(number_in_words(number)) == number


def _read_back(words: str) -> int:
    """An independent reader: multiplies what stands before tỷ, nghìn, triệu …"""
    before, found, after = words.partition(" tỷ")
    if found:
        return _read_back(before) * 10**9 + (_read_back(after.strip()) if after.strip() else 0)
    total = 0
    for name, size in ((" triệu", 10**6), (" nghìn", 10**3)):
        head, found, tail = words.partition(name)
        if found:
            total += _below_thousand(head) * size
            words = tail.strip()
    return total + (_below_thousand(words) if words else 0)


def _below_thousand(words: str) -> int:
    digits = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
    value = last = 0
    for word in words.split():
        if word == "trăm":
            value, last = last * 100, 0
        elif word == "mười":
            value, last = value + 10, 0
        elif word == "mươi":
            value, last = value + last * 10, 0
        elif word != "linh":
            last = {"mốt": 1, "lăm": 5}.get(word, -1)
            last = digits.index(word) if last < 0 else last
    return value + last


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_dates_are_made_of_their_numbers(day: date) -> None:
    month = "tư" if day.month == 4 else number_in_words(day.month)
    year = date_in_words(day).removeprefix(f"ngày {number_in_words(day.day)} tháng {month} năm ")
    assert _read_back(year) == day.year
