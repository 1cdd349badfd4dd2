"""A backup or a restore killed at any step: the data of before or the restored data, whole, and no third."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.life import rows
from tests.helpers.visits import BIRTH

from counter_app.bootstrap import open_desk
from counter_app.domain.errors import KnownError
from counter_app.services.backup.create import create
from counter_app.services.receive_dossier import receive
from counter_app.storage import restore_folder

ROOT = Path(__file__).parents[2]
# Each change of a file or folder is a step; before the given one the process is killed for real.
CHILD = """
import os, signal, sys
from pathlib import Path
what, base, kill_at = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
from counter_app.bootstrap import open_backups, open_desk
from counter_app.clock_and_ids import SystemIds
from counter_app.services.backup.automatic import keep_safe
from counter_app.services.backup.restore import restore
from tests.helpers.builders import FixedClock
STEPS = {"os.rename", "os.remove", "os.mkdir", "os.link", "shutil.rmtree", "sqlite3.connect", "os.rmdir"}
done = 0
def watch(event, arguments):
    global done
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    if event in STEPS or writes:
        done += 1
        if done == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
if what == "backup":
    desk = open_desk(base / "data")
    desk.clock = FixedClock()
    sys.addaudithook(watch)
    assert keep_safe(desk).made is not None
else:
    shelf = open_backups(base / "data")
    sys.addaudithook(watch)
    restore(shelf.prepare(base / "usb.qmcbak"), FixedClock(), SystemIds())
print(done)
"""


def run(what: str, base: Path, kill_at: int) -> int:
    """Return the number of steps, 0 when it was killed."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, what, str(base), str(kill_at)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    if done.returncode == -signal.SIGKILL:
        return 0
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1])


@pytest.fixture(scope="module")
def lost_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two dossiers and a backup that knows one of them."""
    base = tmp_path_factory.mktemp("office")
    desk = make_desk(base / "data", MORNING)
    receive(desk, BIRTH, clerk="Mai")
    create(desk, base / "usb.qmcbak")
    receive(desk, BIRTH, clerk="Mai")
    desk.store.close()
    return base


def dossiers(base: Path) -> int:
    desk = open_desk(base / "data")
    count = len(rows(desk, "SELECT number FROM dossier"))
    with desk.store.reading() as queries:
        assert queries.integrity_problem() == ""
    desk.store.close()
    return count


@pytest.mark.slow
def test_a_restore_killed_before_each_step_leaves_one_whole_folder(lost_office: Path, tmp_path: Path) -> None:
    whole = shutil.copytree(lost_office, tmp_path / "whole")
    steps = run("restore", whole, -1)
    assert dossiers(whole) == 1
    assert steps > 20
    outcomes = set()
    # Every step of the renames at the end, and each third of the unpacking before them.
    for step in (*range(1, steps - 20, 3), *range(steps - 20, steps + 1)):
        base = shutil.copytree(lost_office, tmp_path / f"step-{step}")
        assert run("restore", base, step) == 0
        found = dossiers(base)
        told, aside = restore_folder.outcome(base / "data")
        assert not restore_folder.growing_folder(base / "data").exists()
        # Either both dossiers are there, or the restore is done and the old data stands aside.
        assert (found, told) in {(2, ""), (2, "abandoned"), (1, "finished")}
        if found == 1:
            (base / "data").rename(base / "restored")
            (base / aside).rename(base / "data")
            assert dossiers(base) == 2
        outcomes.add((found, told))
        shutil.rmtree(base)
    assert outcomes == {(2, ""), (2, "abandoned"), (1, "finished")}


@pytest.mark.slow
def test_a_backup_killed_before_each_step_leaves_no_half_one(lost_office: Path, tmp_path: Path) -> None:
    steps = run("backup", shutil.copytree(lost_office, tmp_path / "whole"), -1)
    for step in range(1, steps + 1):
        base = shutil.copytree(lost_office, tmp_path / f"step-{step}")
        run("backup", base, step)
        desk = open_desk(base / "data")
        for name in desk.backups.names(desk.backups.own_folder):
            assert all(check.ok for check in desk.backups.check(desk.backups.own_folder / name))
        left = [path.name for path in desk.backups.own_folder.iterdir()]
        assert [name for name in left if not name.endswith(".qmcbak")] == []
        desk.store.close()
        shutil.rmtree(base)


@pytest.mark.slow
def test_a_full_disk_at_each_step_says_so_and_changes_nothing(lost_office: Path, tmp_path: Path) -> None:
    """Files may grow only so far: the write that passes the limit fails as on a full disk."""
    base = shutil.copytree(lost_office, tmp_path / "full")
    script = CHILD.replace(
        "sys.addaudithook(watch)",
        "import resource; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (kill_at, kill_at))",
    )
    for limit in (0, 4096, 300_000):
        for what in ("restore", "backup"):
            done = subprocess.run(
                [sys.executable, "-c", script, what, str(base), str(limit)],
                cwd=ROOT,
                capture_output=True,
                text=True,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                check=False,
            )
            assert done.returncode == 1, (limit, what)
            told = "backup_" if what == "restore" else "AssertionError"  # a backup notes it and goes on
            assert told in done.stderr, done.stderr
        assert dossiers(base) == 2
    assert not list(base.glob("data.truoc-*"))
    desk = open_desk(base / "data")
    assert list(desk.backups.own_folder.iterdir()) == []
    with pytest.raises(KnownError):
        desk.backups.look(base / "data" / "backups" / "none.qmcbak")
    desk.store.close()
