"""The outbox on its way to the server: what is sent next, and what every answer makes of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlcipher3 import dbapi2
from tests.helpers.builders import MORNING, make_id
from tests.storage.sync_samples import ENROLMENT, append, items, out_event, told

from counter_app.services.sync_port import ChainPlace, ItemState
from counter_app.storage.store import SqlStore
from counter_protocol.events import GENESIS_HASH, chain_hash


def test_events_before_an_enrolment_belong_to_its_first_epoch(store: SqlStore) -> None:
    append(store, 1, 2)
    with store.writing() as transaction:
        transaction.enrol(ENROLMENT)
    append(store, 3)
    assert told(store) == ["1/1 waiting", "1/2 waiting", "1/3 waiting"]
    with store.reading() as queries:
        last = items(store)[-1]
        assert queries.chain_end() == ChainPlace(epoch=1, seq=3, hash=last.hash)
        assert [place.seq for place in queries.chain_places([3, 9, 1])] == [3, 1]
        assert queries.out_item("event-3") == last
        assert queries.out_item("event-9") is None
        assert (last.seq, last.dossier_id, last.size, last.at) == (
            3,
            make_id(3),
            7,
            MORNING + timedelta(minutes=3),
        )


def test_an_empty_chain_ends_at_its_beginning(store: SqlStore) -> None:
    with store.reading() as queries:
        assert queries.chain_end() == ChainPlace(epoch=1, seq=0, hash=GENESIS_HASH)
        assert (queries.acked_seq(), queries.next_out(9, 9), queries.chain_places([0, 1])) == (0, [], [])


@pytest.mark.parametrize(
    ("limit", "max_bytes", "expected"),
    [
        (10, 1000, [2, 3, 4, 5]),
        (2, 1000, [2, 3]),
        (10, 14, [2, 3, 4]),  # 3 is put aside: only its place is sent
        (10, 13, [2, 3]),
        (10, 7, [2, 3]),
        (10, 1, [2]),  # one too large for any batch is still tried
    ],
)
def test_a_batch_begins_where_the_server_stopped(
    store: SqlStore, limit: int, max_bytes: int, expected: list[int]
) -> None:
    append(store, 1, 2, 3, 4, 5)
    with store.writing() as transaction:
        transaction.mark_acked(1, 1, {1: 50})
        transaction.quarantine(3, "event_malformed")
        transaction.mark_failed([2], "network", MORNING + timedelta(days=1))
        assert [item.epoch_seq for item in transaction.next_out(limit, max_bytes)] == expected
        assert transaction.acked_seq() == 1


def test_what_was_on_the_line_waits_again_when_no_answer_came(store: SqlStore) -> None:
    append(store, 1, 2, 3)
    later = MORNING + timedelta(minutes=5)
    with store.writing() as transaction:
        transaction.mark_sending([1, 2])
    assert told(store) == ["1/1 sending", "1/2 sending", "1/3 waiting"]
    with store.writing() as transaction:
        transaction.mark_failed([1, 2], "captive_portal", later)
    assert [(i.state, i.attempts, i.last_answer, i.next_attempt_at) for i in items(store)] == [
        (ItemState.WAITING, 1, "captive_portal", later),
        (ItemState.WAITING, 1, "captive_portal", later),
        (ItemState.WAITING, 0, "", None),
    ]
    with store.writing() as transaction:
        transaction.mark_acked(1, 2, {1: 7, 2: 8})
        transaction.mark_failed([1], "network", later)  # an answer from before changes nothing any more
    assert [(i.state, i.last_answer, i.next_attempt_at, i.office_seq) for i in items(store)] == [
        (ItemState.ACKED, "", None, 7),
        (ItemState.ACKED, "", None, 8),
        (ItemState.WAITING, "", None, None),
    ]
    with store.reading() as queries:
        assert [item.seq for item in queries.out_items()] == [3]
        assert [item.seq for item in queries.out_items(unsent_only=False, after=1, limit=1)] == [2]


@pytest.mark.parametrize(
    ("put_aside", "count", "states"),
    [
        (1, 3, "quarantined waiting quarantined waiting quarantined"),
        (3, 2, "waiting waiting quarantined waiting quarantined"),
        (5, 1, "waiting waiting waiting waiting quarantined"),
        (2, 1, "waiting quarantined waiting waiting waiting"),  # of no dossier: alone
        (9, 0, "waiting waiting waiting waiting waiting"),
    ],
)
def test_a_bad_event_takes_the_later_ones_of_its_dossier_along(
    store: SqlStore, put_aside: int, count: int, states: str
) -> None:
    append(store, 1, 0, 1, 0, 1)
    with store.writing() as transaction:
        assert transaction.quarantine(put_aside, "event_malformed") == count
    assert [str(item.state) for item in items(store)] == states.split()
    assert {i.last_answer for i in items(store) if i.state is ItemState.QUARANTINED} <= {"event_malformed"}


def test_a_place_without_content_is_confirmed_as_withheld_and_may_be_sent_late(store: SqlStore) -> None:
    append(store, 1, 2, 3)
    with store.writing() as transaction:
        transaction.quarantine(2, "event_too_big")
        transaction.mark_sending([1, 2, 3])
        transaction.mark_acked(1, 3, {1: 11, 2: 0, 3: 12})
    assert told(store) == ["1/1 acked", "1/2 withheld", "1/3 acked"]
    assert [item.office_seq for item in items(store)] == [11, None, 12]
    with store.writing() as transaction:
        assert transaction.acked_seq() == 3
        assert transaction.late_items() == []
        assert not transaction.release("event-1")
        assert not transaction.release("event-9")
        assert transaction.release("event-2")
        assert [(item.seq, item.state) for item in transaction.late_items()] == [(2, ItemState.WAITING)]
        assert transaction.next_out(9, 999) == []  # its place is taken
        assert transaction.unsent(make_id(2))
        transaction.mark_late_acked({2: 13})
        assert transaction.late_items() == []
    assert [(str(item.state), item.office_seq, item.last_answer) for item in items(store)][1] == (
        "acked",
        13,
        "",
    )


def test_what_is_refused_when_sent_late_is_put_aside_again(store: SqlStore) -> None:
    append(store, 1, 1)
    with store.writing() as transaction:
        transaction.quarantine(1, "event_malformed")
        transaction.mark_acked(1, 2, {})
        transaction.release("event-1")
        transaction.mark_failed([1], "busy", None)
        late = [(item.seq, item.attempts, item.last_answer) for item in transaction.late_items()]
        assert late == [(1, 1, "busy"), (2, 0, "")]  # in order: one act builds on the other
        assert transaction.quarantine(1, "event_malformed") == 2
        assert transaction.late_items() == []
    assert told(store) == ["1/1 withheld", "1/2 withheld"]


def test_what_is_written_about_a_dossier_with_something_put_aside_is_put_aside(store: SqlStore) -> None:
    append(store, 1, 2, 0)
    with store.writing() as transaction:
        transaction.quarantine(1, "event_malformed")
    append(store, 1, 2, 0)
    assert told(store) == [
        "1/1 quarantined",
        "1/2 waiting",
        "1/3 waiting",
        "1/4 quarantined",
        "1/5 waiting",
        "1/6 waiting",
    ]
    with store.writing() as transaction:
        assert transaction.release("event-4")
    append(store, 1)
    assert {each.partition(" ")[2] for each in told(store)} == {"waiting"}


def test_what_was_sent_late_is_sent_late_again_when_the_server_was_put_back(store: SqlStore) -> None:
    append(store, 1, 2)
    with store.writing() as transaction:
        transaction.quarantine(1, "event_malformed")
        transaction.mark_acked(1, 2, {1: 0, 2: 1})
        transaction.release("event-1")
        transaction.mark_late_acked({1: 2})
        assert transaction.unack(2) == 1
        assert [item.seq for item in transaction.late_items()] == [1]
        assert transaction.acked_seq() == 2


def test_an_event_released_while_its_empty_place_was_on_the_line_is_sent_late(store: SqlStore) -> None:
    append(store, 1)
    with store.writing() as transaction:
        transaction.quarantine(1, "event_malformed")
        transaction.mark_sending([1])
    with store.writing() as transaction:
        transaction.release("event-1")
    with store.writing() as transaction:
        transaction.mark_acked(1, 1, {1: 0})
        assert [item.seq for item in transaction.late_items()] == [1]
        assert transaction.unsent(make_id(1))


def test_what_a_server_put_back_lost_waits_again(store: SqlStore) -> None:
    append(store, 1, 2, 3, 4)
    with store.writing() as transaction:
        transaction.quarantine(3, "event_malformed")
        transaction.mark_acked(1, 4, {1: 1, 2: 2, 4: 3})
        assert transaction.unack(1) == 3
        assert transaction.acked_seq() == 1
    assert told(store) == ["1/1 acked", "1/2 waiting", "1/3 quarantined", "1/4 waiting"]
    assert [item.office_seq for item in items(store)] == [1, None, None, None]


def test_a_server_that_lost_a_whole_epoch_gets_the_earlier_ones_again(store: SqlStore) -> None:
    append(store, 1, 2)
    with store.writing() as transaction:
        transaction.enrol(ENROLMENT)
        transaction.mark_acked(1, 2, {1: 1, 2: 2})
        transaction.begin_epoch(5, 2)
    append(store, 3)
    with store.writing() as transaction:
        transaction.mark_acked(5, 2, {3: 3})
        assert transaction.unack(0) == 3
        assert [item.epoch_seq for item in transaction.next_out(9, 999)] == [1, 2, 3]
    assert told(store) == ["5/1 waiting", "5/2 waiting", "5/3 waiting"]
    assert [item.office_seq for item in items(store)] == [None, None, None]
    prev_hash = GENESIS_HASH
    for item in items(store):
        assert (item.prev_hash, item.hash) == (prev_hash, chain_hash(prev_hash, item.body))
        prev_hash = item.hash


def test_a_new_epoch_takes_along_what_the_server_may_not_have(store: SqlStore) -> None:
    append(store, 1, 2, 3, 4, 5)
    with store.writing() as transaction:
        transaction.enrol(ENROLMENT)
        transaction.mark_acked(1, 3, {1: 21, 2: 22, 3: 23})
        transaction.quarantine(4, "event_malformed")
        transaction.mark_sending([4, 5])
        assert transaction.begin_epoch(9, 2) == 3
        assert transaction.acked_seq() == 0
        enrolment = transaction.enrolment()
        assert enrolment == replace(ENROLMENT, epoch=9)
    append(store, 6)
    assert told(store) == [
        "1/1 acked",
        "9/1 waiting",  # both have it: the first place of the new chain, so that its loss would show
        "9/2 waiting",
        "9/3 quarantined",
        "9/4 waiting",
        "9/5 waiting",
    ]
    # What was numbered keeps its place among others' events until it is numbered anew.
    assert [item.office_seq for item in items(store)] == [21, 22, 23, None, None, None]
    assert [item.last_answer for item in items(store)][3] == "event_malformed"
    with store.reading() as queries:
        assert [item.epoch_seq for item in queries.next_out(9, 999)] == [1, 2, 3, 4, 5]


def test_an_epoch_nothing_went_into_begins_at_its_beginning(store: SqlStore) -> None:
    with store.writing() as transaction:
        transaction.enrol(ENROLMENT)
        assert transaction.begin_epoch(9, 0) == 0
        assert transaction.chain_end() == ChainPlace(epoch=9, seq=0, hash=GENESIS_HASH)
    append(store, 1)
    assert told(store) == ["9/1 waiting"]
    assert items(store)[0].prev_hash == GENESIS_HASH


def test_an_epoch_begun_by_an_enrolment_is_followed_up(store: SqlStore) -> None:
    append(store, 1)
    with store.writing() as transaction:
        transaction.enrol(ENROLMENT)
        transaction.mark_acked(1, 1, {1: 1})
        transaction.enrol(replace(ENROLMENT, epoch=4))
        assert transaction.chain_end() == ChainPlace(epoch=4, seq=0, hash=GENESIS_HASH)
        assert transaction.acked_seq() == 0
    append(store, 2)
    assert told(store) == ["1/1 acked", "4/1 waiting"]
    assert items(store)[1].prev_hash == GENESIS_HASH


def test_an_epoch_is_begun_by_an_enrolled_counter_and_once(store: SqlStore) -> None:
    append(store, 1)
    with store.writing() as transaction:
        with pytest.raises(ValueError, match="enrolled"):
            transaction.begin_epoch(2, 0)
        transaction.enrol(ENROLMENT)
        transaction.begin_epoch(2, 1)
        transaction.append_event(out_event(2))
        for used in (1, 2):
            with pytest.raises(ValueError, match="twice"):
                transaction.begin_epoch(used, 0)
    assert told(store) == ["2/1 waiting", "2/2 waiting"]


@pytest.mark.parametrize("seq", [1, 3])
def test_the_end_of_no_epoch_is_ever_deleted(store: SqlStore, seq: int) -> None:
    append(store, 1, 2)
    with store.writing() as transaction:
        transaction.enrol(ENROLMENT)
        transaction.begin_epoch(2, 2)
        transaction.append_event(out_event(3))
        transaction.mark_acked(2, 2, {})

    def delete() -> None:
        with store.writing() as transaction:
            transaction._sql.run("DELETE FROM outbox_event WHERE seq = ?", (seq,))  # type: ignore[attr-defined]

    with pytest.raises(dbapi2.IntegrityError):
        delete()
    assert told(store) == ["1/1 acked", "2/1 acked", "2/2 acked"]


def test_confirmed_places_count_after_old_events_went(store: SqlStore) -> None:
    append(store, 1, 2, 3)
    with store.writing() as transaction:
        transaction.mark_acked(1, 2, {})
        transaction._sql.run("DELETE FROM outbox_event WHERE seq < 3")  # type: ignore[attr-defined]
        assert transaction.acked_seq() == 2
        transaction.mark_acked(1, 3, {})
        assert transaction.acked_seq() == 3
