"""Files of the scanner's own software are taken when they are whole, and never deleted."""

from pathlib import Path

import pytest

from counter_app.devices.scan_folder import TAKEN, ScanFolder
from counter_app.domain.errors import EnvironmentProblem


def test_a_file_is_settled_once_it_stopped_growing(tmp_path: Path) -> None:
    folder, file = ScanFolder(tmp_path), tmp_path / "IMG_0001.pdf"
    file.write_bytes(b"%PDF-")
    assert [each.settled for each in folder.look()] == [False]
    file.write_bytes(b"%PDF-1.7 more")
    assert [each.settled for each in folder.look()] == [False]
    assert [each.settled for each in folder.look()] == [True]
    assert folder.look()[0].size == 13


def test_an_empty_file_never_settles(tmp_path: Path) -> None:
    folder = ScanFolder(tmp_path)
    (tmp_path / "a.png").touch()
    folder.look()
    assert [each.settled for each in folder.look()] == [False]


def test_only_plain_files_that_may_be_scans_are_shown(tmp_path: Path) -> None:
    (tmp_path / "secret.pdf.d").mkdir()
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "outside.txt").write_bytes(b"x")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "outside.txt")
    (tmp_path / ".hidden.pdf").write_bytes(b"x")
    (tmp_path / "~writing.tif").write_bytes(b"x")
    (tmp_path / "A.JPG").write_bytes(b"x")
    assert [each.path.name for each in ScanFolder(tmp_path).look()] == ["A.JPG"]


def test_a_stored_file_moves_aside_and_nothing_is_overwritten(tmp_path: Path) -> None:
    folder, file = ScanFolder(tmp_path), tmp_path / "scan.pdf"
    for content in (b"first", b"second", b"third"):
        file.write_bytes(content)
        assert folder.put_away(file) is not None
    kept = sorted((path.name, path.read_bytes()) for path in (tmp_path / TAKEN).iterdir())
    assert kept == [("scan-2.pdf", b"second"), ("scan-3.pdf", b"third"), ("scan.pdf", b"first")]
    assert folder.look() == []


def test_a_file_that_is_gone_meanwhile_is_no_disaster(tmp_path: Path) -> None:
    assert ScanFolder(tmp_path).put_away(tmp_path / "gone.pdf") is None


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as problem:
        ScanFolder(tmp_path / "nowhere").look()
    assert problem.value.code == "scan_folder_missing"
