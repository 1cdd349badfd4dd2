"""The residence forms: CT01 changed in mid-2026, and each day has its own sheet with the same questions."""

import json
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.domain.form_filling import fill_from_people, missing_fields
from counter_app.domain.form_printing import printed_form
from counter_app.domain.form_validation import validate
from counter_app.domain.office import Office
from counter_app.domain.person import Person, Sex
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services.paper_content import FormContent

ROOT = Path(__file__).resolve().parents[2]
LAST_OLD, FIRST_NEW = date(2026, 6, 30), date(2026, 7, 1)
OFFICE = Office(
    unit_code="H29.12",
    name="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ TRUNG MINH",
    province="tỉnh Phú Thọ",
    commune_name="xã Trung Minh",
    parent_name="ỦY BAN NHÂN DÂN XÃ TRUNG MINH",
)
HEAD = Person(
    full_name="Đinh Công Quyết",
    personal_id="017094001234",
    birth_date="1994-03-03",
    sex=Sex.MALE,
    address="Xóm Chu, xã Trung Minh, tỉnh Phú Thọ",
    issued_on=date(2021, 5, 10),
)


@pytest.fixture(scope="module")
def shipped() -> FileCatalogue:
    return FileCatalogue(ROOT / "forms", ROOT / "resources" / "calendars")


def paper(shipped: FileCatalogue, on: date, **changed: object) -> str:
    """The plain example with some answers changed, printed on that day, without any space."""
    example = ROOT / "forms" / "templates" / "ct01" / "examples" / "plain.json"
    answers = json.loads(example.read_text(encoding="utf-8"))["answers"] | changed
    template = shipped.form("ct01", on)
    filled = fill_from_people(template, answers, {}, today=on, office=OFFICE)
    assert [each.key for each in missing_fields(template, filled.values)] == []
    assert [each for each in validate(template, filled.values, today=on) if each.blocks] == []
    printed = printed_form(template, filled.values, office=OFFICE, today=on)
    content = FormContent(
        template=template, values=printed.values, tables=printed.tables, answers=filled.values
    )
    pdf, problems = ReportlabPaperRenderer().form_with_problems(content)
    assert problems == ()
    document = pdfium.PdfDocument(pdf)
    try:
        return "".join("".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


@pytest.mark.parametrize(
    ("on", "circular", "first_item", "note"),
    [
        (LAST_OLD, "53/2025/TT-BCA", "1.Họ,chữđệmvàtên:BÙI", "NGƯỜIKÊKHAI(6)"),
        (FIRST_NEW, "116/2026/TT-BCA", "1.Họ,chữđệmvàtênkhaisinh:BÙI", "NGƯỜIKÊKHAI(7)"),
    ],
)
def test_each_day_has_the_sheet_of_its_circular(shipped, on, circular, first_item, note):
    text = paper(shipped, on, thanh_vien=[])
    assert f"Thôngtưsố{circular}" in text
    assert first_item in text
    assert note in text


def test_both_sheets_ask_the_same_questions(shipped):
    old, new = shipped.form("ct01", LAST_OLD), shipped.form("ct01", FIRST_NEW)
    assert [(each.key, each.type, each.when) for each in old.fields] == [
        (each.key, each.type, each.when) for each in new.fields
    ]


@pytest.mark.parametrize("on", [LAST_OLD, FIRST_NEW])
@pytest.mark.parametrize(
    ("changed", "request_line"),
    [
        ({"loai_viec": "Tách hộ"}, "TáchhộtạiSố15,xómChu,xãTrungMinh,tỉnhPhúThọ"),
        (
            {"loai_viec": "Đăng ký tạm trú", "tam_tru_den": "2027-12-31"},
            "ĐăngkýtạmtrútạiSố15,xómChu,xãTrungMinh,tỉnhPhúThọ,đếnngày31/12/2027",
        ),
        (
            {"loai_viec": "Xác nhận thông tin về cư trú", "noi_dung": "Nơi thường trú trước năm 2020"},
            "Xácnhậnthôngtinvềcưtrú:Nơithườngtrútrướcnăm2020",
        ),
    ],
)
def test_the_request_is_one_sentence_of_the_case(shipped, on, changed, request_line):
    assert request_line in paper(shipped, on, **changed)


def test_the_head_of_the_household_is_scanned_once(shipped):
    form = shipped.form("ct01", FIRST_NEW)
    filled = fill_from_people(
        form, {"quan_he_chu_ho": "Chủ hộ"}, {"nguoi_thay_doi": HEAD}, today=FIRST_NEW, office=OFFICE
    )
    assert filled.values["chu_ho"] == HEAD.full_name
    assert filled.values["chu_ho_so_dinh_danh"] == HEAD.personal_id
    assert [each.key for each in missing_fields(form, filled.values)] == ["loai_viec", "noi_dung"]


@pytest.mark.parametrize("on", [LAST_OLD, FIRST_NEW])
def test_who_has_no_household_and_no_number_can_still_declare(shipped, on):
    form = shipped.form("ct01", on)
    declared = {"loai_viec": "Khai báo thông tin về cư trú"}
    asked = {each.key for each in missing_fields(form, declared)}
    assert asked == {"ho_ten", "ngay_sinh", "gioi_tinh", "noi_dung"}
    moving = {each.key for each in missing_fields(form, {"loai_viec": "Tách hộ"})}
    assert {"so_dinh_danh", "quan_he_chu_ho", "chu_ho", "chu_ho_so_dinh_danh", "noi_de_nghi"} <= moving
    assert "noi_dung" not in moving


def test_the_state_of_a_dwelling_is_declared_never_presumed(shipped):
    """The three declarations of the housing form are the citizen's own, so nothing ticks them by itself."""
    form = shipped.form("cu-tru-cho-o-hop-phap", FIRST_NEW)
    filled = fill_from_people(form, {}, {"nguoi_de_nghi": HEAD}, today=FIRST_NEW, office=OFFICE)
    assert not any(filled.values.get(key) for key in ("on_dinh", "tranh_chap", "dia_diem"))
