"""Typed dates, money and telephone numbers; addresses and documents in print."""

from datetime import date, timedelta

import pytest
from form_samples import TODAY
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import BadInput
from counter_app.domain.field_values import (
    date_span,
    day_month_year,
    grouped,
    is_answered,
    is_stored_date,
    normal_phone,
    printed_address,
    printed_address_with_legacy,
    printed_date,
    printed_id_document,
    printed_money,
    read_typed_date,
    read_typed_money,
    whole_date,
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("15/11/2026", "2026-11-15"),
        ("15.11.26", "2026-11-15"),
        ("15-11-2026", "2026-11-15"),
        ("15 11 2026", "2026-11-15"),
        ("15112026", "2026-11-15"),
        ("151126", "2026-11-15"),
        ("5/1/51", "1951-01-05"),
        ("5/1/26", "2026-01-05"),
        ("5/1/27", "1927-01-05"),
        ("2026-11-15", "2026-11-15"),
        (" 15/11/2026. ", "2026-11-15"),
        ("1950", "1950"),
        ("29/2/2024", "2024-02-29"),
    ],
)
def test_a_typed_date_is_understood(typed: str, stored: str) -> None:
    assert read_typed_date(typed, today=TODAY) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "29/2/2025",
        "32/1/2026",
        "15/13/2026",
        "11/2026",
        "1/1/1",
        "12",
        "1849",
        "0000",
        "99999999",
        "ngày 5",
        "١٥/١١/٢٠٢٦",
        "15/11/2026 x",
    ],
)
def test_a_typed_date_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_typed_date(typed, today=TODAY)
    assert caught.value.code == "not_a_date"


@given(st.dates(date(1850, 1, 1), date(2100, 12, 31)))
def test_every_day_comes_back_from_print(day: date) -> None:
    stored = day.isoformat()
    assert printed_date(stored) == f"{day.day:02d}/{day.month:02d}/{day.year}"
    assert read_typed_date(printed_date(stored), today=TODAY) == stored
    assert whole_date(stored) == day
    assert date_span(stored) == (day, day)


@given(st.integers(1850, 9999))
def test_a_year_alone_spans_the_year(year: int) -> None:
    stored = f"{year}"
    span = date_span(stored)
    assert span is not None
    assert (span[1] - span[0]).days in (364, 365)
    assert whole_date(stored) is None
    assert printed_date(stored) == stored
    assert read_typed_date(stored, today=TODAY) == stored


@given(st.one_of(st.text(max_size=12), st.integers(), st.none(), st.lists(st.integers())))
def test_only_stored_dates_are_stored_dates(value: object) -> None:
    assert is_stored_date(value) == (date_span(value) is not None)
    if not is_stored_date(value):
        assert printed_date(value) == ""


@given(st.dates(date(1927, 1, 1), TODAY))
def test_two_digits_of_a_year_are_never_in_the_future(day: date) -> None:
    typed = f"{day.day}/{day.month}/{day.year % 100:02d}"
    read = date.fromisoformat(read_typed_date(typed, today=TODAY))
    assert read.year <= TODAY.year
    assert TODAY.year - read.year < 100


def test_the_date_line_has_its_noughts() -> None:
    assert day_month_year(date(2026, 11, 21)) == "ngày 21 tháng 11 năm 2026"
    assert day_month_year(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert day_month_year(date(2026, 3, 5)) == "ngày 05 tháng 3 năm 2026"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("50.000", 50_000),
        ("50,000 đ", 50_000),
        ("50000 đồng", 50_000),
        ("1 000 000", 1_000_000),
        ("0", 0),
        ("8.000 VNĐ", 8000),
        ("500₫", 500),
    ],
)
def test_money_is_understood(typed: str, amount: int) -> None:
    assert read_typed_money(typed) == amount


@pytest.mark.parametrize("typed", ["", "50.5", "5.00.000", "-5", "1e6", "năm nghìn", "1" * 30, "٥٠"])
def test_money_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_typed_money(typed)
    assert caught.value.code == "not_money"


@given(st.integers(0, 10**15))
def test_printed_money_reads_back(amount: int) -> None:
    assert read_typed_money(printed_money(amount)) == amount
    assert read_typed_money(grouped(amount)) == amount
    assert printed_money(50_000) == "50.000 đồng"


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("0912 345 678", "0912345678"),
        ("+84 912.345.678", "0912345678"),
        ("84912345678", "0912345678"),
        ("+84 (0) 912 345 678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("024-3826 1234", "02438261234"),
    ],
)
def test_telephone_numbers_become_one_form(typed: str, digits: str) -> None:
    assert normal_phone(typed) == digits
    assert normal_phone(digits) == digits


@pytest.mark.parametrize("typed", ["", "12345", "091234567890", "0912 34x 678", "00912345678", "٠٩١٢٣٤٥٦٧٨"])
def test_what_is_no_telephone_number_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as caught:
        normal_phone(typed)
    assert caught.value.code == "not_a_phone"


def test_an_address_prints_today_and_keeps_the_old_wording_aside() -> None:
    address = {
        "detail": "Xóm Chu",
        "commune": "xã Trung Minh",
        "province": "tỉnh Phú Thọ",
        "legacy_text": "TP Hòa Bình",
    }
    assert printed_address(address) == "Xóm Chu, xã Trung Minh, tỉnh Phú Thọ"
    assert printed_address_with_legacy(address) == "Xóm Chu, xã Trung Minh, tỉnh Phú Thọ (TP Hòa Bình)"
    assert printed_address({"legacy_text": "TP Hòa Bình"}) == "TP Hòa Bình"
    assert printed_address_with_legacy({"legacy_text": "TP Hòa Bình"}) == "TP Hòa Bình"
    assert printed_address({"detail": 5, "commune": None}) == ""
    assert printed_address("text") == ""


def test_a_document_is_one_sentence_of_what_is_known() -> None:
    document = {
        "kind": "Hộ chiếu",
        "number": "C1234567",
        "issued_on": "2020-01-02",
        "issued_by": "Cục Quản lý xuất nhập cảnh",
    }
    assert (
        printed_id_document(document)
        == "Hộ chiếu số C1234567, cấp ngày 02/01/2020, nơi cấp Cục Quản lý xuất nhập cảnh"
    )
    assert printed_id_document({"kind": "Hộ chiếu", "number": "C1234567"}) == "Hộ chiếu số C1234567"
    assert printed_id_document({"kind": "Hộ chiếu"}) == ""


@pytest.mark.parametrize(
    ("value", "answered"),
    [
        ("", False),
        (" \u200b", False),
        ("a", True),
        (None, False),
        (False, False),
        (True, True),
        (0, True),
        ([], False),
        ([{"a": ""}], False),
        ([{"a": "x"}], True),
        ({"detail": ""}, False),
        ({"detail": "x"}, True),
        ({"kind": "Hộ chiếu", "number": ""}, False),
        ({"kind": "", "number": "1"}, True),
    ],
)
def test_what_counts_as_an_answer(value: object, answered: bool) -> None:
    assert is_answered(value) is answered


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_spans_compare_like_days(day: date, later: int) -> None:
    first, second = date_span(day.isoformat()), date_span((day + timedelta(days=later)).isoformat())
    assert first is not None
    assert second is not None
    assert first[0] <= second[1]
