"""A whole day in a home of its own: no byte anywhere in it, and nothing started by it, names a citizen."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.postgres import cluster, database_url, server
from tests.privacy.live_a_day import DECOY, WORDS
from tests.privacy.open_text import Finder
from tests.server.serving import Served

from counter_server.devices.enrolment import make_code

__all__ = ["cluster", "database_url", "server"]
ROOT = Path(__file__).parents[2]
UNIT = "H29.12"
FOLDERS = {
    "HOME": "",
    "XDG_DATA_HOME": "share",
    "XDG_CONFIG_HOME": "config",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "run",
    **dict.fromkeys(("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"), "tmp"),
}


def live(folder: Path, url: str, code: str) -> dict[str, Any]:
    """Let the day happen in a process of its own and return what it told."""
    home, outside = folder / "home", folder / "outside"
    (outside / "keys").mkdir(parents=True)
    for name in set(FOLDERS.values()):
        (home / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    environment = {
        **os.environ,
        **{word: str(home / name) for word, name in FOLDERS.items()},
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
        "PYTHON_KEYRING_BACKEND": "tests.privacy.outside_keyring.OutsideKeyring",
        "OUTSIDE_KEYRING_FOLDER": str(outside / "keys"),
    }
    words = [sys.executable, "-m", "tests.privacy.live_a_day", str(home), str(outside), url, code]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-4000:]
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.slow
def test_a_whole_day_leaves_nothing_about_anybody(server: Served, tmp_path: Path) -> None:
    """Drafts, receipts, papers, scans, lists, sync, a stick, a backup, a crash, support, the day's end."""
    server.add_office(UNIT)
    made = server.run(make_code(server.context, UNIT, 2))
    told = live(tmp_path, server.url, made.code)

    places = {leak.partition(" in ")[2].partition(" >")[0] for leak in told["leaks"]}
    assert places == {DECOY}, [leak for leak in told["leaks"] if DECOY not in leak]
    assert told["temporary"] == [DECOY]
    finder = Finder(WORDS)
    assert any(DECOY in each for each in told["started"])
    assert [each for each in told["started"] if finder.in_bytes(each.encode(), "a started program")] == []
    for made_file in (
        "share/counter/logs/counter.log",
        "share/second/counter.db",
        "stick/up.qmc",
        "support.zip",
    ):
        assert made_file in told["files"], told["files"]

    keys = [path.read_text() for path in (tmp_path / "outside" / "keys").iterdir()]
    assert len(keys) >= 2
    assert places_of_keys(tmp_path / "home", keys) == []
    (tmp_path / "home" / DECOY).write_bytes(base64.b64encode(b"x" + bytes.fromhex(keys[0])))
    assert places_of_keys(tmp_path / "home", keys) == [DECOY]
    assert not [each for each in told["started"] if any(key in each for key in keys)]
    spool = [path.name for path in (tmp_path / "outside" / "spool").iterdir()]
    assert spool
    assert not [name for name in spool if finder.in_bytes(name.encode(), name)]


def places_of_keys(folder: Path, keys: list[str]) -> list[str]:
    """Return the files that hold a key, as it is, as hexadecimal or in base64."""
    found = []
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        content = path.read_bytes()
        if any(shape in content for key in keys for shape in shapes_of(bytes.fromhex(key))):
            found.append(path.relative_to(folder).as_posix())
    return found


def shapes_of(key: bytes) -> list[bytes]:
    inner = [base64.b64encode(bytes(before) + key)[4:-4] for before in range(3)]
    return [key, key.hex().encode(), key.hex().upper().encode(), *inner]
