"""Opens the zip file of a pack and reads its entries, mistrusting every number the file states."""

import errno
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from counter_app.catalogue.packs.entry_names import check_names, shown
from counter_app.domain.errors import BadInput, EnvironmentProblem, KnownError

MAX_FILE = 100_000_000
MAX_ENTRY = 20_000_000
MAX_TOTAL = 200_000_000
MAX_ENTRIES = 5_000
MAX_RATIO = 200  # YAML packs about 1:10, long CSV lists 1:20
_MAX_DIRECTORY = MAX_ENTRIES * 300
_SMALL = 64 * 1024  # bytes; below this no ratio is worth a word
_END = struct.Struct("<4s4H2LH")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, NotImplementedError, KeyError)


class PackArchive:
    """The entries of one pack file; made by `opened`."""

    def __init__(self, file: zipfile.ZipFile, file_name: str) -> None:
        self._file = file
        self._file_name = file_name
        self._entries = {entry.filename: entry for entry in file.infolist()}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all entries."""
        return tuple(self._entries)

    @property
    def total(self) -> int:
        """The bytes of all entries, unpacked."""
        return sum(entry.file_size for entry in self._entries.values())

    def read(self, name: str, limit: int) -> bytes:
        """Return an entry of at most `limit` bytes; BadInput ``pack_too_big``, ``pack_changed``.

        No more than the stated size is ever unpacked: a bomb stops at its own lie.
        """
        entry = self._entries[name]
        if entry.file_size > limit:
            raise BadInput("pack_too_big", name=shown(name), limit_kb=limit // 1000)
        try:
            with self._file.open(entry) as source:
                content = source.read(entry.file_size + 1)
        except _DAMAGE as problem:
            raise BadInput("pack_changed", name=shown(name)) from problem
        except OSError as problem:
            raise _unread(problem, self._file_name, BadInput("pack_changed", name=shown(name))) from problem
        if len(content) != entry.file_size:
            raise BadInput("pack_changed", name=shown(name))
        return content


@contextmanager
def opened(path: Path) -> Iterator[PackArchive]:
    """Open a pack file after checking its frame, sizes and names.

    Raises:
        BadInput: ``pack_not_a_pack``, ``pack_too_big``, ``pack_too_many_files``, ``pack_bad_path``.
        EnvironmentProblem: ``pack_unreadable`` (``file``, ``reason``).
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise BadInput("pack_not_a_pack", file=path.name)  # a pipe would never end
        source = path.open("rb")
    except OSError as problem:
        raise EnvironmentProblem(
            "pack_unreadable", file=path.name, reason=problem.strerror or ""
        ) from problem
    with source:
        _check_frame(source, path)
        try:
            file = zipfile.ZipFile(source)
        except _DAMAGE as problem:
            raise BadInput("pack_not_a_pack", file=path.name) from problem
        except OSError as problem:
            raise _unread(problem, path.name, BadInput("pack_not_a_pack", file=path.name)) from problem
        with file:
            _check_entries(file.infolist(), path)
            yield PackArchive(file, path.name)


def _unread(problem: OSError, file_name: str, damage: BadInput) -> KnownError:
    """A place outside the file is damage (EINVAL); anything else the disk says is the disk's trouble."""
    if problem.errno == errno.EINVAL:
        return damage
    return EnvironmentProblem("pack_unreadable", file=file_name, reason=problem.strerror or "")


def _check_frame(source: BinaryIO, path: Path) -> None:
    """A directory of millions of entries would fill the memory before one could count them."""
    size = source.seek(0, 2)
    if size > MAX_FILE:
        raise BadInput("pack_too_big", name=path.name, limit_kb=MAX_FILE // 1000)
    source.seek(0)
    start = source.read(4)
    source.seek(max(0, size - _END.size - 20))
    tail = source.read()
    if start != b"PK\x03\x04" or len(tail) < _END.size:
        raise BadInput("pack_not_a_pack", file=path.name)
    signature, _, _, _, count, directory, _, comment = _END.unpack(tail[-_END.size :])
    # Nothing of ours needs the 64-bit directory, and its numbers would count instead of these.
    if signature != b"PK\x05\x06" or comment or tail.startswith(b"PK\x06\x07"):
        raise BadInput("pack_not_a_pack", file=path.name)
    if count > MAX_ENTRIES or directory > _MAX_DIRECTORY:
        raise BadInput("pack_too_many_files", name=path.name, limit=MAX_ENTRIES)


def _check_entries(entries: list[zipfile.ZipInfo], path: Path) -> None:
    if len(entries) > MAX_ENTRIES:
        raise BadInput("pack_too_many_files", name=path.name, limit=MAX_ENTRIES)
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if entry.filename != entry.orig_filename or kind not in (0, stat.S_IFREG):
            raise BadInput("pack_bad_path", name=shown(entry.orig_filename))
        if entry.flag_bits & 0x1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadInput("pack_not_a_pack", file=path.name)
    check_names(entry.filename for entry in entries)
    for entry in entries:
        packed_well = entry.file_size > _SMALL and entry.file_size > MAX_RATIO * entry.compress_size
        if entry.file_size > MAX_ENTRY or packed_well:
            raise BadInput("pack_too_big", name=shown(entry.filename), limit_kb=MAX_ENTRY // 1000)
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise BadInput("pack_too_big", name=path.name, limit_kb=MAX_TOTAL // 1000)
