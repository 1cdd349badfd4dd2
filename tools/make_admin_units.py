"""Write resources/admin-units/*.csv from the MIT package `vietnamadminunits` (not a dependency of ours).

    python tools/make_admin_units.py <folder of the unzipped package> [resources/admin-units]

The package says what the units were on 1/7/2025 and where the former wards went. What changed later is
kept by hand in changes.csv beside the result and merged in here, each change as a new dated row.
"""

import csv
import json
import re
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

FIRST_DAY = date(2025, 7, 1)
LAST_DAY_BEFORE = FIRST_DAY - timedelta(days=1)
_KINDS = ("Đặc khu", "Thị trấn", "Thị xã", "Thành phố", "Phường", "Xã", "Huyện", "Quận", "Tỉnh")
# An earlier name in the package's spelling: kind and name in one word, "xayenson", "phuong4".
_EARLIER_WARD = re.compile(r"(?:xa|phuong|thitran)[a-z0-9]+")
_EARLIER_DISTRICT = re.compile(r"(?:huyen|quan|thixa|thanhpho)(?!0)[a-z0-9]+")

Row = tuple[str, ...]


def main(arguments: Sequence[str]) -> None:
    """Write the four files and say how many units they hold."""
    package = Path(arguments[0])
    target = Path(arguments[1] if len(arguments) > 1 else "resources/admin-units")
    changes = _changes(target / "changes.csv")
    with closing(sqlite3.connect(package / "data" / "dataset.db")) as database:
        provinces = _provinces(database, changes)
        communes = _communes(database, changes)
        former = _former(database, json.loads((package / "data" / "converter_2025.json").read_text("utf-8")))
        districts = _districts(database)
    _write(target / "provinces.csv", ("code", "name", "kind", "valid_from", "valid_to"), provinces)
    head = ("code", "name", "kind", "province_code", "valid_from", "valid_to")
    _write(target / "communes.csv", head, communes)
    head = ("code", "kind", "name", "district", "province", "valid_to", "went", "communes", "also")
    _write(target / "former-units.csv", head, former)
    _write(target / "former-districts.csv", ("province", "district", "also"), districts)
    sys.stdout.write(f"{len(provinces)} provinces, {len(communes)} communes, {len(former)} former units\n")


def _changes(path: Path) -> dict[tuple[str, str], tuple[str, date]]:
    """Return (level, code) to the new kind and its first day."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (line["level"], line["code"]): (line["kind"], date.fromisoformat(line["valid_from"]))
            for line in csv.DictReader(file)
        }


def _provinces(database: sqlite3.Connection, changes: dict[tuple[str, str], tuple[str, date]]) -> list[Row]:
    rows = database.execute("SELECT DISTINCT provinceCode, province FROM admin_units")
    return [
        version
        for code, full in rows
        for version in _versions(code, full, (), changes.get(("province", code)))
    ]


def _communes(database: sqlite3.Connection, changes: dict[tuple[str, str], tuple[str, date]]) -> list[Row]:
    rows = database.execute("SELECT wardCode, ward, provinceCode FROM admin_units")
    return [
        version
        for code, full, province in rows
        for version in _versions(code, full, (province,), changes.get(("commune", code)))
    ]


def _versions(code: str, full: str, rest: Row, change: tuple[str, date] | None) -> list[Row]:
    kind, name = _kind_and_name(full)
    if change is None:
        return [(code, name, kind, *rest, FIRST_DAY.isoformat(), "")]
    new_kind, since = change
    last = since - timedelta(days=1)
    return [
        (code, name, kind, *rest, FIRST_DAY.isoformat(), last.isoformat()),
        (code, name, new_kind, *rest, since.isoformat(), ""),
    ]


def _kind_and_name(full: str) -> tuple[str, str]:
    # The package writes a few kinds as "Thị Trấn", "Thành Phố".
    kind = next(kind for kind in _KINDS if full.lower().startswith(f"{kind.lower()} "))
    return kind.lower(), full[len(kind) + 1 :]


def _full_name(text: str) -> str:
    kind, name = _kind_and_name(text)
    return f"{kind.capitalize()} {name}"


def _former(
    database: sqlite3.Connection, converter: dict[str, dict[str, dict[str, list[object]]]]
) -> list[Row]:
    went = _went(database, converter)
    rows = database.execute(
        "SELECT wardCode, ward, districtCode, district, districtShort, province, wardAlias,"
        " provinceKey || '_' || districtKey || '_' || coalesce(wardKey, '') FROM admin_units_legacy"
    )
    result: list[Row] = []
    for code, ward, district_code, district, short, province, alias, key in rows:
        whole, communes = went[key]
        # Five island districts had no wards: the district itself became a special zone.
        kind, name = _kind_and_name(ward) if ward else ("huyện", short)
        also = " ".join(_earlier(alias, _EARLIER_WARD))
        how = "whole" if whole else "split"
        result.append(
            (
                code or district_code,
                kind,
                name,
                _full_name(district),
                province,
                LAST_DAY_BEFORE.isoformat(),
                how,
                " ".join(communes),
                also,
            )
        )
    return result


def _went(
    database: sqlite3.Connection, converter: dict[str, dict[str, dict[str, list[object]]]]
) -> dict[str, tuple[bool, list[str]]]:
    """Return the former ward's key to whether it went whole, and the codes of its communes."""
    codes = {
        (province, ward): code
        for province, ward, code in database.execute("SELECT provinceKey, wardKey, wardCode FROM admin_units")
    }
    went: dict[str, tuple[bool, list[str]]] = {}
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, former in wards.items():
            went |= {str(key): (True, [codes[province, ward]]) for key in former}
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, parts in divided.items():
            largest_first = sorted(parts, key=lambda part: not part["isDefaultNewWard"])  # type: ignore[index]
            went[key] = (False, [codes[province, part["newWardKey"]] for part in largest_first])  # type: ignore[index]
    return went


def _districts(database: sqlite3.Connection) -> list[Row]:
    rows = database.execute(
        "SELECT DISTINCT province, district, districtAlias FROM admin_units_legacy"
        " WHERE districtAlias IS NOT NULL"
    )
    return [
        (province, _full_name(district), " ".join(_earlier(alias, _EARLIER_DISTRICT)))
        for province, district, alias in rows
    ]


def _earlier(alias: str | None, shape: re.Pattern[str]) -> list[str]:
    return sorted({name for name in json.loads(alias or "[]") if shape.fullmatch(name)})


def _write(path: Path, head: Row, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        dated = head.index("valid_from") if "valid_from" in head else 0
        writer.writerows(sorted(rows, key=lambda row: (row[0], row[dated], row)))


if __name__ == "__main__":
    main(sys.argv[1:])
