"""Every shipped form printed with its examples: nothing unknown, nothing lost, one sheet for plain cases."""

import json
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.domain.form_filling import fill_from_people, visible_fields
from counter_app.domain.form_printing import printed_form
from counter_app.domain.form_template import FieldType
from counter_app.domain.office import Office
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services.paper_content import FormContent

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "forms" / "templates").glob("*/examples/*.json"))
TODAY = date(2026, 11, 23)
OFFICE = Office(
    unit_code="H29.12",
    name="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ TRUNG MINH",
    province="tỉnh Phú Thọ",
    commune_name="xã Trung Minh",
    parent_name="ỦY BAN NHÂN DÂN XÃ TRUNG MINH",
)
# Questions that only steer the form; their answers stand on no paper.
NOT_PRINTED = {
    "so_ngay_tu_khi_sinh",
    "so_ngay_tu_khi_chet",
    "me_de_trong",
    "cha_de_trong",
    "can_y_kien",
    "y_kien_ben_kia",
    "y_kien_con",
    "dan_anh",
    "khai_thay",
}
# Forms whose official sheet runs over, however short the answers are.
SHEETS = {"kt-01": 3}


@pytest.fixture(scope="module")
def shipped() -> FileCatalogue:
    return FileCatalogue(ROOT / "forms", ROOT / "resources" / "calendars")


def lacking(text: str, shown: str) -> list[str]:
    """The words of an answer that the paper does not show; cells wrap, so only words stay whole."""
    return [word for word in shown.split() if word not in text]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_every_answer_stands_on_the_paper(shipped, example):
    template = shipped.form(example.parts[-3], TODAY)
    answers = json.loads(example.read_text(encoding="utf-8"))["answers"]
    filled = fill_from_people(template, answers, {}, today=TODAY, office=OFFICE)
    printed = printed_form(template, filled.values, office=OFFICE, today=TODAY)
    content = FormContent(
        template=template,
        values=printed.values,
        tables=printed.tables,
        answers=filled.values,
        dossier_code="H29.12-261123-0001",
    )
    pdf, problems = ReportlabPaperRenderer().form_with_problems(content)
    assert problems == ()
    document = pdfium.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    text = " ".join(" ".join(pages).split())
    digits = "".join(character for character in text if character.isdigit())
    for each in visible_fields(template, filled.values):
        shown = printed.values.get(each.key, "")
        if each.key in NOT_PRINTED or each.type in (FieldType.TABLE, FieldType.TICK):
            continue  # a tick is a box, or only steers the form
        if each.type is FieldType.PERSONAL_ID:
            assert shown in digits, each.key  # boxes stand digit by digit
        elif each.type is FieldType.ID_DOCUMENT:
            for part in ("kind", "number", "issued_by", "issued_on"):
                assert not lacking(text, printed.values[f"{each.key}.{part}"]), each.key
        elif each.type is FieldType.DATE and f"{{{each.key}.day}}" in str(template.layout):
            assert not lacking(text, printed.values[f"{each.key}.words"]), each.key
        else:
            assert not lacking(text, shown), each.key
    for cell in (cell for rows in printed.tables.values() for row in rows for cell in row):
        assert not lacking(text, cell)
    if example.stem == "plain":
        assert len(pages) == SHEETS.get(template.form_id, 1)
