"""A server that is older, newer or out of its mind: the counter exchanges what it can, never falls over."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.sync_states import receive_many
from tests.protocol import golden
from tests.sync.counters import Counter, answers
from tests.sync.scripted_server import Asked, Reply, ScriptedServer, listening, raw
from tests.sync.steady_pace import SteadyPace

from counter_app.services.sync_port import ItemState
from counter_app.sync.answers import Refused
from counter_app.sync.backoff import wait_after
from counter_app.sync.gateway import Gateway, Timeouts
from counter_protocol import wire
from counter_protocol.canonical import canonical_bytes
from counter_protocol.messages import Done, PullReply, PushReply, SessionReply
from counter_protocol.refusals import ErrorClass

A_DAY_S = 86_400
Telling = Callable[[Asked], dict[str, Any]]


def told(tell: Telling) -> Reply:
    """Answer with a map, whatever today's messages have."""

    def reply(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        raw(msgspec.msgpack.encode(tell(asked)), Content_Type=wire.MEDIA_TYPE)(handler, asked)

    return reply


def states(counter: Counter) -> set[ItemState]:
    with counter.desk.store.reading() as queries:
        return {item.state for item in queries.out_items(unsent_only=False, limit=1000)}


class Plain:
    """Answers as the first release did where it had nothing to add; ``more`` goes into every map."""

    def __init__(self, scripted: ScriptedServer, items: list[dict[str, Any]], more: dict[str, Any]) -> None:
        self.more = more
        self.items = items
        self.taken: list[bytes] = []
        self.tip = bytes(32)
        scripted.always = {
            "/v1/session": told(self.session),
            "/v1/push": told(self.push),
            "/v1/pull": told(self.pull),
        }

    def session(self, asked: Asked) -> dict[str, Any]:
        said = msgspec.msgpack.decode(msgspec.msgpack.decode(wire.unpack(asked.body))["payload"])
        return {
            "chain": "ok",
            "ack": {"seq": len(self.taken), "hash": self.tip, **self.more},
            "common_seq": 0,
            "token": "t",
            "expires_in": 3600,
            "now": said["now"],
            "office_seq": len(self.taken),
            **self.more,
        }

    def push(self, asked: Asked) -> dict[str, Any]:
        from counter_protocol.events import chain_hash

        said = msgspec.msgpack.decode(msgspec.msgpack.decode(wire.unpack(asked.body))["payload"])
        first = len(self.taken) + 1
        for item in said["events"]:
            self.taken.append(item["body"])
            self.tip = chain_hash(self.tip, item["body"])
        return {
            "ack": {"seq": len(self.taken), "hash": self.tip, **self.more},
            "office_seqs": list(range(first, len(self.taken) + 1)),
            **self.more,
        }

    def pull(self, asked: Asked) -> dict[str, Any]:
        last = len(self.taken) + len(self.items)
        return {"cursor": last, "items": self.items, **self.more} if self.items else {"cursor": last}


def down(number: int, body: bytes) -> dict[str, Any]:
    return {"office_seq": number, "body": body}


@pytest.mark.parametrize(
    "more", [{}, {"of_tomorrow": {"x": [1, None]}, "other": b"\x00"}], ids=["old", "new"]
)
def test_a_server_that_says_the_least_or_more_than_we_know(
    counter: Counter, scripted: ScriptedServer, more: dict[str, Any]
) -> None:
    (event, *_) = [body for path, body in golden.every("events") if path.stem == "task_given"]
    record = json.loads(event)
    unknown = canonical_bytes({**record, "event_id": "t", "kind": "office_moved", "schema": 9, "more": 1})
    server = Plain(scripted, [], more)
    receive_many(counter.desk, 3)
    assert set(answers(counter.sync())) <= {"", "not_a_message"}
    assert states(counter) == {ItemState.ACKED}
    server.items = [down(900, unknown) | more, down(901, event) | more]
    counter.sync()
    with counter.desk.store.reading() as queries:
        assert queries.parked() == []
        assert queries.has_in_item("t")
        assert [notice.kind for notice in queries.notices()] == ["task"]
        assert queries.dossier_count() == 3


def test_every_reply_of_a_released_version_is_read_by_the_gateway() -> None:
    for path, said in golden.every("messages"):
        if path.stem in ("SessionReply", "PushReply", "PullReply"):
            kind = {"SessionReply": SessionReply, "PushReply": PushReply, "PullReply": PullReply}[path.stem]
            scripted = ScriptedServer()
            with listening(scripted):
                scripted.plan(
                    "/x", raw(wire.pack(said), Content_Type=wire.MEDIA_TYPE, Content_Encoding="zstd")
                )
                gateway = Gateway(scripted.url, on_bytes=lambda sent, received: None)
                assert gateway.get("/x", kind) == wire.from_bytes(said, kind)
                gateway.close()


# Anything at all


@pytest.fixture(scope="module")
def line() -> Iterator[tuple[ScriptedServer, Gateway]]:
    scripted = ScriptedServer()
    with listening(scripted):
        gateway = Gateway(
            scripted.url, on_bytes=lambda sent, received: None, timeouts=Timeouts(connect=5, read=5)
        )
        yield scripted, gateway
        gateway.close()


maps = st.dictionaries(
    st.sampled_from(["code", "detail", "seq", "retry_after", "cursor", "items", "more"]),
    st.none()
    | st.booleans()
    | st.integers(-5, 2**40)
    | st.floats()
    | st.text(max_size=5)
    | st.binary(max_size=5),
).map(msgspec.msgpack.encode)
refusals = st.fixed_dictionaries(
    {"code": st.sampled_from(["rate_limited", "chain_broken", "of_tomorrow", ""])},
    optional={"retry_after": st.floats() | st.integers(-(2**63), 2**63), "seq": st.integers(-(2**63), 2**63)},
).map(msgspec.msgpack.encode)
bodies = refusals | st.one_of(
    st.binary(max_size=60), maps, maps.map(wire.pack), st.just(b"<html>x</html>"), st.just(b"")
)
headers = st.fixed_dictionaries(
    {},
    optional={
        "Content-Type": st.sampled_from(
            [
                wire.MEDIA_TYPE,
                wire.MEDIA_TYPE.upper(),
                f"{wire.MEDIA_TYPE}; x=y",
                "text/html",
                "application/json",
                "",
            ]
        ),
        "Content-Encoding": st.sampled_from(["zstd", "gzip", "br", "identity", "zstd, zstd", "x"]),
        "Retry-After": st.sampled_from(
            ["0", "7", "-1", "x", "1e9", "Wed, 21 Oct 2026 07:28:00 GMT", "9" * 30]
        ),
        "Location": st.sampled_from(["http://127.0.0.1:1/", "//x", "http://[::", "\x01"]),
        "ETag": st.sampled_from(['"x"', "", "x"]),
    },
)
statuses = st.sampled_from(
    [200, 201, 206, 299, 300, 302, 304, 400, 401, 403, 404, 409, 413, 422, 426, 429, 500, 503, 599]
)


@pytest.mark.slow
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(statuses, bodies, headers)
def test_any_answer_is_a_message_or_one_failure_of_a_class(
    line: tuple[ScriptedServer, Gateway], status: int, body: bytes, said: dict[str, str]
) -> None:
    scripted, gateway = line
    reply = raw(
        b"" if status == 304 else body, status=status, **{k.replace("-", "_"): v for k, v in said.items()}
    )
    scripted.plan("/v1/any", reply, reply, reply)
    for ask in (
        lambda: gateway.get("/v1/any", PullReply),
        lambda: gateway.post("/v1/any", Done(), Done),
        lambda: download(gateway),
    ):
        try:
            ask()
        except Refused as refused:
            answer = refused.answer
            outcome = (answer.error_class in ErrorClass, 0 <= wait_after(1, answer, SteadyPace()) <= A_DAY_S)
        else:
            outcome = (status < 400, True)
        assert all(outcome)


def download(gateway: Gateway) -> bytes:
    with gateway.download("/v1/any", token="t", headers={}) as got:
        return b"".join(got.pieces)
