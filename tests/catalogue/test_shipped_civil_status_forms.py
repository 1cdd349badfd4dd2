"""The forms for registering again, recognition and guardianship: cards fill them, their rules hold."""

import json
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.domain.form_filling import FilledAnswers, fill_from_people, missing_fields
from counter_app.domain.form_printing import printed_form
from counter_app.domain.form_validation import validate
from counter_app.domain.office import Office
from counter_app.domain.person import Person, Sex
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services.paper_content import FormContent

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "forms" / "templates"
TODAY = date(2026, 11, 23)
AGAIN = ["ht-khai-sinh-lai", "ht-ket-hon-lai", "ht-khai-tu-lai"]
OFFICE = Office(unit_code="H29.12", name="TRUNG TÂM", province="tỉnh Phú Thọ", commune_name="xã Trung Minh")


@pytest.fixture(scope="module")
def shipped() -> FileCatalogue:
    return FileCatalogue(ROOT / "forms", ROOT / "resources" / "calendars")


def citizen(name: str, personal_id: str, birth_date: str, sex: Sex) -> Person:
    return Person(
        full_name=name,
        personal_id=personal_id,
        birth_date=birth_date,
        sex=sex,
        address="Xóm Chu, xã Trung Minh, tỉnh Phú Thọ",
        issued_on=date(2021, 5, 10),
    )


WOMAN = citizen("Quách Thị Mơ", "017174003579", "1974-09-02", Sex.FEMALE)
MOTHER = citizen("Bùi Thị Nhỏ", "017144001357", "1944-01-01", Sex.FEMALE)
MAN = citizen("Đinh Công Quyết", "017094001234", "1994-03-03", Sex.MALE)


def filled(
    shipped: FileCatalogue, form_id: str, answers: dict[str, object], **people: Person
) -> FilledAnswers:
    return fill_from_people(shipped.form(form_id, TODAY), answers, people, today=TODAY)


def still_asked(shipped: FileCatalogue, form_id: str, known: FilledAnswers) -> list[str]:
    return [each.key for each in missing_fields(shipped.form(form_id, TODAY), known.values)]


def example(form_id: str, name: str = "plain") -> dict[str, object]:
    text = (TEMPLATES / form_id / "examples" / f"{name}.json").read_text(encoding="utf-8")
    answers: dict[str, object] = json.loads(text)["answers"]
    return answers


def paper(shipped: FileCatalogue, form_id: str, answers: dict[str, object]) -> str:
    template = shipped.form(form_id, TODAY)
    known = fill_from_people(template, answers, {}, today=TODAY, office=OFFICE)
    printed = printed_form(template, known.values, office=OFFICE, today=TODAY)
    content = FormContent(
        template=template, values=printed.values, tables=printed.tables, answers=known.values
    )
    document = pdfium.PdfDocument(ReportlabPaperRenderer().form_with_problems(content)[0])
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


def refused(shipped: FileCatalogue, form_id: str, answers: dict[str, object]) -> set[tuple[str, str]]:
    found = validate(shipped.form(form_id, TODAY), answers, today=TODAY)
    return {(problem.key, problem.code) for problem in found if problem.blocks}


@pytest.mark.parametrize("form_id", ["ht-khai-sinh-lai", "ht-khai-sinh-ho-so"])
def test_one_card_answers_for_a_grown_up_who_registers_himself(shipped, form_id):
    known = filled(shipped, form_id, {"nyc_quan_he": "Bản thân"}, nguoi_yeu_cau=WOMAN, me=MOTHER)
    assert known.values["ks_ho_ten"] == "Quách Thị Mơ"
    assert known.values["ks_ngay_sinh"] == "1974-09-02"
    assert known.values["ks_gioi_tinh"] == "Nữ"
    asked = set(still_asked(shipped, form_id, known)) - {"dk_tai", "ho_so_kem"}
    assert asked == {"ks_dan_toc", "ks_noi_sinh", "ks_que_quan", "cha_ho_ten"}


@pytest.mark.parametrize("form_id", ["ht-khai-sinh-lai", "ht-khai-sinh-ho-so"])
def test_a_dead_parent_needs_no_papers_and_an_unknown_one_nothing(shipped, form_id):
    known = filled(shipped, form_id, {"cha_ho_ten": "Quách Văn Ngọt", "me_de_trong": True})
    assert not [key for key in still_asked(shipped, form_id, known) if key.startswith(("cha_", "me_"))]
    assert "me_quoc_tich" not in known.known
    assert known.known["cha_quoc_tich"] == "Việt Nam"


