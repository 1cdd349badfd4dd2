"""Every trap of the real exports is found under its own code, and a clean page has none."""

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.catalogue.importing.import_samples import (
    LIST,
    METHODS_HEAD,
    PAPERS_HEAD,
    methods,
    page,
    papers,
    put_json,
    put_sheet,
)

from counter_app.catalogue.importing import find_defects as find_defects_module
from counter_app.catalogue.importing.find_defects import find_defects
from counter_app.catalogue.importing.read_source import read_source
from counter_app.domain.imported import Defect, Severity
from counter_app.domain.national_list import NationalList
from counter_app.domain.procedure import Procedure
from counter_app.domain.provenance import Provenance
from counter_app.services.import_words import defect_codes, defect_line

DOUBTFUL, ERROR, NOTE = Severity.DOUBTFUL, Severity.ERROR, Severity.NOTE
SEVERITIES = (["NOTE"], ["DOUBTFUL"], ["ERROR"])
HEADER = ("STT", "Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực", "Cấp thực hiện")


def found(tmp_path: Path, value: object, national_list: NationalList | None = None) -> list[Defect]:
    records = read_source(put_json(tmp_path / "page.json", value)).records
    return find_defects(records, national_list or NationalList(), ())


def found_in_sheet(tmp_path: Path, *rows: tuple[object, ...]) -> list[Defect]:
    records = read_source(put_sheet(tmp_path / "list.xlsx", [HEADER, *rows])).records
    return find_defects(records, LIST, ())


def test_a_clean_page_has_no_defect(tmp_path: Path) -> None:
    assert found(tmp_path, page()) == []


