"""Every way a database can fail to open has its own name, and no file is ever lost over it."""

import hashlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING, make_dossier, make_id

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage import database_files, disk_reserve, engine, key_store, schema_version
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.database_files import open_store
from counter_app.storage.first_set_up import set_up

Damage = Callable[[Path], None]


def problem_of(action: Callable[[], object]) -> EnvironmentProblem:
    with pytest.raises(EnvironmentProblem) as caught:
        action()
    return caught.value


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith((".lock", "-wal", "-shm"))
    }


def fill(data_dir: Path, key: bytes, dossiers: int = 40) -> None:
    store = open_store(data_dir, key=key)
    with store.writing() as transaction:
        for number in range(1, dossiers + 1):
            transaction.add_dossier(make_dossier(number))
    store.close()


def test_set_up_and_open(tmp_path: Path, key: bytes) -> None:
    set_up(tmp_path / "a" / "b", key=key)
    fill(tmp_path / "a" / "b", key, dossiers=1)
    store = open_store(tmp_path / "a" / "b", key=key)
    with store.reading() as queries:
        assert queries.dossier(make_id(1)) == make_dossier(1)
    store.close()


@pytest.mark.parametrize("name", ["dữ liệu %20 #1? & 'x'", "C:temp", "-x"])
def test_any_folder_name_will_do(tmp_path: Path, key: bytes, name: str) -> None:
    set_up(tmp_path / name, key=key)
    open_store(tmp_path / name, key=key).close()
    open_store(tmp_path / name, key=key, read_only=True).close()


def test_only_the_owner_can_read(data_dir: Path, key: bytes) -> None:
    store = open_store(data_dir, key=key)
    with store.writing() as transaction:
        transaction.put_setting("a", "b")
    folder = DataFolder(data_dir)
    assert stat.S_IMODE(folder.database.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.reserve.stat().st_mode) == 0o600
    assert stat.S_IMODE((data_dir / "counter.db-wal").stat().st_mode) == 0o600
    store.close()


def test_a_new_folder_is_private(tmp_path: Path, key: bytes) -> None:
    set_up(tmp_path / "data", key=key)
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*") if path.is_dir()} == {0o700}


def test_set_up_never_replaces_a_database(data_dir: Path, key: bytes) -> None:
    before = contents(data_dir)
    assert problem_of(lambda: set_up(data_dir, key=key)).code == "already_set_up"
    assert contents(data_dir) == before


def test_an_interrupted_set_up_can_be_repeated(tmp_path: Path, key: bytes) -> None:
    folder = DataFolder(tmp_path)
    folder.unfinished_database.write_bytes(b"half a database")
    assert problem_of(lambda: open_store(tmp_path, key=key)).code == "not_set_up"
    set_up(tmp_path, key=key)
    assert not folder.unfinished_database.exists()
    open_store(tmp_path, key=key).close()


def plain_sqlite(data_dir: Path) -> None:
    (data_dir / "counter.db").unlink()
    connection = sqlite3.connect(data_dir / "counter.db")
    connection.execute("CREATE TABLE theirs (a)")
    connection.close()


def other_programs_file(data_dir: Path) -> None:
    key = bytes(range(32))
    with_key = engine.make_writer(data_dir / "counter.db", key)
    with with_key.begin() as connection:
        connection.exec_driver_sql("PRAGMA application_id=1")
    with_key.dispose()


def newer(data_dir: Path) -> None:
    made = engine.make_writer(data_dir / "counter.db", bytes(range(32)))
    with made.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    made.dispose()


def no_file(data_dir: Path) -> None:
    (data_dir / "counter.db").unlink()


def emptied(data_dir: Path) -> None:
    (data_dir / "counter.db").write_bytes(b"")


def cut_short(data_dir: Path) -> None:
    os.truncate(data_dir / "counter.db", 1000)


def a_folder(data_dir: Path) -> None:
    (data_dir / "counter.db").unlink()
    (data_dir / "counter.db").mkdir()


def first_page_damaged(data_dir: Path) -> None:
    record = f'{{"where": "file", "entry": "", "fingerprint": "{key_store.fingerprint(bytes(range(32)))}"}}'
    (data_dir / "key.json").write_text(record)
    flip(data_dir / "counter.db", 300)


