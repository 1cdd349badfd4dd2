"""Whatever a steering answer is, what the form then asks it also prints, and nothing is asked in vain."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.domain.condition import holds
from counter_app.domain.form_filling import fill_from_people, missing_fields, visible_fields
from counter_app.domain.form_template import FieldType, FormField, FormTemplate
from counter_app.domain.form_validation import validate
from counter_app.domain.person import Person, Sex

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "forms" / "templates"
TODAY = date(2026, 11, 23)
MOST_CHOICES = 20  # longer lists are names of things and steer nothing


@pytest.fixture(scope="module")
def shipped() -> FileCatalogue:
    return FileCatalogue(ROOT / "forms", ROOT / "resources" / "calendars")


def answers_of(form_id: str, name: str) -> dict[str, object]:
    text = (TEMPLATES / form_id / "examples" / f"{name}.json").read_text(encoding="utf-8")
    answers: dict[str, object] = json.loads(text)["answers"]
    return answers


def options(field: FormField) -> Iterator[object]:
    if field.type is FieldType.TICK:
        yield from (True, False)
    elif field.type is FieldType.CHOICE and len(field.choices) <= MOST_CHOICES:
        yield from field.choices


def must_be_printed(field: FormField, form: FormTemplate) -> bool:
    """Ticks may only steer, and a personal number may stand within the identity document."""
    if field.type is FieldType.PERSONAL_ID:
        return not any(
            each.type is FieldType.ID_DOCUMENT and each.role == field.role and field.role
            for each in form.fields
        )
    return field.type not in (FieldType.TICK, FieldType.COMPUTED)


def printed_keys(form: FormTemplate, known: Mapping[str, object]) -> set[str]:
    blocks = [block for block in (*form.layout.body, *form.layout.closing) if holds(block.when, known)]
    places = [*form.layout.signatures, *(place for block in blocks for place in block.places)]
    shown = {block.field for block in blocks}
    page = " ".join(
        [
            *(text for block in blocks for text in (block.text, *(c for row in block.rows for c in row))),
            *(text for place in places if holds(place.when, known) for text in (place.name, place.below)),
        ]
    )
    return {
        field.key
        for field in form.fields
        if field.key in shown or f"{{{field.key}}}" in page or f"{{{field.key}." in page
    }


@pytest.mark.parametrize("name", ["plain", "worst"])
@pytest.mark.parametrize("form_id", sorted(folder.name for folder in TEMPLATES.iterdir()))
def test_every_answer_to_a_question_has_its_place_on_the_paper(shipped, form_id, name):
    form, answers = shipped.form(form_id, TODAY), answers_of(form_id, name)
    for field in form.fields:
        for option in options(field):
            filled = fill_from_people(form, {**answers, field.key: option}, {}, today=TODAY)
            asked = {each.key for each in visible_fields(form, filled.values) if must_be_printed(each, form)}
            answered = dict.fromkeys(asked, "x") | dict(filled.known)
            printed = printed_keys(form, filled.known) | printed_keys(form, answered)
            assert asked <= printed, (field.key, option)


def problems(shipped: FileCatalogue, form_id: str, **changed: object) -> set[tuple[str, str]]:
    answers = {**answers_of(form_id, "plain"), **changed}
    return {
        (problem.key, problem.code)
        for problem in validate(shipped.form(form_id, TODAY), answers, today=TODAY)
        if problem.blocks
    }


@pytest.mark.parametrize(
    ("form_id", "changed", "refused"),
    [
        ("htxh-01", {"ngay_sinh": "1956-11-23"}, set()),
        ("htxh-01", {"ngay_sinh": "1956-11-24"}, {("ngay_sinh", "min_age")}),
        ("hkd-tam-ngung", {"tu": "2026-11-22"}, {("tu", "not_past")}),
        ("hkd-tam-ngung", {"tu": "2026-12-01", "den": "2026-12-01"}, {("den", "after_field")}),
        ("btxh-mai-tang", {"nc_ngay_chet": "1944-12-31"}, {("nc_ngay_chet", "not_before")}),
        ("btxh-1a", {"ngay_sinh": "2003-11-23"}, {("ngay_sinh", "max_age")}),
        ("btxh-1a", {"ngay_sinh": "2003-11-24"}, set()),
        ("xd-giay-phep-xay-dung", {"dt_dat": "180.5"}, set()),
        ("xd-giay-phep-xay-dung", {"dt_dat": "180 m2"}, {("dt_dat", "pattern")}),
        ("kt-01", {"dang_nghe_noi": False}, {("dang_van_dong", "required")}),
    ],
)
def test_what_the_law_does_not_allow_is_refused(shipped, form_id, changed, refused):
    assert problems(shipped, form_id, **changed) == refused


def test_an_exchanged_disability_certificate_needs_no_account_of_the_disability(shipped):
    form = shipped.form("kt-01", TODAY)
    answers = {
        key: value for key, value in answers_of("kt-01", "plain").items() if not key.startswith("dang_")
    }
    filled = fill_from_people(
        form, answers | {"nhu_cau": "Cấp đổi Giấy xác nhận khuyết tật"}, {}, today=TODAY
    )
    assert missing_fields(form, filled.values) == ()
    assert not [key for key in printed_keys(form, filled.known) if key.startswith("dang_")]


@pytest.mark.parametrize(
    ("work", "item"),
    [("Nhà ở riêng lẻ", "4.4."), ("Sửa chữa, cải tạo", "4.5."), ("Dự án", "4.7."), ("Di dời", "4.8.")],
)
def test_a_building_permit_prints_only_the_item_of_its_work(shipped, work, item):
    form = shipped.form("xd-giay-phep-xay-dung", TODAY)
    blocks = [block for block in form.layout.body if holds(block.when, {"nd_loai": work})]
    assert [block.text[:4] for block in blocks if block.text.startswith("4.")][1:] == [item]


def test_the_grown_up_student_who_comes_alone_is_the_applicant_of_form_1a(shipped):
    student = Person(
        full_name="Bùi Minh Hiếu",
        personal_id="017206004321",
        birth_date="2006-05-01",
        sex=Sex.MALE,
        address="Xóm Chu, xã Trung Minh, tỉnh Phú Thọ",
        issued_on=date(2022, 6, 1),
    )
    form = shipped.form("btxh-1a", TODAY)
    alone = fill_from_people(form, {"khai_thay": False}, {"nguoi_khai_thay": student}, today=TODAY)
    assert alone.values["ho_ten"] == student.full_name
    helped = fill_from_people(form, {}, {"nguoi_khai_thay": student}, today=TODAY)
    assert helped.values["nk_ho_ten"] == student.full_name
    assert "ho_ten" not in helped.values
