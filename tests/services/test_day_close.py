"""Closing days: every finding blocks until settled or carried over; no amount is lost or told twice."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.builders import VIETNAM, FixedClock, make_dossier
from tests.helpers.desks import CLERK, PaperTray, add_pinned, make_desk
from tests.helpers.visits import BIRTH, CERTIFIED_COPY
from tests.printing.paper_reading import all_text, squeezed

from counter_app.domain.day_close import CarriedOver, DayClose, FindingKind
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import AskSupplement, EnterResult, HandOver, Resume
from counter_app.domain.dossier_life import Holder
from counter_app.domain.errors import BadInput, EnvironmentProblem, KnownError, RuleRefusal
from counter_app.domain.fee import Charge, ChargeKind
from counter_app.domain.receipt import PaidBy
from counter_app.services.acts.perform import perform
from counter_app.services.confirm_clock import confirm_clock
from counter_app.services.day_close import close_day, day_now, findings, reopen_day
from counter_app.services.desk import Desk
from counter_app.services.ports import Draft, PrintRecord
from counter_app.services.print_day_close import day_close_pdf, print_day_close
from counter_app.services.receipts import Payment, collect, void_receipt
from counter_app.services.receive_dossier import receive
from counter_protocol.events import decode_event

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM)
EVENING = MONDAY.replace(hour=17)
TODAY = MONDAY.date()
ALL = dict.fromkeys(FindingKind, "Chuyển sang ngày sau")
COPY = Charge(fee_id="copy", name="Lệ phí trích lục", kind=ChargeKind.LEVY, amount_vnd=8000)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MONDAY)
    yield made
    made.store.close()


def at(desk: Desk, moment: datetime) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = moment


def dossier_with_fee(desk: Desk, number: int = 900) -> Dossier:
    """A dossier of long ago with a fee to take."""
    with desk.store.writing() as transaction:
        return add_pinned(transaction, make_dossier(number, charges=(replace(COPY, amount_vnd=10**9),)))


def kinds(desk: Desk, day: date = TODAY, counted: int | None = None) -> set[FindingKind]:
    return {each.kind for each in findings(desk, day, counted) if each.blocks}


def closings(desk: Desk) -> list[DayClose]:
    with desk.store.reading() as queries:
        return list(queries.day_closes(1000))


def test_drafts_are_named_by_a_masked_name_and_the_procedure(desk: Desk) -> None:
    draft(desk)
    with desk.store.writing() as transaction:
        transaction.save_draft(
            Draft(
                draft_id="d2",
                procedure_id="",
                procedure_name="",
                applicant_name="",
                updated_at=desk.clock.now(),
                clerk=CLERK,
            )
        )
    (found,) = (each for each in findings(desk, TODAY, None) if each.kind is FindingKind.DRAFTS)
    assert [item.label for item in found.items] == ["Đ. T. Sen, Đăng ký khai sinh", "chưa có tên"]


def test_a_day_with_nothing_left_closes_and_tells_the_server_its_sums_only(desk: Desk) -> None:
    close = close_day(desk, TODAY, None, {})
    assert (close.day, close.revision, close.clerk, close.carried) == (TODAY, 1, CLERK, ())
    assert (close.expected_cash_vnd, close.difference_vnd) == (0, None)
    assert closings(desk) == [close]
    with desk.store.writing() as transaction:
        sql = transaction._sql  # type: ignore[attr-defined]
        event = sql.row("SELECT kind, body, hex(hash) FROM outbox_event ORDER BY seq DESC LIMIT 1")
        acts = [row[0] for row in sql.rows("SELECT act FROM audit_entry ORDER BY seq")]
    assert (event[0], event[2][-8:].lower()) == ("day_closed", close.tip)
    assert decode_event(event[1]).data["counts"]["received"] == 0  # type: ignore[index]
    assert acts[-1] == "day_closed"


def draft(desk: Desk) -> None:
    with desk.store.writing() as transaction:
        transaction.save_draft(
            Draft(
                draft_id="d1",
                procedure_id="x",
                procedure_name="Đăng ký khai sinh",
                applicant_name="Đinh Thị Sen",
                updated_at=desk.clock.now(),
                clerk=CLERK,
            )
        )


def failed_paper(desk: Desk) -> None:
    record_print(desk, "failed")


def record_print(desk: Desk, outcome: str) -> None:
    record = PrintRecord(
        dossier_id="list-1", paper="list", copy_no=1, at=desk.clock.now(), clerk=CLERK, outcome=outcome
    )
    with desk.store.writing() as transaction:
        transaction.record_print(record)


def not_handed_over(desk: Desk) -> None:
    receive(desk, replace(BIRTH, slip_asked=True), clerk=CLERK)
    with desk.store.writing() as transaction:  # due much later: only the hand-over is missed
        transaction._sql.run("UPDATE dossier SET due_at = '2026-12-30T03:00:00.000000Z'")  # type: ignore[attr-defined]


def back_at_the_desk(desk: Desk) -> None:
    """Papers came, so it is worked on again, and nobody was ever given it."""
    dossier = receive(desk, replace(BIRTH, slip_asked=True), clerk=CLERK)
    perform(desk, dossier.dossier_id, AskSupplement(items=("Giấy chứng sinh",), reason="Thiếu"))
    perform(desk, dossier.dossier_id, Resume())
    with desk.store.writing() as transaction:  # due much later: only the hand-over is missed
        transaction._sql.run("UPDATE dossier SET due_at = '2026-12-30T03:00:00.000000Z'")  # type: ignore[attr-defined]


def result_missing(desk: Desk) -> None:
    dossier = receive(desk, CERTIFIED_COPY, clerk=CLERK)
    perform(desk, dossier.dossier_id, HandOver(to=Holder(name="Bùi Văn Thử")))


def cash(desk: Desk) -> None:
    collect(desk, dossier_with_fee(desk).dossier_id, Payment(amount_vnd=8000))
    with desk.store.writing() as transaction:  # only the cash is looked at
        transaction._sql.run("UPDATE dossier SET status = 'returned', ended_at = received_at")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("happen", "kind", "counted"),
    [
        (draft, FindingKind.DRAFTS, None),
        (failed_paper, FindingKind.PAPERS_FAILED, None),
        (not_handed_over, FindingKind.NOT_HANDED_OVER, None),
        (back_at_the_desk, FindingKind.NOT_HANDED_OVER, None),
        (result_missing, FindingKind.RESULTS_MISSING, None),
        (cash, FindingKind.CASH_NOT_COUNTED, None),
        (cash, FindingKind.CASH_DIFFERS, 7000),
    ],
)
def test_every_finding_blocks_until_it_is_carried_over(
    desk: Desk, happen: object, kind: FindingKind, counted: int | None
) -> None:
    happen(desk)  # type: ignore[operator]
    at(desk, EVENING)
    assert kinds(desk, TODAY, counted) == {kind}
    others = {each: "x" for each in FindingKind if each is not kind}
    for reasons in ({}, others, {kind: "  "}):
        with pytest.raises(RuleRefusal) as refused:
            close_day(desk, TODAY, counted, reasons)
        assert (refused.value.code, refused.value.params["findings"]) == ("day_not_settled", [kind.value])
    assert closings(desk) == []
    close = close_day(desk, TODAY, counted, {kind: " Hết  mực "})
    assert [(each.kind, each.reason) for each in close.carried] == [(kind, "Hết mực")]
    assert closings(desk) == [close], "what was frozen is read back as it was"


def test_what_is_settled_blocks_no_more(desk: Desk) -> None:
    draft(desk)
    failed_paper(desk)
    waiting = receive(desk, CERTIFIED_COPY, clerk=CLERK)
    cash(desk)
    with desk.store.writing() as transaction:
        transaction._sql.run(  # type: ignore[attr-defined]
            "UPDATE dossier SET status = 'received', ended_at = NULL WHERE dossier_id = ?",
            (waiting.dossier_id,),
        )
    at(desk, EVENING)
    assert kinds(desk) == {
        FindingKind.DRAFTS,
        FindingKind.PAPERS_FAILED,
        FindingKind.NOT_HANDED_OVER,
        FindingKind.RESULTS_MISSING,
        FindingKind.CASH_NOT_COUNTED,
    }
    with desk.store.writing() as transaction:
        transaction.delete_draft("d1")
    record_print(desk, "printed")
    perform(desk, waiting.dossier_id, EnterResult())
    assert kinds(desk, TODAY, 8000) == set()
    close = close_day(desk, TODAY, 8000, {})
    assert (close.difference_vnd, close.carried) == (0, ())


def test_what_comes_after_the_closing_stands_on_the_next_sheet(desk: Desk) -> None:
    dossier = dossier_with_fee(desk)
    early = collect(desk, dossier.dossier_id, Payment(amount_vnd=5000))
    at(desk, EVENING)
    first = close_day(desk, TODAY, 5000, ALL)
    assert first.expected_cash_vnd == 5000
    with pytest.raises(RuleRefusal, match="day_closed_already"):
        void_receipt(desk, early.receipt_id, "Nhầm")
    collect(desk, dossier.dossier_id, Payment(amount_vnd=2000))
    late = collect(desk, dossier.dossier_id, Payment(amount_vnd=700))
    void_receipt(desk, late.receipt_id, "Nhầm")
    receive(desk, CERTIFIED_COPY, clerk=CLERK)
    tomorrow = TODAY + timedelta(days=1)
    at(desk, EVENING + timedelta(days=1))
    collect(desk, dossier.dossier_id, Payment(amount_vnd=100, method=PaidBy.TRANSFER))
    second = close_day(desk, tomorrow, 0, ALL)
    assert second.after == TODAY
    assert (second.expected_cash_vnd, second.told.kept_vnd(PaidBy.TRANSFER)) == (2000, 100)
    assert (first.told.counts["received"], second.told.counts["received"]) == (1, 1)


def test_money_taken_under_days_a_wrong_clock_closed_stands_on_the_next_sheet(desk: Desk) -> None:
    dossier = dossier_with_fee(desk)
    collect(desk, dossier.dossier_id, Payment(amount_vnd=1000))
    at(desk, EVENING.replace(day=27))  # wrong
    close_day(desk, TODAY, 1000, ALL)
    close_day(desk, date(2026, 11, 27), 0, ALL)
    at(desk, MONDAY.replace(day=24))  # set right
    lost = collect(desk, dossier.dossier_id, Payment(amount_vnd=5000), clock_confirmed=True)
    assert day_now(desk).expected_cash_vnd == 5000
    at(desk, EVENING.replace(day=28))
    close = close_day(desk, date(2026, 11, 28), 5000, ALL)
    assert (close.expected_cash_vnd, close.difference_vnd) == (5000, 0)
    assert [(each.number, each.day) for each in close.other_days] == [(lost.number, date(2026, 11, 24))]
    assert squeezed("số 2 ngày 24/11/2026") in squeezed(all_text(day_close_pdf(desk, close)))
    assert closings(desk)[0] == close
    at(desk, EVENING.replace(day=30))
    assert close_day(desk, date(2026, 11, 30), None, ALL).expected_cash_vnd == 0


def test_a_day_a_wrong_clock_closed_is_opened_again_once_the_clock_is_confirmed(desk: Desk) -> None:
    dossier = dossier_with_fee(desk)
    wrong = date(2026, 11, 27)
    at(desk, EVENING.replace(day=27))
    while (day := day_now(desk).day) < wrong:
        close_day(desk, day, None, ALL)
    close_day(desk, wrong, None, ALL)
    at(desk, MONDAY.replace(day=24))
    with pytest.raises(RuleRefusal, match="clock_set_back"):
        reopen_day(desk, wrong, "Sai giờ")
    assert confirm_clock(desk)
    reopen_day(desk, wrong, "Sai giờ")
    collect(desk, dossier.dossier_id, Payment(amount_vnd=5000))
    assert close_day(desk, date(2026, 11, 24), 5000, ALL).expected_cash_vnd == 5000
    at(desk, EVENING.replace(day=27))
    assert close_day(desk, wrong, None, ALL).expected_cash_vnd == 0


def test_money_a_wrong_clock_stamped_ahead_stands_on_the_sheet_of_the_day_it_came(desk: Desk) -> None:
    dossier = dossier_with_fee(desk)
    at(desk, MONDAY.replace(day=27))  # wrong
    collect(desk, dossier.dossier_id, Payment(amount_vnd=5000))
    at(desk, EVENING)
    close = close_day(desk, TODAY, 5000, ALL, clock_confirmed=True)
    assert (close.expected_cash_vnd, len(close.other_days)) == (5000, 1)
    at(desk, EVENING.replace(day=27))
    assert close_day(desk, date(2026, 11, 27), None, ALL).expected_cash_vnd == 0


def test_a_day_closed_late_leaves_the_money_of_today_to_today(desk: Desk) -> None:
    dossier = dossier_with_fee(desk)
    collect(desk, dossier.dossier_id, Payment(amount_vnd=1000))
    at(desk, EVENING + timedelta(days=1))
    collect(desk, dossier.dossier_id, Payment(amount_vnd=200))
    assert close_day(desk, TODAY, 1000, ALL).expected_cash_vnd == 1000
    close = close_day(desk, TODAY + timedelta(days=1), 200, ALL)
    assert (close.expected_cash_vnd, close.other_days) == (200, ())


def test_days_are_closed_in_order_and_never_ahead(desk: Desk) -> None:
    receive(desk, CERTIFIED_COPY, clerk=CLERK)
    tuesday = TODAY + timedelta(days=1)
    with pytest.raises(BadInput, match="day_ahead"):
        close_day(desk, tuesday, None, ALL)
    at(desk, EVENING + timedelta(days=3))
    with pytest.raises(RuleRefusal, match="earlier_day_open"):
        close_day(desk, tuesday, None, ALL)
    assert day_now(desk).day == TODAY
    close_day(desk, TODAY, None, ALL)
    with pytest.raises(RuleRefusal, match="day_already_closed"):
        close_day(desk, TODAY, None, ALL)
    assert day_now(desk).day == TODAY + timedelta(days=3), "nothing happened between"


def test_reopening_is_explicit_and_the_next_closing_tells_the_day_anew(desk: Desk) -> None:
    dossier = dossier_with_fee(desk)
    collect(desk, dossier.dossier_id, Payment(amount_vnd=5000))
    first = close_day(desk, TODAY, 5000, ALL)
    with pytest.raises(BadInput, match="entry_missing"):
        reopen_day(desk, TODAY, " ")
    with pytest.raises(BadInput, match="day_not_closed"):
        reopen_day(desk, TODAY + timedelta(days=1), "x")
    with pytest.raises(RuleRefusal, match="only_last_day_reopens"):
        reopen_day(desk, TODAY - timedelta(days=1), "x")
    reopen_day(desk, TODAY, "Đếm thiếu")
    collect(desk, dossier.dossier_id, Payment(amount_vnd=300))
    second = close_day(desk, TODAY, 5300, ALL)
    assert (second.revision, second.expected_cash_vnd, second.difference_vnd) == (2, 5300, 0)
    assert closings(desk) == [second]
    with desk.store.reading() as queries:
        both = queries.closings_of_day(1, TODAY)
    assert [each.reopen_reason for each in both] == ["Đếm thiếu", ""]
    assert both[0].told == first.told


def test_the_sheet_tells_it_all_and_a_reprint_says_so(desk: Desk) -> None:
    collect(desk, dossier_with_fee(desk).dossier_id, Payment(amount_vnd=8000))
    draft(desk)
    at(desk, EVENING)
    close = close_day(desk, TODAY, 10_000, ALL)
    tray = desk.printer
    assert isinstance(tray, PaperTray)
    tray.failing = True
    with pytest.raises(EnvironmentProblem, match="printer_failed"):
        print_day_close(desk, close.close_id)
    assert closings(desk) == [close], "the day is closed whatever the printer does"
    tray.failing = False
    assert print_day_close(desk, close.close_id) == 1, "a failed copy is no copy"
    first = squeezed(all_text(tray.printed[-1][1]))
    for words in (
        "BIÊN BẢN ĐÓNG NGÀY",
        "Ngày 23/11/2026 – Quầy số 1",
        "Lệ phí trích lục",
        "Theo phiếu thu: 8.000 đ",
        "Kiểm đếm: 10.000 đ",
        "Chênh lệch: thừa 2.000 đ",
        "Hồ sơ nhập dở, chưa tiếp nhận",
        "Chuyển sang ngày sau",
        close.tip,
    ):
        assert squeezed(words).casefold() in first.casefold(), words
    assert squeezed("In lại") not in first
    assert squeezed("Đinh Thị Sen") not in first
    assert print_day_close(desk, close.close_id) == 2
    assert squeezed("In lại lần 1") in squeezed(all_text(tray.printed[-1][1]))


def test_a_long_sheet_goes_on_over_the_page(desk: Desk) -> None:
    close = close_day(desk, TODAY, None, {})
    many = tuple(
        CarriedOver(
            kind=FindingKind.DRAFTS, count=80, reason="Dài " * 200, labels=("Thủ tục dài " * 20,) * 50
        )
        for _copy in range(4)
    )
    assert all_text(day_close_pdf(desk, replace(close, carried=many))).count(squeezed("và 70 mục khác")) == 4


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("take"), st.integers(1, 50_000), st.sampled_from(PaidBy)),
        st.tuples(st.just("void"), st.integers(0, 5), st.just(PaidBy.CASH)),
        st.tuples(st.just("close"), st.integers(0, 50_000), st.just(PaidBy.CASH)),
        st.tuples(st.just("reopen"), st.just(0), st.just(PaidBy.CASH)),
        st.tuples(st.just("sleep"), st.integers(-4, 4), st.just(PaidBy.CASH)),
    ),
    max_size=25,
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_amount_is_ever_lost_or_told_twice(
    steps: list[tuple[str, int, PaidBy]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    desk = make_desk(tmp_path_factory.mktemp("days") / "counter", MONDAY)
    try:
        dossier, taken = dossier_with_fee(desk), []
        for act, number, method in steps:
            with suppress(KnownError):
                if act == "take":
                    payment = Payment(amount_vnd=number, method=method)
                    taken.append(collect(desk, dossier.dossier_id, payment, clock_confirmed=True))
                elif act == "void" and taken:
                    void_receipt(desk, taken[number % len(taken)].receipt_id, "Nhầm")
                elif act == "close":
                    close_day(desk, day_now(desk).day, number, ALL, clock_confirmed=True)
                elif act == "reopen" and closings(desk):
                    reopen_day(desk, closings(desk)[0].day, "Đếm lại")
                elif act == "sleep":
                    at(desk, desk.clock.now() + timedelta(days=number))
        at(desk, MONDAY + timedelta(days=200))
        while (now := day_now(desk)).day < desk.clock.now().date():
            close_day(desk, now.day, None, ALL)
        close_day(desk, now.day, None, ALL)
        with desk.store.reading() as queries:
            receipts = queries.receipts_between(date(2000, 1, 1), date(2100, 1, 1))
        for method in PaidBy:
            told = sum(each.told.kept_vnd(method) for each in closings(desk))
            assert told == sum(each.counted_vnd for each in receipts if each.method is method)
        told_count = sum(line.taken_count for each in closings(desk) for line in each.told.cash)
        assert told_count == len(receipts)
    finally:
        desk.store.close()
