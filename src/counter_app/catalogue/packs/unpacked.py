"""Compares an unpacked pack with its signed list: is every file still as it was signed?"""

import hashlib
import json
from pathlib import Path

from counter_app.catalogue.packs.entry_names import CONTENT, TARGETS


def is_whole(folder: Path, digest: str) -> bool:
    """Tell whether the files below `folder` are exactly those of the list with this SHA-256, in hex."""
    try:
        raw = (folder / TARGETS).read_bytes()
        if hashlib.sha256(raw).hexdigest() != digest:
            return False
        targets = json.loads(raw)["signed"]["targets"]
        found = {path.relative_to(folder).as_posix() for path in _files(folder)}
        return found == {TARGETS, *targets} and all(
            _digest(folder / name) == target["hashes"]["sha256"] for name, target in targets.items()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def section(folder: Path, name: str) -> Path:
    """Return the folder of one section."""
    return folder / CONTENT / name


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if not path.is_dir()]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
