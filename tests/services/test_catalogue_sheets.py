"""Posting sheet, change list and instruction sheet say what is in force, and never 0 for the unknown."""

from dataclasses import replace
from datetime import date

import pytest
from tests.printing.paper_reading import page_texts

from counter_app.domain.catalogue_changes import CatalogueData
from counter_app.domain.compare_catalogues import compare
from counter_app.domain.condition import Condition
from counter_app.domain.fee import FeeBasis, FeeRule, FeeSetter, FeeTier
from counter_app.domain.office import Office
from counter_app.domain.procedure import PartUse, Procedure, ProcedureCase, ProcedureResult, RequiredPart
from counter_app.domain.processing_time import ProcessingTime
from counter_app.domain.provenance import Provenance
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services import procedure_words as words
from counter_app.services.change_words import procedure_details, summary
from counter_app.services.instruction_sheet import instruction_sheet
from counter_app.services.posting_sheets import PostingGaps, change_sheet, posting_gaps, posting_sheet
from counter_app.services.sheet_content import SheetContent

OFFICE = Office(
    unit_code="H29.12",
    name="Trung tâm Phục vụ hành chính công xã Trung Minh",
    province="tỉnh Phú Thọ",
    commune_name="xã Trung Minh",
    phone="02183123456",
)
LEVY = FeeRule(fee_id="le_phi_cai_chinh", name="Lệ phí cải chính", set_by=FeeSetter.PROVINCE_COUNCIL)
CASE = ProcedureCase(
    case_id="cai-chinh",
    name="Cải chính",
    time=ProcessingTime.parse("3wd"),
    parts=(
        RequiredPart(part_id="to_khai", name="Tờ khai", original=1, form_id="ht-thay-doi"),
        RequiredPart(
            part_id="can_cuoc",
            name="Giấy tờ tùy thân",
            use=PartUse.PRESENT,
            not_needed_if="Không cần nếu tra được",
        ),
        RequiredPart(part_id="uy_quyen", name="Văn bản ủy quyền", original=1, optional=True),
    ),
    fees=(LEVY,),
)
PROCEDURE = Procedure(
    procedure_id="cai-chinh",
    version="2026-01-01",
    name="Cải chính hộ tịch",
    sector="Hộ tịch",
    national_code="1.004859",
    valid_from=date(2026, 1, 1),
    valid_to=date(2027, 2, 28),
    decision="Quyết định 163/QĐ-BTP",
    results=(ProcedureResult(name="Trích lục"),),
    provenance=Provenance(source="", verified=False),
    cases=(CASE, replace(CASE, case_id="bo-sung", name="Bổ sung", time=None, same_day=True)),
)
ON = date(2026, 11, 22)


def _said(content: SheetContent) -> str:
    """What the sheet says, after checking that every word of it is on the paper."""
    said = "\n".join(
        text
        for section in content.sections
        for text in (
            section.heading,
            *section.lines,
            *(cell for row in (section.table.rows if section.table else ()) for cell in row),
        )
    )
    paper = set("\n".join(page_texts(ReportlabPaperRenderer().sheet(content))).split())
    assert set(said.split()) <= paper
    return f"{said}\n{content.note}"


def test_a_fee_the_province_sets_and_nobody_entered_is_unknown_on_paper() -> None:
    sheets = (
        posting_sheet([PROCEDURE], office=OFFICE, amounts={}, on=ON, data_version="2026.11.1"),
        instruction_sheet(PROCEDURE, office=OFFICE, amounts={}, on=ON),
    )
    for sheet in sheets:
        text = _said(sheet)
        assert "chưa biết (HĐND cấp tỉnh quy định)" in text
        assert "0 đ" not in text


def test_the_posting_sheet_names_code_time_of_each_case_fee_and_decision() -> None:
    sheet = posting_sheet(
        [PROCEDURE], office=OFFICE, amounts={"le_phi_cai_chinh": 25_000}, on=ON, data_version="2026.11.1"
    )
    text = _said(sheet)
    for piece in (
        "Lĩnh vực Hộ tịch (1 thủ tục)",
        "1.004859",
        "- Cải chính: 03 ngày làm việc",
        "- Bổ sung: Trong ngày làm việc",
        "25.000 đ",
        "đến hết 28/02/2027",
        "2026.11.1",
    ):
        assert piece in text


