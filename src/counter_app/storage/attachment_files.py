"""Scanned papers on the disk: one encrypted file each, under a key of its own.

``scans/<2 hex>/<id>.bin`` is ``QMCS1``, a nonce of 12 bytes, and AES-256-GCM of the PDF; the id is sealed
in, so that no file can stand for another. ``scans/unfinished/<id>`` is there from before the file until
after the commit of its row: what a crash in between leaves is found without looking through all files.
"""

import contextlib
import errno
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage.data_folder import sync_folder, write_private

_MARK = b"QMCS1"
_NONCE_BYTES = 12
_KEY_BYTES = 32
_ENDING = ".bin"
_OWNER_ONLY = 0o700
_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


class AttachmentFiles:
    """Implements `services.attachments_port.ScanStore` below a folder, which is made when it is needed."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, attachment_id: str, content: bytes) -> bytes:
        """As `ScanStore.put`."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        key, nonce = secrets.token_bytes(_KEY_BYTES), secrets.token_bytes(_NONCE_BYTES)
        sealed = AESGCM(key).encrypt(nonce, content, _seal(attachment_id))
        target = self._file(attachment_id)
        try:
            for folder in (self._root, self._marks, target.parent):
                _make_folder(folder)
            write_private(self._marks / attachment_id, b"")
            write_private(target, b"".join((_MARK, nonce, sealed)))
        except OSError as error:
            self.drop(attachment_id)
            raise _problem(error) from error
        return key

    def settled(self, attachment_id: str) -> None:
        """As `ScanStore.settled`; a mark that stays is only looked at once more."""
        with contextlib.suppress(OSError):
            (self._marks / attachment_id).unlink()

    def get(self, attachment_id: str, key: bytes) -> bytes:
        """As `ScanStore.get`."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            stored = self._file(attachment_id).read_bytes()
        except FileNotFoundError as error:
            raise EnvironmentProblem("scan_file_missing") from error
        except OSError as error:
            raise _problem(error) from error
        start = len(_MARK) + _NONCE_BYTES
        if not stored.startswith(_MARK):
            raise EnvironmentProblem("scan_file_damaged")
        try:
            return AESGCM(key).decrypt(stored[len(_MARK) : start], stored[start:], _seal(attachment_id))
        except (InvalidTag, ValueError):
            raise EnvironmentProblem("scan_file_damaged") from None

    def drop(self, attachment_id: str) -> None:
        """As `ScanStore.drop`; the mark goes last, so that a crash in between leaves no file behind."""
        target, mark = self._file(attachment_id), self._marks / attachment_id
        with contextlib.suppress(OSError):
            for path in (target, mark):
                path.with_name(path.name + ".unfinished").unlink(missing_ok=True)
                path.unlink(missing_ok=True)

    def unfinished(self) -> Sequence[str]:
        """As `ScanStore.unfinished`."""
        if not self._marks.is_dir():
            return ()
        return sorted(path.name.removesuffix(".unfinished") for path in self._marks.iterdir())

    def ids(self) -> Iterator[str]:
        """As `ScanStore.ids`."""
        if not self._root.is_dir():
            return
        for folder in sorted(self._root.iterdir()):
            if folder != self._marks and folder.is_dir():
                yield from (path.stem for path in sorted(folder.iterdir()) if path.suffix == _ENDING)

    @property
    def _marks(self) -> Path:
        return self._root / "unfinished"

    def _file(self, attachment_id: str) -> Path:
        # The end of an id is random, its beginning is the time: the end spreads the files.
        return self._root / attachment_id[-2:] / f"{attachment_id}{_ENDING}"


def _seal(attachment_id: str) -> bytes:
    return b"one-stop-counter/scan/1\x00" + attachment_id.encode("utf-8")


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(_OWNER_ONLY)
        sync_folder(folder.parent)


def _problem(error: OSError) -> EnvironmentProblem:
    if error.errno in _FULL:
        return EnvironmentProblem("disk_full")
    code = "folder_not_writable" if error.errno in _FORBIDDEN else "disk_failed"
    return EnvironmentProblem(code)
