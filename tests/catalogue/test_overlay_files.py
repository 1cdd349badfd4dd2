"""What a province or an office decides, as files: strict, layered, checked against the catalogue."""

import json
from dataclasses import fields
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.catalogue.overlay_checks import check_overlay, require_agreement
from counter_app.catalogue.overlay_files import load_overlays, read_overlay
from counter_app.domain.errors import BadInput
from counter_app.domain.local_values import (
    LocalFee,
    LocalFormText,
    LocalTime,
    LocalValues,
    fee_amounts,
    fee_on,
)

REPOSITORY = Path(__file__).resolve().parents[2]
SCHEMA = REPOSITORY / "forms/schema/overlay.schema.json"
EXAMPLE = REPOSITORY / "docs/overlay-example/2027-01-01.yaml"
LEVY = "le_phi_khai_sinh_qua_han"
PROVINCE = """\
scope: province
unit: H29
version: v1
valid_from: 2026-01-01
provenance: {source: invented, verified: false}
fees:
  - fee_id: le_phi
    amount_vnd: 5000
    basis_text: Nghị quyết
times:
  - procedure_id: thu-tuc
    time: 3wd
    basis_text: Quyết định
form_texts:
  - form_id: to-khai
    form_number: Mẫu 1
"""


@pytest.fixture(scope="module")
def catalogue(shipped_forms: Path, shipped_calendars: Path) -> FileCatalogue:
    return FileCatalogue(shipped_forms, shipped_calendars)


