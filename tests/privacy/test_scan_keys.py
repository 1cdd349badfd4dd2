"""Every scan has a key of its own, in the database alone: the key gone, the file is noise."""

import os
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk

from counter_app.bootstrap import open_desk
from counter_app.domain.errors import EnvironmentProblem
from counter_app.services.keys.rekey import order_change
from counter_app.storage import key_store
from counter_app.storage.attachment_files import AttachmentFiles
from counter_app.storage.data_folder import DataFolder

PAPER = b"%PDF-1.7 " + "Bản sao giấy chứng sinh của cháu Lò Thị Mây".encode() * 50
IDS = [f"01930000-0000-7000-8000-0000000000{number:02x}" for number in range(20)]


def test_twenty_scans_have_twenty_keys(tmp_path: Path) -> None:
    files = AttachmentFiles(tmp_path / "scans")
    keys = {each: files.put(each, PAPER) for each in IDS}
    assert len(set(keys.values())) == len(IDS)
    assert all(len(key) == 32 for key in keys.values())
    bodies = [path.read_bytes() for path in (tmp_path / "scans").rglob("*.bin")]
    assert len(set(bodies)) == len(IDS)
    for each in IDS:
        assert files.get(each, keys[each]) == PAPER
        for other in IDS[:5]:
            if other != each:
                with pytest.raises(EnvironmentProblem):
                    files.get(each, keys[other])


def test_no_key_lies_beside_the_files(tmp_path: Path) -> None:
    """The folder of scans alone, copied by a thief or kept by a disk, opens nothing."""
    files = AttachmentFiles(tmp_path / "scans")
    keys = [files.put(each, PAPER) for each in IDS]
    for path in tmp_path.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert "Lò Thị Mây".encode() not in content
        assert not any(key in content or key.hex().encode() in content for key in keys)


def test_without_its_key_a_file_is_noise_even_to_the_database_key(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "counter")
    desk = make_desk(folder.root, MORNING)
    desk.store.close()
    files = AttachmentFiles(folder.root / "scans")
    files.put(IDS[0], PAPER)
    (stored,) = [path.read_bytes() for path in (folder.root / "scans").rglob("*.bin")]
    for key in (key_store.load(folder).secret, bytes(32), os.urandom(32)):
        with pytest.raises(InvalidTag):
            AESGCM(key).decrypt(stored[5:17], stored[17:], None)
        with pytest.raises(EnvironmentProblem):
            files.get(IDS[0], key)


def test_a_change_of_the_database_key_leaves_the_files_as_they_are(tmp_path: Path) -> None:
    """Their keys lie in the database and go along with it."""
    folder = DataFolder(tmp_path / "counter")
    desk = make_desk(folder.root, MORNING)
    key = desk.scans.put(IDS[0], PAPER)
    desk.scans.settled(IDS[0])
    before = {path: path.read_bytes() for path in (folder.root / "scans").rglob("*.bin")}
    with desk.store.writing() as transaction:
        transaction.put_setting("test.scan_key", key.hex())
    order_change(desk)
    desk.store.close()
    again = open_desk(folder.root)
    with again.store.reading() as queries:
        kept = bytes.fromhex(queries.setting("test.scan_key") or "")
    assert again.scans.get(IDS[0], kept) == PAPER
    assert {path: path.read_bytes() for path in (folder.root / "scans").rglob("*.bin")} == before
    again.store.close()
