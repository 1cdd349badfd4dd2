"""The shipped procedures and forms: what law and the counter expect of the data itself."""

import json
from datetime import date
from pathlib import Path

import pytest

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.domain.checklist import required_parts
from counter_app.domain.errors import RuleRefusal
from counter_app.domain.fee import Charge, FeeSetter, charge_for
from counter_app.domain.field_values import printed_address
from counter_app.domain.form_filling import FilledAnswers, Source, fill_from_people, missing_fields
from counter_app.domain.form_template import FieldType
from counter_app.domain.form_validation import validate
from counter_app.domain.person import Person, Sex
from counter_app.domain.procedure import CaseValue, PartUse, ProcedureCase
from counter_app.domain.vietnamese_text import clean

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "forms" / "templates"
TODAY = date(2026, 11, 23)
LAST_DAY_OF_THE_OLD_LAW = date(2027, 2, 28)
CIVIL_STATUS = "Hộ tịch"
FOR_ANOTHER_OFFICE = {"dd-tach-hop-thua"}  # filled in here, settled by the land registration office


@pytest.fixture(scope="module")
def shipped() -> FileCatalogue:
    return FileCatalogue(ROOT / "forms", ROOT / "resources" / "calendars")


def case_of(shipped: FileCatalogue, procedure_id: str, case_id: str) -> ProcedureCase:
    case = shipped.procedure(procedure_id, TODAY).case(case_id)
    assert case is not None
    return case


def charge(case: ProcedureCase, fee_id: str, *, on: date = TODAY, exemption: str = "", **values: object):
    rule = next(rule for rule in case.fees if rule.fee_id == fee_id)
    return charge_for(
        rule, values=values, on=on, channel="counter", province_amounts={}, exemption_id=exemption
    )


def amount(owed: Charge | None) -> int | None:
    assert owed is not None
    return owed.amount_vnd


def test_every_file_is_read_without_a_fault(shipped):
    assert [problem.params for problem in shipped.problems] == []
    assert len(shipped.procedures(TODAY)) >= 11


@pytest.mark.parametrize(
    ("procedure_id", "case_id", "time", "slip_rule"),
    [
        ("dang-ky-khai-sinh", "thong-thuong", "same day", "after_15h"),
        ("dang-ky-khai-sinh", "tre-bi-bo-roi", "same day", "after_15h"),
        ("dang-ky-khai-tu", "thong-thuong", "same day", "after_15h"),
        ("cap-ban-sao-trich-luc-ho-tich", "thong-thuong", "same day", "after_15h"),
        ("chung-thuc-ban-sao-tu-ban-chinh", "thong-thuong", "same day", "only_if_not_same_day"),
        ("dang-ky-ket-hon", "thong-thuong", "1wd", "always"),
        ("cap-giay-xac-nhan-tinh-trang-hon-nhan", "cap-moi", "3wd", "always"),
        ("thay-doi-cai-chinh-bo-sung-ho-tich", "bo-sung", "same day", "after_15h"),
        ("thay-doi-cai-chinh-bo-sung-ho-tich", "cai-chinh", "3wd", "always"),
        ("thay-doi-cai-chinh-bo-sung-ho-tich", "xac-dinh-lai-dan-toc", "3wd", "always"),
        ("tro-giup-xa-hoi-hang-thang", "huong-moi-nguoi-cao-tuoi", "22wd", "always"),
        ("dang-ky-ho-kinh-doanh", "ca-nhan", "3wd", "always"),
        ("dinh-chinh-giay-chung-nhan", "thong-thuong", "8wd", "always"),
        ("dinh-chinh-giay-chung-nhan", "vung-kho-khan", "18wd", "always"),
        ("xac-dinh-lai-dien-tich-dat-o", "vung-kho-khan", "30wd", "always"),
    ],
)
def test_time_limits_and_slip_rules(shipped, procedure_id, case_id, time, slip_rule):
    case = case_of(shipped, procedure_id, case_id)
    assert ("same day" if case.same_day else str(case.time)) == time
    assert case.slip_rule.value == slip_rule


def test_every_case_can_be_promised_and_says_how_sure_its_time_is(shipped):
    for procedure in shipped.all_procedures():
        for case in procedure.cases:
            known = case.same_day or case.no_promise or case.time
            # Without a limit the office enters its own; then the file says why none is written.
            told = any(source.of is CaseValue.TIME and source.note for source in case.sources)
            assert known or told, (procedure.procedure_id, case.case_id)
            assert case.provenance is not None
            assert case.provenance.source


