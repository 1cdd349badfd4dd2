"""Data packs come down piece by piece and are installed by nobody but a clerk."""

import hashlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from tests.sync.counters import Counter, lane
from tests.sync.scripted_server import Asked, ScriptedServer, _say, hang_up, listening, page, refusal

from counter_app.services.sync_port import Lane, PackDownload
from counter_protocol.messages import PackOffer

CONTENT = bytes(range(256)) * 2000
SHA = hashlib.sha256(CONTENT).hexdigest()
PATH = f"/v1/packs/{SHA}"
OFFER = PackOffer(kind="national", version=2099_01_0001, sha256=SHA, size=len(CONTENT))


class Shelf:
    """Gives a pack out as the real server does; may break off after some bytes."""

    def __init__(self, server: ScriptedServer, content: bytes = CONTENT) -> None:
        self.content = content
        self.given = 0
        self.breaks: list[int] = []
        server.always[PATH] = self._give

    def _give(self, handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        wanted = asked.headers.get("Range", "")
        goes_on = wanted and asked.headers.get("If-Range") == f'"{SHA}"'
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if goes_on else 0
        body = self.content[start:]
        if self.breaks:
            cut = body[: self.breaks.pop(0)]
            handler.send_response(206 if start else 200)
            handler.send_header("ETag", f'"{SHA}"')
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(cut)
            handler.wfile.flush()
            self.given += len(cut)
            hang_up(handler, asked)
            return
        self.given += len(body)
        _say(handler, 206 if start else 200, body, {"ETag": f'"{SHA}"'})


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    scripted = ScriptedServer()
    scripted.session["packs"] = [OFFER]
    with listening(scripted):
        yield scripted


@pytest.fixture
def counter(tmp_path: Path, server: ScriptedServer) -> Iterator[Counter]:
    made = Counter(tmp_path / "one")
    made.believe(server.url)
    yield made
    made.close()


def download_of(counter: Counter) -> PackDownload:
    with counter.desk.store.reading() as queries:
        (download,) = queries.pack_downloads()
    return download


def test_a_pack_comes_through_breaks_and_waits_for_a_clerk(counter: Counter, server: ScriptedServer) -> None:
    shelf = Shelf(server)
    shelf.breaks = [150_000, 200_000]
    for _ in range(2):
        assert lane(counter.sync(), Lane.PACKS).answer == "line_broken"
    report = counter.sync()
    assert report.packs_complete == 1
    assert counter.loop.pack_file(SHA).read_bytes() == CONTENT
    assert download_of(counter).state == "complete"
    assert shelf.given <= len(CONTENT) * 1.15
    assert not counter.desk.packs.installed()
    counter.sync()
    assert shelf.given <= len(CONTENT) * 1.15  # and is not fetched again


def test_a_pack_with_another_sum_is_fetched_once_more_and_then_refused(
    counter: Counter, server: ScriptedServer
) -> None:
    shelf = Shelf(server, CONTENT[:-1] + b"!")
    counter.sync()
    download = download_of(counter)
    assert (download.state, download.problem) == ("refused", "checksum")
    assert shelf.given == 2 * len(CONTENT)
    assert not counter.loop.pack_file(SHA).exists()
    assert list(counter.loop.pack_file(SHA).parent.iterdir()) == []


def test_a_longer_file_than_offered_is_not_written_to_the_end(
    counter: Counter, server: ScriptedServer
) -> None:
    Shelf(server, CONTENT * 3)
    assert lane(counter.sync(), Lane.PACKS).answer == "strange_answer"
    part = counter.loop.pack_file(SHA).with_suffix(".part")
    assert part.stat().st_size <= len(CONTENT)


def test_a_sign_in_page_is_no_pack(counter: Counter, server: ScriptedServer) -> None:
    shelf = Shelf(server)
    server.plan(PATH, page(200))
    report = counter.sync()
    assert lane(report, Lane.PACKS).answer == "captive_portal"
    assert lane(report, Lane.ACTS).answer == ""
    counter.sync()
    assert shelf.given == len(CONTENT)


def test_a_pack_the_server_took_back_is_not_asked_for_again(counter: Counter, server: ScriptedServer) -> None:
    server.always[PATH] = refusal("pack_unknown", 404)
    counter.sync()
    counter.sync()
    assert (download_of(counter).state, download_of(counter).problem) == ("refused", "pack_unknown")
    assert len(server.of(PATH)) == 1


@pytest.mark.parametrize(
    "offer",
    [
        PackOffer(kind="national", version=2099_01_0001, sha256="../../etc/passwd", size=10),
        PackOffer(kind="national", version=2099_01_0001, sha256=SHA, size=10**12),
        PackOffer(kind="national", version=0, sha256=SHA, size=10),
    ],
)
def test_an_offer_that_makes_no_sense_is_not_taken(
    counter: Counter, server: ScriptedServer, offer: PackOffer
) -> None:
    server.session["packs"] = [offer]
    counter.sync()
    with counter.desk.store.reading() as queries:
        assert not queries.pack_downloads()


def test_acts_come_between_the_pieces_of_a_pack(counter: Counter, server: ScriptedServer) -> None:
    Shelf(server)
    turns = counter.loop._made()
    asked = iter([False, False, False, True])
    turns.turn(lambda: next(asked, True))
    turns.close()
    download = download_of(counter)
    assert 0 < download.received < len(CONTENT)
    assert download.state == "offered"
