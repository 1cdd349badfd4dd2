"""No text of a list ever runs in a spreadsheet, whatever somebody is called."""

import csv
import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.hostile.hostile_texts import EVERY, is_utf8, texts

from counter_app.services.list_export import ListColumn, ListTable
from counter_app.services.list_workbook import workbook_bytes
from counter_server.web import table
from counter_server.web.export import csv_bytes, xlsx_bytes
from counter_server.web.table import Column

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00")
TEXT = tuple(text for text in EVERY if len(text) < 40_000)


def counter_workbook(said: list[str]) -> bytes:
    columns = (ListColumn(label=said[0]), ListColumn(label="Số"))
    rows = ((text, number) for number, text in enumerate(said))
    return workbook_bytes([ListTable(title=said[-1], columns=columns, rows=rows)])


def server_table(said: list[str]) -> table.Table:
    columns = (Column(label=said[0]), Column(label="Số"))
    rows = tuple((table.text(each), table.count(number)) for number, each in enumerate(said))
    return table.Table(name="so-lieu", caption=said[-1], columns=columns, rows=rows)


def server_workbook(said: list[str]) -> bytes:
    return xlsx_bytes(server_table(said))


def check_workbook(made: bytes, said: list[str]) -> None:
    """No formula, link or code anywhere in the file; every text is a text and has all its letters."""
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        assert not [
            name for name in book.namelist() if re.search(r"vba|externalLink|connections|macro", name)
        ]
        xml = b"".join(book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/"))
    assert not re.search(rb"<f[ >/]|<hyperlink|<oleObject|<ddeLink", xml)
    sheet = load_workbook(io.BytesIO(made)).worksheets[0]
    for (cell, _number), text in zip(sheet.iter_rows(min_row=2), said, strict=True):
        assert cell.data_type in ("s", "inlineStr") or cell.value is None
        kept = str(cell.value or "")
        assert letters(kept) == letters(text)[: len(letters(kept))]
        assert len(letters(kept)) == len(letters(text)) or len(kept) >= 32_000
        assert not kept.startswith(RUNS) or cell.quotePrefix


def letters(text: str) -> str:
    """The signs no file may lose; line ends and what nobody sees are the spreadsheet's business."""
    return "".join(sign for sign in text if sign.isalnum() and sign.isprintable())


@pytest.mark.parametrize("made_by", [counter_workbook, server_workbook])
def test_workbooks_over_the_corpus(made_by) -> None:
    check_workbook(made_by(list(TEXT)), list(TEXT))


@settings(max_examples=60)
@given(said=st.lists(texts, min_size=1, max_size=8))
def test_workbooks_of_any_text(said: list[str]) -> None:
    check_workbook(counter_workbook(said), said)
    check_workbook(server_workbook(said), said)


def check_csv(said: list[str]) -> None:
    rows = list(csv.reader(io.StringIO(csv_bytes(server_table(said)).decode("utf-8-sig"), newline="")))
    assert len(rows) == len(said) + 1
    for (shown, number), text in zip(rows[1:], said, strict=True):
        assert number.isdecimal()
        assert not shown.lstrip(" ").startswith(RUNS)
        assert shown.removeprefix("'") == text.removeprefix("'")


def test_csv_over_the_corpus() -> None:
    check_csv([text for text in TEXT if is_utf8(text)])


@settings(max_examples=150)
@given(said=st.lists(texts.filter(is_utf8), min_size=1, max_size=8))
def test_csv_of_any_text(said: list[str]) -> None:
    check_csv(said)