TRAPS: list[tuple[dict[str, Any], str, Severity, str]] = [
    (page(ma_thu_tuc=""), "code_missing", ERROR, "code"),
    (page(ma_thu_tuc="1.9001"), "code_ill_formed", ERROR, "code"),
    (page(ma_thu_tuc="1.900001.000.00.00.H29"), "code_suffixed", NOTE, "code"),
    (page(ten_thu_tuc="Cấp thẻ bạn đọc (1.900002)"), "code_in_name_differs", ERROR, "code"),
    (page(ten_thu_tuc=" "), "name_missing", ERROR, "name"),
    (page(ten_thu_tuc="Cấp thẻ bạn đọc (cấp huyện)"), "district_level", ERROR, "level"),
    (page(cap_thuc_hien=""), "level_missing", DOUBTFUL, "level"),
    (page(linh_vuc="Hải quan"), "level_of_other_agency", ERROR, "level"),
    (page(linh_vuc="Thuế"), "level_doubtful", DOUBTFUL, "level"),
    (page(linh_vuc="Không có thông tin"), "sector_missing", DOUBTFUL, "sector"),
    (page(so_quyet_dinh="Không có thông tin"), "decision_missing", DOUBTFUL, "decision"),
    (page(so_quyet_dinh="Demo/QĐ-BCA"), "decision_demo", DOUBTFUL, "decision"),
    (page(so_quyet_dinh="QĐ/0001-BCA"), "decision_demo", DOUBTFUL, "decision"),
    (page(so_quyet_dinh="QĐ/Number"), "decision_demo", DOUBTFUL, "decision"),
    (page(so_quyet_dinh="công văn"), "decision_ill_formed", DOUBTFUL, "decision"),
    (page(can_cu_phap_ly=""), "basis_missing", NOTE, "basis"),
    (page(can_cu_phap_ly="Luật Cư trú 202068/2020/QH14"), "basis_glued", NOTE, "basis"),
    (page(can_cu_phap_ly="Nghị quyết 203016/2026/QĐ-UBND"), "basis_glued", DOUBTFUL, "basis"),
    (page(can_cu_phap_ly="Nghị định 93/2020/NĐ-CPLUẬT"), "basis_glued", DOUBTFUL, "basis"),
    (page(ten_thu_tuc="Cấp thẻ\u200e bạn đọc"), "invisible_characters", NOTE, "name"),
    (page(ten_thu_tuc="Cấp thẻ bạn đo\u0323c"), "decomposed_letters", NOTE, "name"),
    (page(ten_thu_tuc="<b>Cấp thẻ</b>&nbsp;bạn đọc"), "markup_in_text", NOTE, "name"),
    (page(ma_thu_tuc='=HYPERLINK("x";"1.900001")'), "formula_in_cell", ERROR, "code"),
    (page(so_quyet_dinh="=A1"), "formula_in_cell", DOUBTFUL, "decision"),
    (page(linh_vuc="x" * 200_001), "text_too_long", DOUBTFUL, "sector"),
    (methods(""), "time_missing", DOUBTFUL, "time"),
    (methods("Trực tiếp1Miễn phí"), "time_unit_lost", DOUBTFUL, "time"),
    (methods("Trực tiếp2 GiờMiễn phí"), "time_unit_unclear", DOUBTFUL, "time"),
    (methods("Trực tiếp3 NgàyMiễn phíTrực tiếp5 NgàyMiễn phí"), "time_differs", DOUBTFUL, "time"),
    (methods("Trực tiếp15,000 Việt Nam Đồng"), "method_run_together", DOUBTFUL, "time"),
    (methods("Trực tiếp15,000 Việt Nam Đồng"), "method_run_together", DOUBTFUL, "fee"),
    (methods("Trực tiếp3 NgàyKhông có thông tin"), "fee_missing", DOUBTFUL, "fee"),
    (methods("Trực tiếp3 NgàyMiễn phí"), "fee_free_stated", NOTE, "fee"),
    (methods("Trực tiếp3 NgàyMiễn phí(mức do HĐND tỉnh định)"), "fee_set_by_council", DOUBTFUL, "fee"),
    (
        page(linh_vuc="Hộ tịch", cach_thuc_thuc_hien="Trực tiếp3 NgàyMiễn phí"),
        "fee_probably_provincial",
        DOUBTFUL,
        "fee",
    ),
    (methods("Trực tiếp3 NgàyMiễn phí(thu 8.000 đồng/bản)"), "fee_free_but_amount", DOUBTFUL, "fee"),
    (methods("Trực tuyến3 Ngày5,000 VNĐ(thu 7.000 đồng/lần)"), "fee_text_contradicts", DOUBTFUL, "fee"),
    (methods("Trực tiếp15 Ngày700 VNĐ(700.000 đồng/cơ sở.)"), "fee_text_contradicts", DOUBTFUL, "fee"),
    (methods("Trực tiếp15 Ngày700 VNĐ"), "fee_too_small", DOUBTFUL, "fee"),
    (methods("Trực tiếp3 Ngày5,000 VNĐ(5.000 đồng, trẻ em 2.000đ)"), "fee_more_amounts", DOUBTFUL, "fee"),
    (methods("Trực tiếp3 Ngày2,000 VNĐ(/trang)"), "fee_per_piece", DOUBTFUL, "fee"),
    (methods("Trực tiếp3 Ngày5,000 VNĐ(thường)9,000 VNĐ(nhanh)"), "fee_several", DOUBTFUL, "fee"),
    (methods("Trực tiếp3 Ngày5,000 VNĐTrực tiếp3 Ngày10 USD(/bản)"), "fee_foreign_currency", NOTE, "fee"),
    (page(thanh_phan_ho_so=""), "papers_missing", DOUBTFUL, "papers"),
    (papers("- Đơn1 bản chínhLưu ý: mang theo thẻ.0 bản chính"), "prose_among_papers", NOTE, "papers"),
    (papers("- Đơn1 bản chínhTrường hợp ốm thì ở nhà.1 bản chính"), "prose_among_papers", NOTE, "papers"),
    (papers("- Đơn " + "rất dài " * 20 + "1 bản chính"), "paper_name_long", DOUBTFUL, "papers.1"),
    (
        papers("- Đơn đề nghị; " + "nếu mất thì viết lại " * 6 + "1 bản chính"),
        "paper_name_cut",
        NOTE,
        "papers.1",
    ),
    (papers("- Đơn theo mẫuPhụ lục I.docx1 bản chính"), "paper_file_name", DOUBTFUL, "papers.1"),
    (papers("- Đơn theo Mẫu số 181 bản chính"), "paper_count_absurd", DOUBTFUL, "papers.1"),
    (papers("- Mẫu điện tử tương tác1 bản chính- Đơn1 bản chính"), "paper_online_only", NOTE, "papers.1"),
    (papers("- Đơn1 bản chính- Đơn1 bản chính"), "paper_repeated", NOTE, "papers.2"),
    (page(thanh_phan_ho_so=[{"ten_giay_to": "Đơn"}]), "paper_count_missing", NOTE, "papers.1"),
]


@pytest.mark.parametrize(("value", "code", "severity", "field"), TRAPS)
def test_a_trap_is_found(
    tmp_path: Path, value: dict[str, Any], code: str, severity: Severity, field: str
) -> None:
    defects = found(tmp_path, value)
    assert (code, severity, field) in [(each.code, each.severity, each.field) for each in defects]
    assert all(each.place.file == "page.json" for each in defects)