@pytest.mark.parametrize("form_id", ["ht-khai-sinh-lai", "ht-khai-sinh-ho-so"])
def test_nobody_is_born_before_his_parents(shipped, form_id):
    answers = example(form_id)
    assert refused(shipped, form_id, answers) == set()
    assert refused(shipped, form_id, answers | {"me_ngay_sinh": "1980-01-01"}) == {
        ("ks_ngay_sinh", "after_field")
    }
    assert refused(shipped, form_id, answers | {"cha_ngay_sinh": "1975"}) == {("ks_ngay_sinh", "after_field")}


@pytest.mark.parametrize("form_id", AGAIN)
@pytest.mark.parametrize(
    ("day", "allowed"), [("2015-12-31", True), ("2015", True), ("2016-01-01", False), ("2016", False)]
)
def test_only_what_was_registered_before_2016_is_registered_again(shipped, form_id, day, allowed):
    """Khoản 1 Điều 24 Nghị định 123/2015/NĐ-CP (public copy, checked 2026-11-22)."""
    expected = set() if allowed else {("dk_ngay", "pattern")}
    assert refused(shipped, form_id, example(form_id) | {"dk_ngay": day}) == expected


def test_the_guardian_who_asks_scans_one_card(shipped):
    known = filled(shipped, "ht-giam-ho", {}, nguoi_yeu_cau=WOMAN)
    assert known.values["gh_ho_ten"] == "Quách Thị Mơ"
    assert known.values["gh_ngay_sinh"] == "1974-09-02"
    assert [key for key in still_asked(shipped, "ht-giam-ho", known) if not key.startswith("dgh_")] == [
        "ly_do"
    ]


def test_a_delegate_is_not_the_guardian(shipped):
    known = filled(shipped, "ht-giam-ho", {"nyc_quan_he": "Người được ủy quyền"}, nguoi_yeu_cau=WOMAN)
    assert "gh_ho_ten" not in known.values


@pytest.mark.parametrize("form_id", ["ht-giam-ho", "ht-cham-dut-giam-ho"])
def test_nobody_is_his_own_guardian(shipped, form_id):
    answers = example(form_id)
    clash = answers | {"dgh_so_dinh_danh": answers["gh_so_dinh_danh"], "dgh_giay_to": {}}
    assert ("dgh_so_dinh_danh", "differs_from") in refused(shipped, form_id, clash)


@pytest.mark.parametrize(
    ("form_id", "number"),
    [
        ("ht-nhan-cha-me-con", "017322004567"),
        ("ht-giam-ho", "017218001675"),
        ("ht-cham-dut-giam-ho", "017218001675"),
    ],
)
def test_a_child_shows_birth_certificate_and_personal_number(shipped, form_id, number):
    text = paper(shipped, form_id, example(form_id))
    assert "Giấy khai sinh số 2" in text
    assert f"Số định danh cá nhân: {number}" in text


def test_the_father_who_recognises_scans_one_card_and_says_what_he_is(shipped):
    form_id, answers = "ht-nhan-cha-me-con", {"nyc_quan_he": "Bản thân", "quan_he_nhan": "Cha"}
    known = filled(shipped, form_id, answers, nguoi_yeu_cau=MAN)
    assert known.values["nhan_ho_ten"] == "Đinh Công Quyết"
    child = ["duoc_ho_ten", "duoc_ngay_sinh", "duoc_noi_cu_tru"]
    assert still_asked(shipped, form_id, known) == [*child, "chung_cu"]
    assert "Là CHA của người có tên dưới đây" in paper(shipped, form_id, example(form_id))


@pytest.mark.parametrize("parent", [True, False])
@pytest.mark.parametrize("child", [True, False])
def test_opinions_are_asked_for_where_the_law_wants_them(shipped, parent, child):
    answers = example("ht-nhan-cha-me-con") | {"y_kien_ben_kia": parent, "y_kien_con": child}
    text = paper(shipped, "ht-nhan-cha-me-con", answers)
    assert ("Ý kiến của người hiện là cha hoặc mẹ" in text) is parent
    assert ("Ý kiến của người con" in text) is child


@pytest.mark.parametrize("foreign", [True, False])
def test_a_marriage_with_a_foreigner_has_room_for_two_photographs(shipped, foreign):
    """Notes (1), (2) of the form (public copy, checked 2026-11-22)."""
    text = paper(shipped, "ht-ket-hon", example("ht-ket-hon") | {"dan_anh": foreign})
    assert ("bên nữ(1)" in text) is foreign
    assert ("Dán ảnh của hai bên" in text) is foreign


def test_both_spouses_sign_the_marriage_registered_again(shipped):
    text = paper(shipped, "ht-ket-hon-lai", example("ht-ket-hon-lai"))
    assert "Chúng tôi cam đoan" in text
    assert text.count("NGUYỄN ĐỨC THUẬN") == text.count("BÙI THỊ SEN") == 2
