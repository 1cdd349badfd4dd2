"""A server that was put back is noticed even where the present epoch has nothing yet to notice it by."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING, make_id
from tests.helpers.desks import make_desk

from counter_app.services.desk import Desk
from counter_app.services.ports import OutboxEvent
from counter_app.services.sync_port import Enrolment
from counter_app.sync import handshake
from counter_protocol.chain import ChainState
from counter_protocol.events import GENESIS_HASH
from counter_protocol.messages import Place, SessionReply

OK_WITHOUT_PLACES = {"chain": ChainState.OK, "ack": Place(seq=0, hash=GENESIS_HASH), "common_seq": 0}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A counter with three confirmed events, the last of them taken along into a new epoch."""
    desk = make_desk(tmp_path / "counter", MORNING)
    with desk.store.writing() as transaction:
        transaction.enrol(
            Enrolment(
                server_url="https://may-chu.example",
                device_id=desk.settings.counter.device_id,
                unit_code=desk.settings.office.unit_code,
                counter=1,
                private_key=b"k" * 32,
                server_signing_key=b"s" * 32,
                server_sealing_key=b"x" * 32,
                enrolled_at=MORNING,
                epoch=1,
            )
        )
        for number in (1, 2, 3):
            transaction.append_event(
                OutboxEvent(
                    event_id=f"event-{number}",
                    dossier_id=make_id(number),
                    kind="dossier_received",
                    at=MORNING,
                    body=b'{"n":%d}' % number,
                )
            )
        transaction.mark_acked(1, 3, {1: 1, 2: 2, 3: 3})
        transaction.begin_epoch(2, 3)
    yield desk
    desk.store.close()


def reply(office_seq: int, **changes: object) -> SessionReply:
    values = OK_WITHOUT_PLACES | changes
    return SessionReply(token="t", expires_in=60, now="", office_seq=office_seq, **values)  # type: ignore[arg-type]


def waiting(desk: Desk) -> list[str]:
    with desk.store.reading() as queries:
        return [item.event_id for item in queries.next_out(100, 10**6)]


@pytest.mark.parametrize(
    ("just_begun", "expected"),
    [(True, ["event-3"]), (False, ["event-1", "event-2", "event-3"])],
)
def test_an_epoch_the_server_does_not_know_yet_may_hide_what_it_lost(
    desk: Desk, just_begun: bool, expected: list[str]
) -> None:
    assert handshake.settle(desk, reply(3), just_begun=just_begun)
    assert waiting(desk) == expected


def test_a_log_shorter_than_what_was_pulled_tells_of_a_server_put_back(desk: Desk) -> None:
    with desk.store.writing() as transaction:
        transaction.move_cursor(3)
    assert handshake.settle(desk, reply(2), just_begun=True)
    assert waiting(desk) == ["event-1", "event-2", "event-3"]
    with desk.store.reading() as queries:
        assert queries.cursor() == 0


def test_once_the_epoch_is_there_nothing_is_sent_again(desk: Desk) -> None:
    with desk.store.writing() as transaction:
        transaction.mark_acked(2, 1, {3: 3})
        end = transaction.chain_end()
    assert handshake.settle(desk, reply(3, ack=Place(seq=1, hash=end.hash), common_seq=1))
    assert waiting(desk) == []


def test_slips_lead_to_the_address_the_server_names_unless_it_is_none(desk: Desk) -> None:
    for named, kept in (
        ("https://dichvu.example.vn/tra-cuu", "https://dichvu.example.vn/tra-cuu"),
        ("javascript:alert(1)", "https://dichvu.example.vn/tra-cuu"),
        ("", ""),
    ):
        handshake.settle(desk, reply(3, lookup_url=named), just_begun=True)
        assert desk.settings.office.lookup_url == kept
