"""Scans and packs over HTTP: what a counter sends and gets, byte for byte."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from tests.server.pack_files import OVERLAY, make_pack
from tests.server.serving import Served

from counter_protocol import wire
from counter_protocol.messages import ErrorReply, Message, PackList, UploadRequest, UploadState
from counter_protocol.refusals import Refusal
from counter_server.devices.tokens import Bearer, token_of
from counter_server.packs.publishing import Wanted, publish

M = TypeVar("M", bound=Message)
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 3000
CHUNK = 256 * 1024


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass
class Caller:
    """A device of an office, by its token."""

    server: Served
    client: httpx.Client
    unit: str

    def __post_init__(self) -> None:
        bearer = Bearer(self.unit, f"device-{self.unit}", 2**40, 1)
        token = token_of(self.server.context.secrets.tokens, bearer)
        self.headers = {"Authorization": f"Bearer {token}"}
        self.server.run(self._enrol())

    async def _enrol(self) -> None:
        async with self.server.context.database.office(self.unit) as connection:
            await connection.execute(
                "INSERT INTO device (unit, device_id, counter, public_key) VALUES ($1, $2, 1, $3)",
                self.unit,
                f"device-{self.unit}",
                bytes(32),
            )

    def call(self, method: str, path: str, *, content: bytes = b"", **headers: str) -> httpx.Response:
        return self.client.request(method, path, content=content, headers=self.headers | headers)

    def announce(self, content: bytes = PDF, **changed: Any) -> httpx.Response:
        whole: dict[str, Any] = {"attachment_id": "a-1", "dossier_id": "d-1", "sha256": _sum(content)}
        request = UploadRequest(**(whole | {"size": len(content)} | changed))
        return self.call("POST", "/v1/uploads", content=wire.to_bytes(request))

    def send(self, upload_id: str, start: int, content: bytes, checksum: str = "") -> httpx.Response:
        headers = {
            "Upload-Offset": str(start),
            "Upload-Checksum": f"sha256 {checksum or _sum(content)}",
        }
        return self.call("PATCH", f"/v1/uploads/{upload_id}", content=content, **headers)


def _read(answer: httpx.Response, kind: type[M]) -> M:
    assert answer.headers["content-type"] == wire.MEDIA_TYPE
    return wire.from_bytes(answer.content, kind)


@pytest.fixture
def caller(server: Served) -> Iterator[Caller]:
    server.add_office("H29.12")
    with httpx.Client(base_url=server.url) as client:
        yield Caller(server, client, "H29.12")


@pytest.fixture
def neighbour(server: Served) -> Iterator[Caller]:
    server.add_office("H29.13")
    with httpx.Client(base_url=server.url) as client:
        yield Caller(server, client, "H29.13")


def test_a_scan_goes_up_in_pieces_and_a_lost_answer_is_asked_for_again(caller: Caller) -> None:
    state = _read(caller.announce(), UploadState)
    assert (state.offset, state.done) == (0, False)
    while not state.done:
        piece = PDF[state.offset : state.offset + CHUNK]
        first = _read(caller.send(state.upload_id, state.offset, piece), UploadState)
        again = _read(caller.send(state.upload_id, state.offset, piece), UploadState)
        assert again == first
        assert _read(caller.call("GET", f"/v1/uploads/{state.upload_id}"), UploadState) == first
        state = first
    assert state.offset == len(PDF)
    (row,) = caller.server.rows("SELECT unit, sha256, size, media_type FROM scan")
    assert row == {
        "unit": "H29.12",
        "sha256": _sum(PDF),
        "size": len(PDF),
        "media_type": "application/pdf",
    }
    assert _read(caller.announce(attachment_id="a-2"), UploadState).done


def test_a_piece_elsewhere_is_told_the_right_place(caller: Caller) -> None:
    state = _read(caller.announce(), UploadState)
    caller.send(state.upload_id, 0, PDF[:CHUNK])
    answer = caller.send(state.upload_id, CHUNK + 1, PDF[CHUNK + 1 : 2 * CHUNK])
    assert answer.status_code == 409
    assert answer.headers["upload-offset"] == str(CHUNK)
    reply = _read(answer, ErrorReply)
    assert (reply.code, reply.detail) == (Refusal.UPLOAD_OFFSET, str(CHUNK))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 422),
        ({"Upload-Offset": "-1", "Upload-Checksum": f"sha256 {_sum(b'x')}"}, 422),
        ({"Upload-Offset": "9" * 40, "Upload-Checksum": f"sha256 {_sum(b'x')}"}, 422),
        ({"Upload-Offset": "0", "Upload-Checksum": "md5 0"}, 422),
        ({"Upload-Offset": "0", "Upload-Checksum": f"sha256 {_sum(b'other')}"}, 422),
    ],
)
def test_headers_that_say_nothing_are_refused(caller: Caller, headers: dict[str, str], status: int) -> None:
    state = _read(caller.announce(), UploadState)
    answer = caller.call("PATCH", f"/v1/uploads/{state.upload_id}", content=b"x", **headers)
    assert answer.status_code == status
    assert not caller.server.rows("SELECT 1 FROM upload_chunk")


def test_a_piece_beyond_the_limit_is_refused(caller: Caller) -> None:
    big = b"%PDF-" + bytes(3 * 1024 * 1024)
    state = _read(caller.announce(big), UploadState)
    for size in (1024 * 1024 + 1, len(big)):
        answer = caller.send(state.upload_id, 0, big[:size])
        assert answer.status_code == 413
    assert not caller.server.rows("SELECT 1 FROM upload_chunk")


def test_an_office_sees_nothing_of_its_neighbours_uploads(caller: Caller, neighbour: Caller) -> None:
    state = _read(caller.announce(), UploadState)
    for answer in (
        neighbour.call("GET", f"/v1/uploads/{state.upload_id}"),
        neighbour.send(state.upload_id, 0, PDF[:CHUNK]),
    ):
        assert answer.status_code == 404
        assert _read(answer, ErrorReply).code == Refusal.UPLOAD_UNKNOWN
    caller.send(state.upload_id, 0, PDF[:CHUNK])
    assert _read(neighbour.announce(), UploadState).offset == 0
    assert [row["unit"] for row in caller.server.rows("SELECT unit FROM upload ORDER BY 1")] == [
        "H29.12",
        "H29.13",
    ]
    assert [row["unit"] for row in caller.server.rows("SELECT unit FROM upload_chunk")] == ["H29.12"]


def test_without_a_token_nothing_is_taken(caller: Caller) -> None:
    for method, path in (
        ("POST", "/v1/uploads"),
        ("GET", "/v1/uploads/x"),
        ("PATCH", "/v1/uploads/x"),
        ("GET", "/v1/packs"),
        ("GET", f"/v1/packs/{_sum(b'')}"),
    ):
        answer = caller.client.request(method, path, content=b"x")
        assert answer.status_code == 401
        assert _read(answer, ErrorReply).code == Refusal.TOKEN_MISSING


def test_a_pack_comes_down_whole_in_parts_and_not_twice(caller: Caller, tmp_path: Path) -> None:
    path = make_pack(tmp_path, "2027.1.1")
    content = path.read_bytes()
    caller.server.run(publish(caller.server.context, path, Wanted()))
    (offer,) = _read(caller.call("GET", "/v1/packs"), PackList).packs
    assert (offer.kind, offer.unit, offer.version) == ("national", "", 2027010001)
    assert (offer.sha256, offer.size) == (_sum(content), len(content))
    address = f"/v1/packs/{offer.sha256}"
    whole = caller.call("GET", address)
    etag = whole.headers["etag"]
    assert (whole.status_code, whole.content, etag) == (200, content, f'"{offer.sha256}"')
    part = caller.call("GET", address, Range="bytes=100-", **{"If-Range": etag})
    assert (part.status_code, part.content) == (206, content[100:])
    assert part.headers["content-range"] == f"bytes 100-{len(content) - 1}/{len(content)}"
    middle = caller.call("GET", address, Range="bytes=5-9")
    assert (middle.status_code, middle.content) == (206, content[5:10])
    stale = caller.call("GET", address, Range="bytes=100-", **{"If-Range": '"other"'})
    assert (stale.status_code, stale.content) == (200, content)
    past = caller.call("GET", address, Range=f"bytes={len(content)}-")
    assert (past.status_code, past.headers["content-range"]) == (416, f"bytes */{len(content)}")
    known = caller.call("GET", address, **{"If-None-Match": etag})
    assert (known.status_code, known.content) == (304, b"")


def test_a_neighbours_pack_is_unknown(caller: Caller, neighbour: Caller, tmp_path: Path) -> None:
    path = make_pack(tmp_path, "2027.1.1", kind="office", unit="H29.12", entries=(OVERLAY,))
    pack = caller.server.run(publish(caller.server.context, path, Wanted()))
    assert caller.call("GET", f"/v1/packs/{pack.sha256}").status_code == 200
    assert _read(neighbour.call("GET", "/v1/packs"), PackList).packs == []
    for name in (pack.sha256, "..%2F..%2Fetc%2Fpasswd", "0" * 64):
        answer = neighbour.call("GET", f"/v1/packs/{name}")
        assert answer.status_code == 404
        assert answer.headers["content-type"] == wire.MEDIA_TYPE
