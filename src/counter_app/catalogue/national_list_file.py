"""Reads and writes the national list of procedures as CSV (``code,name,sector,level``)."""

import csv
import io
from pathlib import Path

from counter_app.catalogue.data_file import MAX_BYTES, bad_data_file
from counter_app.domain.national_list import CODE, NationalEntry, NationalList
from counter_app.domain.vietnamese_text import clean

FILE_NAME = "national-list.csv"
_COLUMNS = ("code", "name", "sector", "level")


def read_national_list(path: Path) -> NationalList:
    """Read the list; a list that is not there is an empty one, which contradicts nothing.

    Raises:
        BadInput: ``bad_data_file`` (file, line, field, problem, value).
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return NationalList()
    except OSError as error:
        raise bad_data_file(path.name, 1, (), "cannot be read", error.strerror or "") from error
    if len(raw) > MAX_BYTES:
        raise bad_data_file(path.name, 1, (), "file too large", str(len(raw)))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise bad_data_file(path.name, raw.count(b"\n", 0, error.start) + 1, (), "not UTF-8") from error
    return _parsed(text, path.name)


def national_list_csv(national_list: NationalList) -> bytes:
    """Return the list as the file holds it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows((entry.code, entry.name, entry.sector, entry.level) for entry in national_list.entries)
    return stream.getvalue().encode("utf-8")


def _parsed(text: str, name: str) -> NationalList:
    reader = csv.reader(io.StringIO(text, newline=""))
    entries: dict[str, NationalEntry] = {}
    for row in reader:
        if reader.line_num == 1:
            if tuple(row) != _COLUMNS:
                raise bad_data_file(name, 1, (), "must be", ",".join(_COLUMNS))
            continue
        cells = [clean(cell) for cell in row]
        if len(cells) != len(_COLUMNS) or not CODE.fullmatch(cells[0]) or not cells[1]:
            raise bad_data_file(name, reader.line_num, ("code",), "wrong form", ",".join(cells)[:60])
        if cells[0] in entries:
            raise bad_data_file(name, reader.line_num, ("code",), "used twice", cells[0])
        entries[cells[0]] = NationalEntry(code=cells[0], name=cells[1], sector=cells[2], level=cells[3])
    return NationalList(tuple(entries.values()))
