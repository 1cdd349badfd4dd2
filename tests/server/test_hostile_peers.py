"""A signed-in counter that says anything is taken or refused, never a failure; a refusal has no effect."""

import http.client
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.protocol.hostile import BAD_EVENTS, json_values
from tests.server.any_message import any_of, integers, texts
from tests.server.raw_counter import RawCounter, Refused, code_for, enrolled, read, wire_event
from tests.server.serving import Served
from tests.server.test_hostile_bodies import everything

from counter_protocol import wire
from counter_protocol.events import GENESIS_HASH, SERVER, EventKind, chain_hash
from counter_protocol.messages import (
    BlockReply,
    BlockRequest,
    Done,
    EnrolReply,
    EnrolRequest,
    ErrorReply,
    EventItem,
    LateEvent,
    Message,
    NumberBlock,
    PushReply,
    PushRequest,
    QuarantinedItem,
    QuarantineReport,
    SessionReply,
    SessionRequest,
    UploadRequest,
    UploadState,
)
from counter_protocol.refusals import ErrorClass, Refusal, class_of
from counter_protocol.signing import PUSH, SESSION, signed
from counter_server import wire_body

ANYTHING = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
OF_THE_SERVER = {"status_set", "code_aliased", "task_given", "flag_raised", "flag_settled"}


@pytest.fixture
def counter(server: Served) -> Iterator[RawCounter]:
    with enrolled(server) as raw:
        raw.received(1)
        raw.push()
        yield raw


def say(server: Served, raw: RawCounter, path: str, message: Message, kind: type[Message]) -> Message | None:
    """Post a message; check that a refusal is one of ours and left every table as it was."""
    before = everything(server)
    answer = raw.post_bytes(path, wire.pack(wire.to_bytes(message)))
    if answer.status_code < 400:
        return read(answer, kind)
    assert answer.status_code < 500
    code = wire.from_bytes(answer.content, ErrorReply).code
    assert code in set(Refusal)
    after = everything(server)
    if code == Refusal.CHAIN_BROKEN:  # a fork is told to the office, by a flag and no more
        after["event"] = [row for row in after["event"] if row["device_id"] != SERVER]
        before["event"] = [row for row in before["event"] if row["device_id"] != SERVER]
        for told in ("flag", "office_log"):
            del after[told], before[told]
    assert after == before
    return None


@pytest.mark.slow
@ANYTHING
@given(st.data())
def test_any_session(server: Served, counter: RawCounter, data: st.DataObject) -> None:
    request = data.draw(
        any_of(SessionRequest, unit_code=st.just(counter.unit), device_id=st.just(counter.device_id))
    )
    message = signed(SESSION, counter.key, counter.device_id, wire.to_bytes(request))
    say(server, counter, "/v1/session", message, SessionReply)
    assert counter.session().token


@ANYTHING
@given(any_of(BlockRequest) | any_of(BlockRequest, returned=any_of(NumberBlock, first=st.just(1001))))
def test_any_asking_for_numbers(server: Served, counter: RawCounter, request: BlockRequest) -> None:
    say(server, counter, "/v1/blocks", request, BlockReply)


@ANYTHING
@given(any_of(QuarantineReport) | st.builds(QuarantineReport, items=st.lists(any_of(QuarantinedItem))))
def test_any_report(server: Served, counter: RawCounter, report: QuarantineReport) -> None:
    say(server, counter, "/v1/quarantine", report, Done)


@ANYTHING
@given(
    any_of(UploadRequest)
    | any_of(
        UploadRequest, sha256=st.just("ab" * 32), size=st.just(1000), media_type=st.just("application/pdf")
    )
)
def test_any_scan_announced(server: Served, counter: RawCounter, request: UploadRequest) -> None:
    say(server, counter, "/v1/uploads", request, UploadState)


@settings(ANYTHING, max_examples=15)  # twenty wrong codes a minute are enough for an address
@given(st.data())
def test_any_introduction(server: Served, counter: RawCounter, data: st.DataObject) -> None:
    request = data.draw(any_of(EnrolRequest, unit_code=st.just(counter.unit) | texts))
    say(server, counter, "/v1/enrol", request, EnrolReply)


