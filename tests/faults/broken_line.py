"""A line between a counter and the server that does one bad thing when it is told to."""

import contextlib
import random
import socket
from collections import deque
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler

from tests.sync.scripted_server import Asked, Relay, hang_up

_KEPT = 30  # requests for replays
_NOT_PASSED_ON = {"content-length", "connection", "transfer-encoding", "date", "server"}
LINE_FAULTS = (
    "request lost",
    "reply lost",
    "request cut",
    "reply cut",
    "sent twice",
    "comes later",
    "old one again",
    "sign-in page",
    "proxy busy",
)


class BrokenLine(Relay):
    """Passes on to the server; the ``nth`` request of an exchange to ``path`` meets ``fault``.

    ``during`` runs while the server works on the request whose fault it is.
    """

    def __init__(self, target: str, chance: random.Random) -> None:
        super().__init__(target)
        self._chance = chance
        self._late: deque[Asked] = deque(maxlen=4)
        self._old: deque[Asked] = deque(maxlen=_KEPT)
        self.during: Callable[[Callable[[], None]], None] | None = None
        self.mend()

    def plan(self, fault: str, path: str = "", nth: int = 1) -> None:
        """Let one request of the next exchange meet a fault; any path when it is ""."""
        self._fault, self._path, self._nth = fault, path, nth
        self.fired = False

    def mend(self) -> None:
        """Pass everything on as it is."""
        self._fault, self._path, self._nth, self.fired = "", "", 0, False

    def forget(self) -> None:
        """Let what is still on its way never arrive."""
        self._late.clear()
        self._old.clear()

    def answer(self, handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        # Head and body go in two pieces; the second one must not wait for the first to be confirmed.
        handler.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        fault = self._met(asked)
        if self._late and not fault:
            self._deliver(self._late.popleft())
        if asked.path.startswith("/v1/push"):
            self._old.append(asked)
        if fault == "old one again" and self._old:
            self._deliver(self._chance.choice(tuple(self._old)))
        if fault in ("request lost", "request cut", "comes later"):
            if fault == "comes later":
                self._late.append(asked)
            if fault == "request cut":
                self._cut(asked)
            hang_up(handler, asked)
        elif fault == "sign-in page":
            _say(handler, 200, b"<html>Xin moi dang nhap</html>", {"Content-Type": "text/html"})
        elif fault == "proxy busy":
            _say(handler, 503, b"busy", {"Content-Type": "text/plain"})
        else:
            self._pass_on(handler, asked, fault)

    def _met(self, asked: Asked) -> str:
        if not self._fault or not asked.path.startswith(self._path):
            return ""
        self._nth -= 1
        if self._nth:
            return ""
        fault, self._fault, self.fired = self._fault, "", True
        return fault

    def _pass_on(self, handler: BaseHTTPRequestHandler, asked: Asked, fault: str) -> None:
        answered: list[tuple[int, dict[str, str], bytes]] = []

        def deliver() -> None:
            answered.extend(self._deliver(asked))

        if fault == "sent twice":
            self._deliver(asked)
        if fault == "during" and self.during is not None:
            self.during(deliver)
        else:
            deliver()
        if not answered or fault == "reply lost":
            hang_up(handler, asked)
            return
        status, headers, body = answered[0]
        if fault == "reply cut":
            _say(handler, status, body[: len(body) // 2], headers, length=len(body))
            hang_up(handler, asked)
        else:
            _say(handler, status, body, headers)

    def _deliver(self, asked: Asked) -> list[tuple[int, dict[str, str], bytes]]:
        """Bring a request to the server; nothing when no answer comes."""
        line = HTTPConnection(*self._target, timeout=60)
        try:
            line.request(asked.method, asked.path, asked.body or None, asked.headers)
            answered = line.getresponse()
            kept = {name: text for name, text in answered.getheaders() if name.lower() not in _NOT_PASSED_ON}
            return [(answered.status, kept, answered.read())]
        except (OSError, HTTPException):
            return []
        finally:
            line.close()

    def _cut(self, asked: Asked) -> None:
        """Let half of the request reach the server."""
        with contextlib.suppress(OSError), socket.create_connection(self._target, timeout=30) as line:
            head = f"{asked.method} {asked.path} HTTP/1.1\r\n"
            head += "".join(f"{name}: {text}\r\n" for name, text in asked.headers.items())
            line.sendall(head.encode() + b"\r\n" + asked.body[: len(asked.body) // 2])


def _say(
    handler: BaseHTTPRequestHandler,
    status: int,
    body: bytes,
    headers: dict[str, str],
    *,
    length: int | None = None,
) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)
    handler.wfile.flush()
