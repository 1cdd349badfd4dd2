"""Faults this suite has found, each with the words a person now gets instead of a crash."""

import io
import tempfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.catalogue.importing.import_samples import put_sheet

from counter_app.catalogue.importing.read_source import read_source
from counter_app.catalogue.plain_yaml import PlainYamlError, parse_plain_yaml
from counter_app.services.list_export import ListColumn, ListTable
from counter_app.services.list_workbook import workbook_bytes


def test_a_number_of_thousands_of_digits_is_a_fault_of_its_line() -> None:
    with pytest.raises(PlainYamlError) as found:
        parse_plain_yaml(f"a: 1\nb:\n  c: {'9' * 5000}\n")
    assert (found.value.problem, found.value.line, found.value.path) == ("number too large", 3, ("b", "c"))


def test_a_workbook_may_have_any_ending(tmp_path: Path) -> None:
    """Portals give away new workbooks under the old ending."""
    rows = (("Mã thủ tục", "Tên thủ tục"), ("1.001193", "Đăng ký khai sinh"))
    (record,) = read_source(put_sheet(tmp_path / "list.xlsx", rows).rename(tmp_path / "list.xls")).records
    assert record.code == "1.001193"


def test_a_list_never_lies_in_a_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """openpyxl wrote every sheet, names and all, into a plain file of the temporary folder first."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there-is-none"))
    columns = (ListColumn(label="Người nộp"),)
    made = workbook_bytes([ListTable(title="x", columns=columns, rows=[("Lò Thị Xuân",)])])
    assert load_workbook(io.BytesIO(made)).worksheets[0]["A2"].value == "Lò Thị Xuân"
