"""Whatever a line, a provider or a server says becomes one answer of one class."""

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest
import zstandard
from tests.sync.scripted_server import (
    Asked,
    Reply,
    ScriptedServer,
    half,
    hang_up,
    listening,
    message,
    page,
    raw,
    refusal,
)

from counter_app.sync.answers import Refused
from counter_app.sync.gateway import Gateway, Timeouts
from counter_protocol import wire
from counter_protocol.messages import Done, PullReply
from counter_protocol.refusals import ErrorClass, Refusal

PATH = "/v1/quarantine"
OURS = {"Content_Type": wire.MEDIA_TYPE}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    scripted = ScriptedServer()
    with listening(scripted):
        yield scripted


@pytest.fixture
def gateway(server: ScriptedServer) -> Iterator[Gateway]:
    opened = Gateway(server.url, on_bytes=lambda sent, received: None, timeouts=Timeouts(connect=5, read=5))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("reply", "error_class", "code", "wait"),
    [
        (page(200), ErrorClass.NETWORK, "captive_portal", 0),
        (page(302, Location="http://dang-nhap.example/"), ErrorClass.NETWORK, "captive_portal", 0),
        (page(511), ErrorClass.NETWORK, "captive_portal", 0),
        (page(403), ErrorClass.NETWORK, "captive_portal", 0),
        (raw(b"", status=200), ErrorClass.NETWORK, "captive_portal", 0),
        (page(503, Retry_After="120"), ErrorClass.BUSY, "server_busy", 120),
        (page(502), ErrorClass.BUSY, "server_busy", 0),
        (page(413), ErrorClass.POISON, "body_too_big", 0),
        (hang_up, ErrorClass.NETWORK, "line_broken", 0),
        (half(Done()), ErrorClass.NETWORK, "line_broken", 0),
        (raw(b"\xc1", **OURS), ErrorClass.BUSY, "strange_answer", 0),
        (raw(b"no zstd", Content_Encoding="zstd", **OURS), ErrorClass.BUSY, "strange_answer", 0),
        (refusal("rate_limited", 429, retry_after=7.0), ErrorClass.BUSY, "rate_limited", 7),
        (refusal("device_revoked", 403), ErrorClass.AUTH, "device_revoked", 0),
        (refusal("chain_broken", 409), ErrorClass.PROTOCOL, "chain_broken", 0),
        (refusal("event_too_big", 422), ErrorClass.POISON, "event_too_big", 0),
        (refusal("invented_later", 422), ErrorClass.POISON, "invented_later", 0),
    ],
)
def test_every_failure_is_one_answer(
    server: ScriptedServer,
    gateway: Gateway,
    reply: Reply,
    error_class: ErrorClass,
    code: str,
    wait: float,
) -> None:
    server.plan(PATH, reply)
    with pytest.raises(Refused) as caught:
        gateway.post(PATH, Done(), Done)
    answer = caught.value.answer
    assert (answer.error_class, answer.code, answer.retry_after) == (error_class, code, wait)
    server.plan(PATH, message(Done()))
    assert gateway.post(PATH, Done(), Done) == Done()  # and the line is whole again


def test_a_reply_that_would_fill_the_memory_is_not_unpacked(server: ScriptedServer, gateway: Gateway) -> None:
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(wire.MAX_UNPACKED * 20))
    server.plan(PATH, raw(bomb, Content_Encoding="zstd", **OURS))
    with pytest.raises(Refused) as caught:
        gateway.post(PATH, Done(), Done)
    assert caught.value.answer.code == "strange_answer"


def test_a_packed_reply_is_read(server: ScriptedServer, gateway: Gateway) -> None:
    body = wire.pack(wire.to_bytes(PullReply(cursor=7)))
    server.plan("/v1/pull", raw(body, Content_Encoding="zstd", **OURS))
    assert gateway.get("/v1/pull", PullReply, params={"cursor": "1"}).cursor == 7


def test_nobody_at_home_is_the_network() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # bound and not listening: refuses
        port = held.getsockname()[1]
        gateway = Gateway(f"http://127.0.0.1:{port}", on_bytes=lambda sent, received: None)
        with pytest.raises(Refused) as caught:
            gateway.post(PATH, Done(), Done)
        gateway.close()
    assert caught.value.answer.error_class is ErrorClass.NETWORK
    assert caught.value.answer.code == "server_unreachable"


def test_a_request_called_off_ends_before_its_answer(server: ScriptedServer, gateway: Gateway) -> None:
    def abort_then_answer(handler: object, asked: object) -> None:
        gateway.abort()

    server.plan(PATH, abort_then_answer)
    with pytest.raises(Refused) as caught:
        gateway.post(PATH, Done(), Done)
    assert caught.value.answer.code == "line_broken"
    server.plan(PATH, message(Done()))
    assert gateway.post(PATH, Done(), Done) == Done()  # the connection was given up, not left in use


def test_a_request_called_off_on_a_line_in_use_leaves_it_free(
    server: ScriptedServer, gateway: Gateway
) -> None:
    def abort_then_hang_up(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        gateway.abort()
        hang_up(handler, asked)

    for _ in range(3):
        server.plan(PATH, message(Done()), abort_then_hang_up)
        gateway.post(PATH, Done(), Done)
        with pytest.raises(Refused):
            gateway.post(PATH, Done(), Done)


def test_nothing_is_sent_once_the_program_ends(server: ScriptedServer, gateway: Gateway) -> None:
    gateway.abort(for_good=True)
    with pytest.raises(Refused):
        gateway.post(PATH, Done(), Done)
    assert server.asked == []


def test_what_travelled_is_counted(server: ScriptedServer) -> None:
    counted = [0, 0]

    def count(sent: int, received: int) -> None:
        counted[0] += sent
        counted[1] += received

    server.plan("/v1/pull", message(PullReply(cursor=1)), raw(bytes(50_000), **OURS))
    gateway = Gateway(server.url, on_bytes=count)
    gateway.get("/v1/pull", PullReply)
    small = counted[1]
    with pytest.raises(Refused):
        gateway.get("/v1/pull", PullReply)
    gateway.close()
    assert counted[1] - small > 50_000
    assert counted[0] > 200


def test_every_refusal_has_words() -> None:
    from counter_app.sync_words import words_of

    for code in Refusal:
        words = words_of(code)
        assert "{" not in words.what + words.why + words.to_do
        assert words.to_do
        assert code not in words.what
