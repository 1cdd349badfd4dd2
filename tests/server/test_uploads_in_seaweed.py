"""Scans and packs in a real S3 store, as in production."""

import asyncio
import hashlib
import random
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.server.pack_files import make_pack
from tests.server.seaweed import BUCKET, Seaweed, seaweed
from tests.server.serving import serving

from counter_protocol.messages import UploadRequest
from counter_protocol.refusals import Refusal
from counter_server.context import ServerContext
from counter_server.opening import open_context
from counter_server.packs.publishing import Wanted, publish
from counter_server.uploads import receiving
from counter_server.wire_body import Refused

UNIT = "H29.12"
PIECE = 1024 * 1024
# Larger than two parts of a multipart upload, and not a multiple of anything.
SCAN = b"%PDF-1.7\n" + random.Random(5).randbytes(20 * 1024 * 1024 + 12_345)


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(scope="module")
def weed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seaweed]:
    with seaweed(tmp_path_factory.mktemp("weed")) as running:
        yield running


async def _send(context: ServerContext, content: bytes, *, announced: bytes | None = None) -> None:
    whole = UploadRequest(
        attachment_id="a-1", dossier_id="d-1", sha256=_sum(announced or content), size=len(content)
    )
    state = await receiving.begin(context, UNIT, "device-1", whole)
    while not state.done:
        piece = content[state.offset : state.offset + PIECE]
        state = await receiving.take(context, UNIT, state.upload_id, state.offset, _sum(piece), piece)


@pytest.mark.slow
def test_scans_and_packs_lie_in_the_bucket_whole(
    weed: Seaweed, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in weed.environment.items():
        monkeypatch.setenv(name, value)
    pack = make_pack(tmp_path, "2027.1.1")

    async def names(context: ServerContext) -> set[str]:
        return {each["path"] async for page in context.objects.list() for each in page}

    async def work() -> None:
        async with open_context(database_url, f"s3://{BUCKET}/office", tmp_path, migrate=False) as context:
            await _send(context, SCAN)
            key = f"{UNIT}/scans/{_sum(SCAN)}"
            stored = bytes(await (await context.objects.get_async(key)).bytes_async())
            assert _sum(stored) == _sum(SCAN)
            # A sum that is wrong at the very end leaves no object behind, not even a part of one.
            with pytest.raises(Refused) as refused:
                await _send(context, SCAN[:-1], announced=SCAN[:-1] + b"!")
            assert refused.value.code == Refusal.CHECKSUM
            published = await publish(context, pack, Wanted())
            part = await context.objects.get_async(f"packs/{published.sha256}", options={"range": (10, 20)})
            assert bytes(await part.bytes_async()) == pack.read_bytes()[10:20]
            assert await names(context) == {key, f"packs/{published.sha256}"}

    asyncio.run(work())
    with serving(database_url, tmp_path, objects=f"s3://{BUCKET}/office") as server:
        assert httpx.get(f"{server.url}/healthz").json() == {"database": "ok", "objects": "ok"}


def test_a_bucket_nobody_answers_for_is_no_health(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:  # bound and never listening: every connection is refused
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{taken.getsockname()[1]}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "counter")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "only-for-tests")
        monkeypatch.setenv("AWS_REGION", "us-east-1")
        with serving(database_url, tmp_path, objects="s3://counter") as server:
            answer = httpx.get(f"{server.url}/healthz", timeout=20)
    assert (answer.status_code, answer.json()["objects"]) == (503, "unreachable")
