"""Knows the socket of the connection in use, so that another thread can end what waits on it."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

import httpx

_CONNECTED = ("connection.connect_tcp.complete", "connection.start_tls.complete")
# Where a request may be given up. Never while the library tidies up after one: what it could not close
# counts as in use, and no other request gets a connection any more.
_MAY_END = (
    "connection.connect_tcp.started",
    "http11.send_request_headers.started",
    "http11.receive_response_headers.started",
)


class OpenSocket:
    """Follows the connections of an HTTP client (httpcore's ``trace`` extension)."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._socket: socket.socket | None = None
        self._shut = self._ended = False

    def trace(self, event: str, told: dict[str, object]) -> None:
        """Note the socket of a new connection; ReadError once the request was called off."""
        info = getattr(told.get("return_value"), "get_extra_info", None) if event in _CONNECTED else None
        found = info("socket") if info is not None else None
        with self._guard:
            if isinstance(found, socket.socket):
                if self._shut:
                    _break(found)  # the next use of it fails, and whoever opened it closes it
                else:
                    self._socket = found
            if self._shut and event in _MAY_END:
                raise httpx.ReadError("called off")

    def ready(self) -> None:
        """A new request begins: what was called off before does not concern it."""
        with self._guard:
            self._shut = self._ended

    def shut(self, *, for_good: bool = False) -> None:
        """Break the connection: whoever reads or writes on it fails at once; `for_good`: later ones too."""
        with self._guard:
            opened, self._socket, self._shut = self._socket, None, True
            self._ended = self._ended or for_good
        if opened is not None:
            _break(opened)


def _break(opened: socket.socket) -> None:
    with suppress(OSError):
        # A TLS socket's own shutdown would change what the other thread is reading with.
        socket.socket.shutdown(opened, socket.SHUT_RDWR)
