"""A disk of its own for a row: a tmpfs of so many bytes, filled, emptied, or made read-only."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class NotAllowed(Exception):
    """Only root may mount a disk."""


@contextmanager
def mounted(place: Path, size: int) -> Iterator[Path]:
    """Mount an empty disk; NotAllowed when we may not."""
    place.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if (
        os.name != "posix"
        or os.geteuid()
        or subprocess.run(command, check=False, capture_output=True).returncode
    ):
        raise NotAllowed
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def read_only(folder: Path, place: Path) -> Iterator[Path]:
    """Show a folder at another place where nobody can write, not even root; NotAllowed as `mounted`."""
    place.mkdir(parents=True)
    bind = subprocess.run(["mount", "--bind", str(folder), str(place)], check=False, capture_output=True)
    if bind.returncode:
        raise NotAllowed
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], check=True, capture_output=True)
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk: Path, leave: int) -> Path:
    """Take all room but so many bytes; return the file that takes it."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    room = max(0, filler.stat().st_size - leave)
    os.truncate(filler, room)
    return filler