def put(folder: Path, text: str = PROVINCE, name: str = "2026-01-01.yaml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_schema_holds_what_the_domain_holds_and_explains_itself() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for name, shape in {"fee": LocalFee, "time": LocalTime, "form_text": LocalFormText}.items():
        node = schema["$defs"][f"local_{name}"]
        assert set(node["properties"]) == {one.name for one in fields(shape)}
        assert node["additionalProperties"] is False
        assert all(each.get("description") or "$ref" in each for each in node["properties"].values())
    others = json.loads(SCHEMA.with_name("procedure.schema.json").read_text(encoding="utf-8"))["$defs"]
    for shared in ("condition", "provenance", "date"):
        assert schema["$defs"][shared] == others[shared]


def test_the_example_agrees_with_the_catalogue(catalogue: FileCatalogue) -> None:
    overlay = read_overlay(EXAMPLE, SCHEMA)
    found = list(check_overlay(overlay.values, catalogue.all_procedures(), catalogue.all_forms()))
    assert found == []
    ours = load_overlays((EXAMPLE,), SCHEMA).for_unit("H29.12")
    assert fee_amounts(ours, date(2027, 3, 1), "counter", {})[LEVY] == 8000
    assert fee_amounts(ours, date(2027, 3, 1), "online", {})[LEVY] == 0
    assert fee_amounts(ours, date(2028, 1, 1), "online", {})[LEVY] == 8000
    assert LEVY not in fee_amounts(ours, date(2026, 12, 31), "online", {})


def test_an_office_without_the_area_does_not_get_its_amount() -> None:
    ours = load_overlays((EXAMPLE,), SCHEMA).for_unit("H29.13")
    amounts = fee_amounts(ours, date(2027, 3, 1), "counter", {})
    assert amounts == {LEVY: 8000}


def test_another_provinces_overlay_says_nothing_here() -> None:
    assert (
        fee_amounts(load_overlays((EXAMPLE,), SCHEMA).for_unit("H30.12"), date(2027, 3, 1), "counter", {})
        == {}
    )


def test_the_office_speaks_before_the_province_whatever_the_order_of_files(tmp_path: Path) -> None:
    province = put(tmp_path / "p", PROVINCE.replace("2026-01-01", "2026-06-01"), "2026-06-01.yaml")
    text = PROVINCE.replace("scope: province", "scope: office").replace("unit: H29", "unit: H29.12")
    office = put(tmp_path / "o", text.replace("5000", "4000"))
    for files in ((province, office), (office, province)):
        values = load_overlays(files, SCHEMA).for_unit("H29.12")
        assert fee_amounts(values, date(2026, 7, 1), "counter", {}) == {"le_phi": 4000}
        assert fee_amounts(values.for_unit("H29.13"), date(2026, 7, 1), "counter", {}) == {"le_phi": 5000}


def test_versions_of_one_unit_follow_each_other(tmp_path: Path) -> None:
    first = put(tmp_path, PROVINCE)
    later = PROVINCE.replace("2026-01-01", "2027-01-01").replace("5000", "9000")
    values = load_overlays((put(tmp_path, later, "2027-01-01.yaml"), first), SCHEMA)
    assert [fee_amounts(values, date(year, 6, 1), "counter", {}) for year in (2025, 2026, 2027)] == [
        {}, {"le_phi": 5000}, {"le_phi": 9000},
    ]  # fmt: skip
    found = fee_on(values, "le_phi", date(2027, 6, 1))
    assert found is not None
    assert found.basis_text == "Nghị quyết"


SPOILT = [
    ("amount_vnd: 5000", "amount_vnd: -1", "fees.0.amount_vnd"),
    ("amount_vnd: 5000", "amount_vnd: 5.5", "fees.0.amount_vnd"),
    ("    basis_text: Nghị quyết\n", "", "fees.0"),
    ("time: 3wd", "time: 3 ngày", "times.0.time"),
    ("form_number: Mẫu 1", "form_number: Mẫu 1\n    colour: đỏ", "form_texts.0.colour"),
    ("    amount_vnd: 5000", "    amount_vnd: 5000\n    valid_to: 2025-01-01", "fees.0.valid_to"),
    ("    amount_vnd: 5000", "    amount_vnd: 5000\n    valid_to: 2026-02-30", "fees.0.valid_to"),
    ("    amount_vnd: 5000", "    amount_vnd: 5000\n    units: [H30.1]", "fees.0.units"),
    ("valid_from: 2026-01-01", "valid_from: 2026-01-02", "valid_from"),
    ("fees:\n", "fees:\n  - {fee_id: le_phi, amount_vnd: 6000, basis_text: x}\n", "fees.1"),
    ("scope: province", "scope: nation", "scope"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "field"), SPOILT)
def test_a_fault_names_file_line_and_field(tmp_path: Path, old: str, new: str, field: str) -> None:
    assert PROVINCE.count(old) == 1
    path = put(tmp_path, PROVINCE.replace(old, new))
    with pytest.raises(BadInput) as refused:
        read_overlay(path, SCHEMA)
    assert refused.value.code == "bad_data_file"
    assert refused.value.params["field"] == field
    assert refused.value.params["file"] == "2026-01-01.yaml"
    assert refused.value.params["line"] >= 1  # type: ignore[operator]


def test_a_fault_names_the_file_as_in_its_pack_not_where_it_was_unpacked(tmp_path: Path) -> None:
    path = put(tmp_path, PROVINCE.replace("scope: province", "scope: nation"))
    unpacked = tmp_path / "qmcpack-x" / "content" / "overlay" / path.name
    unpacked.parent.mkdir(parents=True)
    path.rename(unpacked)
    with pytest.raises(BadInput) as refused:
        read_overlay(unpacked, SCHEMA)
    assert refused.value.params["file"] == "overlay/2026-01-01.yaml"


DISAGREES = [
    (LocalFee(fee_id="khong_co", amount_vnd=1, valid_from=date(2026, 1, 1)), "unknown fee"),
    (
        LocalFee(fee_id="phi_chung_thuc_ban_sao", amount_vnd=1, valid_from=date(2026, 1, 1)),
        "is not set by the province",
    ),
]


@pytest.mark.parametrize(("fee", "problem"), DISAGREES)
def test_an_amount_only_for_what_the_province_sets(
    catalogue: FileCatalogue, fee: LocalFee, problem: str
) -> None:
    values = LocalValues(fees=(fee,))
    found = list(check_overlay(values, catalogue.all_procedures(), catalogue.all_forms()))
    assert [each[1] for each in found] == [problem]


def test_a_disagreeing_overlay_is_told_value_by_value(tmp_path: Path, catalogue: FileCatalogue) -> None:
    text = PROVINCE.replace("thu-tuc", "cap-giay-xac-nhan-tinh-trang-hon-nhan").replace("3wd", "30wd")
    text = text.replace("form_number: Mẫu 1", 'addressee: "{nobody}"')
    found = check_overlay(
        read_overlay(put(tmp_path, text), SCHEMA).values, catalogue.all_procedures(), catalogue.all_forms()
    )
    assert [(path, problem) for path, problem, _word in found] == [
        (("fees", 0, "fee_id"), "unknown fee"),
        (("times", 0, "time"), "longer than the law's limit"),
        (("form_texts", 0, "form_id"), "unknown form"),
        (("form_texts", 0, "addressee"), "unknown placeholder"),
    ]


def test_the_first_disagreement_is_told_with_its_line(tmp_path: Path, catalogue: FileCatalogue) -> None:
    path = put(tmp_path)
    with pytest.raises(BadInput) as refused:
        require_agreement(path, SCHEMA, catalogue.all_procedures(), catalogue.all_forms())
    assert (refused.value.params["line"], refused.value.params["field"]) == (7, "fees.0.fee_id")
    require_agreement(EXAMPLE, SCHEMA, catalogue.all_procedures(), catalogue.all_forms())


def test_the_cache_says_what_the_files_say_until_they_change(tmp_path: Path) -> None:
    cache = tmp_path / "overlays.cache"
    path = put(tmp_path / "p")
    first = load_overlays((path,), SCHEMA, cache)
    assert cache.is_file()
    assert load_overlays((path,), SCHEMA, cache) == first
    put(tmp_path / "p", PROVINCE.replace("5000", "51000"))
    assert fee_amounts(load_overlays((path,), SCHEMA, cache), date(2026, 7, 1), "counter", {}) == {
        "le_phi": 51000
    }
    cache.write_bytes(b"rubbish")
    assert load_overlays((path,), SCHEMA, cache) != first
