"""Every released program is understood by today's server, and one of tomorrow as far as it can be."""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest
from tests.protocol import golden, samples
from tests.server.raw_counter import RawCounter, Refused, enrolled, read, wire_event
from tests.server.serving import Served, serving

from counter_protocol import wire
from counter_protocol.canonical import canonical_bytes
from counter_protocol.events import EventKind
from counter_protocol.messages import PushReply, PushRequest, SessionReply, Signed
from counter_protocol.signing import PUSH, SESSION, signed
from counter_server.carry.importing import import_file
from counter_server.devices import session
from counter_server.events import routes

VERSIONS = golden.released()
NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)


@pytest.fixture
def later(database_url: str, tmp_path: Path) -> Iterator[Served]:
    """The server on the day after the golden week, with the key golden sticks are sealed for."""

    async def keep_key() -> None:
        connection = await asyncpg.connect(database_url)
        keep = "INSERT INTO server_secret (name, value) VALUES ('sealing', $1)"
        await connection.execute(keep, samples.SERVER_SEALING_KEY)
        await connection.close()

    asyncio.run(keep_key())
    with serving(database_url, tmp_path / "server", now=lambda: NOW) as served:
        yield served


@pytest.fixture
def old(later: Served) -> Iterator[RawCounter]:
    """The counter that said the golden bytes, with an open session."""
    with enrolled(later, samples.UNIT, 1, device_id=samples.DEVICE, key=samples.DEVICE_KEY, now=NOW) as raw:
        yield raw


@pytest.fixture
def counter(later: Served) -> Iterator[RawCounter]:
    with enrolled(later, now=NOW) as raw:
        yield raw


def flags(server: Served) -> list[str]:
    return sorted(row["kind"] for row in server.rows("SELECT kind FROM flag"))


def week_of(version: Path) -> list[bytes]:
    """Return the events a released version pushed."""
    message = wire.from_bytes(golden.read(version / "signed_push.hex"), Signed)
    return [item.body for item in wire.from_bytes(message.payload, PushRequest).events]


def check_week(server: Served, version: Path) -> None:
    """Check that all of the golden week arrived, once, and became what it was."""
    assert flags(server) == []
    statuses = server.rows("SELECT status FROM dossier ORDER BY dossier_id")
    assert [row["status"] for row in statuses] == ["returned", "refused", "stopped", "withdrawn"]
    assert len(server.rows("SELECT 1 FROM definition")) == 1
    kept = [row["body"] for row in server.rows("SELECT body FROM event ORDER BY seq")]
    assert kept == week_of(version)
    counted = {row["name"] for row in server.rows("SELECT name FROM day_figure")}
    assert {"guidance", "rating", "closed"} == {name.partition(".")[0] for name in counted}


def post_bytes(raw: RawCounter, path: str, body: bytes, kind: type[Any]) -> Any:
    return read(raw.post_bytes(path, wire.pack(body)), kind)


@pytest.mark.parametrize("version", VERSIONS, ids=lambda each: each.name)
def test_a_push_of_a_released_version_is_taken(version: Path, later: Served, old: RawCounter) -> None:
    body = golden.read(version / "signed_push.hex")
    reply = post_bytes(old, "/v1/push", body, PushReply)
    count = len(week_of(version))
    assert (reply.ack.seq, reply.notes) == (count, [])
    assert reply.office_seqs == list(range(1, count + 1))
    check_week(later, version)
    assert post_bytes(old, "/v1/push", body, PushReply) == reply


@pytest.mark.parametrize("version", VERSIONS, ids=lambda each: each.name)
def test_a_stick_of_a_released_version_is_taken(
    version: Path, later: Served, old: RawCounter, tmp_path: Path
) -> None:
    stick = tmp_path / "up.qmc"
    stick.write_bytes(golden.read(version / "carry_up.hex"))
    taken = later.run(import_file(later.context, stick))
    assert (taken.refused, taken.repeated) == ([], False)
    check_week(later, version)
    assert later.run(import_file(later.context, stick)).refused == []
    check_week(later, version)


@pytest.mark.parametrize("version", VERSIONS, ids=lambda each: each.name)
def test_every_event_of_a_released_version_is_taken_by_itself(
    version: Path, later: Served, old: RawCounter
) -> None:
    for path, body in golden.every("events"):
        if path.parents[1] == version and wire_event(body)["device_id"] == samples.DEVICE:
            old.chain(body)
            assert old.push().ack.seq == len(old.bodies), path.stem
    assert set(flags(later)) <= {"receipt_missing"}


