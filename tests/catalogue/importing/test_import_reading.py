"""What IT centres have is read in every shape, and what cannot be read is refused in words."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.catalogue.importing.import_samples import methods, page, papers, put_json, put_sheet

from counter_app.catalogue.importing import workbook_records as workbooks
from counter_app.catalogue.importing.find_defects import find_defects
from counter_app.catalogue.importing.read_source import read_source, sources_in
from counter_app.domain.errors import BadInput
from counter_app.domain.imported import ImportedRecord, PaperKind
from counter_app.domain.national_list import NationalList
from counter_app.messages import text_of


def one(tmp_path: Path, value: object) -> ImportedRecord:
    (record,) = read_source(put_json(tmp_path / "page.json", value)).records
    return record


def test_a_copied_page(tmp_path: Path) -> None:
    record = one(tmp_path, page())
    assert (record.code, record.name, record.decision) == (
        "1.900001",
        "Cấp thẻ bạn đọc thư viện",
        "12/QĐ-BVHTTDL",
    )
    assert [(m.channel, m.time, m.unit, m.fee, m.currency) for m in record.methods] == [
        ("online", 3, "working_day", 5000, "VND"),
        ("counter", 3, "working_day", 5000, "VND"),
    ]
    assert [(p.name, p.original, p.copy, p.kind) for p in record.papers] == [
        ("Đơn đề nghị cấp thẻ", 1, 0, PaperKind.SUBMIT),
        ("Ảnh chân dung", 0, 2, PaperKind.SUBMIT),
    ]
    assert record.basis == ("93/2020/NĐ-CP",)
    assert [(each.name, each.code) for each in record.results] == [("Thẻ bạn đọc", "KQ.G21.000001")]


def test_lost_units_and_absent_values_stay_unknown(tmp_path: Path) -> None:
    record = one(
        tmp_path, methods("Trực tuyến1Miễn phíDịch vụ bưu chính1Miễn phíTrực tiếpKhông có thông tin10 USD")
    )
    assert [(m.channel, m.time, m.unit, m.fee, m.free) for m in record.methods] == [
        ("online", 1, "", None, True),
        ("postal", 1, "", None, True),
        ("counter", None, "", 10, False),
    ]


def test_groups_of_papers(tmp_path: Path) -> None:
    head = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
    text = f"* Giấy tờ phải nộp:{head}- Đơn1 bản chính* Giấy tờ phải xuất trình:{head}- Thẻ1 bản chính"
    record = one(tmp_path, page(thanh_phan_ho_so=text))
    assert [(each.name, each.kind) for each in record.papers] == [
        ("Đơn", PaperKind.SUBMIT),
        ("Thẻ", PaperKind.PRESENT),
    ]


def test_a_count_within_a_name_does_not_end_the_row(tmp_path: Path) -> None:
    record = one(tmp_path, papers("- Bảng kê: 01 bản chính;1 bản chính- Tờ trình2 bản sao"))
    assert [(each.name, each.original, each.copy) for each in record.papers] == [
        ("Bảng kê: 01 bản chính", 1, 0),
        ("Tờ trình", 0, 2),
    ]


def test_glued_numbers_of_laws(tmp_path: Path) -> None:
    text = (
        "Luật 60/2014/QH1360/2014/QH13Thông tư trung ương.106/2021/TT-BTC264/2016/TT-BTC Số: 151/2017/NĐ-CPSố"
    )
    assert one(tmp_path, page(can_cu_phap_ly=text)).basis == (
        "60/2014/QH13",
        "106/2021/TT-BTC",
        "264/2016/TT-BTC",
        "151/2017/NĐ-CP",
    )


def test_a_parsed_document(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        {
            "thu_tuc_id": "1.900003",
            "metadata": {
                "mã_thủ_tục": "1.900003",
                "tên_thủ_tục": "Thủ tục mượn sách",
                "cấp_thực_hiện": "Cấp Xã",
            },
            "content": {"kết_quả_thực_hiện": "Sách"},
            "tables": {
                "hinh_thuc_nop": [
                    {"hinh_thuc": "Trực tiếp", "thoi_han_giai_quyet": "7 Ngày", "phi_le_phi": "Phí : 0 Đồng"},
                    {"hinh_thuc": "Trực tuyến", "phi_le_phi": "Lệ phí : 50.000 Đồng"},
                ],
                "thanh_phan_ho_so": [
                    {"ten_giay_to": "Đơn", "so_luong": "mau.doc", "ghi_chu": "Bản chính: 1\nBản sao: 0"}
                ],
                "can_cu_phap_ly": [
                    {"so_ky_hieu": "12", "trich_yeu": "Quyết định số 12/2021/QĐ-TTg"},
                    {"so_ky_hieu": "93/2020/NĐ-CP", "trich_yeu": "thay 1/2002/NĐ-CP"},
                ],
            },
        },
    )
    assert (record.code, record.level, record.basis) == (
        "1.900003",
        "Cấp Xã",
        ("12/2021/QĐ-TTg", "93/2020/NĐ-CP"),
    )
    assert [(m.channel, m.time, m.unit, m.fee, m.free) for m in record.methods] == [
        ("counter", 7, "day", None, True),
        ("online", None, "", 50_000, False),
    ]
    assert [(p.name, p.original, p.copy) for p in record.papers] == [("Đơn", 1, 0)]


def test_an_answer_of_the_portal(tmp_path: Path) -> None:
    item = {"id": "x", "code": "1.900004", "name": "Trả sách", "isWard": True, "categories": ["Thư viện"]}
    record = one(tmp_path, {"data": {"items": [item | {"profileComponents": [{"name": "Thẻ"}]}]}})
    assert (record.code, record.level, record.sector) == ("1.900004", "Cấp xã", "Thư viện")
    assert [each.name for each in record.papers] == ["Thẻ"]
    assert record.place.key == "data.items[0]"


@pytest.mark.parametrize("shape", ["list", "lines", "bom", "utf-16"])
def test_several_pages_in_one_file(tmp_path: Path, shape: str) -> None:
    pages = [page(), page(ma_thu_tuc="1.900002")]
    text = json.dumps(pages, ensure_ascii=False)
    if shape == "lines":
        text = "\n".join(json.dumps(each, ensure_ascii=False) for each in pages)
    path = tmp_path / "pages.json"
    path.write_bytes(text.encode({"bom": "utf-8-sig", "utf-16": "utf-16"}.get(shape, "utf-8")))
    assert [each.code for each in read_source(path).records] == ["1.900001", "1.900002"]


@pytest.mark.parametrize(
    "header",
    [
        ("Mã TTHC", "Tên TTHC", "Lĩnh vực", "Cơ quan thực hiện", "Số QĐ"),
        ("Mã thủ tục", "Tên thủ tục hành chính", "LĨNH VỰC", "Cơ quan công khai", "Quyết định công bố"),
        (" Mã  số ", "Tên", "Lĩnh vực", "Cơ quan thực hiện", "Số quyết định"),
    ],
)
def test_a_list_with_titles_groups_and_merged_cells(tmp_path: Path, header: tuple[str, ...]) -> None:
    path = put_sheet(
        tmp_path / "list.xlsx",
        [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",),
            ("DANH MỤC THỦ TỤC",),
            header,
            ("I. Lĩnh vực Thư viện",),
            ("1.900001.000.00.00.H29", "Thủ tục  mượn sách", None, "UBND cấp xã", "12/QĐ-UBND"),
            ("1.900002", "Trả sách", "Văn hóa", "UBND cấp xã", "12/QĐ-UBND"),
            ("1.900003", "Gia hạn sách", None, "UBND cấp xã", None),
            header,
            (None, None, None, None, None),
        ],
        merged=("A1:E1", "C6:C7"),
    )
    records = read_source(path).records
    assert [(each.code, each.suffix, each.sector, each.place.row) for each in records] == [
        ("1.900001", "000.00.00.H29", "Thư viện", 5),
        ("1.900002", "", "Văn hóa", 6),
        ("1.900003", "", "Văn hóa", 7),
    ]
    assert records[0].decision == "12/QĐ-UBND"


def test_a_folder_is_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/2.json", "1.xlsx", "ghi-chu.txt"):
        (tmp_path / name).touch()
    assert [each.name for each in sources_in(tmp_path)] == ["1.xlsx", "2.json"]


def archive(**entries: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in entries.items():
            target.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return stream.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNREADABLE = [
    (b"", "import_not_supported"),
    (b"STT,Ma\n", "import_not_supported"),
    (b'{"a": ', "import_damaged"),
    (b"[" * 100_000, "import_damaged"),
    (b'{"a": 1}', "import_no_procedures"),
    ('{"ma_thu_tuc": "1", "ten": "Đăng ký"}'.encode("utf-16-be"), "import_not_utf8"),
    (b'{"ten_thu_tuc": "\xd0\xe3ng k\xfd"}', "import_not_utf8"),
    (OLD + b"\0" * 600, "import_old_format"),
    (OLD + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "import_password"),
    (b"PK\x03\x04 cut short", "import_damaged"),
    (archive(word__document_dot_xml=b"<x/>"), "import_not_supported"),
    (archive(xl__workbook_dot_xml=b"<x/>"), "import_damaged"),
]


@pytest.mark.parametrize(("content", "code"), UNREADABLE)
def test_what_cannot_be_read_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "tep.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadInput) as refusal:
        read_source(path)
    assert refusal.value.code == code
    assert "tep.xlsx" in text_of(refusal.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="import_unreadable"):
        read_source(tmp_path / "khong-co.json")


def test_a_sheet_without_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="import_no_header"):
        read_source(put_sheet(tmp_path / "a.xlsx", [("1.900001", "Mượn sách")]))


def test_an_archive_that_unpacks_to_something_huge_is_not_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bom.xlsx"
    path.write_bytes(archive(xl__workbook_dot_xml=b"0" * 3_000_000))
    assert path.stat().st_size < 10_000
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 2_000_000)
    with pytest.raises(BadInput, match="import_too_big"):
        read_source(path)


def test_a_sheet_of_a_million_rows_is_not_read_to_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 3)
    rows = [("Mã TTHC", "Tên TTHC"), *[("1.900001", "Mượn sách")] * 5]
    with pytest.raises(BadInput, match="import_too_big"):
        read_source(put_sheet(tmp_path / "a.xlsx", rows))


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_entities_are_never_expanded(tmp_path: Path, part: str) -> None:
    """Ten levels of ten: expanded it would be ten gigabytes."""
    good = put_sheet(tmp_path / "good.xlsx", [("Mã TTHC", "Tên TTHC"), ("1.900001", "Mượn sách")])
    levels = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">{levels}]><x>&a9;</x>'
    path = tmp_path / "bad.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, bomb if name == part else source.read(name))
    assert openpyxl.DEFUSEDXML
    with pytest.raises(BadInput, match="import_damaged"):
        read_source(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(sorted(page())), inner),
    max_leaves=12,
)
KEYS = st.sampled_from(
    [*page(), "code", "name", "metadata", "tables", "content", "executionMethods", "items"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.dictionaries(KEYS, JSON) | JSON)
def test_no_json_breaks_the_reader(tmp_path: Path, value: Any) -> None:
    path = (
        put_json(tmp_path / "any.json", value) if _encodable(value) else put_json(tmp_path / "any.json", {})
    )
    try:
        records = read_source(path).records
    except BadInput:
        return
    find_defects(records, NationalList(), ())


CELLS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**6), 10**9)
    | st.floats(-1e9, 1e9)
    | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40).map(
        lambda text: text.replace("\ufffe", "").replace("\uffff", "")
    )
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.lists(st.lists(CELLS, max_size=5), max_size=6))
def test_no_cells_break_the_reader(tmp_path: Path, rows: list[list[Any]]) -> None:
    records = read_source(
        put_sheet(tmp_path / "any.xlsx", [("Mã TTHC", "Tên TTHC", "Lĩnh vực"), ("1.900001", "Mượn"), *rows])
    ).records
    find_defects(records, NationalList(), ())


def _encodable(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
