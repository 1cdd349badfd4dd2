"""Names what went wrong on the line, by the exceptions of the HTTP library and what caused them."""

from __future__ import annotations

import socket
import ssl

import httpx

from counter_app.sync.answers import Refused, local, network


def refused_by(error: httpx.HTTPError | httpx.InvalidURL) -> Refused:
    """Return the failure an exception of httpx stands for."""
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | httpx.LocalProtocolError):
        return local("bad_server_url")
    if isinstance(error, httpx.ProxyError):
        return network("proxy_refused")
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return network(_connecting(error))
    return network("line_timeout" if isinstance(error, httpx.TimeoutException) else "line_broken")


def _connecting(error: BaseException) -> str:
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "certificate_refused"
        if isinstance(cause, ssl.SSLError):
            return "tls_broken"
        if isinstance(cause, socket.gaierror):
            return "name_unknown"
    return "server_unreachable"


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found
