"""The tables that turn our values into the gateway's codes, as dated data."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import yaml

TABLES = frozenset(
    {
        "TrangThaiHoSo",
        "KenhThucHien",
        "HinhThuc",
        "LoaiDoiTuong",
        "LoaiDinhDanh",
        "MaLinhVuc",
        "MaThanhPhanHoSo",
        "MaGiayToKetQua",
        "MaPhiLePhi",
        "LoaiPhiLePhi",
        "HinhThucThu",
        "DuocThanhToanTrucTuyen",
        "TrangThaiBoSung",
        "LoaiGiayTo",
        "NoiNopHoSo",
        "ThongTinTra",
    }
)


class BadMapping(ValueError):
    """A mapping file that cannot be used; the text says why."""


class Certainty(StrEnum):
    """How much a table can be relied upon."""

    VERIFIED = "verified"
    SEEN_IN_CODE = "seen_in_code"
    ASSUMED = "assumed"
    OWN_WORDS = "own_words"


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Codes by value of ours. ``otherwise`` stands for every other value; None: there is no other value."""

    source: str
    certainty: Certainty
    checked: date
    codes: dict[str, str]
    otherwise: str | None = None

    def code(self, value: str) -> str | None:
        """Return the code, or None for a value that has none."""
        return self.codes.get(value, self.otherwise)


class MappingTables(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All tables as they are from a day on."""

    valid_from: date
    tables: dict[str, Table]


class _OneOfEach(yaml.SafeLoader):
    """Refuses a key that stands twice in a mapping: the second would silently win."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=deep) for key, _ in node.value]
        twice = {str(key) for key in keys if keys.count(key) > 1}
        if twice:
            raise BadMapping(f"twice: {', '.join(sorted(twice))}")
        return super().construct_mapping(node, deep=deep)


def read_mapping(text: str) -> MappingTables:
    """Read a mapping file, or the part of one an operator wrote.

    Raises:
        BadMapping: it is none, names a table there is not, or has an empty code.
    """
    try:
        # A SafeLoader: no tag makes objects.
        loaded = msgspec.convert(yaml.load(text, _OneOfEach), MappingTables)  # noqa: S506
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise BadMapping(str(error)) from None
    unknown = sorted(set(loaded.tables) - TABLES)
    if unknown:
        raise BadMapping(f"no such table: {', '.join(unknown)}")
    for name, table in loaded.tables.items():
        empty = sorted(value for value, code in table.codes.items() if not code.strip())
        if empty:
            raise BadMapping(f"{name}: no code for {', '.join(empty)}")
    return loaded


def mapping_on(day: date, own: Path | None = None) -> Mapping[str, Table]:
    """Return the tables in force on a day.

    Args:
        day: The day the gateway reads the codes: today, not the dossier's.
        own: A file of the operator whose codes come before ours, for what we do not know.

    Raises:
        BadMapping: no tables are in force on that day, or the operator's file is none.
        OSError: the operator's file cannot be read.
    """
    shipped = [read_mapping(each.read_text("utf-8")) for each in _shipped()]
    in_force = [each for each in shipped if each.valid_from <= day]
    if not in_force:
        raise BadMapping(f"no tables for {day:%d/%m/%Y}")
    newest = max(in_force, key=lambda each: each.valid_from)
    missing = sorted(TABLES - set(newest.tables))
    if missing:
        raise BadMapping(f"tables missing: {', '.join(missing)}")
    added = read_mapping(own.read_text("utf-8")) if own else None
    if added is None or added.valid_from > day:
        return newest.tables
    return {name: _with(table, added.tables.get(name)) for name, table in newest.tables.items()}


def _shipped() -> list[Any]:
    folder = files("counter_server.dvcqg") / "mappings"
    return [each for each in folder.iterdir() if each.name.endswith(".yaml")]


def _with(table: Table, own: Table | None) -> Table:
    if own is None:
        return table
    otherwise = table.otherwise if own.otherwise is None else own.otherwise
    return msgspec.structs.replace(own, codes={**table.codes, **own.codes}, otherwise=otherwise)