def test_a_posting_sheet_says_what_it_cannot_say_yet_and_sorts_by_the_name_shown() -> None:
    other = replace(
        PROCEDURE,
        procedure_id="bo",
        name="Bãi bỏ giám hộ",
        short_name="Xóa giám hộ",
        cases=(replace(CASE, time=None),),
    )
    sheet = posting_sheet([PROCEDURE, other], office=OFFICE, amounts={}, on=ON, data_version="1")
    assert "Còn 1 khoản phí, lệ phí chưa biết mức, 1 thủ tục chưa có thời hạn" in sheet.note
    assert sheet.sections[0].table is not None
    assert [row[2] for row in sheet.sections[0].table.rows] == ["Bãi bỏ giám hộ", "Cải chính hộ tịch"]
    known = {"le_phi_cai_chinh": 0}
    assert posting_gaps([PROCEDURE], known) == PostingGaps()
    whole = posting_sheet([PROCEDURE], office=OFFICE, amounts=known, on=ON, data_version="1")
    assert "Cài đặt" not in whole.note


def test_the_instruction_sheet_of_one_case_leaves_the_others_out() -> None:
    text = _said(instruction_sheet(PROCEDURE, office=OFFICE, amounts={}, on=ON, case_id="cai-chinh"))
    assert "03 ngày làm việc" in text
    assert "Bổ sung" not in text
    assert "cán bộ in sẵn" in text
    assert "Không cần nếu tra được" in text


def test_cases_that_are_alike_stand_once() -> None:
    other = replace(CASE, case_id="khac", name="Trường hợp khác")
    procedure = replace(PROCEDURE, cases=(*PROCEDURE.cases, other))
    text = _said(instruction_sheet(procedure, office=OFFICE, amounts={}, on=ON))
    assert "Trường hợp: Cải chính; Trường hợp khác" in text
    assert text.count("Văn bản ủy quyền") == 1
    assert "như trường hợp “Cải chính” ở trên" in text  # of the case with another time


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ({"when": Condition(field="channel", equals="online")}, "Bản chụp\n(chỉ khi nộp trực tuyến)"),
        (
            {"when": Condition(field="nyc_quan_he", equals="Người được ủy quyền")},
            "Bản chụp\n(chỉ khi người nộp là người được ủy quyền)",
        ),
        ({"when": Condition(field="nha", filled=True)}, "Bản chụp\n(chỉ khi tờ khai có ghi “Nhà ở”)"),
        (
            {"when": Condition(field="nha", one_of=("Thuê", "Mượn"))},
            "Bản chụp\n(chỉ khi “Nhà ở” là “Thuê” hoặc “Mượn”)",
        ),
        ({"when": Condition(field="nha", at_least=2)}, "Bản chụp\n(chỉ khi thuộc trường hợp này)"),
        ({"when": Condition(field="khac", equals=True)}, "Bản chụp\n(chỉ khi thuộc trường hợp này)"),
        ({"optional": True, "name": "Đơn (nếu có)"}, "Đơn (nếu có)"),
        ({"optional": True, "not_needed_if": "Không cần nếu có"}, "Bản chụp\n(nếu có; không cần nếu có)"),
    ],
)
def test_when_a_paper_is_needed_is_said_in_words(part: dict[str, object], text: str) -> None:
    required = RequiredPart(**({"part_id": "p", "name": "Bản chụp", "original": 1} | part))  # type: ignore[arg-type]
    procedure = replace(PROCEDURE, cases=(replace(CASE, parts=(required,)),))
    sheet = instruction_sheet(procedure, office=OFFICE, amounts={}, on=ON, labels={"nha": "Nhà ở"})
    (table,) = [section.table for section in sheet.sections if section.table]
    assert table.rows[0][1] == text


