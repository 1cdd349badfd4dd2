"""Encrypted files of scans when the disk does not play along."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage.attachment_files import AttachmentFiles

ONE, OTHER = "01930000-0000-7000-8000-0000000000a1", "01930000-0000-7000-8000-0000000000b2"


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    files = AttachmentFiles(tmp_path / "scans")
    assert list(files.ids()) == list(files.unfinished()) == []
    key = files.put(ONE, b"%PDF- paper")
    assert list(files.unfinished()) == [ONE]
    files.settled(ONE)
    assert (list(files.unfinished()), list(files.ids())) == ([], [ONE])
    assert AttachmentFiles(tmp_path / "scans").get(ONE, key) == b"%PDF- paper"
    assert (tmp_path / "scans").stat().st_mode & 0o077 == 0


def test_one_file_never_stands_for_another(tmp_path: Path) -> None:
    files = AttachmentFiles(tmp_path)
    key = files.put(ONE, b"a paper")
    files.put(OTHER, b"another")
    (tmp_path / "b2" / f"{OTHER}.bin").write_bytes((tmp_path / "a1" / f"{ONE}.bin").read_bytes())
    with pytest.raises(EnvironmentProblem) as problem:
        files.get(OTHER, key)
    assert problem.value.code == "scan_file_damaged"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EACCES, "folder_not_writable"),
        (errno.EROFS, "folder_not_writable"),
        (errno.EIO, "disk_failed"),
    ],
)
def test_a_disk_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    files = AttachmentFiles(tmp_path)
    files.put(OTHER, b"safe")
    files.settled(OTHER)

    for works in range(5):  # folder, mark, its folder, file, its folder
        calls = iter(range(works))

        def fail(descriptor: int, calls: Iterator[int] = calls) -> None:
            if next(calls, None) is None:
                raise OSError(number, "the disk says no")

        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", fail)
            with pytest.raises(EnvironmentProblem) as problem:
                files.put(f"{ONE[:-2]}{works:02x}", b"a paper")
        assert problem.value.code == code
        assert (list(files.ids()), list(files.unfinished())) == ([OTHER], [])
        assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [f"{OTHER}.bin"]


def test_dropping_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    AttachmentFiles(tmp_path).drop(ONE)
    assert list(tmp_path.iterdir()) == []