def test_nothing_recalled_is_called_verified(shipped):
    """No file has been compared with its legal text yet; whoever does it says when."""
    sources = [procedure.provenance for procedure in shipped.all_procedures()]
    sources += [
        case.provenance for each in shipped.all_procedures() for case in each.cases if case.provenance
    ]
    assert [source for source in sources if source.verified and source.checked_on is None] == []


def test_civil_status_ends_with_the_old_law(shipped):
    civil = [each for each in shipped.procedures(TODAY) if each.sector == CIVIL_STATUS]
    assert len(civil) >= 6
    for procedure in civil:
        assert procedure.valid_to == LAST_DAY_OF_THE_OLD_LAW
        with pytest.raises(RuleRefusal, match="procedure_expired"):
            shipped.procedure(procedure.procedure_id, date(2027, 3, 1))
        for form_id in {form for case in procedure.cases for form in case.forms}:
            assert shipped.form(form_id, LAST_DAY_OF_THE_OLD_LAW).valid_to == LAST_DAY_OF_THE_OLD_LAW


@pytest.mark.parametrize(
    ("pages", "copies", "vnd"),
    [
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (2, 3, 12_000),
        (10, 2, 24_000),
        (198, 1, 200_000),
        (199, 1, 200_000),
        (500, 3, 600_000),
    ],
)
def test_certified_copies_cost_by_page_up_to_a_limit_a_copy(shipped, pages, copies, vnd):
    case = case_of(shipped, "chung-thuc-ban-sao-tu-ban-chinh", "thong-thuong")
    assert amount(charge(case, "phi_chung_thuc_ban_sao", pages=pages, copies_certified=copies)) == vnd


@pytest.mark.parametrize(
    ("on", "exemption", "vnd"),
    [
        (date(2026, 8, 14), "vneid_muc_2", 24_000),
        (date(2026, 8, 15), "vneid_muc_2", 0),
        (date(2027, 2, 28), "vneid_muc_2", 0),
        (TODAY, "", 24_000),
    ],
)
def test_extracts_cost_8000_a_copy_unless_the_window_of_the_exemption_is_open(shipped, on, exemption, vnd):
    case = case_of(shipped, "cap-ban-sao-trich-luc-ho-tich", "thong-thuong")
    owed = charge(case, "phi_ban_sao_trich_luc", on=on, exemption=exemption, so_luong=3)
    assert amount(owed) == vnd


@pytest.mark.parametrize(
    ("procedure_id", "fee_id", "days", "limit"),
    [
        ("dang-ky-khai-sinh", "le_phi_khai_sinh_qua_han", "so_ngay_tu_khi_sinh", 60),
        ("dang-ky-khai-tu", "le_phi_khai_tu_qua_han", "so_ngay_tu_khi_chet", 15),
    ],
)
def test_only_late_registration_owes_a_levy_and_its_amount_is_the_provinces(
    shipped, procedure_id, fee_id, days, limit
):
    case = case_of(shipped, procedure_id, "thong-thuong")
    assert charge(case, fee_id, **{days: limit}) is None
    assert amount(charge(case, fee_id, **{days: limit + 1})) is None
    assert amount(charge(case, fee_id, exemption="ho_ngheo", **{days: limit + 1})) == 0


def test_fees_of_the_province_carry_no_amount_and_the_others_name_their_text(shipped):
    for procedure in shipped.all_procedures():
        for fee in (fee for case in procedure.cases for fee in case.fees):
            if fee.set_by is FeeSetter.PROVINCE_COUNCIL:
                assert (fee.amount_vnd, fee.tiers) == (None, ())
            else:
                assert fee.amount_vnd or fee.tiers
            assert "Thông tư" in fee.basis_text or "Nghị định" in fee.basis_text
            assert all(exemption.proof for exemption in fee.exemptions)


def test_a_provinces_amount_means_the_same_fee_wherever_its_id_stands(shipped):
    """The office enters one amount for a fee id, so one id must not be two different fees."""
    names: dict[str, set[str]] = {}
    for procedure in shipped.all_procedures():
        for fee in (fee for case in procedure.cases for fee in case.fees):
            names.setdefault(fee.fee_id, set()).add(fee.name)
    assert [fee_id for fee_id, called in names.items() if len(called) > 1] == []


