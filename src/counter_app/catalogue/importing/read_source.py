"""Opens a file of an IT centre: what it is, whether it can be read at all, and its records."""

import json
from collections.abc import Iterator
from pathlib import Path

from counter_app.catalogue.importing.page_records import page_records
from counter_app.domain.errors import BadInput
from counter_app.domain.imported import Imported, ImportedRecord

MOST_BYTES = 60_000_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls, .doc and of encrypted .xlsx
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SUFFIXES = (".xlsx", ".xlsm", ".json", ".jsonl")


def sources_in(path: Path) -> list[Path]:
    """Return the file itself, or the lists and pages within a folder and its folders, in order."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix.lower() in _SUFFIXES and file.is_file())


def read_source(path: Path) -> Imported:
    """Read a workbook, or JSON in UTF-8 (one object, a list, or one object a line).

    Raises:
        BadInput: ``import_unreadable`` (file, reason), ``import_too_big``, ``import_password``,
            ``import_old_format``, ``import_damaged``, ``import_not_utf8``, ``import_not_supported``,
            ``import_no_header`` or ``import_no_procedures``.
    """
    raw_start = _start_of(path)
    if raw_start.startswith(_OLD_OFFICE):
        encrypted = _ENCRYPTED in path.read_bytes()
        raise BadInput("import_password" if encrypted else "import_old_format", file=path.name)
    if raw_start.startswith(b"PK\x03\x04"):
        from counter_app.catalogue.importing.workbook_records import workbook_records

        records = tuple(workbook_records(path))
    else:
        records = tuple(_json_records(path))
    if not records:
        raise BadInput("import_no_procedures", file=path.name)
    return Imported(file=path.name, records=records)


def _start_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput("import_too_big", file=path.name, limit=f"{MOST_BYTES // 1_000_000} MB")
        with path.open("rb") as stream:
            return stream.read(16)
    except OSError as problem:
        raise BadInput("import_unreadable", file=path.name, reason=problem.strerror or "") from problem


def _json_records(path: Path) -> Iterator[ImportedRecord]:
    text = _decoded(path)
    if not text.lstrip().startswith(("{", "[")):
        raise BadInput("import_not_supported", file=path.name)
    try:
        yield from page_records(_parsed(text), path.name)
    except (ValueError, RecursionError) as problem:
        raise BadInput("import_damaged", file=path.name) from problem


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as problem:
        # One object a line: the first line ends where a second value begins.
        if problem.msg != "Extra data":
            raise
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as problem:
        raise BadInput("import_not_utf8", file=path.name) from problem
