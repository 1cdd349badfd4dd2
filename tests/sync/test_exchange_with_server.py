"""Counters against the real server on a real PostgreSQL: nothing lost, nothing doubled."""

import asyncio
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
from PIL import Image
from tests.helpers.sync_states import receive_many
from tests.server.running import url_of
from tests.server.serving import Served, serving
from tests.sync.counters import UNIT, Counter, answers, lane
from tests.sync.scripted_server import Asked, Relay, listening
from tests.sync.steady_pace import Arrivals

from counter_app.domain.dossier import Dossier
from counter_app.services.desk import Desk
from counter_app.services.scans.attach import ScanOwner, attach, prepare
from counter_app.services.scans.scan_parts import parts_of_dossier
from counter_app.services.sync_port import ItemState, Lane

DOSSIERS = "SELECT dossier_code AS code FROM dossier"
EVENTS = "SELECT event_id FROM event WHERE body <> '' AND device_id <> 'server'"


@pytest.fixture
def office(server: Served) -> Served:
    server.add_office(UNIT)
    return server


@pytest.fixture
def one(tmp_path: Path, office: Served) -> Iterator[Counter]:
    counter = Counter(tmp_path / "one", 1)
    counter.enrol(office)
    yield counter
    counter.close()


@pytest.fixture
def two(tmp_path: Path, office: Served) -> Iterator[Counter]:
    counter = Counter(tmp_path / "two", 2)
    counter.enrol(office)
    yield counter
    counter.close()


def on_server(office: Served, query: str = EVENTS) -> list[str]:
    return sorted(str(next(iter(row.values()))) for row in office.rows(query))


def codes(dossiers: list[Dossier]) -> list[str]:
    return sorted(dossier.dossier_code for dossier in dossiers)


def own_events(desk: Desk) -> list[str]:
    with desk.store.reading() as queries:
        return sorted(item.event_id for item in queries.out_items(unsent_only=False, limit=100_000))


def attach_noise(desk: Desk, dossier: Dossier, folder: Path) -> bytes:
    """Attach a scan that cannot be compressed, and return the file's content."""
    noise = Image.effect_noise((1700, 2300), 90).convert("L")
    path = folder / "scan.png"
    noise.save(path, dpi=(200, 200))
    with desk.store.reading() as queries:
        part = parts_of_dossier(queries, dossier)[0]
    made = prepare(desk, [path.read_bytes()])
    attach(desk, ScanOwner(dossier_id=dossier.dossier_id), part, made, low_accepted=True, clerk="Mai")
    return made.pdf


def test_what_was_received_reaches_the_server_and_the_other_counter(
    office: Served, one: Counter, two: Counter
) -> None:
    dossiers = receive_many(one.desk, 3)

    report = one.sync()

    assert answers(report) == ["", "", ""]
    assert (report.waiting, report.quarantined) == (0, 0)
    assert on_server(office, DOSSIERS) == codes(dossiers)
    assert on_server(office) == own_events(one.desk)

    assert two.sync().received == report.sent
    with two.desk.store.reading() as queries:
        found = queries.dossier_by_code(dossiers[0].dossier_code)
    assert found is not None
    assert found.applicant.full_name == dossiers[0].applicant.full_name
    assert two.sync().received == 0


def test_lost_requests_and_lost_replies_neither_lose_nor_double(office: Served, tmp_path: Path) -> None:
    counter = Counter(tmp_path / "one")
    relay = Relay(office.url)
    seen: dict[str, int] = {}

    def fate(asked: Asked) -> str:
        turn = seen[asked.path] = seen.get(asked.path, -1) + 1
        return ("lose reply", "lose request", "")[turn % 3] if "/v1/enrol" not in asked.path else ""

    with listening(relay):
        counter.enrol(office, url=relay.url)
        relay.fate = fate
        dossiers = receive_many(counter.desk, 4)
        for _ in range(12):
            report = counter.sync()
            if not report.waiting:
                break
        counter.close()
        counter.open()
        with counter.desk.store.reading() as queries:
            items = queries.out_items(unsent_only=False)
        counter.close()

    assert report.waiting == 0
    assert on_server(office, DOSSIERS) == codes(dossiers)
    assert on_server(office) == sorted(item.event_id for item in items)
    numbers = [item.office_seq for item in items]
    assert None not in numbers
    assert len(set(numbers)) == len(numbers)


