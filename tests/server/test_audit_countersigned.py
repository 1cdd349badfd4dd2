"""The server remembers the ends of audit logs, signs them, and notices one that is not what it was."""

import hashlib
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest
from tests.server.raw_counter import RawCounter, Refused, enrolled
from tests.server.serving import Served

from counter_protocol.audit_tips import is_countersigned
from counter_protocol.fold import FlagKind
from counter_protocol.messages import Place, SessionReply
from counter_server.web.figures import CounterContact
from counter_server.web.tables import audit_line

UNIT, OTHER = "H29.12", "H29.13"


@pytest.fixture
def counter(server: Served) -> Iterator[RawCounter]:
    with enrolled(server, UNIT) as raw:
        yield raw


def place(seq: int, log: str = "") -> Place:
    return Place(seq=seq, hash=hashlib.sha256(f"{log}{seq}".encode()).digest())


def flags(server: Served) -> list[dict[str, Any]]:
    return [dict(row) for row in server.rows("SELECT kind, params FROM flag ORDER BY raised_at")]


def kinds(server: Served) -> list[str]:
    return [flag["kind"] for flag in flags(server)]


def signed_by(server: Served, counter: RawCounter, end: Place, reply: SessionReply) -> bool:
    return is_countersigned(
        server.context.secrets.signing_public,
        reply.audit_proof,
        unit_code=counter.unit,
        device_id=counter.device_id,
        seq=end.seq,
        hash_=end.hash,
        at=reply.now,
    )


def test_a_tip_is_kept_and_signed(server: Served, counter: RawCounter) -> None:
    reply = counter.session(audit_end=place(7))
    assert signed_by(server, counter, place(7), reply)
    assert not signed_by(server, counter, place(8), reply)
    assert not signed_by(server, counter, place(7, "another"), reply)
    counter.session(audit_end=place(9), audit_known=place(7))
    rows = server.rows("SELECT seq, hash FROM audit_tip ORDER BY seq")
    assert [(row["seq"], row["hash"]) for row in rows] == [(7, place(7).hash), (9, place(9).hash)]
    shown = server.rows("SELECT audit_tip, audit_seq FROM device")[0]
    assert (shown["audit_tip"], shown["audit_seq"]) == (place(9).hash.hex()[:8], 9)
    assert flags(server) == []


def test_a_counter_of_before_opens_sessions_without_one(server: Served, counter: RawCounter) -> None:
    assert counter.session().audit_proof == b""
    assert server.rows("SELECT * FROM audit_tip") == []


@pytest.mark.parametrize(
    "later",
    [
        {"audit_end": place(5)},
        {"audit_end": place(9, "another")},
        {"audit_end": place(12), "audit_known": place(9, "another")},
        {"audit_end": place(12), "audit_known": Place(seq=9, hash=bytes(32))},
    ],
    ids=["cut off", "made anew", "made anew and grown", "gone at the known place"],
)
def test_a_log_that_is_not_what_it_was_is_flagged_once_and_not_signed(
    server: Served, counter: RawCounter, later: dict[str, Place]
) -> None:
    counter.session(audit_end=place(9))
    reply = counter.session(**later)
    assert reply.audit_proof == b""
    assert reply.token  # nothing else is refused: what was recorded must arrive
    counter.session(**later)
    assert kinds(server) == [FlagKind.AUDIT_ROLLED_BACK]
    assert [row["seq"] for row in server.rows("SELECT seq FROM audit_tip")] == [9]
    told = counter.pull_events()
    assert [each["data"]["kind"] for each in told] == ["audit_rolled_back"]
    assert told[0]["data"]["params"] == {
        "counter": 1,
        "place": later["audit_end"].seq,
        "known": 9,
    }


def test_a_counter_put_back_says_so_by_its_epoch(server: Served, counter: RawCounter) -> None:
    counter.session(audit_end=place(9))
    end = place(6)
    counter.epoch = 2
    assert signed_by(server, counter, end, counter.session(audit_end=end, audit_known=None))
    assert kinds(server) == [FlagKind.AUDIT_RESTORED]
    grown = place(9, "after the restore")
    assert signed_by(server, counter, grown, counter.session(audit_end=grown, audit_known=end))
    assert kinds(server) == [FlagKind.AUDIT_RESTORED]


def test_a_counter_put_back_without_a_word_is_known_by_its_chain(server: Served, counter: RawCounter) -> None:
    counter.received(1)
    counter.push()
    counter.session(audit_end=place(9))
    counter.bodies, counter.hashes, counter.acked = [], counter.hashes[:1], 0
    assert counter.session(audit_end=place(4)).chain == "counter_behind"
    assert kinds(server) == [FlagKind.AUDIT_RESTORED]


@pytest.mark.parametrize("end", [Place(seq=-1, hash=bytes(32)), Place(seq=1, hash=b"short")])
def test_what_is_no_tip_is_refused(counter: RawCounter, end: Place) -> None:
    with pytest.raises(Refused, match="not_a_message"):
        counter.session(audit_end=end)


def test_devices_only_add_tips_and_see_their_own_office(server: Served, counter: RawCounter) -> None:
    counter.session(audit_end=place(7))

    async def as_device(unit: str, statement: str) -> list[Any]:
        async with server.context.database.office(unit) as connection:
            return list(await connection.fetch(statement))

    assert len(server.run(as_device(UNIT, "SELECT * FROM audit_tip"))) == 1
    assert server.run(as_device(OTHER, "SELECT * FROM audit_tip")) == []
    for statement in ("UPDATE audit_tip SET seq = 1", "DELETE FROM audit_tip"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            server.run(as_device(UNIT, statement))


def test_leaders_read_the_last_tip_as_sheets_show_it(server: Served, counter: RawCounter) -> None:
    contact = CounterContact(counter=2, seen_at=None, clock_ahead_s=0, audit_tip="1a2b3c4d", audit_seq=812)
    assert audit_line(contact).text == "Quầy 2: 1A2B 3C4D · số mục 812"
    assert "chưa gửi" in audit_line(CounterContact(counter=2, seen_at=None, clock_ahead_s=0)).text
    counter.session(audit_end=place(7))

    async def as_leader() -> list[Any]:
        async with server.context.database.leader() as connection:
            return list(await connection.fetch("SELECT audit_tip, audit_seq FROM device"))

    assert [row["audit_seq"] for row in server.run(as_leader())] == [7]
