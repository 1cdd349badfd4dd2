"""Limits as text, masked numbers, the place of the date line, errors without personal data."""

import pytest

from counter_app.domain.errors import BadInput
from counter_app.domain.office import Office
from counter_app.domain.person import mask_personal_id
from counter_app.domain.processing_time import ProcessingTime, TimeUnit


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("5wd", 5, TimeUnit.WORKING_DAY),
        ("8wh", 8, TimeUnit.WORKING_HOUR),
        (" 15d ", 15, TimeUnit.CALENDAR_DAY),
    ],
)
def test_a_limit_is_read_and_written_the_same(text: str, amount: int, unit: TimeUnit) -> None:
    limit = ProcessingTime.parse(text)
    assert limit == ProcessingTime(amount, unit)
    assert str(limit) == text.strip()


@pytest.mark.parametrize("text", ["", "5", "wd", "0wd", "-1d", "5 wd", "5w", "99999d", "5wd8wh"])
def test_anything_else_is_no_limit(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        ProcessingTime.parse(text)
    assert refused.value.code == "bad_processing_time"


@pytest.mark.parametrize(
    ("number", "masked"),
    [("001094000101", "0010******01"), ("", ""), ("1234567", "*******"), ("123456789", "1234***89")],
)
def test_a_personal_id_is_masked(number: str, masked: str) -> None:
    assert mask_personal_id(number) == masked


@pytest.mark.parametrize(
    ("commune", "place", "expected"),
    [("xã Trung Minh", "", "Trung Minh"), ("phường Hòa Bình", "", "Hòa Bình"), ("", "", "Phú Thọ"),
     ("xã Trung Minh", "Hòa Bình", "Hòa Bình"), ("đặc khu Côn Đảo", "", "Côn Đảo"),
     ("Xã Trung Minh", "", "Trung Minh")],
)  # fmt: skip
def test_the_date_line_names_the_place(commune: str, place: str, expected: str) -> None:
    office = Office(unit_code="H29.12", name="X", province="Phú Thọ", commune_name=commune, place=place)
    assert office.date_place == expected


@pytest.mark.parametrize(
    ("stored", "printed"),
    [("Phú Thọ", "tỉnh Phú Thọ"), ("tỉnh Phú Thọ", "tỉnh Phú Thọ"), ("Tỉnh Phú Thọ", "tỉnh Phú Thọ"),
     ("TỈNH  PHÚ THỌ ", "tỉnh PHÚ THỌ"), ("Huế", "thành phố Huế"), ("Thành phố Huế", "thành phố Huế"),
     ("Hà Nội", "thành phố Hà Nội"), ("Hải Phòng", "thành phố Hải Phòng"),
     ("Đà Nẵng", "thành phố Đà Nẵng"), ("TP. Cần Thơ", "thành phố Cần Thơ"),
     ("Hồ Chí Minh", "Thành phố Hồ Chí Minh"), ("thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
     ("TP.Hồ Chí Minh", "Thành phố Hồ Chí Minh"), ("tỉnh Huế", "thành phố Huế"),
     ("Tây Ninh", "tỉnh Tây Ninh"), ("Đồng Nai", "thành phố Đồng Nai"),
     ("tỉnh Đồng Nai", "tỉnh Đồng Nai"), ("", ""), ("  ", "")],
)  # fmt: skip
def test_the_province_stands_in_a_sentence_with_its_kind(stored: str, printed: str) -> None:
    assert Office(unit_code="H29.12", name="X", province=stored).province_in_text == printed


@pytest.mark.parametrize(
    ("commune", "parent", "addressee"),
    [("xã Trung Minh", "", "Ủy ban nhân dân xã Trung Minh"),
     ("Phường Hòa Bình", "", "Ủy ban nhân dân phường Hòa Bình"),
     ("ĐẶC KHU CÔN ĐẢO", "", "Ủy ban nhân dân đặc khu CÔN ĐẢO"),
     ("", "ỦY BAN NHÂN DÂN XÃ A", "ỦY BAN NHÂN DÂN XÃ A"), (" ", "", "TRUNG TÂM")],
)  # fmt: skip
def test_a_paper_always_has_an_addressee(commune: str, parent: str, addressee: str) -> None:
    office = Office(
        unit_code="H29.12", name="TRUNG TÂM", province="X", commune_name=commune, parent_name=parent
    )
    assert office.committee == addressee


def test_an_error_in_a_log_shows_no_parameter_values() -> None:
    assert "Sen" not in str(BadInput("answers_missing", name="Đinh Thị Sen"))
