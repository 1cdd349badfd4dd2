"""The command, as a script runs it: reports, exit codes, and 3,000 pages in time."""

import json
import time
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from tests.catalogue.importing.import_samples import page, put_json, put_sheet
from tests.helpers.program import run_program

from counter_app.catalogue.importing.import_files import import_files, with_drafts
from counter_app.catalogue.importing.report_workbook import workbook_bytes
from counter_app.catalogue.national_list_file import read_national_list
from counter_app.domain.national_list import NationalList
from counter_app.services.import_report import report_tables
from counter_app.services.import_words import defect_line

SCHEMAS = Path(__file__).resolve().parents[3] / "forms" / "schema"


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder the catalogue may keep its compiled cache in, for all commands of this file."""
    return tmp_path_factory.mktemp("data")


def test_bad_rows_are_reported_and_the_command_succeeds(tmp_path: Path, data_dir: Path) -> None:
    source = put_json(
        tmp_path / "trang.json",
        [
            page(),
            page(ma_thu_tuc="=1+1", ten_thu_tuc="Gia hạn thẻ"),
            page(ma_thu_tuc="1.001193", ten_thu_tuc="Thuê sân"),
        ],
    )
    report = tmp_path / "bao-cao" / "report.json"
    done = run_program(
        data_dir, "import", str(source), "--out", str(tmp_path / "out"), "--report", str(report)
    )
    assert (done.exit_code, done.error) == (0, None)
    assert done.out["records"] == 3
    assert done.out["drafts"]["written"] == 1
    assert done.out["by_code"]["name_on_wrong_code"] == 1
    whole = json.loads(report.read_text(encoding="utf-8"))
    assert {each["code"] for each in whole["found"]} == set(done.out["by_code"])
    assert all(each["what_to_do"] and each["file"] == "trang.json" for each in whole["found"])
    assert len(list((tmp_path / "out").rglob("*.yaml"))) == 1


def test_a_file_that_cannot_be_read_is_exit_code_2(tmp_path: Path, data_dir: Path) -> None:
    source = tmp_path / "cu.xls"
    source.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    done = run_program(data_dir, "import", str(source), "--out", str(tmp_path / "out"))
    assert (done.exit_code, done.error["code"]) == (2, "import_old_format")
    assert ".xlsx" in done.error["message"]


def test_an_unreadable_file_among_others_is_told(tmp_path: Path, data_dir: Path) -> None:
    put_json(tmp_path / "a.json", page())
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    done = run_program(data_dir, "import", str(tmp_path), "--out", str(tmp_path / "out"))
    assert done.exit_code == 0
    assert [(each["file"], each["code"]) for each in done.out["unreadable"]] == [("b.json", "import_damaged")]


def test_drafts_never_go_into_the_programs_own_data(tmp_path: Path, data_dir: Path) -> None:
    source = put_json(tmp_path / "a.json", page())
    done = run_program(data_dir, "import", str(source), "--out", str(SCHEMAS.parent / "nhap"))
    assert (done.exit_code, done.error["code"]) == (2, "import_into_forms")
    assert not (SCHEMAS.parent / "nhap").exists()


def test_the_national_list_grows_in_a_file_of_its_own(tmp_path: Path, data_dir: Path) -> None:
    rows = [
        ("Mã TTHC", "Tên TTHC", "Lĩnh vực", "Cấp thực hiện"),
        ("1.900001", "Thủ tục mượn sách", "Thư viện", "Cấp xã"),
        ("1.001193", "Thuê sân", "Thư viện", "Cấp xã"),
    ]
    source, target = put_sheet(tmp_path / "ds.xlsx", rows), tmp_path / "moi.csv"
    done = run_program(data_dir, "import", str(source), "--update-national-list", str(target))
    assert done.out["national_list"]["added"] == 1
    listed = read_national_list(target)
    assert listed.by_code["1.900001"].name == "Mượn sách"
    assert listed.by_code["1.001193"].name == "Đăng ký khai sinh"


def test_a_command_that_would_do_nothing_is_refused(tmp_path: Path, data_dir: Path) -> None:
    done = run_program(data_dir, "import", str(put_json(tmp_path / "a.json", page())))
    assert (done.exit_code, done.error["code"]) == (2, "usage")


def test_the_workbook_has_real_types_and_runs_nothing(tmp_path: Path) -> None:
    value = page(
        so_quyet_dinh="+cmd|' /C calc'!A0", ten_thu_tuc="@SUM Cấp thẻ (1.900009)", ma_thu_tuc="1.900001"
    )
    outcome = import_files([put_json(tmp_path / "a.json", value)], NationalList(), (), date(2026, 11, 23))
    path = tmp_path / "report.xlsx"
    path.write_bytes(workbook_bytes(report_tables(outcome)))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Tổng hợp", "Lỗi và điều ngờ", "Khác danh mục", "Bản nháp"]
    summary, defects = book["Tổng hợp"], book["Lỗi và điều ngờ"]
    assert [summary["B2"].value, summary["B5"].value] == [datetime.fromisoformat("2026-11-23"), 1]
    assert all(sheet.freeze_panes == "A2" for sheet in book)
    assert defects.column_dimensions["D"].width == 44
    cells = [cell for row in defects.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in cells)
    dangerous = [cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))]
    assert dangerous
    assert all(cell.quotePrefix for cell in dangerous)


@pytest.mark.slow
def test_three_thousand_pages_in_twenty_seconds(tmp_path: Path) -> None:
    prose = "Người yêu cầu xem thêm hướng dẫn tại quầy.0 bản chính" * 20
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(3000):
        papers = page()["thanh_phan_ho_so"] + prose
        put_json(
            folder / f"{number}.json",
            page(
                ma_thu_tuc=f"1.{number:06}",
                ten_thu_tuc=f"Cấp thẻ bạn đọc số {number}",
                thanh_phan_ho_so=papers,
                raw_text="x " * 4000,
            ),
        )
    began = time.perf_counter()
    listed = NationalList()
    outcome = import_files([folder], listed, (), date(2026, 11, 23))
    outcome = with_drafts(outcome, listed, (), tmp_path / "out", SCHEMAS, defect_line)
    workbook_bytes(report_tables(outcome))
    assert len(outcome.records) == 3000
    assert sum(bool(draft.path) and not draft.problem for draft in outcome.drafts) == 3000
    assert time.perf_counter() - began < 20
