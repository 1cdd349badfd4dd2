"""Batches are taken whole or not at all, once, in the chain's order."""

from collections.abc import Iterator

import pytest
from tests.server.raw_counter import RawCounter, Refused, enrolled, wire_event
from tests.server.serving import Served

from counter_protocol.events import EventKind
from counter_protocol.messages import LateEvent
from counter_protocol.signing import new_private_key


@pytest.fixture
def counter(server: Served) -> Iterator[RawCounter]:
    with enrolled(server) as raw:
        yield raw


def flags(server: Served) -> list[str]:
    return sorted(row["kind"] for row in server.rows("SELECT kind FROM flag"))


def test_a_batch_is_in_the_log_and_folded(server: Served, counter: RawCounter) -> None:
    first, second = counter.received(1), counter.received(2)
    counter.act(EventKind.DOSSIER_HANDED_OVER, first, status="processing")
    reply = counter.push()
    assert reply.office_seqs == [1, 2, 3]
    assert (reply.ack.seq, reply.ack.hash) == (3, counter.hashes[3])
    rows = server.rows("SELECT dossier_id, status, office_seq, owner FROM dossier ORDER BY office_seq")
    assert [(row["dossier_id"], row["status"]) for row in rows] == [
        (second, "received"),
        (first, "processing"),
    ]
    assert {row["owner"] for row in rows} == {counter.device_id}
    assert flags(server) == []


def test_a_lost_reply_changes_nothing(server: Served, counter: RawCounter) -> None:
    counter.received(1)
    counter.received(2)
    request = counter.push_request()
    assert counter.send(request) == counter.send(request)
    assert server.rows("SELECT count(*) AS n FROM event")[0]["n"] == 2


def test_a_batch_that_is_partly_known_goes_on(server: Served, counter: RawCounter) -> None:
    counter.received(1)
    counter.send(counter.push_request())
    counter.received(2)
    reply = counter.send(counter.push_request(1, 2))
    assert reply.office_seqs == [1, 2]
    assert reply.ack.seq == 2


def test_a_gap_is_refused(server: Served, counter: RawCounter) -> None:
    counter.received(1)
    counter.received(2)
    with pytest.raises(Refused) as refused:
        counter.push(2, 2)
    assert (refused.value.status, refused.value.code) == (409, "chain_broken")
    assert server.rows("SELECT 1 FROM event") == []


def test_another_event_at_a_known_place_is_a_fork_a_human_hears_of(
    server: Served, counter: RawCounter
) -> None:
    counter.received(1)
    counter.push()
    with RawCounter(server.url, counter.unit, device_id=counter.device_id, key=counter.key) as clone:
        clone.token = counter.token
        clone.received(7)
        for _ in range(2):
            with pytest.raises(Refused, match="chain_broken"):
                clone.push()
        assert clone.session().chain == "forked"
    assert flags(server) == ["forked_device"]
    assert counter.session().chain == "forked"  # nobody goes on in that epoch


def test_an_event_told_again_in_a_new_epoch_counts_once(server: Served, counter: RawCounter) -> None:
    dossier = counter.received(1)
    counter.event(EventKind.GUIDANCE_GIVEN, data={"notice": "refusal"})
    counter.push()
    counter.new_epoch(after=0)
    counter.returned(dossier)
    assert counter.push().office_seqs == [1, 2, 3]
    assert flags(server) == []
    figures = server.rows("SELECT name, value FROM day_figure ORDER BY name")
    assert [(row["name"], row["value"]) for row in figures] == [("guidance", 1), ("guidance.refusal", 1)]
    assert len(server.rows("SELECT 1 FROM event")) == 5
    assert len(server.rows("SELECT 1 FROM event WHERE body <> ''")) == 3


def test_the_same_id_with_other_content_is_refused_by_place(server: Served, counter: RawCounter) -> None:
    body = counter.event(EventKind.PAPER_PRINTED)
    counter.push()
    counter.event(EventKind.PAPER_PRINTED, data={"paper": "slip"}, event_id=wire_event(body)["event_id"])
    with pytest.raises(Refused) as refused:
        counter.push()
    assert (refused.value.code, refused.value.reply.seq) == ("event_malformed", 2)


def test_the_same_event_twice_in_a_batch_counts_once(server: Served, counter: RawCounter) -> None:
    body = counter.event(EventKind.GUIDANCE_GIVEN, data={"notice": "refusal"})
    counter.chain(body)
    assert counter.push().office_seqs == [1, 1]
    assert server.rows("SELECT value FROM day_figure WHERE name = 'guidance'")[0]["value"] == 1


def test_a_double_return_keeps_the_first_and_raises_a_flag(server: Served, counter: RawCounter) -> None:
    dossier = counter.received(1)
    counter.push()
    with enrolled(server, counter=2) as other:
        other.returned(dossier, seen=1)
        other.push()
        counter.returned(dossier)
        reply = counter.push()
        assert [note.code for note in reply.notes] == ["returned_twice"]
        assert flags(server) == ["returned_twice"]
        told = [event["kind"] for event in other.pull_events()]
        assert told == ["dossier_received", "result_returned", "flag_raised"]


