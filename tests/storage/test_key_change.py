"""Another key takes over whole or not at all: killed at any line, it opens afterwards with everything."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from counter_app.domain.errors import EnvironmentProblem
from counter_app.services.keys_port import KeyChange, WrapKind
from counter_app.services.ports import AuditEntry
from counter_app.storage import data_folder, former_keys, key_change, key_record, key_store, rekey
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.database_files import open_beside, open_store
from counter_app.storage.engine import connect
from counter_app.storage.first_set_up import open_or_set_up
from counter_app.storage.key_probe import key_fits
from counter_app.storage.key_vault import FolderKeys

AT = datetime(2026, 11, 23, 3, 45, tzinfo=UTC)
PHRASE = "bốn con bò vàng ngủ ngoài đê"
ENTRIES = 30
LEFTOVERS = ("counter.db.new-key", "counter.db.old-key")


def entry(number: int) -> AuditEntry:
    return AuditEntry(at=AT, clerk="Trần Thị Mai", act="signed_in", subject_id=f"a{number}")


@pytest.fixture
def ordered(tmp_path: Path) -> tuple[DataFolder, str, str]:
    """A folder with entries in its log, whose next key is ordered; with the codes of both sheets."""
    root = tmp_path / "data"
    store = open_or_set_up(root)
    with store.writing() as transaction:
        for number in range(ENTRIES):
            transaction.append_audit(entry(number))
            transaction.put_setting(f"s{number}", "Lò Văn Pín " * 40)
    vault = FolderKeys(root)
    first = vault.add_code(AT)
    vault.keep_code(first.wrap_id)
    vault.put_passphrase(PHRASE, AT)
    second = vault.begin_change(PHRASE, AT)
    vault.settle_change()
    store.close()
    return DataFolder(root), first.code, second.code


def assert_whole(folder: DataFolder, *, read_only: bool = False) -> None:
    store = open_store(folder.root, read_only=read_only)
    try:
        with store.reading() as queries:
            assert queries.audit_tip().seq == ENTRIES
            assert len(list(queries.audit_rows())) == ENTRIES
            assert queries.setting(f"s{ENTRIES - 1}") == "Lò Văn Pín " * 40
            assert queries.integrity_problem() == ""
    finally:
        store.close()


def assert_changed(folder: DataFolder, first: str, second: str) -> None:
    """The change is complete: new key, new sheet, and nothing of the old but its sealed copy."""
    vault = FolderKeys(folder.root)
    assert vault.standing().change_to == ""
    assert vault.opens(WrapKind.RECOVERY, second)
    assert not vault.opens(WrapKind.RECOVERY, first)
    assert vault.opens(WrapKind.PASSPHRASE, PHRASE)
    open_store(folder.root).close()  # a later start clears away
    assert [name for name in LEFTOVERS if (folder.root / name).exists()] == []
    assert len(folder.key_file.read_text().split()) == 1
    assert key_fits(folder.database, key_store.load(folder).secret)


def test_the_next_start_changes_the_key(ordered: tuple[DataFolder, str, str]) -> None:
    folder, first, second = ordered
    old = key_store.load(folder)
    assert_whole(folder, read_only=True)
    assert key_store.load(folder) == old  # who only reads changes nothing
    assert_whole(folder)
    new = key_store.load(folder)
    assert new.secret != old.secret
    assert not key_fits(folder.database, old.secret)
    assert_changed(folder, first, second)
    assert old.secret.hex() not in folder.key_file.read_text()
    assert FolderKeys(folder.root).change_done() == KeyChange(
        before=key_store.fingerprint(old.secret), after=key_store.fingerprint(new.secret)
    )


def test_rows_keep_their_numbers_and_the_file_its_marks(ordered: tuple[DataFolder, str, str]) -> None:
    """What `sqlcipher_export` would number anew: rows of tables that name no key of their own."""
    folder, _first, _second = ordered
    before = numbers_in(folder)
    open_store(folder.root).close()
    assert numbers_in(folder) == before


def numbers_in(folder: DataFolder) -> dict[str, Any]:
    connection = connect(folder.database, key_store.load(folder).secret, "ro")
    try:
        found: dict[str, Any] = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version", "page_size", "auto_vacuum")
        }
        for name, text in connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'"):
            if "WITHOUT ROWID" not in text and "VIRTUAL" not in text:
                found[name] = [row[0] for row in connection.execute(f'SELECT rowid FROM "{name}"')]
        return found
    finally:
        connection.close()


def test_a_former_key_stays_for_backups_of_its_time(ordered: tuple[DataFolder, str, str]) -> None:
    folder, _first, _second = ordered
    oldest = key_store.load(folder).secret
    open_store(folder.root).close()
    middle = key_store.load(folder).secret
    vault = FolderKeys(folder.root)
    vault.begin_change("", AT)
    vault.settle_change()
    open_store(folder.root).close()
    for former in (oldest, middle):
        assert former_keys.former_key(folder, key_store.fingerprint(former)) == former
    assert former_keys.former_key(folder, "0" * 16) is None
    content = folder.key_record.read_text()
    assert not any(secret.hex() in content for secret in (oldest, middle, key_store.load(folder).secret))


def test_a_change_nobody_settled_is_forgotten(tmp_path: Path) -> None:
    open_or_set_up(tmp_path / "data").close()
    folder, vault = DataFolder(tmp_path / "data"), FolderKeys(tmp_path / "data")
    key = key_store.load(folder)
    vault.begin_change("", AT)
    assert len(folder.key_file.read_text().split()) == 2
    open_store(folder.root).close()
    assert key_store.load(folder) == key
    assert len(folder.key_file.read_text().split()) == 1


def test_a_change_can_be_taken_back_before_the_start(ordered: tuple[DataFolder, str, str]) -> None:
    folder, first, second = ordered
    vault, key = FolderKeys(folder.root), key_store.load(folder)
    vault.cancel_change()
    assert_whole(folder)
    assert key_store.load(folder) == key
    assert vault.opens(WrapKind.RECOVERY, first)
    assert not vault.opens(WrapKind.RECOVERY, second)


def lines_of(folder: DataFolder, at: int) -> bool:
    """Carry the change out in a child that dies at the `at`-th line; tell whether it came that far."""
    child = os.fork()
    if child == 0:
        watched = {
            Path(module.__file__ or "").name for module in (key_change, rekey, key_record, data_folder)
        }
        seen = 0

        def trace(frame: FrameType, event: str, _argument: object) -> Any:
            nonlocal seen
            if Path(frame.f_code.co_filename).name not in watched:
                return None
            if event == "line":
                seen += 1
                if seen == at:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace

        sys.settrace(trace)
        try:
            key_change.carry_out(folder)
            os._exit(0)
        finally:
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.waitstatus_to_exitcode(status) == 0
    return False


@pytest.mark.slow
def test_killed_at_every_line_it_opens_with_everything(
    ordered: tuple[DataFolder, str, str], tmp_path: Path
) -> None:
    prepared, first, second = ordered
    killed, at = 0, 1
    while True:
        folder = DataFolder(tmp_path / "killed")
        shutil.copytree(prepared.root, folder.root)
        died = lines_of(folder, at)
        killed += died
        assert_whole(folder, read_only=True)
        assert_whole(folder)
        assert_changed(folder, first, second)
        shutil.rmtree(folder.root)
        if not died:
            break
        at += 1 if at < 15 else 9
    assert killed > 25


def states_of(prepared: DataFolder, root: Path) -> Iterator[tuple[str, DataFolder]]:
    """Yield what a cut may leave when renames reach the disk in another order, or not at all."""
    done = DataFolder(root / "done")
    shutil.copytree(prepared.root, done.root)
    key_change.carry_out(done)
    old_file, new_file = prepared.database, done.database
    for record_of in (prepared, done):
        for database_of, database in ((prepared, old_file), (done, new_file)):
            for copy_is_there in (False, True):
                name = f"{record_of.root.name}-{database_of.root.name}-{copy_is_there}"
                folder = DataFolder(root / name)
                shutil.copytree(prepared.root, folder.root)
                shutil.copy(record_of.key_record, folder.key_record)
                shutil.copy(done.key_file, folder.key_file)
                shutil.copy(database, folder.database)
                if copy_is_there:
                    shutil.copy(new_file, folder.root / LEFTOVERS[0])
                    shutil.copy(old_file, folder.root / LEFTOVERS[1])
                yield name, folder


def test_renames_in_any_order_open_with_everything(
    ordered: tuple[DataFolder, str, str], tmp_path: Path
) -> None:
    prepared, first, second = ordered
    states = list(states_of(prepared, tmp_path))
    assert len(states) == 8
    for _name, folder in states:
        assert_whole(folder, read_only=True)
        assert_whole(folder)
        assert_changed(folder, first, second)


@pytest.mark.parametrize("left", [b"", b"half a copy" * 1000])
def test_half_a_copy_is_made_anew(ordered: tuple[DataFolder, str, str], left: bytes) -> None:
    """Killed while the bytes were copied: what is there is of no use and in nobody's way."""
    folder, first, second = ordered
    for suffix in ("", "-journal", "-wal"):
        (folder.root / f"{LEFTOVERS[0]}{suffix}").write_bytes(left)
    assert_whole(folder, read_only=True)
    assert_whole(folder)
    assert_changed(folder, first, second)
    assert not list(folder.root.glob(f"{LEFTOVERS[0]}*"))


