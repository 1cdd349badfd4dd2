"""Reads lists of procedures kept as .xlsx, wherever the header row stands and whatever it is called."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from counter_app.catalogue.importing.cell_text import CellTexts
from counter_app.domain.errors import BadInput
from counter_app.domain.imported import ImportedRecord, Place, TextMark
from counter_app.domain.national_list import split_code
from counter_app.domain.vietnamese_text import fold

MOST_ENTRIES = 2_000
MOST_UNPACKED = 200_000_000  # bytes; the largest ministry's list unpacks to 2 MB
MOST_ROWS = 50_000
_MOST_COLUMNS = 60
_HEADER_WITHIN = 40  # rows from the top
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "code": ("ma tthc", "ma thu tuc", "ma so", "ma so tthc", "ma thu tuc hanh chinh", "ma ho so tthc", "ma"),
    "name": ("ten thu tuc hanh chinh", "ten tthc", "ten thu tuc", "ten", "thu tuc hanh chinh", "thu tuc"),
    "sector": ("linh vuc", "ten linh vuc", "linh vuc tthc"),
    "level": ("cap thuc hien", "cap giai quyet", "cap", "cap hanh chinh"),
    "agency": ("co quan thuc hien", "co quan cong khai", "co quan giai quyet", "don vi thuc hien"),
    "decision": (
        "quyet dinh cong bo", "so qd", "so quyet dinh", "quyet dinh", "so quyet dinh cong bo", "qd cong bo",
    ),
}  # fmt: skip
_GROUP = re.compile(r"^(?:[ivxlc]+|[a-z]|\d+)?[.)]?\s*(?:lĩnh vực)\s*:?\s*(?P<sector>\S.*)$", re.IGNORECASE)
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_ERRORS = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error, SyntaxError),
)


def check_archive(path: Path) -> None:
    """Refuse an archive that is no workbook or unpacks to something huge, before anything is parsed.

    Raises:
        BadInput: ``import_damaged``, ``import_too_big`` (limit) or ``import_not_supported``.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except _ERRORS as problem:
        raise BadInput("import_damaged", file=path.name) from problem
    # Reading stops at the size an entry declares, so the declared sizes are the real ones.
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise BadInput("import_too_big", file=path.name, limit=f"{MOST_UNPACKED // 1_000_000} MB")
    if not any(entry.filename == "xl/workbook.xml" for entry in entries):
        raise BadInput("import_not_supported", file=path.name)


def workbook_records(path: Path) -> Iterator[ImportedRecord]:
    """Yield the rows of every sheet that has a header.

    Raises:
        BadInput: ``import_damaged``, or ``import_no_header`` when no sheet has one.
    """
    check_archive(path)
    with path.open("rb") as stream:  # given the name, openpyxl refuses a workbook that ends in .xls
        yield from _of_book(stream, path)


def _of_book(stream: BinaryIO, path: Path) -> Iterator[ImportedRecord]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=False, keep_links=False)
    except _ERRORS as problem:
        raise BadInput("import_damaged", file=path.name) from problem
    try:
        with_header = 0
        for sheet in book.worksheets:
            cells = _cells(sheet, path)
            header = _find_header(cells)
            if header is not None:
                with_header += 1
                yield from _records(cells, header, Place(file=path.name, sheet=sheet.title))
        if not with_header:
            raise BadInput("import_no_header", file=path.name)
    finally:
        book.close()


def _cells(sheet: Any, path: Path) -> list[tuple[Any, ...]]:
    """Return the rows of a sheet; merged cells all get the value that shows in them."""
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    rows: list[list[Any]] = []
    try:
        for row in sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True):
            if len(rows) == MOST_ROWS:
                raise BadInput("import_too_big", file=path.name, limit=f"{MOST_ROWS} dòng")
            rows.append(list(row))
        _fill_merged(rows, _merged_ranges(path, sheet))
    except _ERRORS as problem:
        raise BadInput("import_damaged", file=path.name) from problem
    return [tuple(row) for row in rows]


def _merged_ranges(path: Path, sheet: Any) -> Iterator[tuple[int, int, int, int]]:
    """Yield first row, last row, first column, last column; openpyxl skips them when it only reads."""
    from defusedxml.ElementTree import iterparse

    with zipfile.ZipFile(path) as archive, archive.open(sheet._worksheet_path.lstrip("/")) as stream:
        for _, element in iterparse(stream):
            if element.tag.endswith("}mergeCell"):
                match = _RANGE.fullmatch(element.get("ref", ""))
                if match is not None:
                    yield int(match[2]), int(match[4]), _column(match[1]), _column(match[3])
            if element.tag.endswith("}row"):
                element.clear()


def _fill_merged(rows: list[list[Any]], ranges: Iterator[tuple[int, int, int, int]]) -> None:
    for top, bottom, left, right in ranges:
        if left != right:
            continue  # a title over several columns, not a value of several rows
        for at in range(top, min(bottom, len(rows))):
            if top <= len(rows) and left <= len(rows[top - 1]) and left <= len(rows[at]):
                rows[at][left - 1] = rows[top - 1][left - 1]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _find_header(rows: list[tuple[Any, ...]]) -> tuple[int, dict[str, int]] | None:
    """Return the index of the header row and the column of each field; it has a code and a name."""
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        columns: dict[str, int] = {}
        titles = [fold(str(cell)) if cell is not None else "" for cell in row]
        for field, names in _HEADERS.items():
            at = next((titles.index(name) for name in names if name in titles), None)
            if at is not None and at not in columns.values():
                columns[field] = at
        if "code" in columns and "name" in columns:
            return index, columns
    return None


def _records(
    rows: list[tuple[Any, ...]], header: tuple[int, dict[str, int]], place: Place
) -> Iterator[ImportedRecord]:
    first, columns = header
    sector = ""
    for number, row in enumerate(rows[first + 1 :], start=first + 2):
        texts = CellTexts()
        filled = {str(cell).strip() for cell in row if cell is not None and str(cell).strip()}
        group = _GROUP.match(next(iter(filled))) if len(filled) == 1 else None
        if group is not None:
            sector = texts.take("sector", group["sector"])
            continue
        values = {field: row[at] if at < len(row) else None for field, at in columns.items()}
        if not filled or not (values.get("code") or values.get("name")):
            continue
        if _repeats_header(values):
            continue
        record = _record(values, replace(place, row=number), texts)
        yield record if record.sector else replace(record, sector=sector)


def _record(values: Mapping[str, Any], place: Place, texts: CellTexts) -> ImportedRecord:
    code_value = values.get("code")
    as_number = isinstance(code_value, int | float) and not isinstance(code_value, bool)
    # As a number 1.001100 has lost its last digits in the sheet; codes always have six.
    code_text = f"{code_value:.6f}" if as_number else texts.take("code", code_value)
    code, suffix = split_code(code_text)
    marks = (TextMark("code", "code_was_number", str(code_value)),) if as_number else ()
    return ImportedRecord(
        place=place,
        code_text=code_text,
        code=code,
        suffix=suffix,
        name=texts.take("name", values.get("name")),
        sector=texts.known("sector", values.get("sector")),
        level=texts.known("level", values.get("level")),
        agency=texts.known("agency", values.get("agency")),
        decision=texts.known("decision", values.get("decision")),
        marks=(*texts.marks, *marks),
    )


def _repeats_header(values: Mapping[str, Any]) -> bool:
    """Printed lists repeat their header on every page."""
    return fold(str(values.get("code"))) in _HEADERS["code"]