def test_a_withheld_event_holds_its_place_and_may_come_late(server: Served, counter: RawCounter) -> None:
    dossier = counter.received(1)
    counter.event(EventKind.PAPER_PRINTED)
    counter.push(withheld=[1])
    assert server.rows("SELECT 1 FROM dossier") == []
    assert flags(server) == ["event_withheld"]
    late = [LateEvent(epoch=1, seq=1, body=counter.bodies[0])]
    wrong = [LateEvent(epoch=1, seq=1, body=counter.bodies[1])]
    with pytest.raises(Refused, match="event_malformed"):
        counter.push(late=wrong)
    reply = counter.push(late=late)
    assert counter.push(late=late).late_office_seqs == reply.late_office_seqs == [4]
    assert [row["dossier_id"] for row in server.rows("SELECT dossier_id FROM dossier")] == [dossier]
    assert server.rows("SELECT 1 FROM flag WHERE settled_at IS NULL") == []
    with enrolled(server, counter=2) as other:
        kinds = [event["kind"] for event in other.pull_events()]
    assert kinds == ["paper_printed", "flag_raised", "dossier_received", "flag_settled"]


def test_flags_of_what_is_odd(server: Served, counter: RawCounter) -> None:
    counter.event("from_the_future", data={"x": 1})
    counter.event(EventKind.PAPER_PRINTED, at=counter.clock().replace(year=2099))
    first = counter.received(1)
    counter.received(1)
    counter.act(EventKind.DOSSIER_HANDED_OVER, "nowhere", status="processing")
    counter.event(EventKind.SCAN_ATTACHED, first, {"state": {"add": {"life.paid_vnd": "x"}}})
    reply = counter.push()
    noted = sorted((note.seq, note.code) for note in reply.notes)
    assert noted == [
        (1, "unknown_kind"),
        (2, "clock_off"),
        (4, "duplicate_code"),
        (5, "receipt_missing"),
        (6, "unknown_kind"),
    ]
    assert len(flags(server)) == 5
    assert len(server.rows("SELECT 1 FROM dossier")) == 2


def test_an_old_event_is_no_sign_of_a_wrong_clock_but_a_slow_clock_is(
    server: Served, counter: RawCounter
) -> None:
    old = counter.clock().replace(year=2026, month=1, day=5)
    counter.event(EventKind.PAPER_PRINTED, at=old)
    counter.push()
    assert flags(server) == []
    counter.now = old
    counter.event(EventKind.PAPER_PRINTED)
    counter.session()
    counter.push()
    assert flags(server) == ["clock_off"]
    assert server.rows("SELECT clock_ahead_s FROM device")[0]["clock_ahead_s"] < -86_400


def test_a_wrong_signature_and_anothers_events_are_refused(server: Served, counter: RawCounter) -> None:
    counter.received(1)
    with pytest.raises(Refused) as refused:
        counter.send(counter.push_request(), key=new_private_key())
    assert (refused.value.status, refused.value.code) == (401, "bad_signature")
    with enrolled(server, counter=2) as other:
        other.chain(counter.bodies[0])
        with pytest.raises(Refused) as refused:
            other.push()
        assert (refused.value.code, refused.value.reply.seq) == ("event_of_another", 1)
    assert server.rows("SELECT 1 FROM event") == []


def test_ratings_and_day_closings_become_figures(server: Served, counter: RawCounter) -> None:
    ratings = [{"score": "satisfied"}, {"score": "satisfied"}, {"score": "unsatisfied"}]
    day = "2026-11-20"
    counter.event(EventKind.RATING_GIVEN, data={"day": day, "training": False, "ratings": ratings})
    counter.event(EventKind.RATING_GIVEN, data={"day": day, "training": True, "ratings": ratings})
    counter.event(EventKind.DAY_CLOSED, data={"day": day, "revision": 1, "counts": {"received": 5}})
    counter.event(EventKind.DAY_CLOSED, data={"day": day, "revision": 2, "counts": {"received": 6}})
    counter.push()
    figures = server.rows("SELECT name, value FROM day_figure ORDER BY name")
    assert [(row["name"], row["value"]) for row in figures] == [
        ("closed", 2),
        ("closed.received", 6),
        ("rating.satisfied", 2),
        ("rating.unsatisfied", 1),
    ]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_beyond_the_calendar_keeps_nothing_back(
    moment: str, server: Served, counter: RawCounter
) -> None:
    counter.received(1, received_at=moment, due_at=moment)
    counter.received(2)
    counter.push()
    rows = server.rows("SELECT due_at IS NULL AS unread FROM dossier ORDER BY dossier_code")
    assert [row["unread"] for row in rows] == [True, False]


def test_a_withheld_event_that_comes_in_a_new_epoch_is_missed_no_more(
    server: Served, counter: RawCounter
) -> None:
    counter.received(1)
    counter.push(withheld=[1])
    counter.new_epoch(0)
    counter.session()
    counter.push()
    assert server.rows("SELECT 1 FROM flag WHERE settled_at IS NULL") == []
    with enrolled(server, counter=2) as other:
        assert [event["kind"] for event in other.pull_events()][-1] == "flag_settled"
