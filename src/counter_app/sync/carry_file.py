"""Carry files on a stick: written whole or not at all, read with every trouble told in our own terms."""

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from counter_app.domain.errors import BadInput, EnvironmentProblem
from counter_protocol.carry import CarryHeader, CarryRefused, Record
from counter_protocol.carry_read import CarryReader
from counter_protocol.carry_write import write_carry

ENDING = ".qmc"
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})
_OWNER_ONLY = 0o600


class CarryFilesOnDisk:
    """Implements `services.carry.carry_port.CarryFiles`."""

    def write(
        self,
        target: Path,
        header: CarryHeader,
        records: Iterable[Record],
        *,
        recipient_key: bytes,
        signing_key: bytes,
    ) -> int:
        """As `CarryFiles.write`."""
        unfinished = target.with_name(target.name + ".unfinished")
        try:
            with _made(unfinished) as out, _told():
                write_carry(out, header, records, recipient_key=recipient_key, signing_key=signing_key)
                out.flush()
                os.fsync(out.fileno())
                size = out.tell()
            unfinished.replace(target)
            _settle(target.parent)
        except OSError as error:
            code = "carry_disk_full" if error.errno in _FULL else "carry_not_written"
            raise EnvironmentProblem(code, reason=error.strerror or "") from error
        finally:
            # Gone after the rename, and of no use after anything else.
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
        return size

    @contextmanager
    def open(self, source: Path) -> Iterator["_OpenFile"]:
        """As `CarryFiles.open`."""
        with _read_errors():
            if source.exists() and not source.is_file():
                raise BadInput("carry_not_a_file")  # a pipe would never end
            file = source.open("rb")
        with file:
            with _read_errors(), _told():
                opened = _OpenFile(CarryReader(file))
            yield opened


class _OpenFile:
    """Implements `services.carry.carry_port.OpenCarry`."""

    def __init__(self, reader: CarryReader) -> None:
        self._reader = reader
        self.header = reader.header

    def check(self, sender_key: bytes) -> None:
        """As `OpenCarry.check`."""
        with _read_errors(), _told():
            self._reader.check(sender_key)

    def records(self, private_key: bytes) -> Iterator[Record]:
        """As `OpenCarry.records`; only its own errors are reworded, not those of who uses the records."""
        found = self._reader.records(private_key)
        while True:
            with _read_errors(), _told():
                record = next(found, None)
            if record is None:
                return
            yield record


@contextmanager
def _made(path: Path) -> Iterator[BinaryIO]:
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        yield file


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except CarryRefused as refused:
        raise BadInput(f"carry_{refused.problem}") from None


@contextmanager
def _read_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EnvironmentProblem("carry_unreadable", reason=error.strerror or "") from error


def _settle(folder: Path) -> None:
    """Make the rename outlive a pulled stick; Windows has no such call, and some sticks refuse it."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(descriptor)