def test_a_name_on_the_wrong_code_is_traced_to_its_own(tmp_path: Path) -> None:
    (defect,) = found_in_sheet(tmp_path, (1, "1.001193", "Đăng ký khai tử", "Hộ tịch", "Cấp xã"))
    assert (defect.code, defect.severity, defect.place.row) == ("name_on_wrong_code", ERROR, 2)
    assert "1.000656" in defect.detail


def test_shifted_names_are_called_shifted(tmp_path: Path) -> None:
    names = [entry.name for entry in LIST.entries]
    rows = [
        (i, entry.code, names[(i + 1) % len(names)], "Hộ tịch", "Cấp xã")
        for i, entry in enumerate(LIST.entries)
    ]
    shifted = [each for each in found_in_sheet(tmp_path, *rows) if each.code == "rows_shifted"]
    assert [each.place.row for each in shifted] == [2, 3, 4, 5, 6]
    assert {each.detail for each in shifted} == {"+1"}


def test_codes_and_names_that_do_not_pair_up(tmp_path: Path) -> None:
    rows = [
        ("", "1.900001", "Cấp thẻ bạn đọc", "Thư viện", "Cấp xã"),
        ("", "1.900001", "Cho thuê hội trường", "Văn hóa", "Cấp xã"),
        ("", "1.900002", "Đăng ký lễ hội", "Văn hóa", "Cấp xã"),
        ("", "1.900002", "Thủ tục  đăng ký lễ hội", "Văn hóa", "Cấp xã"),
        *(("", f"2.90000{i}", "Một tên chép mười lần", "Văn hóa", "Cấp xã") for i in range(10)),
        ("", 1.9011, "Mã là số", "Văn hóa", "Cấp xã"),
    ]
    defects = found_in_sheet(tmp_path, *rows)
    by_row = {(each.code, each.place.row): each for each in defects}
    assert {("code_two_names", 2), ("code_two_names", 3), ("duplicate", 5)} <= by_row.keys()
    assert by_row[("name_many_codes", 9)].severity is ERROR
    assert by_row[("code_was_number", 16)].subject == "1.901100"
    assert by_row[("code_not_listed", 2)].severity is NOTE


def test_level_and_wording_are_compared_with_the_list(tmp_path: Path) -> None:
    defects = found_in_sheet(
        tmp_path,
        (1, "1.001193", "Đăng ký khai sinh", "Hộ tịch", "Cấp tỉnh"),
        (2, "1.004873", "Xác nhận tình trạng hôn nhân", "Hộ tịch", "Cấp xã"),
    )
    assert [each.code for each in defects] == ["level_differs", "name_reworded"]


def test_codes_the_catalogue_knows_to_be_replaced(tmp_path: Path) -> None:
    records = read_source(put_json(tmp_path / "p.json", [page(), page(ma_thu_tuc="1.900002")])).records
    facts = {
        "version": "1",
        "sector": "Thư viện",
        "valid_from": date(2026, 1, 1),
        "provenance": Provenance(source=""),
        "cases": (),
    }
    existing = [
        Procedure(procedure_id="moi", name="Thẻ mới", replaces=("1.900001",), **facts),  # type: ignore[arg-type]
        Procedure(procedure_id="cu", name="Cũ", national_code="1.900002", superseded_by=("moi",), **facts),  # type: ignore[arg-type]
    ]
    codes = [(each.code, each.subject) for each in find_defects(records, NationalList(), existing)]
    assert ("code_superseded", "1.900001") in codes
    assert ("code_superseded", "1.900002") in codes


def test_every_code_has_words_and_every_word_a_code() -> None:
    package = Path(find_defects_module.__file__).parent
    raised = set()
    for path in package.glob("*_defects.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "fault":
                code = node.args[1]
                raised |= {code.value} if isinstance(code, ast.Constant) else set()
            if (
                isinstance(node, ast.Tuple)
                and [getattr(each, "id", "") for each in node.elts[1:]] in SEVERITIES
            ):
                raised |= {each.value for each in node.elts if isinstance(each, ast.Constant)}
    assert raised == set(defect_codes())


def test_the_words_name_the_value(tmp_path: Path) -> None:
    (defect,) = found(tmp_path, methods("Trực tiếp1 Ngày700 VNĐ"))
    assert defect_line(defect).startswith("Mức thu: Số tiền quá nhỏ, có thể mất hàng nghìn [700].")


def test_headings_alone_are_no_rows(tmp_path: Path) -> None:
    value = page(cach_thuc_thuc_hien=METHODS_HEAD, thanh_phan_ho_so=PAPERS_HEAD)
    assert {each.code for each in found(tmp_path, value)} == {"time_missing", "fee_missing", "papers_missing"}
