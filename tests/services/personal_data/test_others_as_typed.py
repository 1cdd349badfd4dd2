"""Others are hidden in what a citizen is given, however a clerk typed their numbers and names."""

import unicodedata

import pytest

from counter_app.services.personal_data.third_parties import ThirdParties

OWN = frozenset({"0912345678", "001190001234"})
OTHERS = ThirdParties(OWN, {"Hà Văn Mộc", "Đinh Thị Sen", " "})
NFD = unicodedata.normalize("NFD", "Hà Văn Mộc")


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        ("CCCD 001203004567", "CCCD 0012******67"),
        ("CCCD 001 203 004 567", "CCCD 0012******67"),
        ("CCCD 001.203.004.567.", "CCCD 0012******67."),
        ("gọi 0987 654 321", "gọi 0987****21"),
        ("gọi 098-765-4321", "gọi 0987****21"),
        ("gọi +84 987 654 321", "gọi 0987****21"),
        ("gọi 84987654321", "gọi 0987****21"),
        ("ông HÀ  VĂN MỘC", "ông H. V. MỘC"),
        (f"ông {NFD}", "ông H. V. Mộc"),
        ("ong ha van moc", "ong H. V. moc"),
        ("bà Dinh Thi Sen", "bà D. T. Sen"),
    ],
)
def test_others_are_hidden(typed: str, given: str) -> None:
    assert OTHERS.text(typed) == given


@pytest.mark.parametrize(
    "own",
    [
        *("0912345678", "0912 345 678", "+84912345678", "001 190 001 234"),
        *("ngày 12-05-2024 10:30", "25.000.000 đồng", "1.250.000.000 đồng", "thửa 123, tờ 45"),
    ],
)
def test_ones_own_numbers_days_and_amounts_are_given(own: str) -> None:
    assert OTHERS.text(own) == own