def test_a_change_that_cannot_be_made_never_keeps_the_counter_closed(
    ordered: tuple[DataFolder, str, str],
) -> None:
    """Something nobody can remove lies where the copy is to be."""
    folder, first, _second = ordered
    old = key_store.load(folder)
    (folder.root / LEFTOVERS[0] / "in the way").mkdir(parents=True)
    assert_whole(folder)
    vault = FolderKeys(folder.root)
    assert vault.standing().change_problem == "disk_failed"
    assert vault.opens(WrapKind.RECOVERY, first)
    assert key_store.load(folder) == old


def test_a_full_disk_leaves_the_old_key(
    ordered: tuple[DataFolder, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, first, _second = ordered
    old = key_store.load(folder)
    usage = shutil.disk_usage(folder.root)
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1_000_000))
        vault = FolderKeys(folder.root)
        assert vault.room_needed() > 15_000_000
        with pytest.raises(EnvironmentProblem) as caught:
            key_change.carry_out(folder)
        assert caught.value.code == "key_change_needs_room"
        assert caught.value.params["needed_mb"] == vault.room_needed() // 1_000_000 + 1
        assert_whole(folder)
    assert key_store.load(folder) == old
    assert vault.standing().change_problem == "key_change_needs_room"
    assert vault.opens(WrapKind.RECOVERY, first)
    assert_whole(folder)  # with room again, the next start does it
    assert key_store.load(folder) != old
    assert vault.standing().change_problem == ""


