"""Hears of every file that is made in a folder, however short it lives (Linux: inotify)."""

import ctypes
import os
import select
import struct
from pathlib import Path

_CREATE, _MOVED_TO, _IS_DIRECTORY = 0x100, 0x80, 0x40000000
_HEAD = struct.Struct("iIII")


class WatchedFolder:
    """Listens from its making on; `made` returns the names of files so far, folders left out."""

    def __init__(self, folder: Path) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._handle = self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        told = self._libc.inotify_add_watch(self._handle, os.fsencode(folder), _CREATE | _MOVED_TO)
        if self._handle < 0 or told < 0:
            raise OSError(ctypes.get_errno(), "inotify")
        self._names: list[str] = []

    def made(self) -> list[str]:
        """Return the names of the files that were made, also of those that are gone again."""
        while select.select([self._handle], [], [], 0)[0]:
            content, at = os.read(self._handle, 65536), 0
            while at < len(content):
                _watch, mask, _cookie, length = _HEAD.unpack_from(content, at)
                name = content[at + _HEAD.size : at + _HEAD.size + length].rstrip(b"\x00")
                at += _HEAD.size + length
                if not mask & _IS_DIRECTORY:
                    self._names.append(os.fsdecode(name))
        return list(self._names)

    def close(self) -> None:
        """Stop listening."""
        os.close(self._handle)
