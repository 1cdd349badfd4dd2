"""Findings about the machine for the self-check: SQLite, fonts, free disk, where the key lies."""

import os
import shutil
from pathlib import Path

from counter_app.domain.errors import KnownError

Finding = tuple[str, bool, str, dict[str, object]]
_LOW_DISK_MB = 1024


def report(data_dir: Path, *, fonts: Path) -> list[Finding]:
    """Return (name, ok, message code, params) of each check; nothing personal is in them."""
    findings = [_sqlite(), _fonts(fonts)]
    if data_dir.is_dir():
        findings += [_disk(data_dir), _writable(data_dir), _key(data_dir)]
        findings += _put_back(data_dir)
    return findings


def _sqlite() -> Finding:
    from sqlcipher3 import dbapi2

    from counter_app.storage.engine import require_safe_sqlite

    version = dbapi2.sqlite_version
    try:
        require_safe_sqlite()
    except KnownError as problem:
        return "sqlite", False, problem.code, dict(problem.params)
    return "sqlite", True, "health_sqlite", {"version": version}


def _fonts(folder: Path) -> Finding:
    found = len(list(folder.rglob("*.ttf")))
    return "fonts", found > 0, "health_fonts" if found else "fonts_missing", {}


def _disk(data_dir: Path) -> Finding:
    free_mb = shutil.disk_usage(data_dir).free // 1_000_000
    enough = free_mb >= _LOW_DISK_MB
    return "disk", enough, "health_disk" if enough else "disk_low", {"free_mb": free_mb}


def _writable(data_dir: Path) -> Finding:
    places = (data_dir, data_dir / "counter.db")
    writable = all(os.access(place, os.W_OK) for place in places if place.exists())
    return "writable", writable, "health_writable" if writable else "database_read_only", {}


def _put_back(data_dir: Path) -> list[Finding]:
    """What a restore came to, until somebody mends, and the old data folders it left."""
    from counter_app.storage import restore_folder

    found: list[Finding] = []
    outcome, folder = restore_folder.outcome(data_dir)
    if outcome == "abandoned":
        found.append(("restore", True, "health_restore_abandoned", {}))
    elif outcome:
        found.append(("restore", True, "health_restored", {"folder": folder or "–"}))
    aside = restore_folder.set_aside(data_dir)
    if aside:
        found.append(("set_aside", True, "health_set_aside", {"count": len(aside), "folder": aside[-1]}))
    return found


def _key(data_dir: Path) -> Finding:
    from counter_app.storage import key_store
    from counter_app.storage.data_folder import DataFolder

    try:
        place = key_store.load(DataFolder(data_dir)).where
    except KnownError as problem:
        return "key", False, problem.code, dict(problem.params)
    code = "health_key" if place is key_store.KeyPlace.KEYRING else "key_in_file"
    return "key", True, code, {}
