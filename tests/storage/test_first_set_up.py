"""A new data folder is made once, whoever comes at the same time and wherever it was interrupted."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage import key_store
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.database_files import open_store
from counter_app.storage.first_set_up import open_or_set_up
from counter_app.storage.instance_lock import InstanceLock

INIT = ("init", "--unit-code", "H29.12", "--office", "XÃ TRUNG MINH", "--province", "Phú Thọ")
COUNTER = ("--counter", "1", "--admin", "Trần Thị Mai")


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    """Keep the key in the folder: a test leaves nothing in its user's keyring."""
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    yield
    keyring.set_keyring(before)


def refused(folder: DataFolder) -> str:
    with pytest.raises(EnvironmentProblem) as caught:
        open_or_set_up(folder.root)
    return caught.value.code


def files(folder: DataFolder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.root.iterdir() if path.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def test_two_programs_started_at_once_leave_a_folder_that_works(folder: DataFolder) -> None:
    command = [sys.executable, "-m", "counter_app", "--data-dir", str(folder.root), "--json", *INIT, *COUNTER]
    env = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) for _ in range(2)
    ]
    said = [(program.communicate(timeout=60), program.returncode) for program in both]
    assert sorted(code == 0 for _, code in said) == [False, True]
    (complaint,) = (json.loads(err.splitlines()[-1]) for (_, err), code in said if code)
    assert complaint["error"]["code"] in ("already_running", "already_set_up")
    store = open_store(folder.root)
    with store.reading() as queries:
        assert queries.settings()
    store.close()


def test_whoever_comes_second_touches_nothing(folder: DataFolder) -> None:
    folder.make()
    lock = InstanceLock(folder.lock)
    assert refused(folder) == "already_running"
    assert set(files(folder)) == {"counter.lock"}
    lock.release()
    open_or_set_up(folder.root).close()


def test_the_lock_is_held_from_the_first_look_until_the_store_is_closed(folder: DataFolder) -> None:
    store = open_or_set_up(folder.root)
    assert refused(folder) == "already_running"
    store.close()
    open_or_set_up(folder.root).close()


def test_a_lost_database_is_never_replaced_by_a_new_one(folder: DataFolder) -> None:
    open_or_set_up(folder.root).close()
    folder.database.unlink()
    before = files(folder)
    assert refused(folder) == "database_missing"
    for read_only in (False, True):
        with pytest.raises(EnvironmentProblem) as caught:
            open_store(folder.root, read_only=read_only)
        assert caught.value.code == "database_missing"
    assert files(folder) == before


def test_a_first_set_up_interrupted_before_the_database_can_be_repeated(folder: DataFolder) -> None:
    folder.make()
    made = key_store.obtain(folder)
    assert not key_store.had_database(folder)
    open_or_set_up(folder.root).close()
    assert key_store.load(folder) == made
    assert key_store.had_database(folder)


def test_a_set_up_interrupted_just_after_the_database_is_noted_at_the_next_start(folder: DataFolder) -> None:
    open_or_set_up(folder.root).close()
    record = json.loads(folder.key_record.read_text())
    del record["database_made"]
    folder.key_record.write_text(json.dumps(record))
    open_store(folder.root).close()
    assert key_store.had_database(folder)


def test_a_damaged_record_is_reported_not_taken_for_a_new_folder(folder: DataFolder) -> None:
    open_or_set_up(folder.root).close()
    folder.database.unlink()
    folder.key_record.write_bytes(b"[]")
    assert refused(folder) == "database_key_missing"
    assert not folder.database.exists()