def test_the_change_list_has_the_three_lists_and_says_old_and_new() -> None:
    after = replace(
        PROCEDURE,
        version="2027-03-01",
        valid_from=date(2027, 3, 1),
        valid_to=None,
        cases=(replace(CASE, time=ProcessingTime.parse("2wd"), parts=CASE.parts[:2]),),
    )
    new = replace(PROCEDURE, procedure_id="moi", name="Thủ tục hoàn toàn mới", national_code="")
    changes = compare(
        CatalogueData(
            procedures=(PROCEDURE, replace(PROCEDURE, procedure_id="cu", name="Thủ tục cũ")), forms=()
        ),
        CatalogueData(procedures=(PROCEDURE, after, new), forms=()),
    )
    assert summary(changes) == (
        "1 thủ tục mới",
        "1 thủ tục thêm hoặc bớt trường hợp",
        "1 thủ tục đổi thời hạn",
        "1 thủ tục đổi giấy tờ phải nộp",
        "1 thủ tục hết hiệu lực hoặc bị bãi bỏ",
    )
    text = _said(change_sheet(changes, office=OFFICE, on=ON, data_version="2027.3.1"))
    for piece in (
        "I. Thủ tục mới",
        "Thủ tục hoàn toàn mới",
        "Cải chính: Thời hạn: 03 ngày làm việc → 02 ngày làm việc",
        "Bỏ giấy tờ: Văn bản ủy quyền",
        "Bỏ trường hợp: Bổ sung",
        "III. Thủ tục hết hiệu lực",
        "Gỡ khỏi bảng niêm yết",
    ):
        assert piece in text


def test_nothing_changed_is_said_too() -> None:
    same = CatalogueData(procedures=(PROCEDURE,), forms=())
    assert summary(compare(same, same)) == ("Không có gì thay đổi",)
    assert procedure_details(compare(same, CatalogueData(procedures=(), forms=())).procedures[0]) == ()


@pytest.mark.parametrize(
    ("rule", "amounts", "text"),
    [
        (LEVY, {"le_phi_cai_chinh": 0}, "không thu"),
        (replace(LEVY, set_by=FeeSetter.CENTRAL), {}, "chưa biết"),
        (
            replace(LEVY, set_by=FeeSetter.CENTRAL, amount_vnd=8000, basis=FeeBasis.COPY),
            {},
            "8.000 đ một bản",
        ),
        (
            replace(
                LEVY,
                set_by=FeeSetter.CENTRAL,
                basis=FeeBasis.PAGE,
                tiers=(FeeTier(from_page=1, amount_vnd=2000), FeeTier(from_page=3, amount_vnd=1000)),
                cap_vnd=200_000,
            ),
            {},
            "từ trang 1: 2.000 đ một trang; từ trang 3: 1.000 đ một trang; tối đa 200.000 đ một bản",
        ),
    ],
)
def test_fees_in_words(rule: FeeRule, amounts: dict[str, int], text: str) -> None:
    assert words.fee_text(rule, amounts) == text


def test_a_limit_decided_here_names_the_law_s_own() -> None:
    case = replace(CASE, time=ProcessingTime.parse("2wd"), legal_time=ProcessingTime.parse("3wd"))
    assert words.time_text(case) == "02 ngày làm việc (luật định: 03 ngày làm việc)"


def test_only_the_fees_that_changed_are_told() -> None:
    copy = replace(LEVY, fee_id="ban_sao", name="Phí bản sao", set_by=FeeSetter.CENTRAL, amount_vnd=8000)
    before = replace(PROCEDURE, cases=(replace(CASE, fees=(LEVY, copy)),))
    after = replace(before, cases=(replace(CASE, fees=(LEVY, replace(copy, amount_vnd=10_000))),))
    changes = compare(
        CatalogueData(procedures=(before,), forms=()), CatalogueData(procedures=(after,), forms=())
    )
    assert procedure_details(changes.procedures[0]) == ("Phí bản sao: 8.000 đ → 10.000 đ",)
