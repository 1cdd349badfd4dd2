"""An event nobody can take is found and put aside with its dossier; all others go on."""

from http.server import BaseHTTPRequestHandler

import pytest
from tests.helpers.sync_states import receive_many
from tests.sync.counters import Counter, answers, lane
from tests.sync.scripted_server import Asked, ScriptedServer, message, page, refusal

from counter_app.services.sync_port import ItemState, OutItem
from counter_protocol import wire
from counter_protocol.messages import Done, PushRequest, QuarantineReport


def items_of(counter: Counter) -> list[OutItem]:
    with counter.desk.store.reading() as queries:
        return list(queries.out_items(unsent_only=False, limit=10_000))


def refuse_body(scripted: ScriptedServer, bad: bytes, *, named: bool) -> None:
    """Refuse every batch with that event in it, as a server that stumbles over its content does."""

    def reply(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        pushed = asked.payload(PushRequest)
        assert isinstance(pushed, PushRequest)
        at = [pushed.first_seq + n for n, item in enumerate(pushed.events) if item.body == bad]
        if at:
            refusal("event_malformed", 422, seq=at[0] if named else 0)(handler, asked)
        else:
            scripted._push(handler, asked)

    scripted.always["/v1/push"] = reply


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("place", [0, 9, -1])
def test_the_one_is_put_aside_and_the_rest_arrives(
    counter: Counter, scripted: ScriptedServer, place: int, named: bool
) -> None:
    receive_many(counter.desk, 8)
    before = items_of(counter)
    bad = before[place]
    refuse_body(scripted, bad.body, named=named)

    report = counter.sync()

    assert answers(report)[0] == ""
    after = items_of(counter)
    held = [item for item in after if item.state is ItemState.WITHHELD]
    same_dossier = [
        item
        for item in before
        if item.seq >= bad.seq and item.dossier_id == bad.dossier_id and bad.dossier_id
    ] or [bad]
    assert [item.event_id for item in held] == [item.event_id for item in same_dossier]
    assert {item.state for item in after} == {ItemState.ACKED, ItemState.WITHHELD}
    assert report.quarantined == len(held)
    assert scripted.withheld == [item.event_id for item in held]
    assert {item.body for item in before} - set(scripted.taken) == {item.body for item in same_dossier}
    pushes = len(scripted.of("/v1/push"))
    assert pushes <= 3 * (2 + len(before).bit_length() * 2)


def test_what_was_put_aside_is_reported_without_its_content(
    counter: Counter, scripted: ScriptedServer
) -> None:
    receive_many(counter.desk, 1)
    bad = items_of(counter)[0]
    refuse_body(scripted, bad.body, named=True)
    scripted.always["/v1/quarantine"] = message(Done())
    counter.sync()
    told = wire.from_bytes(wire.unpack(scripted.of("/v1/quarantine")[0].body), QuarantineReport)
    assert [(item.direction, item.item, item.code) for item in told.items] == [
        ("up", bad.event_id, "event_malformed")
    ]


def test_a_line_that_breaks_blames_nobody(counter: Counter, scripted: ScriptedServer) -> None:
    receive_many(counter.desk, 2)
    for _ in range(5):
        scripted.plan("/v1/push", page(200))
        assert lane(counter.sync()).answer == "captive_portal"
    assert {item.state for item in items_of(counter)} == {ItemState.WAITING}
    assert counter.sync().waiting == 0


def test_a_server_that_breaks_off_the_chain_is_asked_again(
    counter: Counter, scripted: ScriptedServer
) -> None:
    receive_many(counter.desk, 1)
    scripted.plan("/v1/push", refusal("chain_broken", 409))
    assert answers(counter.sync())[0] == ""
    assert len(scripted.of("/v1/session")) == 2
    assert len(scripted.taken) == len(items_of(counter))


def test_a_server_that_never_agrees_is_not_asked_for_ever(counter: Counter, scripted: ScriptedServer) -> None:
    receive_many(counter.desk, 1)
    scripted.always["/v1/push"] = refusal("chain_broken", 409)
    assert lane(counter.sync()).answer == "chain_broken"
    assert len(scripted.of("/v1/push")) <= 5


def test_a_session_is_renewed_once(counter: Counter, scripted: ScriptedServer) -> None:
    receive_many(counter.desk, 1)
    scripted.plan("/v1/push", refusal("token_expired", 401))
    assert answers(counter.sync())[0] == ""
    scripted.always["/v1/pull"] = refusal("token_expired", 401)
    pulls = len(scripted.of("/v1/pull"))
    assert lane(counter.sync()).answer == "token_expired"
    assert len(scripted.of("/v1/pull")) == pulls + 2


def test_an_old_program_goes_on_sending(counter: Counter, scripted: ScriptedServer) -> None:
    scripted.always["/v1/pull"] = refusal("update_needed", 426)
    for _ in range(2):
        receive_many(counter.desk, 1)
        report = counter.sync()
        assert report.waiting == 0
        assert lane(report).answer == "update_needed"
        assert lane(report).failures == 0


def test_an_error_of_the_server_blames_no_event(counter: Counter, scripted: ScriptedServer) -> None:
    receive_many(counter.desk, 1)
    scripted.plan("/v1/push", refusal("server_busy", 503, retry_after=30.0))
    report = counter.sync()
    waits = lane(report)
    assert (waits.answer, waits.failures) == ("server_busy", 1)
    assert waits.next_attempt_at is not None
    assert 30 <= (waits.next_attempt_at - counter.desk.clock.now()).total_seconds() <= 33
