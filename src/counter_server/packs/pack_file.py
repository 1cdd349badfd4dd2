"""Reads what a pack says of itself, mistrusting its numbers, and checks its files against its signed list.

The signatures are the counters' to judge, who have the root; here every listed file must be there, as listed.
"""

import hashlib
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MAX_FILE = 100_000_000
_MAX_ENTRY = 20_000_000
_MAX_TOTAL = 200_000_000
_MAX_ENTRIES = 5_000
_MAX_LIST = 5_000_000
_FORMAT = 1
_LIST = "targets.json"
_KINDS = ("national", "province", "office")
_VERSION = re.compile(r"(20[0-9]{2})\.([1-9]|1[0-2])\.([1-9][0-9]{0,3})")
_UNIT = re.compile(r"[A-Z][0-9]{2}(?:\.[0-9]{2,3}){0,4}|[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}")
_ROOT = re.compile(r"root/[1-9][0-9]{0,2}\.root\.json")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, NotImplementedError, KeyError)


class NotAPack(ValueError):
    """The file is no pack, or damaged; the text says what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFile:
    """A pack. ``number`` orders versions; ``unit`` as it was signed; ``sections`` what it brings, whole."""

    kind: str
    unit: str
    sections: tuple[str, ...]
    version: str
    number: int
    title: str
    sha256: str
    size: int


def read_pack(content: bytes) -> PackFile:
    """Read and check the bytes of a pack file.

    Raises:
        NotAPack: they are none, damaged, unsigned, too large, or of a format of later.
    """
    if len(content) > MAX_FILE:
        raise NotAPack(f"larger than {MAX_FILE} bytes")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            _check_entries(file.infolist())
            entries = {entry.filename: entry for entry in file.infolist()}
            listed = json.loads(file.read(entries[_LIST]))
            pack = _said(listed, content)
            _check_files(file, entries, listed["signed"]["targets"])
    except NotAPack:
        raise
    except (*_DAMAGE, TypeError, AttributeError, RecursionError) as error:
        raise NotAPack("no pack, or damaged") from error
    return pack


def version_text(number: int) -> str:
    """Return the version as people read it: 2027.3.1."""
    month, running = divmod(number, 10_000)
    return f"{month // 100}.{month % 100}.{running}"


def _check_entries(entries: Sequence[zipfile.ZipInfo]) -> None:
    sizes = {entry.filename: entry.file_size for entry in entries}
    if len(sizes) != len(entries):
        raise NotAPack("two files of one name")
    if len(sizes) > _MAX_ENTRIES or max(sizes.values(), default=0) > _MAX_ENTRY:
        raise NotAPack("too large a file, or too many files")
    if sum(sizes.values()) > _MAX_TOTAL or sizes.get(_LIST, 0) > _MAX_LIST:
        raise NotAPack("too large")


def _said(listed: Any, content: bytes) -> PackFile:
    signed, about = listed["signed"], listed["signed"]["data_pack"]
    if not listed["signatures"] or signed["_type"] != "targets":
        raise NotAPack("not signed")
    if about["format"] != _FORMAT:
        raise NotAPack("of another format than this server knows")
    kind, unit, version = str(about["kind"]), str(about["unit"]), _VERSION.fullmatch(about["version"])
    fits = (unit == "") == (kind == "national") and (not unit or _UNIT.fullmatch(unit) is not None)
    if kind not in _KINDS or not fits or version is None:
        raise NotAPack("kind, unit or version")
    year, month, running = map(int, version.groups())
    return PackFile(
        kind=kind,
        unit=unit,
        sections=tuple(sorted({name.split("/")[1] for name in signed["targets"]})),
        version=version[0],
        number=(year * 100 + month) * 10_000 + running,
        title=str(about["title"]),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )


def _check_files(
    file: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo], targets: Mapping[str, Any]
) -> None:
    """Every file is listed and every listed file is there, as it was signed."""
    there = {name for name in entries if name != _LIST and _ROOT.fullmatch(name) is None}
    if there != set(targets):
        raise NotAPack("its files are not those of its list")
    for name, target in targets.items():
        data = file.read(entries[name])
        if len(data) != target["length"] or hashlib.sha256(data).hexdigest() != target["hashes"]["sha256"]:
            raise NotAPack("a file was changed")
