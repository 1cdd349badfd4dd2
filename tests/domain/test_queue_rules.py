"""The queue's rules: what may follow what, who is called next, how long people wait."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.builders import MORNING

from counter_app.domain import queue
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.queue import MAX_RECALLS, Ticket, TicketState
from counter_app.domain.queue_order import PRIORITY_RUN, in_line, next_ticket, waiting_before
from counter_app.domain.ticket_group import DEFAULT_GROUPS, TicketGroup, checked_groups
from counter_app.domain.waiting_figures import figures_by_group, queue_figures

LATER = MORNING + timedelta(minutes=12)


def ticket(
    number: int = 1, *, priority: bool = False, minutes: int = 0, group: str = "civil_status"
) -> Ticket:
    return Ticket(
        day=MORNING.date(),
        letter="A" if group == "civil_status" else "B",
        number=number,
        group_id=group,
        group_name=group,
        priority=priority,
        issued_at=MORNING + timedelta(minutes=minutes),
    )


def test_a_ticket_is_named_by_letter_and_number() -> None:
    assert (ticket(12).label, ticket(1234).label) == ("A012", "A1234")
    assert ticket(12).ticket_id == "2026-11-23-A012"


WAITING = ticket()
CALLED = queue.call(WAITING, 2, LATER)
SERVED = queue.serve(CALLED, LATER)
ABSENT = queue.mark_absent(CALLED, LATER)


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        (WAITING, {"call"}),
        (CALLED, {"recall", "serve", "absent"}),
        (SERVED, set()),
        (ABSENT, {"call"}),
    ],
    ids=["waiting", "called", "served", "absent"],
)
def test_what_may_follow(state: Ticket, allowed: set[str]) -> None:
    acts: dict[str, Callable[[], Ticket]] = {
        "call": lambda: queue.call(state, 1, LATER),
        "recall": lambda: queue.recall(state, LATER),
        "serve": lambda: queue.serve(state, LATER),
        "absent": lambda: queue.mark_absent(state, LATER),
    }
    for name, act in acts.items():
        if name in allowed:
            act()
        else:
            with pytest.raises(RuleRefusal) as refused:
                act()
            assert refused.value.code == "ticket_not_there_now"


def test_a_ticket_is_called_again_three_times_and_no_more() -> None:
    now = CALLED
    for _ in range(MAX_RECALLS):
        now = queue.recall(now, LATER)
    with pytest.raises(RuleRefusal) as refused:
        queue.recall(now, LATER)
    assert (refused.value.code, refused.value.params["times"]) == ("ticket_called_enough", 4)


def test_waiting_ends_with_the_first_call_even_for_one_who_comes_back() -> None:
    back = queue.call(ABSENT, 3, LATER + timedelta(minutes=30))
    assert (back.called_at, back.counter, back.calls, back.ended_at) == (LATER, 3, 1, None)


def test_a_ticket_of_yesterday_is_refused_and_has_ended_by_itself() -> None:
    tomorrow = MORNING + timedelta(days=1)
    with pytest.raises(RuleRefusal) as refused:
        queue.call(WAITING, 1, tomorrow)
    assert refused.value.code == "ticket_of_another_day"
    assert WAITING.state_on(MORNING.date()) is TicketState.WAITING
    assert WAITING.state_on(tomorrow.date()) is TicketState.LEFT
    assert CALLED.state_on(tomorrow.date()) is TicketState.SERVED
    assert ABSENT.state_on(tomorrow.date()) is TicketState.ABSENT


def test_an_empty_queue_has_nobody_to_call() -> None:
    assert next_ticket([]) is None
    assert next_ticket([CALLED, SERVED, ABSENT]) is None


def called_order(tickets: list[Ticket]) -> list[Ticket]:
    """Call until nobody waits; return the tickets in the order they were called."""
    known, order = {each.ticket_id: each for each in tickets}, []
    at = MORNING + timedelta(hours=1)
    while (following := next_ticket(known.values())) is not None:
        at += timedelta(seconds=1)
        known[following.ticket_id] = queue.call(following, 1, at)
        order.append(following)
    return order


def test_priority_first_but_after_two_an_ordinary_one() -> None:
    tickets = [ticket(1), ticket(2), *(ticket(n, priority=True, minutes=n) for n in range(3, 8))]
    assert [each.number for each in called_order(tickets)] == [3, 4, 1, 5, 6, 2, 7]


lines = st.lists(st.tuples(st.booleans(), st.integers(0, 60)), max_size=30).map(
    lambda rows: [ticket(n + 1, priority=p, minutes=m) for n, (p, m) in enumerate(rows)]
)


@given(lines)
def test_nobody_is_called_twice_and_nobody_is_forgotten(tickets: list[Ticket]) -> None:
    assert sorted(each.number for each in called_order(tickets)) == [each.number for each in tickets]


@given(lines)
def test_within_a_kind_who_came_first_is_called_first(tickets: list[Ticket]) -> None:
    order = called_order(tickets)
    for kind in (True, False):
        same = [each for each in order if each.priority is kind]
        assert same == in_line(same)


@given(lines)
def test_no_ordinary_ticket_starves(tickets: list[Ticket]) -> None:
    order = called_order(tickets)
    ordinary = [place for place, each in enumerate(order, start=1) if not each.priority]
    for nth, place in enumerate(ordinary, start=1):
        assert place <= nth * (PRIORITY_RUN + 1)


@given(lines)
def test_priority_is_not_called_after_those_who_came_later(tickets: list[Ticket]) -> None:
    """At most one ordinary ticket goes before a priority one for every two priority ones before it."""
    order = called_order(tickets)
    for place, each in enumerate(order):
        if each.priority:
            ahead = order[:place]
            assert sum(not a.priority for a in ahead) <= sum(a.priority for a in ahead) // PRIORITY_RUN


def test_how_many_wait_in_front() -> None:
    line = [ticket(1), ticket(2, priority=True), ticket(1, group="land"), CALLED]
    assert waiting_before([*line, ticket(3)], ticket(3)) == 2
    hurried = ticket(4, priority=True)
    assert waiting_before([*line, hurried], hurried) == 1


def test_figures_of_a_day() -> None:
    tickets = [
        queue.call(ticket(1), 1, MORNING + timedelta(minutes=4)),
        queue.serve(queue.call(ticket(2), 1, MORNING + timedelta(minutes=10)), LATER),
        queue.mark_absent(queue.call(ticket(3), 1, MORNING + timedelta(minutes=20)), LATER),
        ticket(4, minutes=5, priority=True),
    ]
    figures = queue_figures(tickets, MORNING + timedelta(minutes=30))
    assert (figures.issued, figures.priority, figures.waiting, figures.served, figures.absent) == (
        4,
        1,
        1,
        2,
        1,
    )
    assert figures.median_wait == timedelta(minutes=10)
    assert figures.longest_wait == timedelta(minutes=20)
    assert figures.longest_now == timedelta(minutes=25)
    next_day = queue_figures(tickets, MORNING + timedelta(days=1))
    assert (next_day.waiting, next_day.left, next_day.longest_now) == (0, 1, None)


def test_figures_without_calls_are_unknown_and_not_zero() -> None:
    figures = queue_figures([ticket()], MORNING)
    assert (figures.median_wait, figures.longest_wait) == (None, None)
    assert queue_figures([], MORNING).longest_now is None


def test_groups_keep_the_order_of_their_letters() -> None:
    assert list(figures_by_group([ticket(1, group="land"), ticket(1)], MORNING)) == ["civil_status", "land"]


def test_the_groups_that_come_with_the_program_are_good() -> None:
    assert checked_groups(DEFAULT_GROUPS) == DEFAULT_GROUPS


def test_new_groups_get_ids_of_their_own() -> None:
    groups = [
        TicketGroup(group_id="f", name="Một", letter="E"),
        TicketGroup(group_id="", name="Hai", letter="f"),
    ]
    assert [(group.group_id, group.letter) for group in checked_groups(groups)] == [("f", "E"), ("f-1", "F")]


@pytest.mark.parametrize(
    ("groups", "code"),
    [
        ([], "ticket_groups_missing"),
        ([replace(DEFAULT_GROUPS[0], letter=chr(65 + n)) for n in range(10)], "too_many_ticket_groups"),
        ([replace(DEFAULT_GROUPS[0], name="  ")], "ticket_group_name_missing"),
        ([replace(DEFAULT_GROUPS[0], letter="AB")], "bad_ticket_letter"),
        ([replace(DEFAULT_GROUPS[0], letter="Đ")], "bad_ticket_letter"),
        ([DEFAULT_GROUPS[0], replace(DEFAULT_GROUPS[1], letter="a")], "ticket_letter_twice"),
    ],
)
def test_groups_that_are_refused(groups: list[TicketGroup], code: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked_groups(groups)
    assert refused.value.code == code
