"""Reads one YAML data file against its JSON Schema; a fault names the file, the line and the field."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counter_app.catalogue.plain_yaml import Document, FieldPath, PlainYamlError, parse_plain_yaml
from counter_app.domain.errors import BadInput

MAX_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file that passed its schema. ``name`` is its path relative to the data root."""

    name: str
    document: Document

    @property
    def data(self) -> dict[str, Any]:
        """The content as plain Python values (dates and times are still text)."""
        content: dict[str, Any] = self.document.data
        return content

    def fault(self, path: FieldPath, problem: str, value: str = "") -> BadInput:
        """Build the error for the value at `path`."""
        return bad_data_file(self.name, self.document.line_of(path), path, problem, value)


def bad_data_file(file: str, line: int, path: FieldPath, problem: str, value: str = "") -> BadInput:
    """Build the one error every data file is refused with.

    ``problem`` is a short English phrase from a closed set (a table can translate it), ``value`` the
    word it is about, ``line`` counts from 1, ``field`` is a dotted path.
    """
    dotted = ".".join(str(step) for step in path)
    return BadInput("bad_data_file", file=file, line=line, field=dotted, problem=problem, value=value[:80])


def read_data_file(path: Path, schema: Path) -> dict[str, Any]:
    """Read and validate a data file.

    Dates and times stay text, and all text is in NFC.

    Raises:
        BadInput: ``bad_data_file`` with ``file`` (relative to the folder that holds both the file and
            the schema), ``line``, ``field``, ``problem`` and ``value``.
    """
    return open_data_file(path, schema).data


def open_data_file(path: Path, schema: Path, *, root: Path | None = None) -> DataFile:
    """Read and validate a data file, keeping the line of every value for later cross-checks."""
    name = path.relative_to(root).as_posix() if root is not None else _shown_name(path, schema)
    text = _read_text(path, name)
    try:
        document = parse_plain_yaml(text)
    except PlainYamlError as error:
        raise bad_data_file(name, error.line, error.path, error.problem, error.value) from error
    data_file = DataFile(name, document)
    # jsonschema costs 50 ms to import: only files that changed are validated.
    from counter_app.catalogue.schema_check import first_violation

    try:
        violation = first_violation(document, schema)
    except (OSError, ValueError) as error:
        raise bad_data_file(schema.name, 1, (), "schema cannot be read", type(error).__name__) from error
    if violation is not None:
        raise data_file.fault(violation.path, violation.problem, violation.value)
    return data_file


def _shown_name(path: Path, schema: Path) -> str:
    """Return the path below the folder that holds the schema too; one place may be given relatively."""
    whole, beside = path.absolute(), schema.parent.absolute()
    try:
        base = Path(os.path.commonpath([whole.parent, beside]))
    except ValueError:  # two drives of Windows have no folder in common
        return path.name
    return whole.relative_to(base).as_posix()


def _read_text(path: Path, name: str) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise bad_data_file(name, 1, (), "cannot be read", error.strerror or "") from error
    if len(raw) > MAX_BYTES:
        raise bad_data_file(name, 1, (), "file too large", str(len(raw)))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise bad_data_file(name, line, (), "not UTF-8") from error