# A program of tomorrow


def with_more(message: bytes) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.msgpack.decode(message)
    return told | {"of_tomorrow": {"a": [1, None]}}


def sent(raw: RawCounter, path: str, purpose: bytes, told: Mapping[str, Any], kind: type[Any]) -> Any:
    said = signed(purpose, raw.key, raw.device_id, msgspec.msgpack.encode(told))
    return post_bytes(raw, path, msgspec.msgpack.encode(with_more(wire.to_bytes(said))), kind)


def test_new_fields_of_a_push_are_passed_over_and_kept_where_they_count(
    later: Served, counter: RawCounter
) -> None:
    counter.received(1)
    body = canonical_bytes({**wire_event(counter.bodies[0]), "event_id": "new", "of_tomorrow": {"x": 1}})
    counter.chain(body)
    told = with_more(wire.to_bytes(counter.push_request(protocol=99)))
    told["events"] = [item | {"of_tomorrow": 1} for item in told["events"]]
    assert sent(counter, "/v1/push", PUSH, told, PushReply).ack.seq == 2
    assert later.rows("SELECT body FROM event WHERE seq = 2")[0]["body"] == body


def test_a_session_of_tomorrow(counter: RawCounter) -> None:
    request = msgspec.msgpack.decode(
        msgspec.msgpack.decode(wire.to_bytes(counter.session_request()))["payload"]
    )
    told = {
        **request,
        "protocol": 99,
        "capabilities": ["teleport", *("x" * n for n in range(1, 50))],
        "app_version": "9.9.9-beta+1",
        "packs": [{"kind": "of_tomorrow", "version": 1, "more": 1}],
        "of_tomorrow": [],
    }
    reply = sent(counter, "/v1/session", SESSION, told, SessionReply)
    assert (reply.chain, reply.protocol) == ("ok", 1)
    assert "teleport" not in reply.capabilities
    counter.token = reply.token
    assert counter.pull().items == []


def test_a_kind_and_schema_of_tomorrow_are_taken_and_told_to_the_others(
    later: Served, counter: RawCounter
) -> None:
    dossier = counter.received(1)
    body = counter.act("dossier_digitised", dossier, copies=3)
    newer = canonical_bytes({**wire_event(body), "event_id": "newer", "schema": 7, "rev": 3})
    counter.chain(newer)
    counter.event("office_moved", data={"to": "trụ sở mới"})
    reply = counter.push()
    assert [note.code for note in reply.notes] == ["unknown_kind"] * 3
    assert flags(later) == ["unknown_kind"] * 2  # one for each kind of a device
    state = later.rows("SELECT state FROM dossier")[0]["state"]
    assert '"copies":3' in state  # the owner's patch counts, whatever its act is called
    with enrolled(later, counter=2, now=NOW) as other:
        kinds = [event["kind"] for event in other.pull_events()]
        assert kinds[:4] == ["dossier_received", "dossier_digitised", "dossier_digitised", "office_moved"]
        other.cursor = 0
        assert newer in {item.body for item in other.pull().items}


def test_a_program_too_old_to_read_still_brings_what_it_has(
    later: Served, counter: RawCounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "OLDEST_PULL", 2)
    monkeypatch.setattr(session, "OLDEST_PULL", 2)
    assert counter.session().oldest_pull == 2
    dossier = counter.received(1)
    counter.act(EventKind.DOSSIER_HANDED_OVER, dossier, status="processing")
    assert counter.push().ack.seq == 2
    with pytest.raises(Refused) as refused:
        counter.pull()
    assert (refused.value.status, refused.value.code) == (426, "update_needed")
    # And one of tomorrow may read.
    counter.session(protocol=2)
    assert counter.pull().items == []


def test_a_counter_that_says_nothing_but_what_it_must(later: Served, counter: RawCounter) -> None:
    request = msgspec.msgpack.decode(
        msgspec.msgpack.decode(wire.to_bytes(counter.session_request()))["payload"]
    )
    needed = {"unit_code", "device_id", "epoch", "last", "acked_seq", "cursor", "now"}
    least = {name: value for name, value in request.items() if name in needed}
    reply = sent(counter, "/v1/session", SESSION, least, SessionReply)
    counter.token = reply.token
    counter.received(1)
    told = msgspec.msgpack.decode(wire.to_bytes(counter.push_request()))
    must = {name: told[name] for name in ("unit_code", "epoch", "first_seq", "prev_hash", "events")}
    assert sent(counter, "/v1/push", PUSH, must, PushReply).ack.seq == 1
