"""Counters come in by a one-time code, stay who they are, and go when they are replaced."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.server.raw_counter import RawCounter, Refused, code_for, enrolled
from tests.server.serving import Served, serving

from counter_protocol.messages import Place
from counter_protocol.signing import new_private_key

UNIT = "H29.12"


def test_a_code_works_once_and_a_lost_reply_may_be_asked_again(server: Served) -> None:
    server.add_office(UNIT)
    code = code_for(server, UNIT, 3)
    with RawCounter(server.url, UNIT, 3) as raw, RawCounter(server.url, UNIT, 3) as other:
        reply = raw.enrol(code)
        assert reply.signing_key == server.context.secrets.signing_public
        assert reply.sealing_key == server.context.secrets.sealing_public
        assert [(block.first, block.last) for block in reply.blocks] == [(3001, 3999)]
        # Leaders read of a counter just connected as heard of, not as lost.
        assert server.rows("SELECT seen_at = enrolled_at AS heard FROM device") == [{"heard": True}]
        assert raw.enrol(code.lower().replace("-", " ")).blocks == reply.blocks
        with pytest.raises(Refused, match="enrol_code_refused"):
            other.enrol(code)
        raw.key = new_private_key()
        with pytest.raises(Refused, match="enrol_code_refused"):
            raw.enrol(code)


def test_every_wrong_code_is_told_the_same(server: Served) -> None:
    server.add_office(UNIT)
    server.add_office("H29.13")
    code = code_for(server, UNIT, 1)
    told = set()
    for unit, counter, tried in (
        (UNIT, 2, code),
        ("H29.13", 1, code),
        ("H99.99", 1, code),
        (UNIT, 1, "3333-4444-6666"),
        (UNIT, 1, ""),
    ):
        with RawCounter(server.url, unit, counter) as raw, pytest.raises(Refused) as refused:
            raw.enrol(tried)
        told.add((refused.value.status, refused.value.code, refused.value.reply.detail))
    assert told == {(403, "enrol_code_refused", "")}
    assert server.rows("SELECT 1 FROM device") == []


def test_a_code_expires(database_url: str, tmp_path: Path) -> None:
    now = [datetime(2026, 11, 23, 1, tzinfo=UTC)]
    with serving(database_url, tmp_path, now=lambda: now[0]) as server:
        server.add_office(UNIT)
        code = code_for(server, UNIT, 1)
        now[0] += timedelta(days=7)
        with RawCounter(server.url, UNIT, 1) as raw, pytest.raises(Refused, match="enrol_code_refused"):
            raw.enrol(code)


def test_a_seat_is_given_up_only_to_who_replaces(server: Served) -> None:
    with enrolled(server, UNIT, 1) as old, RawCounter(server.url, UNIT, 1) as new:
        with pytest.raises(Refused, match="counter_taken"):
            new.enrol(code_for(server, UNIT, 1))
        assert old.pull().items == []
        reply = new.enrol(code_for(server, UNIT, 1, replaces=True))
        assert [(block.first, block.last) for block in reply.blocks] == [(1001, 1999)]
        new.session()
        for call in (old.pull, old.session, old.push):
            with pytest.raises(Refused) as refused:
                call()
            assert (refused.value.status, refused.value.code) == (403, "device_revoked")
    rows = server.rows("SELECT device_id, state FROM device ORDER BY enrolled_at")
    assert [row["state"] for row in rows] == ["revoked", "active"]


def test_a_machine_enrolled_anew_keeps_its_chain(server: Served) -> None:
    with enrolled(server, UNIT, 1) as raw:
        raw.received(1)
        raw.push()
        raw.key = new_private_key()
        raw.enrol(code_for(server, UNIT, 1))
        assert raw.session().chain == "ok"
        raw.received(2)
        assert raw.push().office_seqs == [2]


def test_a_machine_that_changes_desks_leaves_its_numbers(server: Served) -> None:
    with enrolled(server, UNIT, 1) as raw:
        raw.counter = 2
        raw.enrol(code_for(server, UNIT, 2))
    rows = server.rows("SELECT first, until_day FROM number_block ORDER BY first")
    assert [(row["first"], row["until_day"] is None) for row in rows] == [(1001, False), (2001, True)]


def test_a_code_of_one_desk_gives_nobody_the_identity_of_another(server: Served) -> None:
    with enrolled(server, UNIT, 1) as raw:
        raw.received(1)
        key, raw.key, raw.counter = raw.key, new_private_key(), 2
        with pytest.raises(Refused) as refused:
            raw.enrol(code_for(server, UNIT, 2))
        assert refused.value.code == "counter_taken"
        raw.key, raw.counter = key, 1
        assert raw.session().chain == "ok"
        raw.push()


@pytest.mark.parametrize(
    "changes",
    [
        {"public_key": b"short"},
        {"counter": 0},
        {"counter": 2**40},
        {"sealing_key": b"x"},
        {"app_version": "\x00"},
        {"device_id": ""},
        {"device_id": "server"},
    ],
)
def test_what_is_no_counter_is_refused(changes: dict[str, object], server: Served) -> None:
    from counter_protocol.messages import EnrolReply, EnrolRequest

    server.add_office(UNIT)
    fields = {"unit_code": UNIT, "code": code_for(server, UNIT, 1), "device_id": "d", "counter": 1, "now": ""}
    request = EnrolRequest(**{**fields, "public_key": bytes(32), **changes})  # type: ignore[arg-type]
    with RawCounter(server.url, UNIT, 1) as raw, pytest.raises(Refused, match="not_a_message"):
        raw.post("/v1/enrol", request, EnrolReply)


def test_a_session_tells_how_the_chains_stand(server: Served) -> None:
    with enrolled(server, UNIT, 1) as raw:
        for number in range(1, 21):
            raw.received(number)
        raw.push(1, 12)
        reply = raw.session()
        # Place 12 is none a counter names that stands at 20; the nearest earlier one, 5, agrees.
        assert (reply.chain, reply.ack.seq, reply.ack.hash) == ("ok", 12, raw.hashes[12])
        assert reply.common_seq == 5
        raw.push()
        assert raw.session().common_seq == 20
        # Put back to place 5.
        behind = raw.session(
            last=Place(seq=5, hash=raw.hashes[5]), checkpoints=[Place(seq=5, hash=raw.hashes[5])]
        )
        assert (behind.chain, behind.common_seq) == ("counter_behind", 5)
        # The server was put back.
        server.run(_forget_after(server, 8))
        ahead = raw.session()
        assert (ahead.chain, ahead.ack.seq) == ("server_behind", 8)
        raw.acked = 8
        assert raw.session().chain == "ok"
        assert raw.push().ack.seq == 20


async def _forget_after(server: Served, seq: int) -> None:
    """As a backup of then would have it."""
    async with server.context.database.admin() as connection:
        await connection.execute("DELETE FROM event WHERE seq > $1", seq)
        row = await connection.fetchrow("SELECT hash FROM event WHERE seq = $1", seq)
        await connection.execute("UPDATE chain SET last_seq = $1, last_hash = $2", seq, row["hash"])
        await connection.execute("UPDATE office_log SET seq = $1", seq)


def test_a_session_that_shows_a_fork_raises_one_flag(server: Served) -> None:
    with enrolled(server, UNIT, 1) as raw:
        raw.received(1)
        raw.push()
        for _ in range(2):
            other = Place(seq=1, hash=bytes(31) + b"x")
            assert raw.session(last=other, checkpoints=[other]).chain == "forked"
    assert [row["kind"] for row in server.rows("SELECT kind FROM flag")] == ["forked_device"]


def test_a_dead_clock_locks_nobody_out(server: Served) -> None:
    with enrolled(server, UNIT, 1) as raw:
        for now in ("2002-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.000000Z", "", "no time"):
            assert raw.session(now=now).token


def test_a_session_signed_by_somebody_else_is_refused(server: Served) -> None:
    with enrolled(server, UNIT, 1) as raw:
        raw.key = new_private_key()
        with pytest.raises(Refused, match="bad_signature"):
            raw.session()
    with RawCounter(server.url, UNIT, 1) as unknown, pytest.raises(Refused, match="device_unknown"):
        unknown.session()


def test_a_token_ends(database_url: str, tmp_path: Path) -> None:
    now = [datetime(2026, 11, 23, 1, tzinfo=UTC)]
    with serving(database_url, tmp_path, now=lambda: now[0]) as server, enrolled(server, UNIT, 1) as raw:
        expires = raw.session().expires_in
        now[0] += timedelta(seconds=expires - 1)
        raw.pull()
        now[0] += timedelta(seconds=1)
        with pytest.raises(Refused, match="token_expired"):
            raw.pull()