def test_a_counter_put_back_to_a_backup_gets_its_dossiers_again(
    office: Served, one: Counter, tmp_path: Path
) -> None:
    first = receive_many(one.desk, 1)
    one.sync()
    one.close()
    shutil.copytree(one.folder, tmp_path / "backup")
    one.open()
    lost = receive_many(one.desk, 2)
    one.sync()
    one.close()
    shutil.rmtree(one.folder)
    shutil.copytree(tmp_path / "backup", one.folder)
    one.open()

    assert answers(one.sync()) == ["", "", ""]
    with one.desk.store.reading() as queries:
        assert all(queries.dossier_by_code(dossier.dossier_code) for dossier in lost)
        assert queries.chain_end().epoch > 1
    after = receive_many(one.desk, 1)
    assert answers(one.sync()) == ["", "", ""]

    everything = codes([*first, *lost, *after])
    assert len(set(everything)) == len(everything)  # no number was given twice
    assert on_server(office, DOSSIERS) == everything


def test_an_event_put_aside_and_released_arrives_late(office: Served, one: Counter) -> None:
    dossier = receive_many(one.desk, 1)[0]
    with one.desk.store.writing() as transaction:
        receipt = next(item for item in transaction.out_items() if item.kind == "dossier_received")
        transaction.quarantine(receipt.seq, "event_malformed")
    assert answers(one.sync())[0] == ""
    assert on_server(office, DOSSIERS) == []

    with one.desk.store.writing() as transaction:
        assert transaction.release(receipt.event_id)
    report = one.sync()

    assert (answers(report)[0], report.waiting, report.quarantined) == ("", 0, 0)
    assert on_server(office, DOSSIERS) == [dossier.dossier_code]
    with one.desk.store.reading() as queries:
        arrived = queries.out_item(receipt.event_id)
    assert arrived is not None
    assert arrived.state is ItemState.ACKED
    assert arrived.office_seq is not None


