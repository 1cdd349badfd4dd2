"""Writes that survive a power cut: a file is there whole, or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from counter_app.domain.errors import EnvironmentProblem


@contextmanager
def writing_packs() -> Iterator[None]:
    """Turn what disk and folder refuse into EnvironmentProblem ``pack_not_written`` (``reason``)."""
    try:
        yield
    except OSError as problem:
        raise EnvironmentProblem("pack_not_written", reason=problem.strerror or "") from problem


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file in one step; OSError leaves the old one."""
    part = path.with_name(f"{path.name}.part")
    try:
        write_and_sync(part, content)
        part.replace(path)
        sync_folder(path.parent)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise


def write_and_sync(path: Path, content: bytes) -> None:
    """Write a file down to the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Write a folder's list of names down to the disk; Windows does so by itself."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_folder(folder: Path) -> None:
    """Remove a folder that nothing points to; what cannot be removed now goes the next time."""
    shutil.rmtree(folder, ignore_errors=True)
