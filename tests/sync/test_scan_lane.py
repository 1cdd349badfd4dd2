"""Scans go up one at a time, within the office's hours and bandwidth; a broken file holds nobody up."""

import hashlib
from datetime import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from PIL import Image
from tests.helpers.sync_states import receive_many
from tests.sync.counters import Counter, lane
from tests.sync.scripted_server import Asked, ScriptedServer, message, refusal

from counter_app.domain.errors import BadInput
from counter_app.services import sync_settings
from counter_app.services.scans.attach import ScanOwner, attach, prepare
from counter_app.services.scans.scan_parts import parts_of_dossier
from counter_app.services.sync_port import ItemState, Lane, ScanUpload
from counter_app.services.sync_settings import SyncSettings
from counter_app.sync.lanes.chunk_size import FIRST, LARGEST, SMALLEST, ChunkSize
from counter_protocol import wire
from counter_protocol.messages import UploadRequest, UploadState


class Store:
    """Takes uploads as the real server does."""

    def __init__(self, scripted: ScriptedServer) -> None:
        self.content = b""
        self.sizes: list[int] = []
        self.wanted: UploadRequest | None = None
        scripted.always["/v1/uploads"] = self._begin
        scripted.always["/v1/uploads/u1"] = self._piece

    def _begin(self, handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        self.wanted = wire.from_bytes(wire.unpack(asked.body), UploadRequest)
        message(UploadState(upload_id="u1", offset=len(self.content)))(handler, asked)

    def _piece(self, handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        assert self.wanted is not None
        if asked.method == "PATCH":
            assert asked.headers["Upload-Checksum"] == f"sha256 {hashlib.sha256(asked.body).hexdigest()}"
            if int(asked.headers["Upload-Offset"]) != len(self.content):
                refusal("upload_offset", 409)(handler, asked)
                return
            self.content += asked.body
            self.sizes.append(len(asked.body))
        done = len(self.content) == self.wanted.size
        message(UploadState(upload_id="u1", offset=len(self.content), done=done))(handler, asked)


@pytest.fixture
def content(counter: Counter, tmp_path: Path) -> bytes:
    """A scan of some hundred kilobytes, waiting."""
    dossier = receive_many(counter.desk, 2)[1]
    path = tmp_path / "scan.png"
    Image.effect_noise((1700, 2300), 90).convert("L").save(path, dpi=(200, 200))
    with counter.desk.store.reading() as queries:
        part = parts_of_dossier(queries, dossier)[0]
    made = prepare(counter.desk, [path.read_bytes()])
    attach(counter.desk, ScanOwner(dossier_id=dossier.dossier_id), part, made, low_accepted=True, clerk="Mai")
    assert len(made.pdf) > 2 * SMALLEST
    return made.pdf


def upload_of(counter: Counter) -> ScanUpload:
    with counter.desk.store.reading() as queries:
        return queries.uploads(unsent_only=False)[0]


def settle(counter: Counter, settings: SyncSettings) -> None:
    with counter.desk.store.writing() as transaction:
        sync_settings.store(transaction, settings)


def test_the_file_arrives_byte_for_byte(counter: Counter, scripted: ScriptedServer, content: bytes) -> None:
    store = Store(scripted)
    report = counter.sync()
    assert store.content == content
    assert store.wanted is not None
    assert (store.wanted.size, store.wanted.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert report.scans_sent == 1
    assert upload_of(counter).state is ItemState.ACKED


def test_it_goes_on_where_the_server_stands(
    counter: Counter, scripted: ScriptedServer, content: bytes
) -> None:
    store = Store(scripted)
    store.content = content[:100_000]
    counter.sync()
    assert store.content == content
    assert sum(store.sizes) == len(content) - 100_000


def test_a_server_that_stands_elsewhere_is_believed(
    counter: Counter, scripted: ScriptedServer, content: bytes
) -> None:
    store = Store(scripted)
    scripted.plan("/v1/uploads", message(UploadState(upload_id="u1", offset=50_000)))
    store.wanted = UploadRequest(attachment_id="a", dossier_id="d", sha256="", size=len(content))
    counter.sync()
    for _ in range(3):
        counter.desk.clock.advance(minutes=2)  # type: ignore[attr-defined]
        counter.sync()
    assert store.content == content


def test_a_file_the_server_refuses_is_put_aside_after_three_tries(
    counter: Counter, scripted: ScriptedServer, content: bytes
) -> None:
    scripted.always["/v1/uploads"] = refusal("not_a_message", 422)
    for _ in range(3):
        counter.sync()
        counter.desk.clock.advance(minutes=2)  # type: ignore[attr-defined]
    upload = upload_of(counter)
    assert (upload.state, upload.last_answer) == (ItemState.QUARANTINED, "not_a_message")
    asked = len(scripted.of("/v1/uploads"))
    assert asked == 3
    counter.sync()
    assert len(scripted.of("/v1/uploads")) == asked


def test_a_file_that_is_gone_here_is_told_so(
    counter: Counter, scripted: ScriptedServer, content: bytes
) -> None:
    Store(scripted)
    with counter.desk.store.writing() as transaction:
        transaction.queue_uploads(counter.desk.clock.now())
    counter.desk.scans.drop(upload_of(counter).attachment_id)
    report = counter.sync()
    upload = upload_of(counter)
    assert (upload.state, upload.last_answer) == (ItemState.QUARANTINED, "scan_file_missing")
    assert lane(report, Lane.SCANS).failures == 0


def test_a_broken_line_is_the_lanes_and_not_the_files(
    counter: Counter, scripted: ScriptedServer, content: bytes
) -> None:
    store = Store(scripted)
    scripted.plan("/v1/uploads/u1", refusal("server_busy", 503))
    report = counter.sync()
    assert lane(report, Lane.SCANS).answer == "server_busy"
    assert lane(report, Lane.ACTS).answer == ""
    assert upload_of(counter).attempts == 0
    counter.sync()
    assert store.content == content


def test_outside_its_hours_no_scan_is_sent(
    counter: Counter, scripted: ScriptedServer, content: bytes
) -> None:
    Store(scripted)
    now = counter.desk.clock.now()
    settle(counter, SyncSettings(scan_from=time((now.hour + 2) % 24), scan_until=time((now.hour + 3) % 24)))
    counter.sync()
    assert scripted.of("/v1/uploads") == []
    counter.desk.clock.advance(hours=2)  # type: ignore[attr-defined]
    counter.sync()
    assert scripted.of("/v1/uploads")


def test_a_cap_makes_small_pieces_with_pauses(
    counter: Counter, scripted: ScriptedServer, content: bytes
) -> None:
    store = Store(scripted)
    settle(counter, SyncSettings(scan_rate_kbps=10))
    pauses: list[float] = []
    turns = counter.loop._made()
    turns.run_once(pauses.append)
    turns.close()
    assert store.content == content
    assert max(store.sizes) <= 50_000
    assert sum(pauses) == pytest.approx(len(content) / 10_000)


@pytest.mark.parametrize(
    ("start", "end", "hour", "waits"),
    [
        (8, 17, 12, 0),
        (8, 17, 7, 3600),
        (8, 17, 17, 15 * 3600),
        (20, 6, 23, 0),
        (20, 6, 5, 0),
        (20, 6, 6, 14 * 3600),
    ],
)
def test_the_window_may_run_over_midnight(
    counter: Counter, start: int, end: int, hour: int, waits: float
) -> None:
    moment = counter.desk.clock.now().replace(hour=hour, minute=0, second=0, microsecond=0)
    assert SyncSettings(scan_from=time(start), scan_until=time(end)).scans_wait_s(moment) == waits


def test_settings_come_back_as_they_were_kept(counter: Counter) -> None:
    told = SyncSettings(paused=True, scan_rate_kbps=64, scan_from=time(20, 30), scan_until=time(6))
    settle(counter, told)
    with counter.desk.store.reading() as queries:
        assert sync_settings.load(queries) == told
    for wrong, code in (
        (SyncSettings(scan_rate_kbps=-1), "sync_bad_rate"),
        (SyncSettings(scan_from=time(8)), "sync_bad_window"),
    ):
        with pytest.raises(BadInput) as caught:
            settle(counter, wrong)
        assert caught.value.code == code


def test_pieces_follow_the_line() -> None:
    size = ChunkSize()
    assert size.size == FIRST
    for _ in range(5):
        size.passed(0.5)
    assert size.size == LARGEST
    for _ in range(9):
        size.failed()
    assert size.size == SMALLEST
    size.passed(5)
    assert size.size == SMALLEST
