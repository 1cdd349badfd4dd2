"""Faults this suite has found, each with the words a person now gets instead of a crash."""

import io
import json
import tempfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.catalogue.importing.import_samples import put_sheet
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk

from counter_app import bootstrap
from counter_app.catalogue.importing.read_source import read_source
from counter_app.catalogue.plain_yaml import PlainYamlError, parse_plain_yaml
from counter_app.cli.run import run_command
from counter_app.services.list_export import ListColumn, ListTable
from counter_app.services.list_workbook import workbook_bytes
from counter_app.ui.appearance import Appearance, load_appearance
from counter_app.ui.session.sign_in_hint import SignInHint


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


NESTED = "[" * 100_000


@pytest.mark.parametrize("said", [NESTED, '{"language": "vi", "scheme": "light", "text_scale": 1e999}', "[]"])
def test_a_small_file_beside_the_data_never_stops_the_start(said: str, tmp_path: Path) -> None:
    path = tmp_path / "said.json"
    path.write_text(said)
    assert load_appearance(path) == Appearance()
    assert not SignInHint(path).expected


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("day", "close", "--cash", "0", "--carry", "FILE"), "bad_answers"),
        (("office", "set", "sessions", NESTED, "--basis", "x"), "not_an_office_value"),
    ],
)
def test_a_nested_list_on_the_command_line_is_refused(
    words: tuple[str, ...], refusal: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "nested.json").write_text(NESTED)
    make_desk(tmp_path / "counter", MORNING).store.close()
    line = [str(tmp_path / "nested.json") if word == "FILE" else word for word in words]
    code = run_command(
        ["--data-dir", str(tmp_path / "counter"), "--json", *line],
        default_data_dir=tmp_path / "counter",
        doors=bootstrap.doors(),
    )
    assert (code, json.loads(capsys.readouterr().err)["error"]["code"]) == (2, refusal)