def flip(path: Path, position: int) -> None:
    content = bytearray(path.read_bytes())
    content[position] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (plain_sqlite, "database_foreign"),
        (other_programs_file, "database_foreign"),
        (newer, "database_newer"),
        (no_file, "not_set_up"),
        (emptied, "database_damaged"),
        (cut_short, "database_damaged"),
        (a_folder, "database_unreachable"),
        (first_page_damaged, "database_damaged"),
    ],
)
def test_each_problem_has_its_name_and_costs_no_file(
    data_dir: Path, key: bytes, damage: Damage, code: str, read_only: bool
) -> None:
    damage(data_dir)
    before = contents(data_dir)
    assert problem_of(lambda: open_store(data_dir, key=key, read_only=read_only)).code == code
    assert contents(data_dir) == before
    assert problem_of(lambda: open_store(data_dir, key=key, read_only=read_only)).code == code


@pytest.mark.parametrize("read_only", [False, True])
def test_a_wrong_key_is_told_from_damage(
    data_dir: Path, read_only: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    before = contents(data_dir)
    wrong = bytes(32)
    assert (
        problem_of(lambda: open_store(data_dir, key=wrong, read_only=read_only)).code == "database_key_wrong"
    )
    assert contents(data_dir) == before
    assert capfd.readouterr() == ("", "")


def test_a_damaged_page_is_reported_and_never_shown_as_data(
    data_dir: Path, key: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    fill(data_dir, key)
    database = data_dir / "counter.db"
    good = database.read_bytes()
    codes, shown = set(), 0
    for page in range(1, len(good) // 4096):
        database.write_bytes(good)
        flip(database, page * 4096 + 2000)
        try:
            with (
                closing(open_store(data_dir, key=key, read_only=True)) as store,
                store.reading() as queries,
            ):
                assert queries.integrity_problem() != ""
                loaded = [queries.dossier(make_id(number)) for number in range(1, 41)]
            assert loaded == [make_dossier(number) for number in range(1, 41)]
            shown += 1
        except EnvironmentProblem as problem:
            codes.add(problem.code)
    assert shown > 0
    assert codes == {"database_damaged"}
    assert capfd.readouterr() == ("", "")


def test_a_database_before_the_newest_schema_is_copied_then_upgraded(data_dir: Path, key: bytes) -> None:
    made = engine.make_writer(data_dir / "counter.db", key)
    schema_version.downgrade(made)
    made.dispose()
    assert problem_of(lambda: open_store(data_dir, key=key, read_only=True)).code == "database_outdated"
    store = open_store(data_dir, key=key)
    with store.reading() as queries:
        assert queries.dossier_count() == 0
    store.close()
    copies = list((data_dir / "backups").iterdir())
    assert [copy.name for copy in copies] == [f"before-{schema_version.HEAD}.db"]
    assert not copies[0].read_bytes().startswith(b"SQLite")


def test_an_old_library_is_refused() -> None:
    problem = problem_of(lambda: engine.require_safe_sqlite((3, 51, 2)))
    assert (problem.code, problem.params) == ("sqlite_too_old", {"found": "3.51.2", "needed": "3.51.3"})
    engine.require_safe_sqlite((3, 51, 3))
    engine.require_safe_sqlite()


def test_the_settings_that_keep_acts_durable(data_dir: Path, key: bytes) -> None:
    expected = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0,
        "cell_size_check": 1, "secure_delete": 1, "mmap_size": 0, "busy_timeout": 5000,
    }  # fmt: skip
    made = engine.make_writer(data_dir / "counter.db", key)
    with made.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected}
    made.dispose()
    assert found == expected


def other_process(data_dir: Path, key: bytes, *, read_only: bool = False) -> subprocess.CompletedProcess[str]:
    program = (
        "from pathlib import Path; from counter_app.storage.database_files import open_store\n"
        "from counter_app.domain.errors import KnownError\n"
        f"try: store = open_store(Path({str(data_dir)!r}), key=bytes.fromhex('{key.hex()}'), "
        f"read_only={read_only})\n"
        "except KnownError as error: print(error.code)\n"
        "else:\n"
        "    with store.reading() as queries: print(queries.dossier_count())\n"
    )
    return subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=60
    )


