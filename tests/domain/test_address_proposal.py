"""Older addresses: what is proposed, what is certain, and what stays unknown."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.catalogue.admin_unit_files import load_admin_units
from counter_app.domain.former_units import FormerUnit
from counter_app.domain.unit_names import split_kind
from counter_app.domain.vietnamese_text import fold

FOLDER = Path(__file__).parents[2] / "resources" / "admin-units"
TODAY = date(2026, 11, 22)
UNITS = load_admin_units(FOLDER, None)
FORMER = tuple(UNITS.former.all())

CERTAIN = [
    ("Tổ 5, Phường Phương Lâm, TP Hoà Bình, Hoà Bình", "Tổ 5", "phường Hòa Bình", "tỉnh Phú Thọ"),
    ("Tổ 5, P. Phương Lâm, TP. Hòa Bình, T. Hòa Bình", "Tổ 5", "phường Hòa Bình", "tỉnh Phú Thọ"),
    ("TỔ 5, PHƯƠNG LÂM, HOÀ BÌNH, HOÀ BÌNH, VIỆT NAM", "TỔ 5", "phường Hòa Bình", "tỉnh Phú Thọ"),
    ("Tổ 5 - Phường Phương Lâm - TP Hoà Bình - Hoà Bình", "Tổ 5", "phường Hòa Bình", "tỉnh Phú Thọ"),
    ("Tổ 5 Phường Phương Lâm TP Hoà Bình tỉnh Hoà Bình", "Tổ 5", "phường Hòa Bình", "tỉnh Phú Thọ"),
    ("12 Lê Lợi, P5, Q.3, TPHCM", "12 Lê Lợi", "phường Bàn Cờ", "Thành phố Hồ Chí Minh"),
    (
        "12/3, hẻm 4, Phường 05, Quận 3, TP. Hồ Chí Minh",
        "12/3, hẻm 4",
        "phường Bàn Cờ",
        "Thành phố Hồ Chí Minh",
    ),
    ("Buôn A, Xã Ea H’leo, H. Ea H'Leo, Đăk Lăk", "Buôn A", "xã Ea H'Leo", "tỉnh Đắk Lắk"),
    (
        "Thôn Đông, An Vĩnh, Huyện Lý Sơn, Quảng Ngãi",
        "Thôn Đông, An Vĩnh",
        "đặc khu Lý Sơn",
        "tỉnh Quảng Ngãi",
    ),
    ("Khu 2, xã Phù Lãng, Bắc Ninh", "Khu 2", "phường Phù Lãng", "thành phố Bắc Ninh"),
    ("Thôn 2, xã M’Drắk, tỉnh Đắk Lắk", "Thôn 2", "xã M'Drắk", "tỉnh Đắk Lắk"),
]


@pytest.mark.parametrize(("text", "detail", "commune", "province"), CERTAIN)
def test_a_ward_that_went_whole_is_certain(text: str, detail: str, commune: str, province: str) -> None:
    found = UNITS.propose(text, TODAY)
    assert found is not None
    assert found.certain
    assert found.commune is not None
    assert found.province is not None
    assert (found.detail, found.commune.full_name, found.province.full_name) == (detail, commune, province)
    assert found.candidates == (found.commune,)


DOUBTFUL = [
    ("Số 1, Phường Cống Vị, Quận Ba Đình, Hà Nội", {"phường Ngọc Hà", "phường Giảng Võ"}),  # split
    ("thôn 3, Xã Yên Sơn, Huyện Quốc Oai, Hà Nội", {"xã Quốc Oai", "xã Tây Phương"}),  # a still earlier name
    ("Số 3, Phường Long Bình, Quận 9, TP Hồ Chí Minh", {"phường Long Bình"}),  # an earlier district
    ("Tổ 5, Phường Phương Lâm, Tỉnh Hoà Bình", {"phường Hòa Bình"}),  # no district named
    ("Tổ 5, Phường Phương Lâm, Huyện Hoà Bình, Hòa Bình", {"phường Hòa Bình"}),  # another kind of district
]


@pytest.mark.parametrize(("text", "candidates"), DOUBTFUL)
def test_what_is_not_certain_is_for_the_clerk_to_choose(text: str, candidates: set[str]) -> None:
    found = UNITS.propose(text, TODAY)
    assert found is not None
    assert not found.certain
    assert found.commune is None
    assert {commune.full_name for commune in found.candidates} == candidates


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Xóm Bưởi",
        "abc, def, ghi",
        "Praha, Cộng hòa Séc",
        "Xã Không Có, Huyện Không Có, Hà Nội",
        ",,,",
        "Hà Nội",
    ],
)
def test_what_is_unknown_stays_unknown(text: str) -> None:
    assert UNITS.propose(text, TODAY) is None


def test_a_day_before_the_two_levels_has_no_proposal() -> None:
    assert UNITS.propose(CERTAIN[0][0], date(2025, 6, 30)) is None


def _abbreviated(full_name: str, mark: str) -> str:
    kind, name = split_kind(full_name)
    short = {"thành phố": "TP", "thị xã": "TX", "thị trấn": "TT"}.get(kind, kind[0].upper())
    return f"{short}{mark} {name}"


def _old_tone_marks(text: str) -> str:
    return re.sub("òa", "oà", re.sub("ủy", "uỷ", text))


WAYS = {
    "in full": lambda u, ward, d, p: f"{ward}, {d}, {p}",
    "old tone marks": lambda u, ward, d, p: _old_tone_marks(f"{ward}, {d}, {p}"),
    "no marks, capitals": lambda u, ward, d, p: fold(ward).upper() + ", " + fold(d).upper() + "," + fold(p),
    "abbreviated": lambda u, ward, d, p: (
        f"{_abbreviated(ward, '.')}, {_abbreviated(d, '.')}, {split_kind(p)[1]}"
    ),
    "no kinds": lambda u, ward, d, p: f"{u.name}, {split_kind(d)[1]}, {split_kind(p)[1]}",
}


def _written(unit: FormerUnit, way: str) -> str:
    ward = f"{unit.kind.capitalize()} {unit.name}"
    return "Ngõ 7, thôn 3, " + WAYS[way](unit, ward, unit.district, unit.province)


@pytest.mark.parametrize("way", WAYS)
def test_every_former_unit_proposes_where_it_went(way: str) -> None:
    wards = [unit for unit in FORMER if unit.kind != "huyện"]
    for unit in wards:
        found = UNITS.propose(_written(unit, way), TODAY)
        assert found is not None, unit
        codes = {commune.code for commune in found.candidates}
        assert codes >= set(unit.communes), (unit, codes)
        assert found.detail == "Ngõ 7, thôn 3", unit
        if way in ("in full", "old tone marks"):
            assert codes == set(unit.communes), unit
            assert found.certain is unit.whole, unit
        if found.certain:
            assert codes == set(unit.communes), unit


def test_every_commune_of_today_is_read_back_from_its_own_name() -> None:
    for on in (date(2025, 7, 1), TODAY):
        for commune in UNITS.communes(on):
            province = UNITS.province(commune.province_code, on)
            assert province is not None
            found = UNITS.propose(f"Xóm Bưởi, {commune.full_name}, {province.full_name}", on)
            assert found is not None
            assert (found.commune, found.detail) == (commune, "Xóm Bưởi")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.sampled_from(FORMER))
def test_nothing_typed_breaks_it_and_nothing_is_invented(noise: str, unit: FormerUnit) -> None:
    known = {commune.code for commune in UNITS.communes(TODAY)}
    for text in (noise, f"{noise}, {unit.name}, {unit.district}", f"{noise}, {unit.province}"):
        found = UNITS.propose(text, TODAY)
        if found is not None:
            assert found.candidates
            assert {commune.code for commune in found.candidates} <= known
            assert found.certain == (found.commune is not None)