def test_papers_have_short_names_and_say_what_to_do_with_them(shipped):
    for procedure in shipped.all_procedures():
        for case in procedure.cases:
            assert 1 <= len(case.parts) <= 10  # an adoption needs ten; most cases three to eight
            for part in case.parts:
                assert len(part.name) <= 120, part.name
                assert part.original or part.copy or part.use is PartUse.PRESENT
            printed = {part.form_id for part in case.parts if part.form_id}
            assert printed == set(case.forms)


@pytest.mark.parametrize(
    ("relation", "asked"), [("Mẹ", False), ("Ông", False), ("Người được ủy quyền", True)]
)
def test_only_a_delegate_brings_a_power_of_attorney(shipped, relation, asked):
    case = case_of(shipped, "dang-ky-khai-sinh", "thong-thuong")
    needed = {part.part_id for part in required_parts(case, {"nyc_quan_he": relation})}
    assert ("van_ban_uy_quyen" in needed) is asked


# --- forms


def citizen(name: str, personal_id: str, birth_date: str, sex: Sex) -> Person:
    return Person(
        full_name=name,
        personal_id=personal_id,
        birth_date=birth_date,
        sex=sex,
        address="Xóm Chu, xã Trung Minh, tỉnh Phú Thọ",
        issued_on=date(2021, 5, 10),
    )


GRANDFATHER = citizen("Bùi Văn Ông", "017060001111", "1960-01-01", Sex.MALE)
MOTHER = citizen("Bùi Thị Hoa Mận", "017196004321", "1996-02-02", Sex.FEMALE)
FATHER = citizen("Đinh Công Quyết", "017094001234", "1994-03-03", Sex.MALE)


def birth(shipped: FileCatalogue, answers: dict[str, object], **people: Person) -> FilledAnswers:
    return fill_from_people(shipped.form("ht-khai-sinh", TODAY), answers, people, today=TODAY)


@pytest.mark.parametrize(
    ("answers", "people"),
    [
        ({}, {"nguoi_yeu_cau": GRANDFATHER, "me": MOTHER, "cha": FATHER}),
        ({"nyc_quan_he": "Mẹ"}, {"nguoi_yeu_cau": MOTHER, "cha": FATHER}),
        ({"nyc_quan_he": "Cha"}, {"nguoi_yeu_cau": FATHER, "me": MOTHER}),
    ],
)
def test_a_birth_needs_at_most_ten_answers_after_the_cards(shipped, answers, people):
    filled = birth(shipped, answers, **people)
    assert len(missing_fields(shipped.form("ht-khai-sinh", TODAY), filled.values)) + len(answers) <= 10
    assert filled.values["me_ho_ten"] == MOTHER.full_name
    assert filled.values["cha_so_dinh_danh"] == FATHER.personal_id


def test_the_mother_who_registers_is_asked_nothing_twice(shipped):
    filled = birth(shipped, {"nyc_quan_he": "Mẹ"}, nguoi_yeu_cau=MOTHER)
    mothers = [key for key in filled.values if key.startswith("me_") and key != "me_de_trong"]
    known = [key for key in mothers if filled.sources[key] is Source.APPLICANT]
    assert {"me_ho_ten", "me_so_dinh_danh", "me_giay_to"} <= set(known)


def test_a_child_without_a_known_father_needs_no_father(shipped):
    form = shipped.form("ht-khai-sinh", TODAY)
    asked = [each.key for each in missing_fields(form, birth(shipped, {"cha_de_trong": True}).values)]
    assert not [key for key in asked if key.startswith("cha_")]
    assert "cha_ho_ten" in [each.key for each in missing_fields(form, birth(shipped, {}).values)]


def test_personal_facts_are_asked_only_of_those_without_a_personal_number(shipped):
    """Phụ lục Thông tư 04/2024/TT-BTP, note (2)."""
    form = shipped.form("ht-khai-sinh", TODAY)
    asked = {each.key for each in missing_fields(form, birth(shipped, {}).values)}
    assert {"nyc_ngay_sinh", "me_noi_cu_tru"} <= asked
    scanned = birth(shipped, {}, nguoi_yeu_cau=GRANDFATHER, me=MOTHER, cha=FATHER)
    asked = {each.key for each in missing_fields(form, scanned.values)}
    assert not {"nyc_ngay_sinh", "me_noi_cu_tru"} & asked


