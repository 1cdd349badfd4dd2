"""The line between a counter and the server: a TCP proxy that can be down, or cut at an exact place."""

import contextlib
import socket
import threading
from dataclasses import dataclass, field

_PIECE = 16 * 1024


@dataclass
class Cut:
    """Where the line breaks next: after `upward` bytes of a request, or before the reply to it."""

    request: bytes
    upward: int = -1  # -1: the request passes whole and its reply is lost


class Line:
    """Listens on a port of its own while it is up; counts what passed upward."""

    def __init__(self, target_port: int) -> None:
        self._target = ("127.0.0.1", target_port)
        self._port = 0
        self._listener: socket.socket | None = None
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._next: Cut | None = None
        self.upward = 0
        self.cuts = 0
        self.up()
        self.url = f"http://127.0.0.1:{self._port}"

    def up(self) -> None:
        """Take connections."""
        if self._listener is not None:
            return
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def down(self) -> None:
        """Break what is open; from now on nobody answers."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts
            listener.close()
        with self._guard:
            for end in self._open:
                _break(end)
            self._open.clear()

    def cut(self, where: Cut) -> None:
        """Break the next connection that makes such a request, once."""
        self._next = where

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(self._target, timeout=10)
                far.settimeout(None)
            except OSError:
                near.close()
                continue
            with self._guard:
                self._open |= {near, far}
            passing = _Passing(self, near, far)
            threading.Thread(target=passing.upward, daemon=True).start()
            threading.Thread(target=passing.downward, daemon=True).start()

    def cut_for(self, piece: bytes) -> Cut | None:
        """Return the cut that is due when this piece begins the request it waits for."""
        due = self._next
        if due is None or due.request not in piece:
            return None
        self._next = None
        self.cuts += 1
        return due


@dataclass
class _Passing:
    """One connection; a cut that is due is kept until its place is reached."""

    line: Line
    near: socket.socket
    far: socket.socket
    due: Cut | None = None
    left: int = 0
    guard: threading.Lock = field(default_factory=threading.Lock)

    def upward(self) -> None:
        """Pass on what the counter says."""
        while piece := _read(self.near):
            with self.guard:
                if self.due is None:
                    self.due = self.line.cut_for(piece)
                    self.left = self.due.upward if self.due is not None else 0
                stop = self.due is not None and self.due.upward >= 0 and len(piece) >= self.left
                passed = piece[: self.left] if stop else piece
                self.left -= len(passed)
            self.line.upward += len(passed)
            if not _write(self.far, passed) or stop:
                break
        self.close()

    def downward(self) -> None:
        """Pass on what the server says, unless that reply is to be lost."""
        while piece := _read(self.far):
            with self.guard:
                lost = self.due is not None and self.due.upward < 0
            if lost or not _write(self.near, piece):
                break
        self.close()

    def close(self) -> None:
        """End both sides."""
        _break(self.near)
        _break(self.far)


def _read(end: socket.socket) -> bytes:
    try:
        return end.recv(_PIECE)
    except OSError:
        return b""


def _write(end: socket.socket, piece: bytes) -> bool:
    try:
        end.sendall(piece)
    except OSError:
        return False
    return True


def _break(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
