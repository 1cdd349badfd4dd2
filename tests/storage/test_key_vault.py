"""The vault: sealed copies in the record, the key back in today's keyring, no wrong key ever."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.errors
import pytest
from tests.helpers.memory_keyring import MemoryKeyring, memory_keyring

from counter_app.domain.errors import EnvironmentProblem
from counter_app.services.keys_port import WrapKind
from counter_app.storage import key_record, key_store, key_wraps
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.database_files import open_store
from counter_app.storage.first_set_up import open_or_set_up
from counter_app.storage.key_vault import FolderKeys

AT = datetime(2026, 11, 23, 3, 45, tzinfo=UTC)
PHRASE = "bốn con bò vàng ngủ ngoài đê"
RECOVERY, PASSPHRASE = WrapKind.RECOVERY, WrapKind.PASSPHRASE


@pytest.fixture
def profile() -> Iterator[MemoryKeyring]:
    with memory_keyring() as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path, profile: MemoryKeyring) -> DataFolder:
    open_or_set_up(tmp_path / "data").close()
    return DataFolder(tmp_path / "data")


@pytest.fixture
def vault(folder: DataFolder) -> FolderKeys:
    return FolderKeys(folder.root)


def code_of(vault: FolderKeys) -> str:
    made = vault.add_code(AT)
    vault.keep_code(made.wrap_id)
    return made.code


def missing(folder: DataFolder) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        open_store(folder.root)
    assert caught.value.code == "database_key_missing"


def test_nothing_gives_the_key_back_at_first(vault: FolderKeys) -> None:
    standing = vault.standing()
    assert standing.in_keyring
    assert standing.wraps == ()
    assert not standing.has(RECOVERY)


def test_a_new_profile_opens_with_the_sheet(folder: DataFolder, vault: FolderKeys) -> None:
    code = code_of(vault)
    keyring.set_keyring(new := MemoryKeyring())
    missing(folder)
    assert vault.recover(RECOVERY, code.lower().replace("-", " "))
    open_store(folder.root).close()
    assert len(new.entries) == 1
    assert vault.standing().in_keyring
    assert not folder.key_file.exists()


def test_a_new_profile_opens_with_the_passphrase(folder: DataFolder, vault: FolderKeys) -> None:
    vault.put_passphrase(PHRASE, AT)
    keyring.set_keyring(MemoryKeyring())
    assert not vault.recover(PASSPHRASE, PHRASE + "!")
    missing(folder)
    assert vault.recover(PASSPHRASE, PHRASE)
    open_store(folder.root).close()


def test_without_any_keyring_the_key_comes_back_into_a_private_file(
    folder: DataFolder, vault: FolderKeys
) -> None:
    code = code_of(vault)
    keyring.set_keyring(keyring.backends.fail.Keyring())
    assert vault.recover(RECOVERY, code)
    assert not vault.standing().in_keyring
    assert folder.key_file.stat().st_mode & 0o077 == 0
    open_store(folder.root).close()


def test_the_old_sheet_is_void_only_once_the_new_one_is_kept(vault: FolderKeys) -> None:
    first = code_of(vault)
    made = vault.add_code(AT)
    assert vault.opens(RECOVERY, first)
    assert vault.opens(RECOVERY, made.code)
    vault.drop_code(made.wrap_id)
    assert not vault.opens(RECOVERY, made.code)
    assert vault.opens(RECOVERY, first)
    again = code_of(vault)
    assert not vault.opens(RECOVERY, first)
    assert vault.opens(RECOVERY, again)
    assert len(vault.standing().wraps) == 1


def test_a_backups_copies_open_with_the_sheet_of_their_time(folder: DataFolder, vault: FolderKeys) -> None:
    code, secret = code_of(vault), key_store.load(folder).secret
    kept = vault.wraps()
    code_of(vault)
    assert key_wraps.key_of_document(kept, RECOVERY, code) == secret
    assert not vault.opens(RECOVERY, code)


def test_a_folder_adopts_the_key_of_a_backup(folder: DataFolder, vault: FolderKeys, tmp_path: Path) -> None:
    code = code_of(vault)
    document = json.loads(vault.wraps())
    secret = key_wraps.key_of_document(vault.wraps(), RECOVERY, code)
    assert secret is not None
    other = DataFolder(tmp_path / "restored")
    other.make()
    keyring.set_keyring(MemoryKeyring())
    key_store.adopt(other, secret, key_wraps.wraps_in(document))
    assert key_store.load(other).secret == secret
    assert FolderKeys(other.root).opens(RECOVERY, code)


def test_what_a_newer_version_recorded_stays(folder: DataFolder, vault: FolderKeys) -> None:
    key_record.change(folder, hardware_token={"slot": 9})
    vault.put_passphrase(PHRASE, AT)
    code_of(vault)
    vault.note_try(AT, right=False)
    key_store.record_database(folder)
    assert key_record.read(folder)["hardware_token"] == {"slot": 9}


def test_a_copy_of_a_newer_kind_is_kept_and_not_shown(folder: DataFolder, vault: FolderKeys) -> None:
    strange = {"id": "x", "kind": "smart_card", "version": 9}
    key_record.change(folder, wraps=[strange])
    code_of(vault)
    vault.put_passphrase(PHRASE, AT)
    assert strange in key_wraps.wraps_in(key_record.read(folder))
    assert {wrap.kind for wrap in vault.standing().wraps} == {RECOVERY, PASSPHRASE}


def test_wrong_tries_are_counted_and_forgotten(vault: FolderKeys) -> None:
    assert vault.failures() == (0, None)
    for _ in range(3):
        vault.note_try(AT, right=False)
    assert vault.failures() == (3, AT)
    vault.note_try(AT, right=True)
    assert vault.failures() == (0, None)


def test_a_copy_of_another_counters_key_gives_nothing_back(
    folder: DataFolder, vault: FolderKeys, tmp_path: Path
) -> None:
    """Somebody puts the copies of their own counter into this one's record: their sheet opens nothing."""
    open_or_set_up(tmp_path / "theirs").close()
    theirs = FolderKeys(tmp_path / "theirs")
    code = code_of(theirs)
    key_record.change(folder, wraps=json.loads(theirs.wraps())["wraps"])
    assert not vault.opens(RECOVERY, code)
    assert not vault.recover(RECOVERY, code)
    open_store(folder.root).close()


def test_a_flipped_bit_of_the_record_never_gives_a_wrong_key(folder: DataFolder, vault: FolderKeys) -> None:
    """400 single bits: the right key, or a refusal by name; never another key, never a bug."""
    code, right = code_of(vault), key_store.load(folder).secret
    whole = folder.key_record.read_bytes()
    chosen = random.Random(6).sample(range(len(whole) * 8), 400)
    refused = []
    for bit in chosen:
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        folder.key_record.write_bytes(bytes(changed))
        try:
            assert key_store.load(folder).secret == right
            assert vault.opens(RECOVERY, code) in (True, False)
            vault.standing()
        except EnvironmentProblem as problem:
            refused.append(problem.code)
    assert len(refused) > 20
    assert set(refused) == {"database_key_missing"}


def test_a_record_that_cannot_be_written_leaves_everything(folder: DataFolder, vault: FolderKeys) -> None:
    code = code_of(vault)
    before = folder.key_record.read_bytes()
    folder.key_record.with_name("key.json.unfinished").mkdir()
    with pytest.raises(EnvironmentProblem) as caught:
        vault.put_passphrase(PHRASE, AT)
    assert caught.value.code == "folder_not_writable"
    assert folder.key_record.read_bytes() == before
    assert vault.opens(RECOVERY, code)