@pytest.mark.parametrize(
    ("groom", "bride", "refused"),
    [
        ("2006-11-23", "2008-11-23", set()),
        ("2006-11-24", "2008-11-23", {"nam_ngay_sinh"}),
        ("2006-11-23", "2008-11-24", {"nu_ngay_sinh"}),
    ],
)
def test_marriage_ages(shipped, groom, bride, refused):
    """Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi (Điều 8 Luật Hôn nhân và gia đình 52/2014/QH13)."""
    answers = answers_of(TEMPLATES / "ht-ket-hon" / "examples" / "plain.json")
    answers |= {"nam_ngay_sinh": groom, "nu_ngay_sinh": bride}
    problems = validate(shipped.form("ht-ket-hon", TODAY), answers, today=TODAY)
    assert {problem.key for problem in problems if problem.code == "min_age"} == refused


@pytest.mark.parametrize(
    ("form_id", "key", "day", "late"),
    [
        ("ht-khai-sinh", "ks_ngay_sinh", "2026-09-24", False),
        ("ht-khai-sinh", "ks_ngay_sinh", "2026-09-23", True),
        ("ht-khai-tu", "nc_ngay_chet", "2026-11-08", False),
        ("ht-khai-tu", "nc_ngay_chet", "2026-11-07", True),
    ],
)
def test_a_late_registration_is_noticed_and_does_not_block(shipped, form_id, key, day, late):
    answers = answers_of(TEMPLATES / form_id / "examples" / "plain.json") | {key: day}
    problems = [
        problem
        for problem in validate(shipped.form(form_id, TODAY), answers, today=TODAY)
        if problem.key == key
    ]
    assert [problem.code for problem in problems] == (["max_days_before_today"] if late else [])
    assert not any(problem.blocks for problem in problems)


def answers_of(example: Path) -> dict[str, object]:
    content: dict[str, dict[str, object]] = json.loads(example.read_text(encoding="utf-8"))
    return content["answers"]


def test_every_form_has_a_plain_and_a_worst_case(shipped):
    forms = {form for each in shipped.all_procedures() for case in each.cases for form in case.forms}
    templates = {folder.name for folder in TEMPLATES.iterdir()}
    assert templates - FOR_ANOTHER_OFFICE == forms
    for form_id in templates:
        found = {example.stem for example in (TEMPLATES / form_id / "examples").glob("*.json")}
        assert found == {"plain", "worst"}


@pytest.mark.parametrize(
    "example", sorted(TEMPLATES.glob("*/examples/*.json")), ids=lambda path: f"{path.parts[-3]}-{path.stem}"
)
def test_examples_are_complete_and_could_be_received(shipped, example):
    form = shipped.form(example.parts[-3], TODAY)
    filled = fill_from_people(form, answers_of(example), {}, today=TODAY)
    assert [each.key for each in missing_fields(form, filled.values)] == []
    assert [each for each in validate(form, filled.values, today=TODAY) if each.blocks] == []


@pytest.mark.parametrize("form_id", sorted(folder.name for folder in TEMPLATES.iterdir()))
def test_worst_cases_are_as_bad_as_life(shipped, form_id):
    form, answers = shipped.form(form_id, TODAY), answers_of(TEMPLATES / form_id / "examples" / "worst.json")
    for each in form.fields:
        value = answers.get(each.key)
        if each.type is FieldType.TABLE:
            assert isinstance(value, list), each.key
            assert len(value) == each.max_rows, each.key
        elif each.type is FieldType.PERSON_NAME and value is not None:
            assert len(str(value)) >= 60, each.key
        elif each.type is FieldType.ADDRESS and value is not None:
            assert len(printed_address(value)) >= 120, each.key


def test_data_is_clean_text(shipped):
    for path in sorted((ROOT / "forms").rglob("*.yaml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert clean(line) == " ".join(line.split()), path.name


@pytest.mark.parametrize("form_id", sorted(folder.name for folder in TEMPLATES.iterdir()))
def test_what_is_asked_is_printed_and_only_ticks_may_steer_without_ink(shipped, form_id):
    """A question whose answer stands on no paper would collect personal data for nothing."""
    form = shipped.form(form_id, TODAY)
    blocks = (*form.layout.body, *form.layout.closing)
    shown = {block.field for block in blocks}
    places = (*form.layout.signatures, *(place for block in blocks for place in block.places))
    text = " ".join([*(block.text for block in blocks), *(c for b in blocks for row in b.rows for c in row)])
    text += " ".join(f"{place.name} {place.below}" for place in places)
    for each in form.fields:
        if each.type not in (FieldType.TICK, FieldType.COMPUTED):
            assert each.key in shown or f"{{{each.key}}}" in text or f"{{{each.key}." in text, each.key
