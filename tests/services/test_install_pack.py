"""Installing and taking back are acts: in the audit log, and whole whatever fails or kills them."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.packs import PackMaker
from tests.helpers.raw_database import select

from counter_app.bootstrap import open_catalogue
from counter_app.domain.data_pack import PackKind, PackVersion
from counter_app.domain.errors import EnvironmentProblem, RuleRefusal
from counter_app.locations import program_data
from counter_app.services.desk import Desk
from counter_app.services.install_pack import install_pack, preview_pack, roll_back_pack, trust_root
from counter_app.services.ports import Store, Transaction


@pytest.fixture
def maker(tmp_path: Path) -> PackMaker:
    return PackMaker.below(tmp_path)


@pytest.fixture
def desk(tmp_path: Path, maker: PackMaker) -> Iterator[Desk]:
    desk = make_desk(tmp_path / "counter", MORNING)
    trust_root(desk, maker.roots[0])
    yield desk
    desk.store.close()


@pytest.fixture
def pack(tmp_path: Path, maker: PackMaker) -> Path:
    """A pack of the calendars alone: small and quick, and to be seen in the calendar's version."""
    return maker.make(calendars(tmp_path / "new", "2026-12-24"), "2026.12.1")


def calendars(folder: Path, version: str) -> Path:
    shutil.copytree(program_data() / "resources" / "calendars", folder / "calendars")
    for path in (folder / "calendars").glob("vn-*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        changed = [f"version: {version}" if line.startswith("version:") else line for line in lines]
        path.write_text("\n".join(changed), encoding="utf-8")
    return folder


def calendar_of(desk: Desk) -> str:
    return desk.catalogue.calendar().version.rpartition("-")[0]


def audit(desk: Desk) -> list[tuple[str, str, dict[str, Any]]]:
    rows = select(desk, "SELECT act, subject_id, detail FROM audit_entry WHERE act LIKE 'pack_%'")
    return [(act, subject, json.loads(detail)) for act, subject, detail in rows]


def calendar_on_disk(desk: Desk, folder: Path) -> str:
    """Return what the next start would work with."""
    return open_catalogue(folder).calendar().version.rpartition("-")[0]


class DiskFullAt:
    """Fails the n-th time something is written down to the disk; counts all of them."""

    def __init__(self, number: int) -> None:
        self.number, self.count, self._fsync = number, 0, os.fsync

    def __call__(self, handle: int) -> None:
        self.count += 1
        if self.count == self.number:
            raise OSError(errno.ENOSPC, "No space left on device")
        self._fsync(handle)


class RefusesToCommit:
    """The store, on a disk that is full at the moment of the commit."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def reading(self) -> Any:
        return self._store.reading()

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        with self._store.writing() as transaction:
            yield transaction
            raise EnvironmentProblem("disk_full")

    def close(self) -> None:
        self._store.close()


def test_an_installed_pack_counts_at_once_and_is_in_the_audit_log(desk: Desk, pack: Path) -> None:
    before = calendar_of(desk)
    assert preview_pack(desk, pack).info.version == PackVersion(2026, 12, 1)
    assert calendar_of(desk) == before
    done = install_pack(desk, pack)
    assert (done.pack.active, done.pack.installed_at) == (True, MORNING)
    assert calendar_of(desk) == "2026-12-24"
    ((_, _, trusted), (act, subject, detail)) = audit(desk)
    assert trusted == {}
    assert (act, subject) == ("pack_installed", "national-2026.12.1")
    assert detail["version"] == "2026.12.1"
    assert detail["digest"] == done.pack.info.digest
    assert roll_back_pack(desk, PackKind.NATIONAL) is None
    assert calendar_of(desk) == before
    assert [entry[0] for entry in audit(desk)] == ["pack_root_trusted", "pack_installed", "pack_rolled_back"]
    assert audit(desk)[-1][2]["taken_back"] == "2026.12.1"


def test_a_refused_rollback_leaves_no_trace(desk: Desk) -> None:
    with pytest.raises(RuleRefusal):
        roll_back_pack(desk, PackKind.NATIONAL)
    assert [entry[0] for entry in audit(desk)] == ["pack_root_trusted"]


def test_a_failed_commit_puts_the_data_of_before_back(desk: Desk, pack: Path, tmp_path: Path) -> None:
    before, store = calendar_of(desk), desk.store
    desk.store = RefusesToCommit(store)
    with pytest.raises(EnvironmentProblem):
        install_pack(desk, pack)
    assert calendar_of(desk) == calendar_on_disk(desk, tmp_path / "counter") == before
    desk.store = store
    install_pack(desk, pack)
    desk.store = RefusesToCommit(store)
    with pytest.raises(EnvironmentProblem):
        roll_back_pack(desk, PackKind.NATIONAL)
    assert calendar_of(desk) == calendar_on_disk(desk, tmp_path / "counter") == "2026-12-24"
    desk.store = store
    assert [entry[0] for entry in audit(desk)] == ["pack_root_trusted", "pack_installed"]


def test_a_disk_full_at_any_step_leaves_the_data_of_before(
    desk: Desk, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = calendar_of(desk)
    for number in range(1, 200):
        disk = DiskFullAt(number)
        monkeypatch.setattr(os, "fsync", disk)
        try:
            install_pack(desk, pack)
        except EnvironmentProblem as problem:
            code = problem.code
        else:
            break
        assert code == "pack_not_written"
        assert calendar_of(desk) == calendar_on_disk(desk, tmp_path / "counter") == before
        assert not desk.packs.installed()
    assert disk.count == number - 1 > 10
    assert calendar_of(desk) == calendar_on_disk(desk, tmp_path / "counter") == "2026-12-24"


KILLED = """
import os, signal, sys
from counter_app.__main__ import main
left, fsync = int(sys.argv.pop(1)), os.fsync
def killed(handle):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    fsync(handle)
os.fsync = killed
main()
"""


@pytest.mark.parametrize("from_the_end", [0, 1, 2, 4, 9])
def test_a_process_killed_at_any_step_leaves_the_old_or_the_new_data_whole(
    desk: Desk, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, from_the_end: int
) -> None:
    before, folder = calendar_of(desk), tmp_path / "counter"
    twin = make_desk(shutil.copytree(folder, tmp_path / "twin"), MORNING)
    counted = DiskFullAt(0)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", counted)
        install_pack(twin, pack)
    twin.store.close()
    desk.store.close()
    words = [
        str(counted.count - from_the_end),
        "--data-dir",
        str(folder),
        "--now",
        MORNING.isoformat(),
        "--json",
        "pack",
        "install",
        str(pack),
    ]
    done = subprocess.run([sys.executable, "-c", KILLED, *words], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    found = calendar_on_disk(desk, folder)
    assert found == ("2026-12-24" if from_the_end == 0 else before)
    assert not open_catalogue(folder).problems
    again = make_desk(folder, MORNING)
    if found == before:
        install_pack(again, pack)
    assert calendar_of(again) == "2026-12-24"
    assert not list((folder / "packs").glob(".part*"))
    again.store.close()
