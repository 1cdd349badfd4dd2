"""HTTP itself: headers that guard browsers, methods nobody needs, messages whose end is in doubt."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from tests.server.serving import TEST_SETTINGS, Served, serving

PATHS = ("/", "/tra-cuu", "/dang-nhap", "/robots.txt", "/healthz", "/schema", "/v1/nowhere", "/nowhere")


@pytest.fixture
def secured(database_url: str, tmp_path: Path) -> Iterator[Served]:
    """As behind a proxy with TLS."""
    settings = replace(TEST_SETTINGS, secure_cookies=True)
    with serving(database_url, tmp_path, settings=settings) as served:
        yield served


def test_every_answer_guards_the_browser(secured: Served) -> None:
    for path in PATHS:
        headers = httpx.get(secured.url + path).headers
        policy = headers["content-security-policy"].split("; ")
        assert {"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(policy), path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] in ("no-referrer", "same-origin")
        age, whole = headers["strict-transport-security"].split("; ")
        assert int(age.removeprefix("max-age=")) >= 365 * 24 * 3600
        assert whole == "includeSubDomains"
        assert "server" not in headers


def test_nothing_is_traced_or_allowed_across_sites(secured: Served) -> None:
    secret = "authorization-of-somebody"
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for path in PATHS:
        traced = httpx.request("TRACE", secured.url + path, headers={"X-Secret": secret})
        assert traced.status_code in (404, 405), path
        assert secret not in traced.text
        for answer in (
            httpx.options(secured.url + path, headers=asked),
            httpx.get(secured.url + path, headers=asked),
        ):
            assert "access-control-allow-origin" not in answer.headers


def test_a_message_whose_end_is_in_doubt_is_refused(secured: Served) -> None:
    smuggled = "GET /dang-nhap HTTP/1.1\r\nHost: x\r\n\r\n"
    for heads in (
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 6",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    ):
        sent = f"POST /tra-cuu HTTP/1.1\r\nHost: x\r\n{heads}\r\n\r\n0\r\n\r\n{smuggled}"
        received = _answer_to(secured, sent.encode("ascii"))
        assert received.startswith(b"HTTP/1.1 400 "), heads
        assert received.count(b"HTTP/1.1 ") == 1, heads  # the second message was not taken for one


def test_no_file_of_the_program_is_served(secured: Served) -> None:
    for path in (
        "/.git/config",
        "/web/",
        "/web/..%2f..%2fpyproject.toml",
        "/static/",
        "/templates/base.html",
    ):
        answer = httpx.get(secured.url + path)
        is_style = answer.headers["content-type"].startswith("text/css")
        assert is_style or answer.status_code in (404, 405), path
        assert b"[project]" not in answer.content
        assert b"Index of" not in answer.content


def _answer_to(server: Served, sent: bytes) -> bytes:
    where = urlsplit(server.url)
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=10) as line:
        line.sendall(sent)
        received = b""
        while piece := line.recv(65536):
            received += piece
    return received


def test_a_proxys_word_counts_only_where_there_is_one(database_url: str, tmp_path: Path) -> None:
    settings = replace(TEST_SETTINGS, lookup_per_minute=2)
    fields = {"ma": "H29.12-261118-0001", "bi-mat": "K7MX"}
    for trusted, last in ((False, 429), (True, 404)):
        chosen = replace(settings, trusted_proxy=trusted)
        with (
            serving(database_url, tmp_path, settings=chosen) as web,
            httpx.Client(base_url=web.url) as client,
        ):
            answers = [
                client.post("/tra-cuu", data=fields, headers={"X-Forwarded-For": f"192.0.2.{n}"})
                for n in range(3)
            ]
        assert answers[-1].status_code == last
