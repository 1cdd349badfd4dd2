"""The office's log as it came down: in order, once, and numbered anew when the server was put back."""

from datetime import date, timedelta

import pytest
from tests.helpers.builders import MORNING, make_id
from tests.storage.sync_samples import append, in_item, items

from counter_app.services.sync_port import LoggedEvent
from counter_app.storage.store import SqlStore


def bodies(store: SqlStore, dossier: int = 1) -> list[tuple[bytes, int | None]]:
    with store.reading() as queries:
        return [(event.body, event.office_seq) for event in queries.dossier_log(make_id(dossier))]


def test_own_and_others_events_of_a_dossier_stand_in_the_offices_order(store: SqlStore) -> None:
    append(store, 1, 1, 2, 1, 1)
    with store.writing() as transaction:
        for number, office_seq in ((1, 30), (2, 10), (3, 20)):
            assert transaction.put_in_item(in_item(number, office_seq))
        transaction.put_in_item(in_item(4, 40, dossier_id=make_id(2)))
        transaction.put_in_item(in_item(5, 50, dossier_id=""))
        transaction.quarantine(5, "event_malformed")
        transaction.mark_acked(1, 2, {1: 15, 2: 25})
    assert bodies(store) == [
        (b'{"other":2}', 10),
        (b'{"n":1}', 15),
        (b'{"other":3}', 20),
        (b'{"n":2}', 25),
        (b'{"other":1}', 30),
        (b'{"n":4}', None),
        (b'{"n":5}', None),
    ]
    assert bodies(store, 2) == [(b'{"other":4}', 40), (b'{"n":3}', None)]
    with store.reading() as queries:
        assert queries.dossier_log(make_id(9)) == queries.dossier_log("") == []
        assert queries.dossier_log(make_id(1))[0] == LoggedEvent(body=b'{"other":2}', office_seq=10)


def test_an_entry_comes_down_once_and_never_over_an_own_event(store: SqlStore) -> None:
    append(store, 1)
    with store.writing() as transaction:
        assert transaction.put_in_item(in_item(1, 5))
        assert not transaction.put_in_item(in_item(1, 6))
        assert not transaction.put_in_item(in_item(2, 7, event_id="event-1"))
        assert [transaction.has_in_item(name) for name in ("other-1", "event-1", "other-2")] == [
            True,
            True,
            False,
        ]
    assert bodies(store) == [(b'{"other":1}', 5), (b'{"n":1}', None)]


def test_what_cannot_be_applied_is_parked_until_it_can(store: SqlStore) -> None:
    other = in_item(2, 6, dossier_id=make_id(2), problem="unknown_kind")
    with store.writing() as transaction:
        transaction.put_in_item(in_item(1, 5))
        transaction.put_in_item(other)
        assert transaction.parked() == [other]
        transaction.settle_in_item(5, "state_unreadable")
        transaction.settle_in_item(5, "state_unreadable")
        (parked,) = transaction.parked(make_id(1))
        assert (parked.event_id, parked.problem, parked.attempts) == ("other-1", "state_unreadable", 2)
        assert parked.at == MORNING
        assert [item.office_seq for item in transaction.parked()] == [5, 6]
        assert transaction.sync_state().parked == 2
        transaction.settle_in_item(5, "")
        assert transaction.parked(make_id(1)) == []
        assert transaction.sync_state().parked == 1
        transaction.settle_in_item(5, "unknown_kind")
        assert transaction.parked(make_id(1))[0].attempts == 3


def test_a_log_walked_anew_gives_every_event_its_new_number(store: SqlStore) -> None:
    append(store, 1, 1)
    with store.writing() as transaction:
        transaction.mark_acked(1, 2, {1: 1, 2: 3})
        transaction.put_in_item(in_item(1, 2))
        transaction.put_in_item(in_item(2, 4, problem="unknown_kind"))
        transaction.move_cursor(4)
    with store.writing() as transaction:  # the server came back with another order
        transaction.rewind_cursor()
        assert transaction.cursor() == 0
        transaction.renumber("other-2", 1)
    assert bodies(store) == [(b'{"other":2}', 1), (b'{"n":2}', 3), (b'{"other":1}', None), (b'{"n":1}', None)]
    with store.writing() as transaction:
        assert transaction.put_in_item(in_item(3, 2))  # the number of another entry
        assert transaction.put_in_item(in_item(4, 3))  # the number of an own event
        transaction.renumber("event-1", 4)
        transaction.renumber("event-2", 5)
        transaction.renumber("other-1", 6)
        transaction.renumber("nobody", 7)
        transaction.move_cursor(6)
    assert bodies(store) == [
        (b'{"other":2}', 1),
        (b'{"other":3}', 2),
        (b'{"other":4}', 3),
        (b'{"n":1}', 4),
        (b'{"n":2}', 5),
        (b'{"other":1}', 6),
    ]
    with store.reading() as queries:
        assert [item.office_seq for item in queries.parked()] == [1]
        assert queries.cursor() == 6


def test_a_confirmation_takes_its_number_from_an_entry_of_before(store: SqlStore) -> None:
    append(store, 1)
    with store.writing() as transaction:
        transaction.put_in_item(in_item(1, 9, problem="unknown_kind"))
        transaction.mark_acked(1, 1, {1: 9})
        assert transaction.parked() == []  # met again when the log is walked
        assert transaction.sync_state().parked == 0
    assert bodies(store) == [(b'{"n":1}', 9), (b'{"other":1}', None)]


def test_the_cursor_only_goes_forward(store: SqlStore) -> None:
    with store.writing() as transaction:
        assert transaction.cursor() == 0
        transaction.rewind_cursor()
        for cursor in (5, 3, 7, 6):
            transaction.move_cursor(cursor)
        assert transaction.cursor() == 7


@pytest.mark.parametrize(
    ("given", "at_least", "next_number"),
    [(0, 4, 5), (2, 4, 5), (6, 4, 7), (2, 0, 3)],
)
def test_numbers_known_from_the_server_are_not_given_again(
    store: SqlStore, given: int, at_least: int, next_number: int
) -> None:
    day = date(2026, 11, 23)
    with store.writing() as transaction:
        for _ in range(given):
            transaction.take_number(day, 1)
            transaction.take_paper_number("register", 2026, 1)
        transaction.raise_numbers(day, 1, at_least, at_least)
        assert transaction.numbers_taken(day, 1) == max(given, at_least)
        assert transaction.numbers_taken(day + timedelta(days=1), 1) == transaction.numbers_taken(day, 2) == 0
        assert transaction.take_number(day, 1) == next_number
        assert transaction.take_paper_number("register", 2026, 1) == next_number
        assert transaction.take_number(day, 2) == 1


def test_the_log_names_no_own_event_twice(store: SqlStore) -> None:
    append(store, 1)
    with store.writing() as transaction:
        transaction.mark_acked(1, 1, {1: 3})
        transaction.mark_acked(1, 1, {1: 3})
    assert bodies(store) == [(b'{"n":1}', 3)]
    assert len(items(store)) == 1
