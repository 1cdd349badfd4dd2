"""The key is made once, found again where it was put, and never replaced."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.errors
import pytest
from tests.helpers.memory_keyring import MemoryKeyring, memory_keyring

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage import key_store
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.database_files import open_store
from counter_app.storage.first_set_up import set_up
from counter_app.storage.key_store import KeyPlace


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    with memory_keyring() as made:
        yield made


@pytest.fixture
def no_ring(ring: MemoryKeyring) -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    made = DataFolder(tmp_path / "data")
    made.make()
    return made


def missing(folder: DataFolder) -> EnvironmentProblem:
    with pytest.raises(EnvironmentProblem) as caught:
        key_store.obtain(folder)
    assert caught.value.code == "database_key_missing"
    return caught.value


def test_the_keyring_keeps_the_key(folder: DataFolder, ring: MemoryKeyring) -> None:
    made = key_store.obtain(folder)
    assert made.where is KeyPlace.KEYRING
    assert len(made.secret) == 32
    assert key_store.load(folder) == key_store.obtain(folder) == made
    assert list(ring.entries.values()) == [made.secret.hex()]
    assert not folder.key_file.exists()
    assert all(made.secret.hex() not in path.read_text() for path in folder.root.iterdir() if path.is_file())


def test_without_a_keyring_a_private_file_keeps_it(folder: DataFolder, no_ring: None) -> None:
    made = key_store.obtain(folder)
    assert made.where is KeyPlace.FILE
    assert key_store.load(folder) == made
    assert stat.S_IMODE(folder.key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.key_record.stat().st_mode) == 0o600


@pytest.mark.parametrize("fault", ["locked", "forgetful"])
def test_a_keyring_that_keeps_nothing_is_not_trusted(
    folder: DataFolder, ring: MemoryKeyring, fault: str
) -> None:
    setattr(ring, fault, True)
    assert key_store.obtain(folder).where is KeyPlace.FILE


def test_the_first_choice_stays(folder: DataFolder, ring: MemoryKeyring) -> None:
    made = key_store.obtain(folder, use_keyring=False)
    assert made.where is KeyPlace.FILE
    assert key_store.obtain(folder) == made
    assert ring.entries == {}


def test_two_folders_have_two_keys(tmp_path: Path, ring: MemoryKeyring) -> None:
    folders = [DataFolder(tmp_path / name) for name in "ab"]
    for folder in folders:
        folder.make()
    one, two = map(key_store.obtain, folders)
    assert one.secret != two.secret
    assert [key_store.load(folder) for folder in folders] == [one, two]


def test_a_lost_or_locked_keyring_never_makes_a_new_key(folder: DataFolder, ring: MemoryKeyring) -> None:
    made = key_store.obtain(folder)
    ring.locked = True
    assert missing(folder).params == {"where": "keyring"}
    ring.locked = False
    assert key_store.obtain(folder) == made
    ring.entries.clear()
    missing(folder)
    ring.entries.update({(key_store.SERVICE, json.loads(folder.key_record.read_text())["entry"]): "00" * 32})
    missing(folder)


@pytest.mark.parametrize("content", [None, b"", b"zz", b"00" * 32, b"\xff"])
def test_a_lost_or_changed_key_file_never_makes_a_new_key(
    folder: DataFolder, no_ring: None, content: bytes | None
) -> None:
    key_store.obtain(folder)
    folder.key_file.unlink()
    if content is not None:
        folder.key_file.write_bytes(content)
    assert missing(folder).params == {"where": "file"}


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"where": 1'])
def test_a_damaged_record_never_makes_a_new_key(folder: DataFolder, no_ring: None, content: bytes) -> None:
    key_store.obtain(folder)
    folder.key_record.write_bytes(content)
    missing(folder)


def test_a_database_without_a_record_never_gets_a_new_key(folder: DataFolder, no_ring: None) -> None:
    set_up(folder.root, key=key_store.obtain(folder).secret)
    folder.key_record.unlink()
    missing(folder)


def test_a_folder_never_set_up_has_no_key(folder: DataFolder) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        key_store.load(folder)
    assert caught.value.code == "not_set_up"


def test_the_key_is_never_shown(folder: DataFolder, no_ring: None) -> None:
    made = key_store.obtain(folder)
    assert made.secret.hex() not in f"{made!r} {made}"
    assert repr(made.secret) not in repr(made)


def test_a_store_opens_with_the_stored_key(folder: DataFolder, ring: MemoryKeyring) -> None:
    set_up(folder.root, key=key_store.obtain(folder).secret)
    open_store(folder.root).close()
    ring.entries.clear()
    with pytest.raises(EnvironmentProblem) as caught:
        open_store(folder.root)
    assert caught.value.code == "database_key_missing"
