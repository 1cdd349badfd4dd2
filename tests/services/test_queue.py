"""The queue on a real database: numbers, calls, paper, figures."""

import pytest
from tests.helpers.builders import FixedClock
from tests.helpers.desks import PaperTray
from tests.printing.paper_reading import all_text, page_sizes_mm, squeezed

from counter_app.domain.errors import BadInput, EnvironmentProblem, RuleRefusal
from counter_app.domain.queue import TicketState
from counter_app.domain.ticket_group import TicketGroup
from counter_app.services.desk import Desk
from counter_app.services.paper_content import PaperSize
from counter_app.services.queue import call_tickets
from counter_app.services.queue.issue_ticket import issue_ticket, print_ticket, ticket_pdf
from counter_app.services.queue.queue_json import period_to_json
from counter_app.services.queue.queue_now import period_figures, queue_now
from counter_app.services.queue.queue_settings import (
    QueueSettings,
    SecondScreen,
    queue_settings,
    save_queue_settings,
)


def clock(desk: Desk) -> FixedClock:
    assert isinstance(desk.clock, FixedClock)
    return desk.clock


def test_numbers_run_by_letter_and_start_again_every_day(desk: Desk) -> None:
    labels = [issue_ticket(desk, group).label for group in ("civil_status", "civil_status", "business")]
    assert labels == ["A001", "A002", "C001"]
    clock(desk).advance(days=1)
    assert issue_ticket(desk, "civil_status").label == "A001"
    assert [each.label for each in queue_now(desk).waiting] == ["A001"]


def test_an_unknown_group_gets_no_ticket(desk: Desk) -> None:
    with pytest.raises(BadInput) as refused:
        issue_ticket(desk, "moon")
    assert refused.value.code == "ticket_group_unknown"


def test_a_clock_set_back_gets_no_ticket(desk: Desk) -> None:
    issue_ticket(desk, "civil_status")
    clock(desk).advance(hours=-1)
    with pytest.raises(RuleRefusal) as refused:
        issue_ticket(desk, "civil_status")
    assert refused.value.code == "clock_set_back"


def test_a_call_closes_the_one_before_at_this_counter_only(desk: Desk) -> None:
    for _ in range(3):
        issue_ticket(desk, "civil_status")
        clock(desk).advance(minutes=1)
    first = call_tickets.call_next(desk)
    other = call_tickets.call_next(desk, counter=2)
    clock(desk).advance(minutes=5)
    third = call_tickets.call_next(desk)
    assert first is not None
    assert other is not None
    assert third is not None
    now = queue_now(desk)
    assert {counter: each.label for counter, each in now.at_counters.items()} == {1: "A003", 2: "A002"}
    with desk.store.reading() as queries:
        closed = queries.ticket(first.ticket_id)
    assert closed is not None
    assert closed.state is TicketState.SERVED
    assert call_tickets.call_next(desk) is None
    assert queue_now(desk).at_counters[1].label == "A003", "nobody waits: the citizen here stays"


def test_a_counter_may_serve_some_groups_only(desk: Desk) -> None:
    issue_ticket(desk, "civil_status")
    clock(desk).advance(minutes=1)
    issue_ticket(desk, "returns")
    called = call_tickets.call_next(desk, groups=("returns",))
    assert called is not None
    assert called.label == "E001"


def test_absent_and_back_again(desk: Desk) -> None:
    ticket = issue_ticket(desk, "civil_status")
    call_tickets.call_next(desk)
    call_tickets.recall(desk, ticket.ticket_id)
    call_tickets.mark_absent(desk, ticket.ticket_id)
    assert [each.label for each in queue_now(desk).absent] == ["A001"]
    assert call_tickets.call_ticket(desk, ticket.ticket_id).state is TicketState.CALLED
    served = call_tickets.serve(desk, ticket.ticket_id, procedure_id="dang-ky-khai-sinh")
    assert (served.state, served.procedure_id) == (TicketState.SERVED, "dang-ky-khai-sinh")
    with pytest.raises(BadInput) as refused:
        call_tickets.recall(desk, "2026-11-23-Z999")
    assert refused.value.code == "ticket_unknown"


def test_every_step_is_in_the_audit(desk: Desk) -> None:
    ticket = issue_ticket(desk, "civil_status", priority=True)
    print_ticket(desk, ticket)
    call_tickets.call_next(desk)
    call_tickets.serve(desk, ticket.ticket_id)
    with desk.store.reading() as queries:
        rows = queries._sql.rows(  # type: ignore[attr-defined]
            "SELECT act FROM audit_entry WHERE subject_id = ? ORDER BY seq", (ticket.ticket_id,)
        )
    assert [row[0] for row in rows] == ["ticket_issued", "ticket_printed", "ticket_called", "ticket_served"]


def test_a_printer_that_fails_loses_no_ticket(desk: Desk) -> None:
    assert isinstance(desk.printer, PaperTray)
    desk.printer.failing = True
    ticket = issue_ticket(desk, "civil_status")
    with pytest.raises(EnvironmentProblem):
        print_ticket(desk, ticket)
    assert [each.label for each in queue_now(desk).waiting] == ["A001"]


@pytest.mark.parametrize(("size", "sheet"), [(PaperSize.MM80, 80), (PaperSize.A5, 148), (PaperSize.A4, 148)])
def test_the_ticket_on_paper(desk: Desk, size: PaperSize, sheet: int) -> None:
    issue_ticket(desk, "civil_status")
    ticket = issue_ticket(desk, "civil_status", priority=False)
    pdf = ticket_pdf(desk, ticket, size=size)
    text = all_text(pdf)
    for words in ("A002", "Hộ tịch – Chứng thực", "Trước quý vị còn 1 người", "10 giờ 45, ngày 23/11/2026"):
        assert squeezed(words) in text
    assert "TRUNGTÂMPHỤCVỤHÀNHCHÍNHCÔNGXÃTRUNGMINH" in text
    assert "ƯUTIÊN" not in text
    ((width, height),) = page_sizes_mm(pdf)
    assert round(width) == sheet
    assert height < 130 or sheet == 148


def test_a_priority_ticket_says_so_and_not_why(desk: Desk) -> None:
    text = all_text(ticket_pdf(desk, issue_ticket(desk, "social", priority=True)))
    assert "ƯUTIÊN" in text
    assert squeezed("Quý vị là người tiếp theo của nhóm này") in text


def test_figures_of_days_by_group(desk: Desk) -> None:
    issue_ticket(desk, "civil_status")
    issue_ticket(desk, "land_building")
    clock(desk).advance(minutes=6)
    call_tickets.call_next(desk)
    today = clock(desk).now().date()
    clock(desk).advance(days=1)
    told = period_to_json(period_figures(desk, today, today))
    assert (told["issued"], told["left"], told["served"], told["median_wait_s"]) == (2, 1, 1, 360)
    assert list(told["groups"]) == ["Hộ tịch – Chứng thực", "Đất đai – Xây dựng"]  # type: ignore[call-overload]


def test_settings_are_kept_and_refused_whole(desk: Desk) -> None:
    assert queue_settings(desk) == QueueSettings()
    wanted = QueueSettings(
        groups=(TicketGroup(group_id="", name="Đất đai", letter="d"),),
        voice=True,
        print_tickets=False,
        second_screen=SecondScreen.PAGE,
    )
    kept = save_queue_settings(desk, wanted)
    assert queue_settings(desk) == kept
    assert issue_ticket(desk, kept.groups[0].group_id).label == "D001"
    with pytest.raises(BadInput):
        save_queue_settings(desk, QueueSettings(groups=()))
    assert queue_settings(desk) == kept