@pytest.mark.slow
@ANYTHING
@given(st.data())
def test_any_push(server: Served, counter: RawCounter, data: st.DataObject) -> None:
    item = any_of(EventItem) | st.sampled_from([EventItem(body=body) for body in counter.bodies])
    late = any_of(LateEvent) | any_of(LateEvent, epoch=st.just(1), seq=st.just(1))
    push = data.draw(
        any_of(
            PushRequest,
            unit_code=st.just(counter.unit),
            epoch=st.just(1) | integers,
            first_seq=st.sampled_from([1, 2]) | integers,
            prev_hash=st.sampled_from(counter.hashes) | st.binary(max_size=40),
            events=st.lists(item, max_size=3),
            late=st.lists(late, max_size=2),
        )
    )
    message = signed(PUSH, counter.key, counter.device_id, wire.to_bytes(push))
    say(server, counter, "/v1/push", message, PushReply)
    check_chains(server, counter)


def check_chains(server: Served, counter: RawCounter) -> None:
    """Check that each epoch of the device is one chain without a gap, and ends where the server says."""
    own = server.rows("SELECT * FROM event WHERE device_id = $1 ORDER BY epoch, seq", counter.device_id)
    tips: dict[int, tuple[int, bytes]] = {}
    for row in own:
        seq, before = tips.get(row["epoch"], (0, GENESIS_HASH))
        assert row["seq"] == seq + 1
        assert row["body"] == b"" or row["hash"] == chain_hash(before, row["body"])
        tips[row["epoch"]] = (row["seq"], row["hash"])
    told = server.rows("SELECT * FROM chain WHERE device_id = $1", counter.device_id)
    assert {row["epoch"]: (row["last_seq"], row["last_hash"]) for row in told} == tips


@ANYTHING
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*EventKind, "of_tomorrow"]),
            st.sampled_from(["known", "new", ""]),
            json_values
            | st.fixed_dictionaries(
                {"state": st.fixed_dictionaries({"set": json_values, "add": json_values})}
            )
            | st.fixed_dictionaries({"notice_id": json_values, "params": json_values, "day": texts}),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_any_event(server: Served, counter: RawCounter, told: list[tuple[str, str, Any]]) -> None:
    """An event that is well-formed is taken, whatever it says; and the next good one after it."""
    known = wire_event(counter.bodies[0])["dossier_id"]
    for kind, about, data in told:
        counter.event("placeholder", known if about == "known" else about)
        record = wire_event(counter.bodies.pop()) | {"kind": kind, "data": data}
        counter.hashes.pop()
        body = json.dumps(record).encode()
        counter.chain(body)
        wanted = "" if isinstance(data, dict) else "event_malformed"
        if wanted == "" and kind in OF_THE_SERVER:
            wanted = "event_of_another"
        if wanted == "":
            counter.push()
            continue
        with pytest.raises(Refused, match=wanted) as refused:
            counter.push()
        assert refused.value.reply.seq == len(counter.bodies)
        counter.bodies.pop()
        counter.hashes.pop()
    counter.received(len(counter.bodies) + 10)
    assert counter.push().ack.seq == len(counter.bodies)


def test_bodies_no_counter_could_read_are_refused(server: Served, counter: RawCounter) -> None:
    before = everything(server)
    own = {"device_id": counter.device_id.encode(), "unit_code": counter.unit.encode()}
    for name, made in BAD_EVENTS.items():
        body = made
        for field, value in own.items():
            body = re.sub(b'"%s":"[^"]*"' % field.encode(), b'"%s":"%s"' % (field.encode(), value), body)
        with pytest.raises(Refused) as refused:
            counter.send(counter.push_request(2, 1, events=[EventItem(body=body)]))
        assert refused.value.code == ("event_too_big" if len(body) > 256 * 1024 else "event_malformed"), name
    assert everything(server) == before


