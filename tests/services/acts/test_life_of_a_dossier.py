"""Any sequence of acts on real dossiers: what is allowed stays consistent, what is not changes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.life import check_dossier, check_lists_and_figures, everything, rows
from tests.helpers.visits import BIRTH

from counter_app.domain.dossier import Dossier, SubmittedPart
from counter_app.domain.dossier_acts import (
    ActRequest,
    AskPayment,
    AskSupplement,
    EnterResult,
    Extend,
    GiveBack,
    GiveResult,
    HandOver,
    Refuse,
    Resume,
    Stop,
    TakePayment,
    Undo,
    Withdraw,
)
from counter_app.domain.dossier_life import Holder, PaymentPolicy, ReturnTo
from counter_app.domain.errors import BadInput, KnownError, RuleRefusal
from counter_app.services.acts.correct_intake import correct_intake
from counter_app.services.acts.perform import perform
from counter_app.services.acts.undo import undo
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.services.visit_of_dossier import visit_to_correct
from counter_protocol.events import decode_event

VISIT = replace(
    BIRTH,
    parts=(SubmittedPart(part_id="giay_chung_sinh", name="Giấy chứng sinh", original=1, held=1),),
    slip_asked=True,
)
ASK = AskSupplement(items=("Giấy chứng nhận kết hôn",), reason="Còn thiếu")
REQUESTS: tuple[ActRequest, ...] = (
    HandOver(to=Holder(name="Công chức Tư pháp – Hộ tịch")),
    ASK,
    replace(ASK, repeat_reason="Giấy đã nộp bị rách"),
    Resume(parts=(SubmittedPart(part_id="giay_to_tuy_than", name="Giấy tờ tùy thân", copy=1),)),
    Refuse(reasons=("Không thuộc thẩm quyền",)),
    AskPayment(text="Nộp lệ phí", policy=PaymentPolicy.SHIFT),
    TakePayment(),
    Extend(reason="Chờ xác minh", time="3wd", late_reason="Bệnh viện trả lời muộn"),
    Extend(reason="Chờ xác minh", time="3wd"),
    Stop(reasons=("Theo đề nghị",), decided_by="Chủ tịch UBND xã", on_request=True),
    Withdraw(reason="Không còn nhu cầu"),
    EnterResult(number="12/2026"),
    GiveResult(to=ReturnTo.OWNER, full_name="Đinh Thị Sen", identity_checked="card"),
    GiveResult(to=ReturnTo.DELEGATE, full_name="Bùi Văn Thắng"),
    GiveBack(originals={"giay_chung_sinh": 1}, full_name="Đinh Thị Sen"),
)
STEPS = (*REQUESTS, Undo(), Undo(reason="Nhầm hồ sơ", nothing_handed_out=True))


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Desk]]:
    made = make_desk(tmp_path_factory.mktemp("life"), MORNING)
    yield lambda: made  # the desk itself would be written out with every example
    made.store.close()


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[tuple[Desk, Dossier]]:
    made = make_desk(tmp_path, MORNING)
    yield made, receive(made, VISIT, clerk="Mai")
    made.store.close()


def unnumbered(dossier: Dossier) -> Dossier:
    """Return the dossier without the count of its acts, which never goes back."""
    return replace(dossier, life=replace(dossier.life, rev=0))


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    steps=st.lists(st.tuples(st.integers(0, len(STEPS) - 1), st.integers(0, 30)), max_size=12),
    split=st.integers(0, 12),
)
def test_any_sequence_of_acts_keeps_everything_consistent(
    counter: Callable[[], Desk], steps: list[tuple[int, int]], split: int
) -> None:
    desk = counter()
    desk.clock.moment = MORNING  # type: ignore[attr-defined]
    dossier = receive(desk, VISIT, clerk="Mai", clock_confirmed=True)
    before_acts: list[Dossier] = []
    for number, hours in steps:
        request = STEPS[number]
        desk.clock.advance(hours=hours)  # type: ignore[attr-defined]
        before = everything(desk)
        try:
            if isinstance(request, Undo):
                after = undo(desk, dossier.dossier_id, request, clock_confirmed=True)
                assert unnumbered(after) == unnumbered(before_acts.pop())
            else:
                after = perform(desk, dossier.dossier_id, request, clock_confirmed=True)
                before_acts.append(dossier)
        except KnownError:
            assert everything(desk) == before
        else:
            dossier = after
            assert check_dossier(desk, dossier.dossier_id) == dossier
    check_dossier(desk, dossier.dossier_id)
    check_lists_and_figures(desk, MORNING.date() + timedelta(days=split))


def test_a_paper_that_left_keeps_its_act(dossier: tuple[Desk, Dossier]) -> None:
    from counter_app.services.print_papers import print_paper

    desk, received = dossier
    asked = perform(desk, received.dossier_id, ASK)
    print_paper(desk, asked, "supplement")
    with pytest.raises(RuleRefusal, match="paper_handed_out"):
        undo(desk, received.dossier_id)


def test_acts_are_taken_back_one_by_one_down_to_the_receipt(dossier: tuple[Desk, Dossier]) -> None:
    desk, received = dossier
    perform(desk, received.dossier_id, REQUESTS[0])
    perform(desk, received.dossier_id, EnterResult())
    back = undo(desk, received.dossier_id)
    assert back.status.value == "processing"
    assert undo(desk, received.dossier_id).status is received.status
    with pytest.raises(RuleRefusal, match="nothing_to_undo"):
        undo(desk, received.dossier_id)


def test_a_return_is_taken_back_only_the_same_day_with_a_reason_and_nothing_given(
    dossier: tuple[Desk, Dossier],
) -> None:
    desk, received = dossier
    perform(desk, received.dossier_id, EnterResult())
    perform(desk, received.dossier_id, REQUESTS[12])
    for request, code in (
        (Undo(reason="Nhầm"), "result_handed_out"),
        (Undo(nothing_handed_out=True), "entry_missing"),
    ):
        with pytest.raises(KnownError, match=code):
            undo(desk, received.dossier_id, request)
    assert undo(desk, received.dossier_id, Undo(reason="Nhầm", nothing_handed_out=True)).life.returned is None
    perform(desk, received.dossier_id, REQUESTS[12])
    desk.clock.advance(days=1)  # type: ignore[attr-defined]
    with pytest.raises(RuleRefusal, match="undo_same_day_only"):
        undo(desk, received.dossier_id, Undo(reason="Nhầm", nothing_handed_out=True))


def test_an_act_on_what_somebody_else_changed_is_refused(dossier: tuple[Desk, Dossier]) -> None:
    desk, received = dossier
    perform(desk, received.dossier_id, REQUESTS[0], seen_rev=received.life.rev)
    with pytest.raises(RuleRefusal, match="dossier_changed_meanwhile"):
        perform(desk, received.dossier_id, EnterResult(), seen_rev=received.life.rev)


def test_a_clock_set_back_is_noticed(dossier: tuple[Desk, Dossier]) -> None:
    desk, received = dossier
    desk.clock.moment -= timedelta(days=1)  # type: ignore[attr-defined]
    with pytest.raises(RuleRefusal, match="clock_set_back"):
        perform(desk, received.dossier_id, EnterResult())


def test_numbers_of_papers_run_within_kind_and_year_and_are_never_used_twice(
    dossier: tuple[Desk, Dossier],
) -> None:
    desk, first = dossier
    others = [receive(desk, VISIT, clerk="Mai") for _ in range(3)]
    assert [first.register_no, *(each.register_no for each in others)] == [1, 2, 3, 4]
    assert perform(desk, first.dossier_id, ASK).life.supplements[0].number == 1
    undo(desk, first.dossier_id)
    assert perform(desk, others[0].dossier_id, ASK).life.supplements[0].number == 2
    ending = perform(desk, others[1].dossier_id, REQUESTS[4]).life.ending
    assert ending is not None
    assert ending.number == 1
    desk.clock.moment = MORNING.replace(year=2027)  # type: ignore[attr-defined]
    assert perform(desk, others[2].dossier_id, ASK).life.supplements[0].number == 1


def test_a_correction_keeps_what_the_slip_says_of_itself(dossier: tuple[Desk, Dossier]) -> None:
    desk, received = dossier
    visit = visit_to_correct(desk, received)
    fields = {"ht-khai-sinh": {**visit.fields["ht-khai-sinh"], "ks_ho_ten": "Nguyễn Bùi Minh Khang"}}
    corrected = correct_intake(
        desk, received.dossier_id, replace(visit, fields=fields), reason="Nhầm tên trẻ"
    )
    for name in ("dossier_code", "lookup_secret", "received_at", "register_no", "promise", "clerk"):
        assert getattr(corrected, name) == getattr(received, name)
    assert corrected.forms[0].answers["ks_ho_ten"] == "Nguyễn Bùi Minh Khang"
    assert check_dossier(desk, received.dossier_id) == corrected
    with desk.store.reading() as queries:
        assert [row.dossier_id for row in queries.find("minh khang")] == [received.dossier_id]
        assert not queries.find("minh khoi")
    with pytest.raises(BadInput, match="nothing_corrected"):
        correct_intake(desk, received.dossier_id, replace(visit, fields=fields), reason="Nhầm")


def test_another_procedure_is_promised_by_its_own_limit(dossier: tuple[Desk, Dossier]) -> None:
    desk, received = dossier
    visit = replace(
        VISIT,
        procedure_id="cap-ban-sao-trich-luc-ho-tich",
        case_id="",
        people={},
        parts=(),
        fields={},
    )
    from counter_app.services.assess_visit import assess_at

    missing = [item.key for item in assess_at(desk, visit, received.received_at).missing]
    with pytest.raises(KnownError) as refused:
        correct_intake(desk, received.dossier_id, visit, reason="Nhầm thủ tục")
    assert bool(missing) == (refused.value.code == "answers_missing")
    assert check_dossier(desk, received.dossier_id) == received


def test_another_day_than_the_case_gives_never_betters_the_statistics(
    dossier: tuple[Desk, Dossier],
) -> None:
    desk, received = dossier
    visit = visit_to_correct(desk, received)
    assert received.due_at is not None
    later = received.due_at + timedelta(days=2)
    corrected = correct_intake(desk, received.dossier_id, visit, reason="Nhầm ngày hẹn", due_at=later)
    assert (corrected.due_at, corrected.first_due_at) == (later, received.due_at)
    with pytest.raises(BadInput, match="due_before_receipt"):
        correct_intake(
            desk,
            received.dossier_id,
            visit,
            reason="Nhầm",
            due_at=received.received_at - timedelta(days=1),
        )


def test_what_has_its_result_is_no_longer_corrected(dossier: tuple[Desk, Dossier]) -> None:
    desk, received = dossier
    perform(desk, received.dossier_id, EnterResult())
    with pytest.raises(RuleRefusal) as refused:
        correct_intake(desk, received.dossier_id, visit_to_correct(desk, received), reason="Nhầm")
    assert refused.value.params["rule"] == "correct_while_open"


def test_a_correction_leaves_the_calendar_that_was_promised_with(dossier: tuple[Desk, Dossier]) -> None:
    desk, received = dossier
    visit = replace(visit_to_correct(desk, received), copies=2)
    corrected = correct_intake(desk, received.dossier_id, visit, reason="Nhầm số bộ")
    assert corrected.calendar_definition == received.calendar_definition


def test_money_and_ratings_do_not_stand_in_the_way_of_an_undo(dossier: tuple[Desk, Dossier]) -> None:
    from counter_app.services.rate_service import rate

    desk, received = dossier
    perform(desk, received.dossier_id, EnterResult())
    perform(desk, received.dossier_id, REQUESTS[12])
    rate(desk, received.dossier_id, "satisfied", ())
    back = undo(desk, received.dossier_id, Undo(reason="Nhầm hồ sơ", nothing_handed_out=True))
    assert back.status.value == "resolved"
    assert back.life.rated


def test_an_act_of_another_day_is_taken_back_with_a_reason(dossier: tuple[Desk, Dossier]) -> None:
    desk, received = dossier
    perform(desk, received.dossier_id, EnterResult())
    desk.clock.advance(days=1)  # type: ignore[attr-defined]
    with pytest.raises(BadInput, match="entry_missing"):
        undo(desk, received.dossier_id)
    assert undo(desk, received.dossier_id, Undo(reason="Nhầm hồ sơ")).life.result is None


def test_who_took_originals_stays_in_the_office(dossier: tuple[Desk, Dossier]) -> None:
    desk, received = dossier
    perform(desk, received.dossier_id, REQUESTS[14])
    with desk.store.reading() as queries:
        assert queries.history(received.dossier_id)[-1].detail["taker"] == "Đinh Thị Sen"
    assert "Sen" not in str(rows(desk, "SELECT detail FROM audit_entry WHERE act = 'dossier_given_back'"))
    ((body,),) = rows(desk, "SELECT body FROM outbox_event WHERE kind = 'originals_given_back'")
    assert "taker" not in decode_event(bytes(body)).data  # type: ignore[arg-type]


def test_a_clock_confirmed_frees_every_act(dossier: tuple[Desk, Dossier]) -> None:
    from counter_app.services.confirm_clock import confirm_clock

    desk, received = dossier
    desk.clock.moment -= timedelta(days=1)  # type: ignore[attr-defined]
    assert confirm_clock(desk)
    assert perform(desk, received.dossier_id, EnterResult()).life.result is not None
    assert not confirm_clock(desk)
