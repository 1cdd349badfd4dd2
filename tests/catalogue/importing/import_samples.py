"""Small files with the traps of real exports: invented procedures, the real mistakes."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from counter_app.domain.national_list import NationalEntry, NationalList

METHODS_HEAD = "Hình thức nộpThời gianPhí, lệ phíMô tả"
PAPERS_HEAD = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
LIST = NationalList(
    tuple(
        NationalEntry(code=code, name=name, sector="Hộ tịch", level="Cấp xã")
        for code, name in (
            ("1.001193", "Đăng ký khai sinh"),
            ("1.000656", "Đăng ký khai tử"),
            ("1.000894", "Đăng ký kết hôn"),
            ("1.004884", "Đăng ký lại khai sinh"),
            ("1.004873", "Cấp Giấy xác nhận tình trạng hôn nhân"),
            ("2.000635", "Cấp bản sao Trích lục hộ tịch"),
        )
    )
)


def page(**changes: Any) -> dict[str, Any]:
    """Return a copied page without a single defect, changed as a test needs it."""
    return {
        "ma_thu_tuc": "1.900001",
        "ten_thu_tuc": "Cấp thẻ bạn đọc thư viện",
        "so_quyet_dinh": "12/QĐ-BVHTTDL",
        "cap_thuc_hien": "Cấp xã",
        "linh_vuc": "Thư viện",
        "cach_thuc_thuc_hien": METHODS_HEAD
        + "Trực tuyến3 Ngày làm việc5,000 VNĐTrực tiếp3 Ngày làm việc5,000 VNĐ",
        "thanh_phan_ho_so": f"--{PAPERS_HEAD}"
        "- Đơn đề nghị cấp thẻ1 bản chính- Ảnh chân dung0 bản chính,2 bản sao",
        "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnNghị định về thư viện93/2020/NĐ-CP",
        "ket_qua_xu_ly": "Thẻ bạn đọcMã: KQ.G21.000001Từ khóaKhông có thông tin",
    } | changes


def methods(text: str) -> dict[str, Any]:
    return page(cach_thuc_thuc_hien=METHODS_HEAD + text)


def papers(text: str) -> dict[str, Any]:
    return page(thanh_phan_ho_so=f"--{PAPERS_HEAD}{text}")


def put_json(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def put_sheet(path: Path, rows: Iterable[Sequence[object]], merged: Sequence[str] = ()) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Danh mục"
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(path)
    return path