def test_a_long_log_is_taken_in_whole(
    office: Served, one: Counter, two: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = receive_many(one.desk, 30)
    one.sync()
    monkeypatch.setattr("counter_app.sync.lanes.pull._SLICE", 7)
    two.sync()
    with two.desk.store.reading() as queries:
        assert all(queries.dossier_by_code(dossier.dossier_code) for dossier in sent)
        here = queries.cursor()
    assert here == office.rows("SELECT seq FROM office_log")[0]["seq"]


@pytest.mark.slow
def test_a_server_put_back_to_a_backup_is_told_again(cluster: str, database_url: str, tmp_path: Path) -> None:
    counter = Counter(tmp_path / "one")
    other = Counter(tmp_path / "two", 2)
    with serving(database_url, tmp_path / "server") as served:
        port = int(served.url.rsplit(":", 1)[1])
        served.add_office(UNIT)
        counter.enrol(served)
        other.enrol(served)
        first = receive_many(counter.desk, 1)
        counter.sync()
        other.sync()
    backup = copy_of(cluster, database_url)
    with serving(database_url, tmp_path / "server", port=port):
        forgotten = receive_many(counter.desk, 2)
        counter.sync()
        other.sync()
    with serving(backup, tmp_path / "server", port=port) as served:
        after = receive_many(other.desk, 1)
        assert answers(other.sync()) == ["", "", ""]
        assert answers(counter.sync()) == ["", "", ""]
        assert answers(other.sync()) == ["", "", ""]
        expected = codes([*first, *forgotten, *after])
        assert on_server(served, DOSSIERS) == expected
        for each in (counter, other):
            with each.desk.store.reading() as queries:
                assert all(queries.dossier_by_code(code) for code in expected)
    counter.close()
    other.close()


@pytest.mark.slow
def test_a_server_put_back_whose_log_went_on_past_a_cursor_is_read_again(
    cluster: str, database_url: str, tmp_path: Path
) -> None:
    idle = Counter(tmp_path / "one")
    busy = Counter(tmp_path / "two", 2)
    late = Counter(tmp_path / "three", 3)
    with serving(database_url, tmp_path / "server") as served:
        port = int(served.url.rsplit(":", 1)[1])
        served.add_office(UNIT)
        for each in (idle, busy, late):
            each.enrol(served)
            each.sync()
    backup = copy_of(cluster, database_url)
    with serving(database_url, tmp_path / "server", port=port):
        forgotten = receive_many(busy.desk, 1)
        busy.sync()
        idle.sync()
    with serving(backup, tmp_path / "server", port=port):
        instead = receive_many(late.desk, 3)
        late.sync()
        busy.sync()
        with idle.desk.store.reading() as queries:
            known = queries.cursor()
        assert known < served_end(backup)
        assert answers(idle.sync()) == ["", "", ""]
        with idle.desk.store.reading() as queries:
            assert all(queries.dossier_by_code(code) for code in codes([*forgotten, *instead]))
    for each in (idle, busy, late):
        each.close()


def served_end(database_url: str) -> int:
    """Return the end of the only office's log."""

    async def read() -> int:
        connection = await asyncpg.connect(database_url)
        end: int = await connection.fetchval("SELECT max(seq) FROM office_log")
        await connection.close()
        return end

    return asyncio.run(read())


def copy_of(cluster: str, database_url: str) -> str:
    """Return a copy of a database nobody is connected to."""
    name = urlsplit(database_url).path.strip("/")

    async def copy() -> None:
        connection = await asyncpg.connect(cluster)
        await connection.execute(f"CREATE DATABASE {name}_backup TEMPLATE {name}")
        await connection.close()

    asyncio.run(copy())
    return url_of(cluster, f"{name}_backup")


def test_a_revoked_counter_is_told_and_goes_on_receiving(
    office: Served, one: Counter, tmp_path: Path
) -> None:
    successor = Counter(tmp_path / "successor", 1)
    successor.enrol(office, replaces=True)
    successor.close()
    receive_many(one.desk, 1)

    report = one.sync()

    assert lane(report).answer == "device_revoked"
    assert report.waiting > 0
    receive_many(one.desk, 1)
    again = one.loop.run_once()
    assert again.waiting > report.waiting


@pytest.mark.slow
def test_a_scan_goes_up_in_pieces_through_breaks(office: Served, tmp_path: Path) -> None:
    counter = Counter(tmp_path / "one")
    relay = Relay(office.url)
    with listening(relay):
        counter.enrol(office, url=relay.url)
        content = attach_noise(counter.desk, receive_many(counter.desk, 2)[1], tmp_path)
        pieces = 0

        def fate(asked: Asked) -> str:
            nonlocal pieces
            pieces += asked.method == "PATCH"
            return ("", "lose request", "", "lose reply")[pieces % 4] if asked.method == "PATCH" else ""

        relay.fate = fate
        for _ in range(40):
            report = counter.sync()
            if not report.scans_waiting:
                break
        counter.close()

    assert report.scans_waiting == 0
    stored = office.rows("SELECT sha256, size FROM scan")
    assert [(row["sha256"], row["size"]) for row in stored] == [
        (hashlib.sha256(content).hexdigest(), len(content))
    ]


def test_more_numbers_are_leased_before_todays_run_out(office: Served, one: Counter) -> None:
    today = one.desk.clock.now().date()
    with one.desk.store.writing() as transaction:
        for _ in range(820):
            transaction.take_number(today, 1)

    assert answers(one.sync()) == ["", "", ""]

    with one.desk.store.reading() as queries:
        leased = queries.leased_blocks(today)
    assert sum(len(block) for block in leased) >= 200
    assert all(not 1001 <= block.first <= 1999 for block in leased)


def test_news_of_another_counter_comes_while_nothing_is_done_here(
    office: Served, one: Counter, two: Counter
) -> None:
    arrivals = Arrivals()
    two.loop.on_change(arrivals)
    two.loop.start()
    dossier = receive_many(one.desk, 1)[0]
    one.sync()

    def arrived() -> bool:
        with two.desk.store.reading() as queries:
            return queries.dossier_by_code(dossier.dossier_code) is not None

    assert arrivals.until(arrived)
    assert two.loop.stop(2.0)


def test_an_act_is_sent_at_once_although_the_counter_listens(office: Served, one: Counter) -> None:
    arrivals = Arrivals()
    one.loop.on_change(arrivals)
    one.loop.start()
    assert arrivals.until(lambda: one.loop.activity().next_in_s is not None)
    receive_many(one.desk, 1)
    one.loop.wake()

    def sent() -> bool:
        with one.desk.store.reading() as queries:
            return queries.sync_state().waiting == 0

    assert arrivals.until(sent, within_s=4.0)  # the server lets a listener wait for five
    assert one.loop.stop(2.0)
    with one.desk.store.reading() as queries:
        assert queries.sync_state().lanes[0].answer == ""
        assert {item.state for item in queries.out_items(unsent_only=False)} == {ItemState.ACKED}


def test_traffic_is_booked(office: Served, one: Counter) -> None:
    receive_many(one.desk, 1)
    report = one.sync()
    today = one.desk.clock.now().date()
    with one.desk.store.reading() as queries:
        booked = queries.traffic(today)[0]
    assert (booked.sent, booked.received) == (report.bytes_sent, report.bytes_received)
    assert report.bytes_sent > 500
    assert lane(report, Lane.SCANS).failures == 0
