"""Around the whole application: an id for each request, its time and outcome, safe headers, and a limit.

Of an address only its pattern is logged and counted: the real one may hold a dossier's code.
"""

import re
import secrets
import time
from typing import TYPE_CHECKING, Any

import structlog

from counter_protocol import wire
from counter_protocol.messages import ErrorReply
from counter_protocol.refusals import Refusal
from counter_server import metrics
from counter_server.context import ServerContext
from counter_server.limits import Limits, header
from counter_server.log import REFUSED

if TYPE_CHECKING:
    from litestar.types import ASGIApp, Message, Receive, Scope, Send

# As proxies make them; a shorter number could be somebody's.
_ID = re.compile(r"[0-9a-f]{16,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; base-uri 'none'; frame-ancestors 'none'"),
)
_STRICT_TRANSPORT = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


class Observed:
    """An ASGI application around another one."""

    def __init__(self, app: "ASGIApp", context: ServerContext) -> None:
        self._app = app
        self._context = context
        self._limits = Limits(context)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer a request; anything else is handed through."""
        if str(scope["type"]) != "http":
            await self._app(scope, receive, send)
            return
        seen = _Seen(scope, send, strict=self._context.settings.secure_cookies)
        wait = self._limits.wait(scope)
        if wait:
            await _refuse(seen, scope, wait)
        else:
            await self._app(scope, receive, seen.send)
            self._limits.answered(scope, seen.status)
        seen.tell()


class _Seen:
    """One request on its way through."""

    def __init__(self, scope: "Scope", send: "Send", *, strict: bool) -> None:
        given = header(scope, b"x-request-id")
        self._scope: Any = scope
        self._send = send
        self._id = given if _ID.fullmatch(given) else secrets.token_hex(8)
        self._headers = (*_HEADERS, _STRICT_TRANSPORT) if strict else _HEADERS
        self._began = time.monotonic()
        self.status = 500

    async def send(self, message: "Message") -> None:
        """Add headers that are not set."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = list(message["headers"])
            there = {name.lower() for name, _ in headers}
            headers += [each for each in self._headers if each[0] not in there]
            headers.append((b"x-request-id", self._id.encode()))
            message["headers"] = headers
        await self._send(message)

    def tell(self) -> None:
        """Log and count the request."""
        took = time.monotonic() - self._began
        method = self._scope["method"] if self._scope["method"] in _METHODS else "other"
        route = self._scope.get("path_template") or "none"
        refused = self._scope.get("state", {}).get(REFUSED, "")
        metrics.REQUESTS.labels(method, route, str(self.status)).observe(took)
        if refused:
            metrics.REFUSALS.labels(refused).inc()
        structlog.get_logger().info(
            "request",
            id=self._id,
            method=method,
            route=route,
            status=self.status,
            ms=round(took * 1000, 1),
            **({"refused": refused} if refused else {}),
        )


async def _refuse(seen: _Seen, scope: "Scope", wait: float) -> None:
    scope.setdefault("state", {})[REFUSED] = Refusal.RATE_LIMITED.value
    body = wire.to_bytes(ErrorReply(code=Refusal.RATE_LIMITED, retry_after=wait))
    headers = [
        (b"content-type", wire.MEDIA_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"retry-after", str(max(1, round(wait))).encode()),
    ]
    await seen.send({"type": "http.response.start", "status": 429, "headers": headers})
    await seen.send({"type": "http.response.body", "body": body, "more_body": False})
