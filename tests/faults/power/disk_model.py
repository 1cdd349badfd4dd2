"""A disk that loses power: what was synced stays, of the rest anything may be there.

A file's bytes are durable once the file was synced, a name once its folder was. Of what came after, each
sector of a write is there, is not, or is garbage; each change of a name happened or did not. That is more
than real file systems do to a program, which keep some order of their own.
"""

import os
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from tests.faults.power.disk_log import Call, Op

SECTOR = 512
_GARBLED = 0.05  # of the sectors that were not kept
_SURE_TO = (0.0, 1.0, 0.5, 0.5, 0.9)  # how likely what was not synced is there, drawn once an image
_INDEX = "-shm"  # SQLite makes it anew after a crash and never trusts the old one


@dataclass
class File:
    """Bytes, those a crash leaves for certain, and what was done since."""

    now: bytearray = field(default_factory=bytearray)
    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def write(self, where: int, data: bytes) -> None:
        _put(self.now, where, data)
        self.pending.append((where, data))

    def cut(self, size: int) -> None:
        _resize(self.now, size)
        self.pending.append((size, None))

    def sync(self) -> None:
        for where, data in self.pending:
            if data is None:
                _resize(self.durable, where)
            else:
                _put(self.durable, where, data)
        self.pending.clear()

    def after_crash(self, chance: random.Random, keep: float) -> bytes:
        if not self.pending:
            return bytes(self.durable)
        left = bytearray(self.durable)
        for where, data in self.pending:
            if data is None:
                if chance.random() < keep:
                    _resize(left, where)
            else:
                for at, piece in _sectors(where, data):
                    if chance.random() < keep:
                        _put(left, at, piece)
                    elif chance.random() < _GARBLED:
                        _put(left, at, chance.randbytes(len(piece)))
        return bytes(left)


@dataclass
class Folder:
    """Names, those a crash leaves for certain, and what was done since."""

    now: dict[str, "Node"] = field(default_factory=dict)
    durable: dict[str, "Node"] = field(default_factory=dict)
    pending: list[Callable[[dict[str, "Node"]], None]] = field(default_factory=list)

    def change(self, act: Callable[[dict[str, "Node"]], None]) -> None:
        act(self.now)
        self.pending.append(act)

    def sync(self) -> None:
        self.durable = dict(self.now)
        self.pending.clear()

    def after_crash(self, chance: random.Random, keep: float) -> dict[str, "Node"]:
        names = dict(self.durable)
        for act in self.pending:
            if chance.random() < keep:
                act(names)
        return names


Node = File | Folder


class Disk:
    """Takes calls one after another.

    With ``honest`` False nothing is ever made durable any more, but the names in the root and what lies in
    the folder ``other``, which is on another disk.
    """

    def __init__(self, other: str = "") -> None:
        self.root = Folder()
        self.honest = True
        self._other = other
        self._elsewhere: set[int] = set()
        self._open: dict[int, Node] = {}
        self._acts: dict[Op, Callable[[Call], None]] = {
            Op.OPEN: self._opened,
            Op.CLOSE: lambda call: self._open.pop(call.fd, None) and None,
            Op.WRITE: lambda call: self._file(call).write(call.where, call.data),
            Op.TRUNCATE: lambda call: self._file(call).cut(call.where),
            Op.SYNC: self._synced,
            Op.RENAME: self._renamed,
            Op.LINK: self._linked,
            Op.UNLINK: self._removed,
            Op.RMDIR: self._removed,
            Op.MKDIR: lambda call: self._new(call.path, Folder()),
        }

    def take(self, calls: Sequence[Call]) -> None:
        """Let the calls happen."""
        for call in calls:
            self._acts[call.op](call)

    def now(self) -> dict[str, bytes]:
        """Return all files as a running program sees them."""
        return {
            path: bytes(node.now)
            for path, node in _files(self.root, lambda folder: folder.now)
            if isinstance(node, File)
        }

    def after_crash(self, chance: random.Random) -> dict[str, bytes | None]:
        """Return what a power cut at this moment may leave: files by path, None for an empty folder."""
        keep = chance.choice(_SURE_TO)
        image: dict[str, bytes | None] = {}
        for path, node in _files(self.root, lambda folder: folder.after_crash(chance, keep)):
            image[path] = node.after_crash(chance, keep) if isinstance(node, File) else None
        return image

    def waiting(self) -> int:
        """Return how many changes are not durable."""
        nodes = [node for _path, node in _files(self.root, lambda folder: folder.now)]
        return sum(len(node.pending) for node in (self.root, *nodes))

    def _opened(self, call: Call) -> None:
        if not call.path:
            self._open[call.fd] = self.root
            self._elsewhere.add(call.fd)
            return
        parent, name = self._parent(call.path)
        node = parent.now.get(name)
        if node is None:
            node = File()
            self._new(call.path, node)
        elif isinstance(node, File) and call.where & os.O_TRUNC and node.now:
            node.cut(0)
        self._open[call.fd] = node
        self._elsewhere.discard(call.fd)
        if self._other and PurePosixPath(call.path).parts[0] == self._other:
            self._elsewhere.add(call.fd)

    def _synced(self, call: Call) -> None:
        if self.honest or call.fd in self._elsewhere:
            self._open[call.fd].sync()

    def _renamed(self, call: Call) -> None:
        (source, old), (target, new) = self._parent(call.path), self._parent(call.to)
        node = source.now[old]

        def put(names: dict[str, Node]) -> None:
            names[new] = node

        def drop(names: dict[str, Node]) -> None:
            if names.get(old) is node:
                del names[old]

        def move(names: dict[str, Node]) -> None:
            drop(names)
            put(names)

        if source is target:
            source.change(move)
        else:
            target.change(put)
            source.change(drop)

    def _linked(self, call: Call) -> None:
        source, old = self._parent(call.path)
        self._new(call.to, source.now[old])

    def _removed(self, call: Call) -> None:
        parent, name = self._parent(call.path)
        node = parent.now[name]

        def drop(names: dict[str, Node]) -> None:
            if names.get(name) is node:
                del names[name]

        parent.change(drop)

    def _new(self, path: str, node: Node) -> None:
        parent, name = self._parent(path)

        def put(names: dict[str, Node]) -> None:
            names[name] = node

        parent.change(put)

    def _file(self, call: Call) -> File:
        node = self._open[call.fd]
        assert isinstance(node, File)
        return node

    def _parent(self, path: str) -> tuple[Folder, str]:
        folder = self.root
        *folders, name = PurePosixPath(path).parts
        for each in folders:
            node = folder.now[each]
            assert isinstance(node, Folder)
            folder = node
        return folder, name


def _files(
    folder: Folder, names_of: Callable[[Folder], dict[str, Node]], prefix: str = ""
) -> Iterator[tuple[str, Node]]:
    for name, node in names_of(folder).items():
        path = f"{prefix}{name}"
        if isinstance(node, Folder):
            yield path, node
            yield from _files(node, names_of, f"{path}/")
        elif not name.endswith(_INDEX):
            yield path, node


def _put(content: bytearray, where: int, data: bytes) -> None:
    if where > len(content):
        content.extend(bytes(where - len(content)))
    content[where : where + len(data)] = data


def _resize(content: bytearray, size: int) -> None:
    if size <= len(content):
        del content[size:]
    else:
        content.extend(bytes(size - len(content)))


def _sectors(where: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        size = SECTOR - (where + at) % SECTOR
        yield where + at, data[at : at + size]
        at += size
