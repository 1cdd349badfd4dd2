"""One HTTP/1.1 connection to the server: messages in, messages out, every failure one `Answer`.

Bodies are zstd MessagePack (`counter_protocol.wire`). An answer that is not in our media type did not come
from the server, whatever its status: a hotel's or a provider's sign-in page answers 200.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

import httpx

from counter_app.sync.answers import Answer, Refused, network, strange_answer
from counter_app.sync.line_faults import refused_by
from counter_app.sync.open_socket import OpenSocket
from counter_protocol import wire
from counter_protocol.messages import ErrorReply, Message
from counter_protocol.refusals import ErrorClass, class_of

M = TypeVar("M", bound=Message)
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_PROXY_BUSY = frozenset({429, 500, 502, 503, 504})
_TOO_LARGE = 413
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds to wait for a connection, and for the next byte of an answer."""

    connect: float = 10.0
    read: float = 60.0


@dataclass(frozen=True, slots=True)
class _Received:
    status: int
    headers: httpx.Headers
    body: bytes


class Gateway:
    """A client of one server; not to be shared by threads, except `abort` and `close`."""

    def __init__(
        self,
        server_url: str,
        *,
        on_bytes: Callable[[int, int], None],
        timeouts: Timeouts = Timeouts(),
    ) -> None:
        self._timeouts = timeouts
        self._on_bytes = on_bytes
        self._socket = OpenSocket()
        parts = urlsplit(server_url)
        self._client = httpx.Client(
            base_url=server_url,
            http2=False,
            follow_redirects=False,
            verify=_trust() if parts.scheme == "https" else True,
            # A proxy of the machine's settings is for the world outside, never for the machine itself.
            trust_env=parts.hostname not in LOOPBACK,
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=90.0),
            headers={"Accept": wire.MEDIA_TYPE, "Accept-Encoding": wire.ENCODING, "User-Agent": "counter"},
        )

    def post(self, path: str, message: Message, reply: type[M], *, token: str = "") -> M:
        """Send a message and return the answer; Refused."""
        headers = {"Content-Type": wire.MEDIA_TYPE, "Content-Encoding": wire.ENCODING}
        body = wire.pack(wire.to_bytes(message))
        return self._message("POST", path, reply, body=body, headers=headers, token=token)

    def get(
        self,
        path: str,
        reply: type[M],
        *,
        token: str = "",
        params: Mapping[str, str] | None = None,
        patience_s: float = 0.0,
        called_off: Callable[[], bool] = bool,
    ) -> M:
        """Ask for a message; the answer may take `patience_s` longer than usual. Refused.

        `called_off` is asked right before sending; from then on `abort` ends the request.
        """
        request = self._request("GET", path, token=token, params=params, patience_s=patience_s)
        if called_off():
            raise network("line_broken")
        return self._answer(request, reply)

    def patch(self, path: str, body: bytes, reply: type[M], *, headers: Mapping[str, str], token: str) -> M:
        """Send raw bytes and return the answer; Refused."""
        kind = {"Content-Type": "application/octet-stream"}
        return self._message("PATCH", path, reply, body=body, headers={**kind, **headers}, token=token)

    @contextmanager
    def download(self, path: str, *, token: str, headers: Mapping[str, str]) -> Iterator[Download]:
        """Open a file for reading piece by piece; Refused, also while it is read."""
        request = self._request("GET", path, headers={**headers, "Accept": "*/*"}, token=token)
        with self._judged():
            response = self._client.send(request, stream=True)
        try:
            if response.status_code not in (200, 206) or "etag" not in response.headers:
                self._refuse(self._received(request, response))
            yield Download(
                status=response.status_code,
                etag=response.headers["etag"],
                pieces=self._pieces(request, response),
            )
        finally:
            response.close()

    def abort(self, *, for_good: bool = False) -> None:
        """Break the connection under whatever waits on it; safe from any thread.

        `for_good`: no request after it comes to an end either.
        """
        self._socket.shut(for_good=for_good)

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _message(
        self,
        method: str,
        path: str,
        reply: type[M],
        *,
        body: bytes,
        headers: Mapping[str, str],
        token: str,
    ) -> M:
        return self._answer(self._request(method, path, body, headers, token), reply)

    def _answer(self, request: httpx.Request, reply: type[M]) -> M:
        with self._judged():
            response = self._client.send(request, stream=True)
        try:
            received = self._received(request, response)
        finally:
            response.close()
        if not _is_ours(received.headers) or received.status >= 400:
            self._refuse(received)
        return _decoded(received, reply)

    def _request(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        token: str = "",
        params: Mapping[str, str] | None = None,
        patience_s: float = 0.0,
    ) -> httpx.Request:
        self._socket.ready()
        sent = dict(headers or {})
        if token:
            sent["Authorization"] = f"Bearer {token}"
        read = self._timeouts.read + patience_s
        timeout = httpx.Timeout(self._timeouts.connect, read=read, write=read)
        return self._client.build_request(
            method,
            path,
            content=body or None,
            headers=sent,
            params=params,
            timeout=timeout,
            extensions={"trace": self._socket.trace},
        )

    def _received(self, request: httpx.Request, response: httpx.Response) -> _Received:
        pieces: list[bytes] = []
        size = 0
        for piece in self._pieces(request, response):
            size += len(piece)
            if size > wire.MAX_UNPACKED:
                raise strange_answer()
            pieces.append(piece)
        return _Received(response.status_code, response.headers, b"".join(pieces))

    def _pieces(self, request: httpx.Request, response: httpx.Response) -> Iterator[bytes]:
        """Read the body as it comes and count what travelled, TLS and packets left out."""
        self._on_bytes(_head_size(request.headers) + len(request.content), _head_size(response.headers))
        with self._judged():
            for piece in response.iter_raw(_PIECE):
                self._on_bytes(0, len(piece))
                yield piece

    @contextmanager
    def _judged(self) -> Iterator[None]:
        try:
            yield
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise refused_by(error) from error

    def _refuse(self, received: _Received) -> None:
        """Raise what an answer that is no good means."""
        if received.status >= 400 and _is_ours(received.headers):
            said = _decoded(received, ErrorReply)
            raise Refused(
                Answer(
                    error_class=class_of(received.status, said.code),
                    code=said.code,
                    retry_after=said.retry_after or _retry_after(received.headers),
                    seq=said.seq,
                )
            )
        if received.status in _PROXY_BUSY:
            wait = _retry_after(received.headers)
            raise Refused(Answer(error_class=ErrorClass.BUSY, code="server_busy", retry_after=wait))
        if received.status == _TOO_LARGE:
            raise Refused(Answer(error_class=ErrorClass.POISON, code="body_too_big"))
        raise network("captive_portal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file on its way: 206 continues where it was asked to, 200 begins anew."""

    status: int
    etag: str
    pieces: Iterator[bytes]


def _trust() -> ssl.SSLContext:
    """Trust what the machine trusts: ministries install their own roots."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _is_ours(headers: httpx.Headers) -> bool:
    kind: str = headers.get("content-type", "")
    return kind.partition(";")[0].strip().lower() == wire.MEDIA_TYPE


def _decoded(received: _Received, kind: type[M]) -> M:
    try:
        packed = received.headers.get("content-encoding", "") == wire.ENCODING
        return wire.from_bytes(wire.unpack(received.body) if packed else received.body, kind)
    except wire.NotAMessage as problem:
        raise strange_answer() from problem


def _retry_after(headers: httpx.Headers) -> float:
    """Return the seconds a server asks to wait; a date, which trusts clocks, counts as nothing said."""
    text = headers.get("retry-after", "")
    return float(text) if text.isascii() and text.isdigit() else 0.0


def _head_size(headers: httpx.Headers) -> int:
    return sum(len(name) + len(value) + 4 for name, value in headers.raw) + 40
