"""Reads resources/admin-units: sorted CSV files for people, a compiled cache for the program."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec

from counter_app.catalogue.compiled_cache import key_of, read_cached, stamps, write_cached
from counter_app.catalogue.data_file import bad_data_file
from counter_app.domain.admin_units import AdminUnits, Commune, Province
from counter_app.domain.errors import BadInput
from counter_app.domain.former_units import EarlierDistrict, FormerUnit, FormerUnits
from counter_app.domain.unit_names import COMMUNE_KINDS

_T = TypeVar("_T")
_FORMER_KINDS = ("xã", "phường", "thị trấn", "huyện")
_WENT = {"whole": True, "split": False}


class _Units(msgspec.Struct, frozen=True, array_like=True):
    provinces: tuple[Province, ...]
    communes: tuple[Commune, ...]


class _Former(msgspec.Struct, frozen=True, array_like=True):
    units: tuple[FormerUnit, ...]
    districts: tuple[EarlierDistrict, ...]


def load_admin_units(folder: Path, cache_file: Path | None) -> AdminUnits:
    """Return the units of a folder; the former ones are read when an older address first asks.

    Args:
        folder: resources/admin-units, or the same section of a data pack.
        cache_file: Where the compiled units are kept, the former ones beside it; None for nowhere.

    Raises:
        BadInput: ``bad_data_file`` with ``file``, ``line``, ``field``, ``problem`` and ``value``.
    """
    units = _cached(folder, cache_file, _Units, _read_units)
    beside = cache_file.with_name(f"former-{cache_file.name}") if cache_file else None

    def former() -> FormerUnits:
        read = _cached(folder, beside, _Former, lambda where: _read_former(where, units))
        return FormerUnits(read.units, read.districts)

    return AdminUnits(provinces=units.provinces, communes=units.communes, former=former)


def _cached(folder: Path, cache_file: Path | None, shape: type[_T], read: Callable[[Path], _T]) -> _T:
    names = [
        [field.name for field in fields(one)] for one in (Province, Commune, FormerUnit, EarlierDistrict)
    ]
    key = key_of(stamps(folder, (".csv",))) + msgspec.msgpack.encode(names)
    payload = read_cached(cache_file, key) if cache_file else None
    if payload is not None:
        try:
            return msgspec.msgpack.decode(payload, type=shape)
        except msgspec.MsgspecError:
            pass
    fresh = read(folder)
    if cache_file:
        write_cached(cache_file, key, msgspec.msgpack.encode(fresh))
    return fresh


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a file; every column read from it is checked."""

    file: str
    number: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """Return a cell that must not be empty."""
        value = self.cells[column]
        if not value:
            raise self.fault(column, "is empty", value)
        return value

    def one_of(self, column: str, allowed: tuple[str, ...]) -> str:
        """Return a cell out of a closed set."""
        value = self.cells[column]
        if value not in allowed:
            raise self.fault(column, "is not one of the known words", value)
        return value

    def day(self, column: str) -> date:
        """Return a day written YYYY-MM-DD."""
        value = self.cells[column]
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise self.fault(column, "no such date", value) from error

    def last_day(self) -> date | None:
        """Return the cell valid_to, None while nothing has ended the unit."""
        return self.day("valid_to") if self.cells["valid_to"] else None

    def fault(self, column: str, problem: str, value: str) -> BadInput:
        """Build the error for a cell."""
        return bad_data_file(self.file, self.number, (column,), problem, value)


def _lines(folder: Path, name: str, *columns: str) -> Iterator[_Line]:
    file = f"{folder.name}/{name}"
    try:
        with (folder / name).open(encoding="utf-8-sig", newline="") as source:
            reader = csv.reader(source, strict=True)
            head = next(reader, [])
            if head != list(columns):
                raise bad_data_file(file, 1, (), "other columns than", ",".join(columns))
            for cells in reader:
                if len(cells) != len(columns):
                    raise bad_data_file(file, reader.line_num, (), "other columns than", ",".join(columns))
                yield _Line(file, reader.line_num, dict(zip(columns, cells, strict=True)))
    except OSError as error:
        raise bad_data_file(file, 1, (), "cannot be read", error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise bad_data_file(file, 1, (), "not UTF-8") from error
    except csv.Error as error:
        raise bad_data_file(file, 1, (), "is not CSV") from error


def _read_units(folder: Path) -> _Units:
    provinces: list[Province] = []
    for line in _lines(folder, "provinces.csv", "code", "name", "kind", "valid_from", "valid_to"):
        _after_the_last(line, provinces[-1] if provinces else None)
        provinces.append(
            Province(
                code=line.text("code"),
                name=line.text("name"),
                kind=line.one_of("kind", ("tỉnh", "thành phố")),
                valid_from=line.day("valid_from"),
                valid_to=line.last_day(),
            )
        )
    return _Units(tuple(provinces), tuple(_read_communes(folder, {each.code for each in provinces})))


def _read_communes(folder: Path, provinces: set[str]) -> Iterator[Commune]:
    columns = ("code", "name", "kind", "province_code", "valid_from", "valid_to")
    last: Commune | None = None
    for line in _lines(folder, "communes.csv", *columns):
        _after_the_last(line, last)
        last = Commune(
            code=line.text("code"),
            name=line.text("name"),
            kind=line.one_of("kind", COMMUNE_KINDS),
            province_code=line.text("province_code"),
            valid_from=line.day("valid_from"),
            valid_to=line.last_day(),
        )
        if last.province_code not in provinces:
            raise line.fault("province_code", "is not among the provinces", last.province_code)
        yield last


def _after_the_last(line: _Line, last: Province | Commune | None) -> None:
    """Check that codes rise and that two versions of one unit do not overlap."""
    if last is None or last.code < line.cells["code"]:
        return
    ended = last.valid_to is not None and last.valid_to < line.day("valid_from")
    if last.code != line.cells["code"] or not ended:
        raise line.fault("code", "is listed twice or out of order", line.cells["code"])


def _read_former(folder: Path, units: _Units) -> _Former:
    known = {commune.code for commune in units.communes}
    columns = ("code", "kind", "name", "district", "province", "valid_to", "went", "communes", "also")
    former: list[FormerUnit] = []
    for line in _lines(folder, "former-units.csv", *columns):
        communes = tuple(line.text("communes").split())
        whole = _WENT[line.one_of("went", tuple(_WENT))]
        unknown = [code for code in communes if code not in known]
        if unknown or whole != (len(communes) == 1):
            raise line.fault("communes", "is not among the communes", " ".join(unknown or communes))
        former.append(
            FormerUnit(
                code=line.text("code"),
                kind=line.one_of("kind", _FORMER_KINDS),
                name=line.text("name"),
                district=line.text("district"),
                province=line.text("province"),
                whole=whole,
                communes=communes,
                also=tuple(line.cells["also"].split()),
            )
        )
    districts = tuple(
        EarlierDistrict(
            province=line.text("province"),
            district=line.text("district"),
            also=tuple(line.cells["also"].split()),
        )
        for line in _lines(folder, "former-districts.csv", "province", "district", "also")
    )
    return _Former(tuple(former), districts)
