"""The shipped units: counted, dated, mapped; refused when a file is wrong; quick from the cache."""

import csv
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from counter_app.catalogue.admin_unit_files import load_admin_units
from counter_app.domain.admin_units import AdminUnits
from counter_app.domain.errors import BadInput

FOLDER = Path(__file__).parents[2] / "resources" / "admin-units"
FIRST_DAY, TODAY = date(2025, 7, 1), date(2026, 11, 22)


@pytest.fixture(scope="module")
def units() -> AdminUnits:
    return load_admin_units(FOLDER, None)


@pytest.mark.parametrize(
    ("on", "provinces", "communes"),
    [
        (FIRST_DAY, {"tỉnh": 28, "thành phố": 6}, {"xã": 2621, "phường": 687, "đặc khu": 13}),
        (date(2026, 4, 29), {"tỉnh": 28, "thành phố": 6}, {"xã": 2621, "phường": 687, "đặc khu": 13}),
        (date(2026, 4, 30), {"tỉnh": 27, "thành phố": 7}, {"xã": 2611, "phường": 697, "đặc khu": 13}),
        (date(2026, 9, 1), {"tỉnh": 26, "thành phố": 8}, {"xã": 2611, "phường": 697, "đặc khu": 13}),
        (TODAY, {"tỉnh": 25, "thành phố": 9}, {"xã": 2599, "phường": 709, "đặc khu": 13}),
    ],
)
def test_there_are_34_provinces_and_3321_communes_on_every_day(
    units: AdminUnits, on: date, provinces: dict[str, int], communes: dict[str, int]
) -> None:
    assert Counter(province.kind for province in units.provinces(on)) == provinces
    assert Counter(commune.kind for commune in units.communes(on)) == communes
    assert len({commune.code for commune in units.communes(on)}) == 3321
    assert {commune.province_code for commune in units.communes(on)} == {p.code for p in units.provinces(on)}


def test_before_the_two_levels_there_is_nothing(units: AdminUnits) -> None:
    assert not units.provinces(date(2025, 6, 30))
    assert not units.communes(date(2025, 6, 30))


def test_every_former_unit_went_somewhere_and_every_commune_came_from_somewhere(units: AdminUnits) -> None:
    former = list(units.former.all())
    assert len(former) == 10_040
    assert Counter(unit.kind for unit in former) == {"xã": 7692, "phường": 1726, "thị trấn": 617, "huyện": 5}
    assert sum(unit.whole for unit in former) == 9569
    today = {commune.code for commune in units.communes(TODAY)}
    assert {code for unit in former for code in unit.communes} == today


def test_the_files_are_sorted_so_that_two_versions_compare_line_by_line() -> None:
    for name in ("provinces.csv", "communes.csv", "former-units.csv", "former-districts.csv"):
        with (FOLDER / name).open(encoding="utf-8", newline="") as file:
            codes = [line[0] for line in csv.reader(file)][1:]
        assert codes == sorted(codes), name


def test_every_later_change_is_a_dated_row_of_the_unit(units: AdminUnits) -> None:
    with (FOLDER / "changes.csv").open(encoding="utf-8", newline="") as file:
        changes = list(csv.DictReader(file))
    assert len(changes) == 25
    for change in changes:
        since = date.fromisoformat(change["valid_from"])
        find = units.province if change["level"] == "province" else units.commune
        unit = find(change["code"], since)
        assert unit is not None
        assert (unit.kind, unit.valid_from) == (change["kind"], since)
        assert change["basis"]
        assert change["source"]
        assert change["verified"] == "no"


def test_the_cache_says_the_same_as_the_files(units: AdminUnits, tmp_path: Path) -> None:
    cache = tmp_path / "units.cache"
    load_admin_units(FOLDER, cache).former.all()
    warm = load_admin_units(FOLDER, cache)
    assert warm.communes(TODAY) == units.communes(TODAY)
    assert warm.provinces(TODAY) == units.provinces(TODAY)
    assert list(warm.former.all()) == list(units.former.all())


def test_former_units_are_not_read_until_an_older_address_asks(tmp_path: Path) -> None:
    cache = tmp_path / "units.cache"
    units = load_admin_units(FOLDER, cache)
    assert [path.name for path in tmp_path.iterdir()] == ["units.cache"]
    units.propose("Tổ 5, Phường Phương Lâm, TP Hoà Bình, Hoà Bình", TODAY)
    assert {path.name for path in tmp_path.iterdir()} == {"units.cache", "former-units.cache"}


def test_a_damaged_cache_is_built_again(tmp_path: Path) -> None:
    cache = tmp_path / "units.cache"
    load_admin_units(FOLDER, cache)
    cache.write_bytes(cache.read_bytes()[:-9])
    assert len(load_admin_units(FOLDER, cache).communes(TODAY)) == 3321


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "admin-units"))


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "field"),
    [
        ("provinces.csv", "01,Hà Nội,thành phố", "01,Hà Nội,kinh đô", 2, "kind"),
        ("provinces.csv", "01,Hà Nội,thành phố,2025-07-01", "01,Hà Nội,thành phố,1/7/2025", 2, "valid_from"),
        ("communes.csv", "00004,Ba Đình", "00004,", 2, "name"),
        ("communes.csv", "00004,Ba Đình,phường,01", "00004,Ba Đình,phường,99", 2, "province_code"),
        ("communes.csv", "00008,Ngọc Hà", "00004,Ngọc Hà", 3, "code"),
        ("communes.csv", "00008,Ngọc Hà", "00008,Ngọc Hà,phường", 3, ""),
        ("communes.csv", "code,name", "name,code", 1, ""),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(
    copy: Path, file: str, old: str, new: str, line: int, field: str
) -> None:
    path = copy / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BadInput) as refused:
        load_admin_units(copy, None)
    params = refused.value.params
    assert refused.value.code == "bad_data_file"
    assert (params["file"], params["line"], params["field"]) == (f"admin-units/{file}", line, field)


def test_a_former_unit_that_went_nowhere_known_is_refused_when_it_is_read(copy: Path) -> None:
    path = copy / "former-units.csv"
    path.write_text(path.read_text("utf-8").replace("whole,00097", "whole,99999", 1), "utf-8")
    units = load_admin_units(copy, None)
    with pytest.raises(BadInput) as refused:
        units.propose("Phường Phúc Xá, Quận Ba Đình, Hà Nội", TODAY)
    assert refused.value.params["field"] == "communes"


def test_a_missing_or_foreign_file_is_a_data_fault(copy: Path) -> None:
    (copy / "communes.csv").write_bytes("Xã Ngọc Hà".encode("utf-16"))
    with pytest.raises(BadInput, match="bad_data_file"):
        load_admin_units(copy, None)
    (copy / "communes.csv").unlink()
    with pytest.raises(BadInput, match="bad_data_file"):
        load_admin_units(copy, None)
