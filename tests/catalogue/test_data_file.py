"""A bad data file of every kind names file, line and field, and never an absolute path."""

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from counter_app.catalogue.data_file import MAX_BYTES, open_data_file, read_data_file
from counter_app.domain.errors import BadInput

GOOD = """\
list: colours
provenance:
  source: invented
  verified: false
values:
  - Đỏ
  - Xanh
"""


def _write(folder: Path, content: str | bytes) -> Path:
    path = folder / "lists" / "colours.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.fixture
def schema(tmp_path: Path, shipped_forms: Path) -> Path:
    target = tmp_path / "schema" / "list.schema.json"
    target.parent.mkdir()
    target.write_bytes((shipped_forms / "schema" / "list.schema.json").read_bytes())
    return target


BAD = {
    "unknown key": (GOOD + "colour: 1\n", 8, "colour", "unknown key", "colour"),
    "missing key": (GOOD.replace("list: colours\n", ""), 1, "", "missing key", "list"),
    "missing part": (GOOD.replace("  source: invented\n", ""), 2, "provenance", "missing key", "source"),
    "wrong type": (GOOD.replace("false", "no"), 4, "provenance.verified", "wrong type, expected", "boolean"),
    "number for text": (
        GOOD.replace("- Xanh", "- 1.5"), 7, "values.1", "wrong type, expected", 'text in quotes: "1.5"',
    ),
    "wrong form": (GOOD.replace("colours", "Màu sắc"), 1, "list", "wrong form", "Màu sắc"),
    "empty text": (GOOD.replace("invented", '""'), 3, "provenance.source", "must not be empty", ""),
    "listed twice": (GOOD.replace("Xanh", "Đỏ"), 5, "values", "listed twice", "['Đỏ', 'Đỏ']"),
    "duplicate key": (GOOD + "list: again\n", 8, "list", "duplicate key", "list"),
    "alias": ("list: &a [x]\nvalues: *a\n", 2, "", "alias not allowed", ""),
    "tag": (GOOD.replace("Xanh", "!!python/name:os.system x"), 7, "values.1", "tag not allowed", None),
    "binary tag": (GOOD.replace("Xanh", "!!binary aGk="), 7, "values.1", "tag not allowed", None),
    "not YAML": (GOOD + "  - ]\n", 8, "", "not valid YAML", None),
    "tab": (GOOD + "\tx: 1\n", 8, "", "not valid YAML", None),
    "control character": (GOOD.replace("Xanh", "X\x07nh"), 7, "", "not valid YAML", None),
    "two documents": (GOOD + "---\nlist: b\n", 8, "", "not valid YAML", None),
    "empty": ("", 1, "", "empty file", ""),
    "only a comment": ("# nothing\n", 1, "", "empty file", ""),
    "a list": ("- a\n", 1, "", "wrong type, expected", "object"),
    "not UTF-8": (GOOD.encode("utf-16"), 1, "", "not UTF-8", ""),
    "cp1258 bytes": (GOOD.replace("Xanh", "Xám").encode("cp1258", "replace"), 6, "", "not UTF-8", ""),
    "nested too deeply": ("[" * 30_000, 1, "", "nested too deeply", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_names_file_line_and_field(name: str, tmp_path: Path, schema: Path) -> None:
    content, line, field, problem, value = BAD[name]
    path = _write(tmp_path, content)
    with pytest.raises(BadInput) as caught:
        read_data_file(path, schema)
    params = caught.value.params
    assert caught.value.code == "bad_data_file"
    assert params["file"] == "lists/colours.yaml"
    assert (params["problem"], params["line"], params["field"]) == (problem, line, field)
    if value is not None:
        assert params["value"] == value
    assert str(tmp_path) not in repr(params)


def test_a_missing_and_an_oversized_file_are_refused(tmp_path: Path, schema: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read_data_file(tmp_path / "lists" / "none.yaml", schema)
    assert caught.value.params["problem"] == "cannot be read"
    path = _write(tmp_path, b"#" * (MAX_BYTES + 1))
    with pytest.raises(BadInput) as caught:
        read_data_file(path, schema)
    assert caught.value.params["problem"] == "file too large"


def test_a_missing_schema_is_named(tmp_path: Path, schema: Path) -> None:
    path = _write(tmp_path, GOOD)
    schema.unlink()
    with pytest.raises(BadInput) as caught:
        read_data_file(path, schema)
    assert caught.value.params["file"] == "list.schema.json"


def test_text_that_looks_like_another_type_stays_text(tmp_path: Path, schema: Path) -> None:
    words = ["no", "on", "07:30", "2026-11-21", "001090000001", "1_000", "0x1f", "1e3", ".5", "<<"]
    listed = "\n".join(f"  - {word}" for word in words)
    path = _write(tmp_path, GOOD.split("values:")[0] + f"values:\n{listed}\n")
    assert read_data_file(path, schema)["values"] == words


def test_decomposed_text_is_composed_and_a_byte_order_mark_is_dropped(tmp_path: Path, schema: Path) -> None:
    path = _write(tmp_path, b"\xef\xbb\xbf" + unicodedata.normalize("NFD", GOOD).encode())
    assert read_data_file(path, schema)["values"] == ["Đỏ", "Xanh"]


def test_every_value_knows_its_line(tmp_path: Path, schema: Path) -> None:
    file = open_data_file(_write(tmp_path, GOOD), schema)
    assert file.fault(("values", 1), "x").params["line"] == 7
    assert file.fault(("values", 9, "deeper"), "x").params["line"] == 5


def test_reading_imports_no_validator_before_it_is_needed() -> None:
    code = "import sys, counter_app.catalogue.data_file; sys.exit('jsonschema' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_folder_given_relatively_and_one_given_whole_go_together(
    tmp_path: Path, schema: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _write(tmp_path, "")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput) as caught:
        read_data_file(path.relative_to(tmp_path), schema)
    assert caught.value.params["file"] == "lists/colours.yaml"
