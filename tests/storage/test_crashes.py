"""Power, disk and other programs fail in the middle of acts; no act is ever half there."""

import contextlib
import os
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.builders import make_dossier, make_id

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.database_files import open_store
from counter_app.storage.first_set_up import set_up
from counter_app.storage.store import SqlStore
from counter_protocol.events import GENESIS_HASH, chain_hash

KILLS = 25
ROOT = Path(__file__).parents[2]

# Each act takes a number, writes everything an intake writes, and says so only after the commit.
WORKER = """
import sys
from pathlib import Path
from counter_app.domain.errors import KnownError
from counter_app.services.ports import AuditEntry, HistoryEntry, OutboxEvent
from counter_app.storage.database_files import open_store
from counter_app.storage.engine import run_outside_transaction
from counter_app.storage.store import SqlStore
from tests.helpers.builders import MORNING, make_dossier
folder, acts, opener = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
key = bytes(range(32))
store = open_store(folder, key=key) if opener == "locked" else SqlStore(folder / "counter.db", key)
run_outside_transaction(store._writer, "PRAGMA wal_autocheckpoint=60")  # every few acts, not once a day
for act in range(acts):
    try:
        with store.writing() as transaction:
            number = transaction.take_number(MORNING.date(), 1)
            dossier = make_dossier(number)
            transaction.add_dossier(dossier)
            transaction.remember_person(dossier.applicant, MORNING, "card")
            entry = AuditEntry(at=MORNING, clerk="hoa", act="received", subject_id=dossier.dossier_id)
            transaction.append_audit(entry)
            step = HistoryEntry(at=MORNING, clerk="hoa", act="received")
            transaction.append_history(dossier.dossier_id, step)
            transaction.append_event(OutboxEvent(event_id=f"event-{number}", dossier_id=dossier.dossier_id,
                kind="dossier_received", at=MORNING, body=b"%d" % number))
    except KnownError as error:
        print(error.code, flush=True)
        break
    print(number, flush=True)
"""


def start_worker(folder: Path, acts: int, opener: str, limit: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WORKER, str(folder), str(acts), opener]
    if limit:
        command = ["sh", "-c", f'trap "" XFSZ; ulimit -f {limit}; exec "$@"', "sh", *command]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def check_whole(store: SqlStore) -> int:
    """Check that every act is whole and return how many there are."""
    with store.reading() as queries:
        count = queries.dossier_count()
        sql = queries._sql  # type: ignore[attr-defined]
        expected = [make_id(number) for number in range(1, count + 1)]
        for table, column in (
            ("dossier", "dossier_id"),
            ("history", "dossier_id"),
            ("audit_entry", "subject_id"),
        ):
            assert [row[0] for row in sql.rows(f"SELECT {column} FROM {table} ORDER BY {column}")] == expected
        assert [row.dossier_id for row in queries.find("dang thi thu", limit=10_000)] == expected[::-1]
        assert len(queries.find_people("dang thi", limit=10_000)) == count
        tip = GENESIS_HASH
        for seq, row in enumerate(
            sql.rows("SELECT seq, dossier_id, body, hash FROM outbox_event ORDER BY seq"), 1
        ):
            tip = chain_hash(tip, row["body"])
            assert tuple(row) == (seq, make_id(seq), b"%d" % seq, tip)
        assert queries.sync_state().waiting == count
        assert queries.integrity_problem() == ""
    return count


@pytest.mark.slow
def test_killed_programs_lose_nothing_they_confirmed(data_dir: Path, key: bytes) -> None:
    chance = random.Random(7)
    confirmed = 0
    for _ in range(KILLS):
        worker = start_worker(data_dir, 100_000, "locked")
        assert worker.stdout is not None
        for _ in range(chance.randrange(1, 25)):
            confirmed = int(worker.stdout.readline())
        worker.send_signal(signal.SIGKILL)
        rest = worker.stdout.read().split()  # confirmed between our last look and the kill
        worker.stdout.close()
        worker.wait()
        confirmed = max([confirmed, *(int(number) for number in rest)])
        store = open_store(data_dir, key=key)
        count = check_whole(store)
        store.close()
        # At most the one act whose confirmation had no time to be written may be there as well.
        assert confirmed <= count <= confirmed + 1
    assert confirmed > KILLS


def test_two_programs_writing_at_once_wait_for_each_other(data_dir: Path, key: bytes) -> None:
    workers = [start_worker(data_dir, 60, "unlocked") for _ in range(2)]
    said = [worker.communicate(timeout=60)[0].split() for worker in workers]
    assert sorted(int(number) for output in said for number in output) == list(range(1, 121))
    store = open_store(data_dir, key=key)
    assert check_whole(store) == 120
    store.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path | None]:
    """A disk of 8 MB, or None where we may not mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = os.name == "posix" and os.geteuid() == 0
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)]
    mounted = mounted and subprocess.run(command, check=False, capture_output=True).returncode == 0
    yield place if mounted else None
    if mounted:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill_up(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass


def test_a_full_disk_keeps_every_finished_act_and_the_reserve_finishes_open_work(
    small_disk: Path | None, tmp_path: Path, key: bytes
) -> None:
    """Where nothing can be mounted, a limit on file sizes stands in for the full disk."""
    folder = small_disk / "data" if small_disk else tmp_path / "data"
    set_up(folder, key=key)
    reserve = DataFolder(folder).reserve
    reserve.write_bytes(os.urandom(1_000_000))
    worker = start_worker(folder, 10_000, "locked", limit=0 if small_disk else 6000)
    *confirmed, problem = worker.communicate(timeout=60)[0].split()
    assert problem == ("disk_full" if small_disk else "disk_failed")
    assert len(confirmed) > 20
    assert reserve.exists() == (small_disk is None)
    store = open_store(folder, key=key)
    assert check_whole(store) == len(confirmed)
    with store.writing() as transaction:
        transaction.put_setting("finished", "yes")
    store.close()


def test_an_act_that_meets_a_full_disk_can_be_done_again(
    small_disk: Path | None, tmp_path: Path, key: bytes
) -> None:
    """The same open program goes on after the reserve was given back."""
    folder = small_disk / "data" if small_disk else tmp_path / "data"
    set_up(folder, key=key)
    DataFolder(folder).reserve.write_bytes(os.urandom(2_000_000))
    store = open_store(folder, key=key)
    if small_disk:
        fill_up(small_disk / "filler")
        full = "disk_full"
    else:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
        full = "disk_failed"

    def act(number: int) -> None:
        with store.writing() as transaction:
            transaction.add_dossier(make_dossier(number))
            transaction.put_setting("filling", "x" * 200_000)

    with pytest.raises(EnvironmentProblem) as problem:
        act(1)
    if not small_disk:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert problem.value.code == full
    with store.reading() as queries:
        assert queries.dossier_count() == 0
        assert queries.setting("filling") is None
    act(1)
    with store.reading() as queries:
        assert queries.dossier(make_id(1)) == make_dossier(1)
        assert queries.integrity_problem() == ""
    store.close()


def test_a_program_starts_on_a_full_disk_with_the_reserve(
    small_disk: Path | None, tmp_path: Path, key: bytes
) -> None:
    folder = small_disk / "data" if small_disk else tmp_path / "data"
    set_up(folder, key=key)
    reserve = DataFolder(folder).reserve
    reserve.write_bytes(os.urandom(2_000_000))
    if small_disk:
        fill_up(small_disk / "filler")
    store = open_store(folder, key=key)
    with store.writing() as transaction:
        transaction.add_dossier(make_dossier(1))
    assert reserve.exists() == (small_disk is None)
    store.close()
