"""Files that are no backup, or not the one that was written, are refused before the data is touched."""

import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.helpers.desks import make_desk
from tests.helpers.put_back import everything_kept, fill
from tests.services.backup.conftest import MONDAY_MORNING

from counter_app.domain.errors import BadInput, EnvironmentProblem, KnownError, RuleRefusal
from counter_app.services.backup.create import create
from counter_app.services.desk import Desk

Parts = dict[str, bytes]


@pytest.fixture
def file(desk: Desk, tmp_path: Path) -> Path:
    fill(desk)
    create(desk, tmp_path / "usb.qmcbak")
    return tmp_path / "usb.qmcbak"


def parts_of(file: Path) -> Parts:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewrite(file: Path, parts: Parts, how: int = zipfile.ZIP_STORED) -> None:
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def changed_manifest(**values: object) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        manifest = json.loads(parts["manifest.json"]) | values
        parts["manifest.json"] = json.dumps(manifest).encode()

    return change


def drop_scan(parts: Parts) -> None:
    del parts[next(name for name in parts if name.startswith("scans/"))]


def other_database(parts: Parts) -> None:
    parts["counter.db"] = parts["counter.db"][:-1] + bytes([parts["counter.db"][-1] ^ 1])


def escape(parts: Parts) -> None:
    parts["../../evil"] = b"x"


def listed_escape(parts: Parts) -> None:
    parts["packs/../../evil"] = b""
    member = {"name": "packs/../../evil", "size": 0, "sha256": "e3b0"}
    changed_manifest(members=[*json.loads(parts["manifest.json"])["members"], member])(parts)


def counts_more(parts: Parts) -> None:
    manifest = json.loads(parts["manifest.json"])
    manifest["content"]["dossiers"] += 1
    parts["manifest.json"] = json.dumps(manifest).encode()


CHANGES: list[tuple[Callable[[Parts], object], str]] = [
    (changed_manifest(format=99), "backup_newer"),
    (changed_manifest(format="1"), "backup_not_a_backup"),
    (changed_manifest(kind="photos"), "backup_not_a_backup"),
    (changed_manifest(fingerprint="0" * 16), "backup_other_key"),
    (changed_manifest(members=[]), "backup_changed"),
    (changed_manifest(members=[{"name": "counter.db"}]), "backup_changed"),
    (changed_manifest(wraps={}), "backup_changed"),
    (changed_manifest(created="2026-11-23T10:00:00"), "backup_changed"),
    (counts_more, "backup_changed"),
    (drop_scan, "backup_changed"),
    (other_database, "backup_changed"),
    (escape, "backup_changed"),
    (listed_escape, "backup_changed"),
    (lambda parts: parts.pop("manifest.json"), "backup_not_a_backup"),
    (lambda parts: parts.pop("manifest.seal"), "backup_changed"),
    (lambda parts: parts.update({"manifest.seal": bytes(32)}), "backup_changed"),
    (lambda parts: parts.update({"manifest.json": b"[" * 100_000}), "backup_not_a_backup"),
]


@pytest.mark.parametrize("place", range(len(CHANGES)))
def test_a_changed_file_is_refused_and_nothing_is_left(
    desk: Desk, file: Path, tmp_path: Path, place: int
) -> None:
    change, code = CHANGES[place]
    parts = parts_of(file)
    change(parts)
    rewrite(file, parts)
    desk.store.close()
    with pytest.raises(KnownError) as refused:
        desk.backups.prepare(file)
    assert refused.value.code == code
    with pytest.raises(KnownError):
        desk.backups.check(file)
    assert {path.name for path in tmp_path.iterdir()} <= {"counter", "usb.qmcbak", "counter.restoring.lock"}
    assert list(desk.backups.own_folder.iterdir()) == []


def test_a_deflated_bomb_and_a_doubled_name_are_refused(desk: Desk, file: Path) -> None:
    parts = parts_of(file)
    rewrite(file, {**parts, "scans/aa/a.bin": bytes(50_000_000)}, zipfile.ZIP_DEFLATED)
    with pytest.raises(BadInput, match="backup_changed"):
        desk.backups.look(file)
    rewrite(file, parts)
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("counter.db", b"")
    with pytest.raises(BadInput, match="backup_changed"):
        desk.backups.look(file)


@pytest.mark.slow
def test_cut_and_flipped_files_never_restore_anything_else(desk: Desk, file: Path, tmp_path: Path) -> None:
    """Every length and any flipped bit: refused, or (in bytes nobody reads) exactly what was written."""
    desk.store.close()
    good, chance = file.read_bytes(), random.Random(6)
    for length in (0, 1, 100, len(good) // 2, len(good) - 1, *chance.sample(range(len(good)), 8)):
        file.write_bytes(good[:length])
        with pytest.raises((BadInput, EnvironmentProblem)):
            desk.backups.prepare(file)
    refused = 0
    for _ in range(60):
        flipped = bytearray(good)
        flipped[chance.randrange(len(good))] ^= 1 << chance.randrange(8)
        file.write_bytes(flipped)
        try:
            prepared = desk.backups.prepare(file)
        except KnownError:
            refused += 1
            continue
        assert prepared.manifest == _manifest(desk, good, tmp_path)
        prepared.discard()
    assert refused > 50
    assert not (tmp_path / "counter.restoring").exists()


def _manifest(desk: Desk, good: bytes, tmp_path: Path) -> object:
    whole = tmp_path / "whole.qmcbak"
    whole.write_bytes(good)
    return desk.backups.look(whole)


def test_no_file_a_folder_and_another_counters_backup(desk: Desk, file: Path, tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none", "backup_unreadable"), (tmp_path, "backup_unreadable")):
        with pytest.raises(EnvironmentProblem, match=code):
            desk.backups.look(path)
    (tmp_path / "text").write_text("xin chào")
    with pytest.raises(BadInput, match="backup_not_a_backup"):
        desk.backups.look(tmp_path / "text")
    other = make_desk(tmp_path / "other", MONDAY_MORNING, counter=2)
    before = everything_kept(other)
    with pytest.raises(RuleRefusal, match="backup_other_key"):
        other.backups.check(file)
    with pytest.raises(RuleRefusal, match="backup_never_wrapped"):
        other.backups.check(file, "a passphrase")
    assert everything_kept(other) == before
    other.store.close()