def test_a_damaged_database_is_not_copied(ordered: tuple[DataFolder, str, str]) -> None:
    folder, _first, _second = ordered
    content = bytearray(folder.database.read_bytes())
    content[-2000] ^= 1
    folder.database.write_bytes(bytes(content))
    with pytest.raises(EnvironmentProblem) as caught:
        key_change.carry_out(folder)
    assert caught.value.code == "database_damaged"
    assert folder.database.read_bytes()[4096:] == bytes(content[4096:])


def test_somebody_reading_meanwhile_puts_it_off(ordered: tuple[DataFolder, str, str]) -> None:
    folder, _first, _second = ordered
    old = key_store.load(folder)
    reading = open_store(folder.root, read_only=True)
    with reading.reading() as queries:
        assert queries.audit_tip().seq == ENTRIES
        with pytest.raises(EnvironmentProblem) as caught:
            key_change.carry_out(folder)
        assert caught.value.code == "database_busy"
    reading.close()
    assert key_store.load(folder) == old
    assert_whole(folder)
    assert key_store.load(folder) != old


def test_nobody_writes_beside_while_a_change_is_ordered(ordered: tuple[DataFolder, str, str]) -> None:
    folder, _first, _second = ordered
    with pytest.raises(EnvironmentProblem) as caught:
        open_beside(folder.root)
    assert caught.value.code == "database_busy"


def test_the_next_sheet_recovers_while_its_key_waits(ordered: tuple[DataFolder, str, str]) -> None:
    """The machine loses its keys after the sheet came out: both sheets are in the safe, both help."""
    folder, first, second = ordered
    folder.key_file.unlink()
    vault = FolderKeys(folder.root)
    assert vault.recover(WrapKind.RECOVERY, first)
    assert_whole(folder)
    assert vault.recover(WrapKind.RECOVERY, second)
    assert_whole(folder)
    assert_whole(folder)
    assert_changed(folder, first, second)


def test_the_old_file_is_written_over(ordered: tuple[DataFolder, str, str]) -> None:
    folder, _first, _second = ordered
    before = folder.database.read_bytes()
    key_change.carry_out(folder)
    old_file = folder.root / LEFTOVERS[1]
    assert old_file.read_bytes()[-1000:] == before[-1000:]
    with old_file.open("rb") as held:
        key_change.carry_out(folder)  # a later start
        assert not old_file.exists()
        assert held.read()[-1000:] != before[-1000:]


def test_a_copy_that_lacks_a_row_never_takes_over(ordered: tuple[DataFolder, str, str]) -> None:
    folder, _first, _second = ordered
    old = key_store.load(folder).secret
    record = key_record.read(folder)
    assert isinstance(record["next"], dict)
    new = key_change.key_at(folder, key_store.place_in(record["next"]))
    assert new is not None
    rekey.copy_under(folder, old, new)
    copy = connect(folder.root / LEFTOVERS[0], new, "rw")
    copy.execute("DELETE FROM setting WHERE key = 's1'")
    copy.close()
    with pytest.raises(EnvironmentProblem) as caught:
        rekey.require_equal(folder, old, new)
    assert caught.value.code == "key_change_failed"


def test_two_files_of_one_key_tell_the_wrong_one(tmp_path: Path) -> None:
    """The probe: the right key fits, another does not, what is no database fits nobody."""
    open_or_set_up(tmp_path / "data").close()
    folder = DataFolder(tmp_path / "data")
    key = key_store.load(folder).secret
    assert key_fits(folder.database, key)
    assert not key_fits(folder.database, bytes(32))
    assert not key_fits(tmp_path / "nothing.db", key)
    (tmp_path / "noise.db").write_bytes(os.urandom(8192))
    assert not key_fits(tmp_path / "noise.db", key)
    with pytest.raises(dbapi2.Error):
        connect(folder.database, bytes(32), "ro").execute("SELECT * FROM sqlite_schema")
