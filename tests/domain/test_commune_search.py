"""Communes by a few letters."""

from datetime import date
from pathlib import Path

import pytest

from counter_app.catalogue.admin_unit_files import load_admin_units
from counter_app.domain.office import Office
from counter_app.domain.unit_names import readings, split_kind, unit_key
from counter_app.domain.vietnamese_text import fold

UNITS = load_admin_units(Path(__file__).parents[2] / "resources" / "admin-units", None)
TODAY = date(2026, 11, 22)
PHU_THO = "25"


def found(text: str, province_code: str = PHU_THO, home: str = "", limit: int = 12) -> list[str]:
    hits = UNITS.find_communes(text, TODAY, province_code, limit, home=home)
    return [f"{commune.full_name}/{commune.province_code}" for commune in hits]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("phường hòa bình", "phường Hòa Bình/25"),
        ("PHUONG HOÀ BÌNH", "phường Hòa Bình/25"),
        ("hoa binh phu tho", "phường Hòa Bình/25"),
        ("hoa binh tinh phu tho", "phường Hòa Bình/25"),
        ("hb", "phường Hòa Bình/25"),
        ("tm", "phường Thanh Miếu/25"),
        ("xa dung dien bien", "xã Xa Dung/11"),
        ("m'drak", "xã M'Drắk/66"),
        ("mdrak", "xã M'Drắk/66"),
        ("xuân hương đà lạt", "phường Xuân Hương - Đà Lạt/68"),
        ("phu quoc", "đặc khu Phú Quốc/91"),
        ("ttr trung truc", ""),
    ],
)
def test_a_few_letters_are_enough(typed: str, first: str) -> None:
    assert (found(typed) or [""])[0] == first


def test_initials_may_be_the_beginnings_of_words() -> None:
    hits = UNITS.find_communes("ttr", TODAY, limit=400)
    assert all(" t" in f" {fold(commune.full_name)}" for commune in hits)
    assert any(fold(commune.name) == "tan trao" for commune in hits)
    assert fold(hits[0].name).startswith("t")


def test_the_own_province_comes_first_and_the_own_commune_before_all() -> None:
    assert all(hit.endswith("/25") for hit in found("an")[:2])
    assert found("an", "91")[0].endswith("/91")
    home = next(each for each in UNITS.communes(TODAY, PHU_THO) if each.name == "Thịnh Minh")
    assert found("minh", home=home.code)[0] == "xã Thịnh Minh/25"


def test_every_commune_is_first_or_among_its_namesakes_when_named_with_its_province() -> None:
    provinces = {province.code: province for province in UNITS.provinces(TODAY)}
    for commune in UNITS.communes(TODAY)[::23]:
        province = provinces[commune.province_code]
        hits = UNITS.find_communes(f"{commune.full_name}, {province.full_name}", TODAY)
        assert commune in hits[:2], commune


@pytest.mark.parametrize("typed", ["", "   ", "???", "không có xã nào tên này", "z" * 500])
def test_nothing_fits_nothing(typed: str) -> None:
    assert found(typed) == []


def test_the_limit_is_kept() -> None:
    assert len(found("a")) == 12
    assert len(found("a", limit=3)) == 3


def test_a_unit_is_found_by_the_kind_it_has_on_the_day() -> None:
    before, after = date(2026, 9, 19), date(2026, 9, 20)
    assert UNITS.find_communes("phù lãng", before)[0].full_name == "xã Phù Lãng"
    assert UNITS.find_communes("phù lãng", after)[0].full_name == "phường Phù Lãng"


def test_full_names_are_written_as_in_a_sentence() -> None:
    names = {province.full_name for province in UNITS.provinces(TODAY)}
    assert {"tỉnh Phú Thọ", "thành phố Đồng Nai", "Thành phố Hồ Chí Minh"} <= names


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("TT. Mậu A", "thị trấn", "Mậu A"),
        ("TP.Hòa Bình", "thành phố", "Hòa Bình"),
        ("Thị xã Phú Thọ", "thị xã", "Phú Thọ"),
        ("đặc khu Côn Đảo", "đặc khu", "Côn Đảo"),
        ("Trung Minh", "", "Trung Minh"),
        ("Xã", "", "Xã"),
    ],
)
def test_a_kind_is_split_off(text: str, kind: str, name: str) -> None:
    assert split_kind(text) == (kind, name)


def test_keys_ignore_marks_spaces_and_noughts() -> None:
    assert unit_key("Hoà Bình") == unit_key("hòa  bình") == "hoabinh"
    assert unit_key("M’Đrắk") == unit_key("M'Drắk") == "mdrak"
    assert readings("P.05") == (("phường", "5"), ("", "p5"))


def test_the_office_knows_the_cities_of_the_data() -> None:
    for province in UNITS.provinces(TODAY):
        office = Office(unit_code="H29.12", name="A", province=province.name)
        assert office.province_in_text == province.full_name
