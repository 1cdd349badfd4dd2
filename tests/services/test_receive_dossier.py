"""One act: everything of a receipt is there, or nothing is."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.helpers.builders import VIETNAM, FixedClock
from tests.helpers.visits import BIRTH, CERTIFIED_COPY, CHILD_ANSWERS, FATHER, GRANDMOTHER

from counter_app.domain.dossier import SubmittedPart
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.services.amounts_entered import refuse_central_amounts
from counter_app.services.assess_visit import assess_at
from counter_app.services.desk import Desk
from counter_app.services.intake_drafts import drafts, save_draft
from counter_app.services.look_up import find, open_dossier
from counter_app.services.office_values import enter_value
from counter_app.services.receive_dossier import receive
from counter_app.services.visit import Visit
from counter_app.services.visit_json import visit_to_json
from counter_app.services.visit_warnings import visit_warnings

LATE_LEVY = "le_phi_khai_sinh_qua_han"


def test_a_birth_registration_is_whole_after_the_act(desk: Desk) -> None:
    dossier = receive(desk, BIRTH, clerk="Mai")

    assert dossier.dossier_code == "H29.12-261123-1001"
    assert dossier.status is DossierStatus.RECEIVED
    assert dossier.due_at == datetime(2026, 11, 23, 17, 0, tzinfo=VIETNAM)
    assert not dossier.slip_required
    file = open_dossier(desk, "H29.12-261123-1001")
    assert file.dossier == dossier
    assert file.unsent
    assert [step.act for step in file.history] == ["received"]
    with desk.store.reading() as queries:
        assert queries.sync_state().waiting == 1
        assert queries.person(FATHER.personal_id) is not None
    for name in ("dinh thi sen", "minh khoi", "nguyen van thang", "bùi thị hồng nhung"):
        assert [row.dossier_code for row in find(desk, name)] == [dossier.dossier_code], name


def test_the_last_answers_are_offered_the_next_time(desk: Desk) -> None:
    receive(desk, BIRTH, clerk="Mai")
    with desk.store.reading() as queries:
        assert queries.last_answers("ht-khai-sinh")["ks_noi_sinh"] == CHILD_ANSWERS["ks_noi_sinh"]
        assert queries.last_answers("ht-khai-tu") == {}


def test_codes_of_a_day_follow_each_other_and_start_anew_the_next_day(desk: Desk) -> None:
    first, second = receive(desk, BIRTH, clerk="Mai"), receive(desk, BIRTH, clerk="Mai")
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.advance(days=2)
    third = receive(desk, BIRTH, clerk="Mai")

    codes = [first.dossier_code, second.dossier_code, third.dossier_code]
    assert codes == ["H29.12-261123-1001", "H29.12-261123-1002", "H29.12-261125-1001"]


def test_what_is_missing_is_named_and_nothing_is_written(desk: Desk) -> None:
    answers = {key: value for key, value in CHILD_ANSWERS.items() if key != "ks_noi_sinh"}
    visit = replace(BIRTH, fields={"ht-khai-sinh": answers})

    with pytest.raises(BadInput) as refused:
        receive(desk, visit, clerk="Mai")

    assert refused.value.code == "answers_missing"
    assert refused.value.params["labels"] == ["Nơi sinh"]
    with desk.store.reading() as queries:
        assert queries.dossier_count() == 0
        assert queries.sync_state().waiting == 0


def test_a_wrong_answer_is_refused(desk: Desk) -> None:
    answers = CHILD_ANSWERS | {"ks_ngay_sinh": "2026-12-24"}
    with pytest.raises(BadInput) as refused:
        receive(desk, replace(BIRTH, fields={"ht-khai-sinh": answers}), clerk="Mai")
    assert refused.value.code == "answers_wrong"


def test_the_draft_ends_with_the_receipt(desk: Desk) -> None:
    save_draft(
        desk,
        draft_id="d1",
        procedure_id=BIRTH.procedure_id,
        procedure_name="Đăng ký khai sinh",
        applicant_name="Đinh Thị Sen",
        state=visit_to_json(BIRTH),
    )
    assert [draft.draft_id for draft in drafts(desk)] == ["d1"]

    receive(desk, BIRTH, clerk="Mai", draft_id="d1")

    assert drafts(desk) == []


def test_a_clock_set_back_a_day_is_noticed_before_it_reaches_paper(desk: Desk) -> None:
    receive(desk, BIRTH, clerk="Mai")
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.moment -= timedelta(days=1)

    with pytest.raises(RuleRefusal) as refused:
        receive(desk, BIRTH, clerk="Mai")
    assert refused.value.code == "clock_set_back"

    confirmed = receive(desk, BIRTH, clerk="Mai", clock_confirmed=True)
    assert confirmed.dossier_code == "H29.12-261122-1001"
    assert open_dossier(desk, confirmed.dossier_code).history[0].detail["clock_confirmed"] is True


def test_a_used_up_block_goes_on_with_provisional_numbers(desk: Desk) -> None:
    with desk.store.writing() as transaction:
        for _ in range(999):
            transaction.take_number(desk.clock.now().date(), 1)

    dossier = receive(desk, BIRTH, clerk="Mai")

    assert dossier.dossier_code == "H29.12-261123-901001"
    assert dossier.provisional_code
    assert open_dossier(desk, dossier.dossier_code).dossier == dossier


def test_certified_copies_are_charged_by_page_and_copy(desk: Desk) -> None:
    dossier = receive(desk, CERTIFIED_COPY, clerk="Mai")

    assert [charge.amount_vnd for charge in dossier.charges] == [2 * (2000 + 2000 + 1000)]
    assert dossier.promise.same_day
    assert not dossier.slip_required


def test_whoever_leaves_an_original_at_the_desk_gets_a_slip(desk: Desk) -> None:
    assert not receive(desk, BIRTH, clerk="Mai").slip_required
    held = tuple(replace(part, original=1, held=1) for part in BIRTH.parts)
    dossier = receive(desk, replace(BIRTH, parts=held), clerk="Mai")

    assert dossier.promise.same_day
    assert dossier.originals_held
    assert dossier.slip_required


def test_a_late_birth_owes_the_provinces_levy_which_is_unknown_until_entered(desk: Desk) -> None:
    late = replace(BIRTH, fields={"ht-khai-sinh": CHILD_ANSWERS | {"ks_ngay_sinh": "2026-09-23"}})
    with pytest.raises(BadInput) as refused:
        receive(desk, late, clerk="Mai")
    assert refused.value.params["labels"] == ["Lệ phí đăng ký khai sinh quá hạn"]

    enter_value(desk, f"fee/{LATE_LEVY}", 5000, date(2026, 1, 1), "Nghị quyết của HĐND tỉnh")
    assert [c.amount_vnd for c in receive(desk, late, clerk="Mai").charges] == [5000]
    poor = replace(late, exemptions={LATE_LEVY: "ho_ngheo"})
    assert [c.amount_vnd for c in receive(desk, poor, clerk="Mai").charges] == [0]


def test_from_three_in_the_afternoon_the_slip_is_due(desk: Desk) -> None:
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.moment = clock.moment.replace(hour=15, minute=0)

    dossier = receive(desk, CERTIFIED_COPY, clerk="Mai")

    assert dossier.slip_required
    assert dossier.due_at == datetime(2026, 11, 25, 17, 0, tzinfo=VIETNAM)  # 24/11 is a holiday


def test_an_expired_procedure_is_refused_unless_a_reason_is_given(desk: Desk) -> None:
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.moment = datetime(2027, 3, 1, 9, 0, tzinfo=VIETNAM)

    with pytest.raises(RuleRefusal) as refused:
        receive(desk, BIRTH, clerk="Mai")
    assert refused.value.code == "procedure_expired"

    override = replace(
        BIRTH,
        override_reason="Hồ sơ gửi bưu chính ngày 26/02/2027",
        entered_amounts={LATE_LEVY: 8000},  # by now the registration is late
    )
    warned = {each.code for each in visit_warnings(desk, override, assess_at(desk, override, clock.now()))}
    assert "received_on_expired_procedure" in warned
    dossier = receive(desk, override, clerk="Mai")
    assert open_dossier(desk, dossier.dossier_code).history[0].detail["override_reason"]


def test_one_letter_is_no_reason_for_an_expired_procedure(desk: Desk) -> None:
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.moment = datetime(2027, 3, 1, 9, 0, tzinfo=VIETNAM)
    with pytest.raises(BadInput) as refused:
        receive(desk, replace(BIRTH, override_reason="x", entered_amounts={LATE_LEVY: 8000}), clerk="Mai")
    assert refused.value.code == "override_reason_short"
    assert find(desk, "dinh thi sen") == []


@pytest.mark.parametrize(
    ("decided", "entered", "told"),
    [(None, 8000, []), (8000, 8000, []), (8000, 0, [("0 đ", "8.000 đ")]), (0, 5000, [("5.000 đ", "0 đ")])],
)
def test_an_amount_other_than_the_decided_one_is_told(
    desk: Desk, decided: int | None, entered: int, told: list[tuple[str, str]]
) -> None:
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.moment = datetime(2027, 2, 26, 9, 0, tzinfo=VIETNAM)
    if decided is not None:
        enter_value(desk, f"fee/{LATE_LEVY}", decided, clock.now().date(), "Nghị quyết thử")
    visit = replace(BIRTH, entered_amounts={LATE_LEVY: entered})
    assessment = assess_at(desk, visit, clock.now())
    assert [charge.amount_vnd for charge in assessment.charges] == [entered]
    found = [each for each in visit_warnings(desk, visit, assessment) if "amount" in each.code]
    assert [(each.params["entered"], each.params["decided"]) for each in found] == told
    assert {each.field for each in found} <= {f"entered_amounts.{LATE_LEVY}"}


def test_an_amount_set_centrally_is_not_entered(desk: Desk) -> None:
    assessment = assess_at(desk, CERTIFIED_COPY, desk.clock.now())
    refuse_central_amounts(CERTIFIED_COPY, assessment.case)
    for rule in assessment.case.fees:
        with pytest.raises(BadInput) as refused:
            refuse_central_amounts(replace(CERTIFIED_COPY, entered_amounts={rule.fee_id: 1}), assessment.case)
        assert refused.value.code == "amount_is_set_centrally"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"procedure_id": "khong-co"}, "procedure_unknown"),
        ({"case_id": "khong-co"}, "case_unknown"),
        ({"applicant": None}, "answers_missing"),
        ({"case_id": ""}, "case_needed"),
        ({"copies": 0}, "answers_wrong"),
        ({"copies": 100}, "answers_wrong"),
        ({"entered_amounts": {LATE_LEVY: 10**12}}, "answers_wrong"),
        ({"parts": (replace(BIRTH.parts[0], original=1000),)}, "answers_wrong"),
        ({"applicant": replace(GRANDMOTHER, phone="12")}, "answers_wrong"),
        ({"applicant": replace(GRANDMOTHER, birth_date="02/04/59")}, "answers_wrong"),
        ({"applicant": replace(GRANDMOTHER, full_name="Sen 2")}, "answers_wrong"),
    ],
)
def test_impossible_visits_are_refused(desk: Desk, change: dict[str, object], code: str) -> None:
    with pytest.raises(BadInput) as refused:
        receive(desk, replace(BIRTH, **change), clerk="Mai")  # type: ignore[arg-type]
    assert refused.value.code == code


@pytest.mark.parametrize(
    "typed", [{"nyc_ho_ten": "Bùi Thị Na"}, {"nyc_so_dinh_danh": "001190000001"}], ids=["name", "number"]
)
def test_the_form_names_nobody_but_the_one_who_hands_it_in(desk: Desk, typed: dict[str, object]) -> None:
    with pytest.raises(BadInput) as refused:
        receive(desk, replace(BIRTH, fields={"ht-khai-sinh": CHILD_ANSWERS | typed}), clerk="Mai")
    problems = refused.value.params["problems"]
    assert isinstance(problems, list)
    assert refused.value.code == "answers_wrong"
    assert "applicant_differs" in [each["code"] for each in problems]


def test_a_delegate_never_lends_the_bride_his_number(desk: Desk) -> None:
    bride = {
        "nu_ho_ten": "Đặng Thị Thử Nghiệm",
        "nu_ngay_sinh": "1999-05-06",
        "nu_giay_to": {"kind": "Hộ chiếu", "number": "B1234567"},
    }
    visit = Visit(
        procedure_id="dang-ky-ket-hon",
        case_id="thong-thuong",
        applicant=FATHER,
        fields={"ht-ket-hon": bride},
    )
    with pytest.raises(BadInput) as refused:
        receive(desk, visit, clerk="Mai")
    problems = refused.value.params["problems"]
    assert isinstance(problems, list)
    assert ("fields.ht-ket-hon.nu_ho_ten", "applicant_differs") in [
        (each["field"], each["code"]) for each in problems
    ]
    seen = assess_at(desk, visit, desk.clock.now())
    assert FATHER.personal_id not in str(seen.forms[0].answers)


@pytest.mark.parametrize("fact", [0, -1, 10_000, "ba", True])
def test_impossible_counts_are_refused(desk: Desk, fact: object) -> None:
    visit = replace(CERTIFIED_COPY, facts={"pages": fact, "copies_certified": 1})  # type: ignore[dict-item]
    with pytest.raises(BadInput) as refused:
        receive(desk, visit, clerk="Mai")
    problems = refused.value.params["problems"]
    assert isinstance(problems, list)
    assert [(each["field"], each["code"]) for each in problems] == [("facts.pages", "number_out_of_range")]


def test_missing_and_wrong_are_told_together(desk: Desk) -> None:
    answers = {key: value for key, value in CHILD_ANSWERS.items() if key != "ks_noi_sinh"}
    visit = replace(
        BIRTH,
        fields={"ht-khai-sinh": answers | {"ks_ngay_sinh": "2026-12-24"}},
        copies=100,
    )
    with pytest.raises(BadInput) as refused:
        receive(desk, visit, clerk="Mai")
    params = refused.value.params
    assert refused.value.code == "answers_missing"
    assert params["keys"] == ["fields.ht-khai-sinh.ks_noi_sinh"]
    assert params["labels"] == ["Nơi sinh"]
    problems = params["problems"]
    assert isinstance(problems, list)
    assert [each["field"] for each in problems] == ["copies", "fields.ht-khai-sinh.ks_ngay_sinh"]
    assert problems[0] == {
        "field": "copies",
        "label": "Số lượng hồ sơ",
        "code": "number_out_of_range",
        "params": {"least": 1, "most": 99},
        "message": "",
    }


def test_a_paper_only_shown_is_never_listed_as_handed_in(desk: Desk) -> None:
    shown = SubmittedPart(part_id="giay_to_tuy_than", name="", original=1, copy=1)
    dossier = receive(desk, replace(BIRTH, parts=(*BIRTH.parts, shown)), clerk="Mai")
    part = next(each for each in dossier.parts if each.part_id == "giay_to_tuy_than")
    assert (part.presented, part.original, part.copy) == (True, 0, 1)
