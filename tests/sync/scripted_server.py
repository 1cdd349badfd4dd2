"""A real HTTP server that says what a test wrote for it, or passes on to the real one and breaks the line."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from counter_protocol import wire
from counter_protocol.chain import ChainState
from counter_protocol.events import GENESIS_HASH, chain_hash
from counter_protocol.messages import (
    ErrorReply,
    Message,
    Place,
    PullReply,
    PushReply,
    PushRequest,
    SessionReply,
    SessionRequest,
    Signed,
)


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def payload(self, kind: type[Message]) -> Message:
        signed = wire.from_bytes(wire.unpack(self.body), Signed)
        return wire.from_bytes(signed.payload, kind)


Reply = Callable[[BaseHTTPRequestHandler, Asked], None]


def message(said: Message, *, status: int = 200, headers: dict[str, str] | None = None) -> Reply:
    def reply(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        body = wire.to_bytes(said)
        _say(handler, status, body, {"Content-Type": wire.MEDIA_TYPE, **(headers or {})})

    return reply


def refusal(code: str, status: int, **more: object) -> Reply:
    return message(ErrorReply(code=code, **more), status=status)  # type: ignore[arg-type]


def page(status: int = 200, **headers: str) -> Reply:
    """What stands between the office and the internet says."""

    def reply(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        _say(handler, status, b"<html>Dang nhap</html>", {"Content-Type": "text/html", **named})

    return reply


def raw(body: bytes, *, status: int = 200, **headers: str) -> Reply:
    def reply(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        _say(handler, status, body, {name.replace("_", "-"): value for name, value in headers.items()})

    return reply


def hang_up(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
    """Break the connection without a word."""
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def half(said: Message) -> Reply:
    """Break it in the middle of the answer."""

    def reply(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        body = wire.to_bytes(said)
        handler.send_response(200)
        handler.send_header("Content-Type", wire.MEDIA_TYPE)
        handler.send_header("Content-Length", str(len(body) + 100))
        handler.end_headers()
        handler.wfile.write(body)
        handler.wfile.flush()
        hang_up(handler, asked)

    return reply


def _say(handler: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str]) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


class ScriptedServer:
    """Plays a server that takes everything, unless a test has other plans for a path."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[Asked] = []
        self.plans: dict[str, list[Reply]] = {}
        self.always: dict[str, Reply] = {}
        self.session: dict[str, object] = {}
        self.taken: list[bytes] = []
        self.withheld: list[str] = []
        self._tip = GENESIS_HASH
        self._guard = threading.Lock()

    def plan(self, path: str, *replies: Reply) -> None:
        """Answer the next requests of a path so, then as usual again."""
        self.plans[path] = list(replies)

    def of(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.path.startswith(path)]

    def answer(self, handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        with self._guard:
            self.asked.append(asked)
            where = urlsplit(asked.path).path
            planned = self.plans.get(where)
            reply = planned.pop(0) if planned else self.always.get(where) or self._usual(where)
        reply(handler, asked)

    def _usual(self, path: str) -> Reply:
        if path == "/v1/session":
            return self._session
        if path == "/v1/push":
            return self._push
        if path == "/v1/pull":
            return message(PullReply(cursor=0))
        return refusal("not_a_message", 404)

    def _session(self, handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        said = asked.payload(SessionRequest)
        assert isinstance(said, SessionRequest)
        known = {
            "chain": ChainState.OK,
            "ack": Place(seq=len(self.taken), hash=self._tip),
            "common_seq": 0,
            "token": "t",
            "expires_in": 3600,
            "now": said.now,
            "office_seq": 0,
        }
        message(SessionReply(**{**known, **self.session}))(handler, asked)

    def _push(self, handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        pushed = asked.payload(PushRequest)
        assert isinstance(pushed, PushRequest)
        for item in pushed.events:
            if item.withheld is not None:
                self.withheld.append(item.withheld.event_id)
                self._tip = item.withheld.hash
            else:
                self._tip = chain_hash(self._tip, item.body)
            self.taken.append(item.body)
        first = len(self.taken) - len(pushed.events) + 1
        assert pushed.first_seq == first
        numbers = list(range(first, len(self.taken) + 1))
        message(PushReply(ack=Place(seq=len(self.taken), hash=self._tip), office_seqs=numbers))(
            handler, asked
        )


class Relay:
    """Passes on to a real server; ``fate`` of a request may break the line before or after it arrived."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname or "", parts.port or 80)
        self.url = ""
        self.passed = 0
        self.fate: Callable[[Asked], str] = lambda asked: ""

    def answer(self, handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        fate = self.fate(asked)
        self.passed += len(asked.body)
        if fate == "lose request":
            hang_up(handler, asked)
            return
        line = HTTPConnection(*self._target, timeout=30)
        try:
            line.request(asked.method, asked.path, asked.body or None, asked.headers)
            answered = line.getresponse()
            body = answered.read()
        finally:
            line.close()
        if fate == "lose reply":
            hang_up(handler, asked)
            return
        kept = {
            name: value
            for name, value in answered.getheaders()
            if name.lower() not in ("content-length", "connection", "transfer-encoding", "date", "server")
        }
        _say(handler, answered.status, body, kept)


@contextmanager
def listening(behind: ScriptedServer | Relay, *, tls: ssl.SSLContext | None = None) -> Iterator[None]:
    """Serve on a free port; every connection is closed at the end."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(size)
            asked = Asked(self.command, self.path, dict(self.headers.items()), body)
            behind.answer(self, asked)

        do_GET = do_POST = do_PATCH = handle_any  # noqa: N815 - names of the library

        def log_message(self, *args: object) -> None:
            """Keep quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = False
        block_on_close = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that went away is what these tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    behind.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="scripted")
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