def test_a_second_program_may_read_but_not_open_for_writing(data_dir: Path, key: bytes) -> None:
    store = open_store(data_dir, key=key)
    with store.writing() as transaction:
        transaction.add_dossier(make_dossier(1))
    assert other_process(data_dir, key).stdout == "already_running\n"
    assert other_process(data_dir, key, read_only=True).stdout == "1\n"
    assert problem_of(lambda: open_store(data_dir, key=key)).code == "already_running"
    with store.writing() as transaction:
        transaction.add_dossier(make_dossier(2))
    store.close()
    assert other_process(data_dir, key).stdout == "2\n"


def test_a_failed_start_lets_go_of_the_lock(data_dir: Path, key: bytes) -> None:
    assert problem_of(lambda: open_store(data_dir, key=bytes(32))).code == "database_key_wrong"
    open_store(data_dir, key=key).close()


def test_a_read_only_store_refuses_acts(data_dir: Path, key: bytes) -> None:
    store = open_store(data_dir, key=key, read_only=True)

    def act() -> None:
        with store.writing() as transaction:
            transaction.put_setting("a", "b")

    assert problem_of(act).code == "database_read_only"
    store.close()


READ_ONLY_PROGRAM = """
import os, sys
from pathlib import Path
from counter_app.domain.errors import KnownError
from counter_app.storage.database_files import open_store
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
folder, key = Path(sys.argv[1]), bytes(range(32))
try:
    open_store(folder, key=key)
except KnownError as error:
    print(error.code)
with open_store(folder, key=key, read_only=True).reading() as queries:
    print(queries.dossier_count(), queries.find("dang thi")[0].dossier_code)
"""


@pytest.fixture
def shared_dir(data_dir: Path) -> Iterator[Path]:
    """A data folder another user can reach; pytest closes its own folders to them at every start."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        yield shutil.copytree(data_dir, Path(place) / "data")


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_cannot_be_written_can_still_be_read(shared_dir: Path, key: bytes, what: str) -> None:
    fill(shared_dir, key)
    for path in shared_dir.iterdir():
        path.chmod(0o555 if path.is_dir() else 0o444)
    if what == "file":
        (shared_dir / "counter.lock").unlink()
    shared_dir.chmod(0o555 if what == "folder" else 0o777)
    command = [sys.executable, "-c", READ_ONLY_PROGRAM, str(shared_dir)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    shared_dir.chmod(0o700)
    assert (done.stderr, done.stdout) == ("", f"database_read_only\n40 {make_dossier(40).dossier_code}\n")


def test_the_reserve_is_made_when_there_is_room_and_given_back(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reserve = DataFolder(data_dir).reserve
    assert reserve.stat().st_size == disk_reserve.RESERVE_BYTES
    assert disk_reserve.give_back(reserve)
    assert not disk_reserve.give_back(reserve)
    free = disk_reserve.RESERVE_BYTES
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(free, 0, free))  # type: ignore[attr-defined]
    assert not disk_reserve.set_aside(reserve)
    assert not reserve.exists()


def test_nothing_outside_the_database_says_who_came(data_dir: Path, key: bytes) -> None:
    store = open_store(data_dir, key=key)
    dossier = make_dossier(1)
    with store.writing() as transaction:
        transaction.add_dossier(dossier)
        transaction.remember_person(dossier.applicant, MORNING, "card")
    secrets = (
        dossier.applicant.full_name,
        dossier.applicant.personal_id,
        "dang thi thu",
        dossier.dossier_code,
    )
    needles = [text.encode(encoding) for text in secrets for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    names = {path.name for path in data_dir.rglob("*")}
    assert {"counter.db", "counter.db-wal", "counter.db-shm", "counter.lock", "reserve.bin"} <= names
    for path in data_dir.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not [needle for needle in needles if needle in content], path.name
        assert key not in content
        assert key.hex().encode() not in content
    store.close()
    assert database_files.DataFolder(data_dir).database.read_bytes()[:6] != b"SQLite"