PATHS = (
    "/v1/packs/..",
    "/v1/packs/../../../etc/passwd",
    "/v1/packs/..%2f..%2f..%2fetc%2fpasswd",
    "/v1/packs/%2e%2e%2f%2e%2e",
    "/v1/packs/" + "a" * 64 + "/../x",
    "/v1/packs/" + "A" * 64,
    "/v1/packs/" + "a" * 63 + "%00",
    "/v1/packs/" + "a" * 100_0,
    "/v1/uploads/..",
    "/v1/uploads/..%2f..%2fsecrets",
    "/v1/uploads/%00",
    "/v1/uploads/" + "a" * 64 + ".%00",
    "/v1/uploads/" + "a" * 64 + "." + "9" * 30,
    "/v1/uploads/" + "u" * 5_000,
    "/v1/../v1/uploads/%5c..%5c",
    "/v1/%2e%2e/healthz/..",
    "//etc/passwd",
    "/static/../../../../etc/passwd",
    "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
)


@pytest.mark.parametrize("path", PATHS)
def test_a_path_leads_nowhere(path: str, server: Served, counter: RawCounter, tmp_path: Path) -> None:
    before, files = everything(server), sorted(tmp_path.rglob("*"))
    for method in ("GET", "PATCH"):
        status, body = raw_request(server, counter, method, path)
        assert 400 <= status < 500
        assert b"root:" not in body
    assert everything(server) == before
    assert sorted(tmp_path.rglob("*")) == files


def raw_request(server: Served, counter: RawCounter, method: str, path: str) -> tuple[int, bytes]:
    """Ask for a path exactly as it is written; a client library would tidy it."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    headers = counter.headers() | {"Upload-Offset": "0", "Upload-Checksum": f"sha256 {'0' * 64}"}
    connection.request(method, path, body=b"x" if method == "PATCH" else None, headers=headers)
    answer = connection.getresponse()
    told = answer.status, answer.read()
    connection.close()
    return told


def test_guessing_codes_is_soon_over_for_the_one_who_guesses(server: Served, counter: RawCounter) -> None:
    code = code_for(server, counter.unit, 2)
    before = everything(server)
    with RawCounter(server.url, counter.unit, 2) as guesser:
        told: list[str] = []
        for number in range(40):
            with pytest.raises(Refused) as refused:
                guesser.enrol(f"{number:04d}-{number:04d}-{number:04d}")
            told.append(refused.value.code)
        assert told == ["enrol_code_refused"] * 20 + ["rate_limited"] * 20
        assert refused.value.reply.retry_after > 0
        # The right code is no help to who has to wait, and the others work on.
        with pytest.raises(Refused, match="rate_limited"):
            guesser.enrol(code)
    assert everything(server) == before
    counter.received(2)
    assert counter.push().ack.seq == 2


CLASSES = {
    ErrorClass.AUTH: "token_missing token_expired device_unknown device_revoked bad_signature wrong_office "
    "clock_too_far enrol_code_refused counter_taken",
    ErrorClass.PROTOCOL: "chain_broken update_needed upload_offset upload_unknown",
    ErrorClass.BUSY: "rate_limited server_busy",
    ErrorClass.POISON: "not_a_message body_too_big event_too_big event_malformed event_of_another checksum "
    "block_refused pack_unknown",
}
STATUSES = {
    ErrorClass.AUTH: (401, 403),
    ErrorClass.PROTOCOL: (409, 426),
    ErrorClass.BUSY: (408, 425, 429, 500, 502, 503, 504, 599),
    ErrorClass.POISON: (400, 404, 405, 413, 415, 422),
}


def test_every_refusal_is_of_one_class_whatever_its_status() -> None:
    listed = {code: each for each, codes in CLASSES.items() for code in codes.split()}
    assert set(listed) == set(Refusal)
    for code, wanted in listed.items():
        told = wire_body.Refused(Refusal(code))
        assert class_of(told.status, code) is wanted, code
        assert wire.from_bytes(wire.to_bytes(told.reply), ErrorReply).code == code
    for wanted, statuses in STATUSES.items():
        assert {class_of(status, "of_tomorrow") for status in statuses} == {wanted}
