"""The list is read as it was written, every shipped procedure agrees with it, and `check` says so."""

from datetime import date
from pathlib import Path

import pytest
from tests.catalogue.conftest import FormsFolder

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.catalogue.national_list_file import national_list_csv, read_national_list
from counter_app.domain.errors import BadInput
from counter_app.domain.national_list import NameVerdict, check_names
from counter_app.services.expiry_json import expiry_to_json


def test_the_shipped_list_is_sorted_and_complete(shipped_forms: Path) -> None:
    path = shipped_forms / "national-list.csv"
    listed = read_national_list(path)
    codes = [entry.code for entry in listed.entries]
    assert len(codes) == 168
    assert codes == sorted(set(codes))
    assert all(entry.sector and entry.level for entry in listed.entries)
    assert national_list_csv(listed) == path.read_bytes()


def test_no_entry_of_the_list_is_taken_for_another(shipped_forms: Path) -> None:
    listed = read_national_list(shipped_forms / "national-list.csv")
    confused = [
        (one.code, other.code)
        for one in listed.entries
        for other in listed.entries
        if one is not other and listed.verdict(one.code, other.name) is not NameVerdict.OTHER
    ]
    assert confused == []


def test_every_shipped_procedure_has_the_name_of_its_code(
    shipped_forms: Path, shipped_calendars: Path
) -> None:
    catalogue = FileCatalogue(shipped_forms, shipped_calendars)
    assert check_names(catalogue.all_procedures(), catalogue.national_list()) == ()


def test_check_tells_of_a_name_on_the_wrong_code(forms_folder: FormsFolder, shipped_calendars: Path) -> None:
    forms_folder.put(
        "national-list.csv",
        "code,name,sector,level\n1.000001,Đăng ký khai tử,Hộ tịch,Cấp xã\n1.000002,Thủ tục mẫu,Khác,Cấp xã\n",
    )
    catalogue = FileCatalogue(forms_folder.root, shipped_calendars)
    (found,) = expiry_to_json(catalogue, date(2026, 6, 1))["name_code_mismatches"]  # type: ignore[misc, attr-defined]
    assert found == {
        "id": "thu-tuc",
        "national_code": "1.000001",
        "name": "Thủ tục mẫu",
        "listed_name": "Đăng ký khai tử",
        "name_belongs_to": "1.000002",
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("ma,ten\n", "must be"),
        ("code,name,sector,level\n1.00,Tên,,\n", "wrong form"),
        ("code,name,sector,level\n1.000001,Tên,,\n1.000001,Tên,,\n", "used twice"),
        ("code,name,sector,level\n1.000001,T\xean,,\n", "not UTF-8"),
    ],
)
def test_a_broken_list_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode("latin-1" if problem == "not UTF-8" else "utf-8"))
    with pytest.raises(BadInput) as refusal:
        read_national_list(path)
    assert refusal.value.code == "bad_data_file"
    assert refusal.value.params["problem"] == problem
