"""The server starts, answers in the protocol's words, and stops."""

import httpx
from tests.server.serving import Served

from counter_protocol import wire
from counter_protocol.messages import ErrorReply


def test_an_unknown_path_is_answered_with_a_message(server: Served) -> None:
    answer = httpx.post(f"{server.url}/v1/nowhere", content=b"x")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == wire.MEDIA_TYPE
    assert wire.from_bytes(answer.content, ErrorReply).code
