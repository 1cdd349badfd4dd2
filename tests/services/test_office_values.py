"""What the office decides itself: dated, kept for ever, never zero out of nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.raw_database import select
from tests.helpers.visits import BIRTH, CHILD_ANSWERS

from counter_app.domain.due_date import promise
from counter_app.domain.errors import BadInput, KnownError, RuleRefusal
from counter_app.domain.local_values import fee_amounts
from counter_app.domain.processing_time import ProcessingTime, TimeUnit
from counter_app.services.assess_visit import Assessment, assess_at
from counter_app.services.desk import Desk
from counter_app.services.office_timeline import OfficeTimeline, Signatory
from counter_app.services.office_values import enter_value, history_of, take_back
from counter_app.services.ports import OfficeValue
from counter_app.services.receive_dossier import receive
from counter_app.services.visit import Visit

FEE = "fee/le_phi_khai_sinh_qua_han"
LEVY = "le_phi_khai_sinh_qua_han"
RESOLUTION = "Nghị quyết số 12/2026/NQ-HĐND"
LATE_BIRTH = replace(BIRTH, fields={"ht-khai-sinh": CHILD_ANSWERS | {"ks_ngay_sinh": "2026-09-01"}})
SINGLE = Visit(procedure_id="cap-giay-xac-nhan-tinh-trang-hon-nhan", case_id="cap-moi")
SINGLE_TIME = "time/cap-giay-xac-nhan-tinh-trang-hon-nhan/cap-moi"
TODAY = MORNING.date()
OFFICE_HOURS = {name: ["07:30-11:30", "13:00-17:00"] for name in ("mon", "tue", "wed", "thu", "fri")}


def amount_on(desk: Desk, day: date) -> int | None:
    return fee_amounts(desk.local_values, day, "counter", {}).get(LEVY)


def seen_on(desk: Desk, visit: Visit, day: date) -> Assessment:
    return assess_at(desk, visit, datetime.combine(day, MORNING.timetz()))


def test_an_amount_nobody_entered_is_asked_for_and_never_zero(desk: Desk) -> None:
    assert amount_on(desk, TODAY) is None
    seen = seen_on(desk, LATE_BIRTH, TODAY)
    assert ("amount", LEVY) in [(each.kind, each.key) for each in seen.missing]
    assert seen.total_vnd is None


def test_an_amount_begins_on_its_day_and_the_old_one_holds_until_then(desk: Desk) -> None:
    enter_value(desk, FEE, 5000, date(2026, 1, 1), RESOLUTION)
    enter_value(desk, FEE, 8000, date(2027, 1, 1), RESOLUTION)
    assert [amount_on(desk, day) for day in (date(2025, 12, 31), TODAY, date(2027, 1, 1))] == [
        None, 5000, 8000,
    ]  # fmt: skip
    assert receive(desk, LATE_BIRTH, clerk="Mai").charges[0].amount_vnd == 5000
    desk.clock = FixedClock(MORNING + timedelta(days=45))
    assert receive(desk, LATE_BIRTH, clerk="Mai").charges[0].amount_vnd == 8000


def test_a_zero_is_an_amount_only_when_it_was_entered_with_its_basis(desk: Desk) -> None:
    with pytest.raises(BadInput) as refused:
        enter_value(desk, FEE, 0, TODAY, "  ")
    assert refused.value.code == "basis_missing"
    enter_value(desk, FEE, 0, TODAY, "Miễn theo Nghị quyết số 9/2026/NQ-HĐND")
    assert amount_on(desk, TODAY) == 0


def test_an_amount_taken_back_is_unknown_and_the_older_one_does_not_return(desk: Desk) -> None:
    enter_value(desk, FEE, 5000, date(2026, 1, 1), RESOLUTION)
    enter_value(desk, FEE, 8000, date(2026, 7, 1), RESOLUTION)
    take_back(desk, FEE, date(2026, 11, 1), "Nghị quyết bị bãi bỏ")
    assert amount_on(desk, date(2026, 10, 31)) == 8000
    assert amount_on(desk, date(2026, 11, 1)) is None


def test_nothing_entered_is_ever_lost(desk: Desk, reopened: Desk) -> None:
    enter_value(desk, FEE, 5000, TODAY, RESOLUTION)
    enter_value(desk, FEE, 6000, TODAY, RESOLUTION)
    take_back(desk, FEE, TODAY)
    assert [entry.value for entry in history_of(reopened, FEE)] == [None, 6000, 5000]
    assert {entry.clerk for entry in history_of(reopened, FEE)} == {desk.settings.clerk}
    acts = [
        row[0] for row in select(desk, "SELECT act FROM audit_entry WHERE subject_id = 'fee/" + LEVY + "'")
    ]
    assert acts == ["office_value_entered", "office_value_entered", "office_value_taken_back"]
    for statement in ("UPDATE office_value SET value = '0'", "DELETE FROM office_value"):
        fixed = pytest.raises(Exception, match=r"office_value is (fixed|kept)")
        with fixed, desk.store.writing() as transaction:
            transaction._sql.run(statement)  # type: ignore[attr-defined]
    assert len(history_of(reopened, FEE)) == 3


@pytest.fixture
def reopened(desk: Desk) -> Desk:
    """The same counter as the next start of the program sees it."""
    return replace(desk, _settings=None, _office_values=None, _local_values=None, _calendar=None)


def test_a_limit_of_the_office_is_promised_and_the_laws_is_kept(desk: Desk) -> None:
    law = seen_on(desk, SINGLE, TODAY).case.time
    enter_value(desk, SINGLE_TIME, "2wd", date(2026, 11, 1))
    seen = seen_on(desk, SINGLE, TODAY)
    assert (str(seen.case.time), seen.case.legal_time) == ("2wd", law)
    assert seen.promise is not None
    assert seen.promise.time == "2wd"
    assert seen_on(desk, SINGLE, date(2026, 10, 30)).case.time == law


def test_working_days_decided_here_never_end_after_the_calendar_days_of_the_law(desk: Desk) -> None:
    procedure, case = next(
        (procedure, case)
        for procedure in desk.catalogue.procedures(TODAY)
        for case in procedure.cases
        if case.time and case.time.unit is TimeUnit.CALENDAR_DAY and case.time.amount >= 7
    )
    assert case.time is not None
    as_long = ProcessingTime(case.time.amount * 5 // 7, TimeUnit.WORKING_DAY)
    before_tet = datetime(2027, 2, 1, 8, 0, tzinfo=MORNING.tzinfo)
    law, decided = (
        promise(before_tet, limit, same_day=False, no_promise=False, calendar=desk.calendar()).due_at
        for limit in (case.time, as_long)
    )
    assert law is not None
    assert decided is not None
    assert law < decided
    enter_value(desk, f"time/{procedure.procedure_id}/{case.case_id}", str(as_long), date(2027, 1, 1))
    visit = Visit(procedure_id=procedure.procedure_id, case_id=case.case_id, override_reason="thử")
    seen = assess_at(desk, visit, before_tet)
    assert seen.case.time == as_long
    assert seen.promise is not None
    assert seen.promise.due_at == law


REFUSED = [
    ("fee/le_phi_khai_sinh_qua_han", -1, "bad_amount"),
    ("fee/le_phi_khai_sinh_qua_han", 1_000_000_001, "bad_amount"),
    ("fee/le_phi_khai_sinh_qua_han", True, "bad_amount"),
    ("fee/le_phi_khai_sinh_qua_han", "5000", "bad_amount"),
    ("fee/khong_co", 5000, "fee_unknown"),
    ("fee/", 5000, "office_key_unknown"),
    ("fees/x", 5000, "office_key_unknown"),
    ("sessions/x", [], "office_key_unknown"),
    ("time/khong-co/x", "3wd", "procedure_unknown"),
    ("time/dang-ky-khai-sinh/khong-co", "3wd", "case_unknown"),
    (SINGLE_TIME, "3 ngày", "bad_processing_time"),
    (SINGLE_TIME, "30wd", "time_longer_than_law"),
    ("time/dang-ky-khai-sinh/thong-thuong", "1wd", "time_longer_than_law"),
    ("form_number/khong-co", "Mẫu 1", "form_unknown"),
    ("form_number/ht-khai-sinh", "  ", "text_missing"),
    ("addressee/ht-khai-sinh", "Kính gửi: {nobody}", "bad_placeholder"),
    ("addressee/ht-khai-sinh", "Kính gửi: {office.name", "bad_placeholder"),
    ("addressee/ht-khai-sinh", "a" * 301, "too_long"),
    ("phone", "gọi tổng đài", "bad_office_phone"),
    ("phone", "12", "bad_office_phone"),
    ("signatory", {"name": "Lò Văn Pín"}, "signatory_missing"),
    ("signatory", {"name": "X1", "title": "Chủ tịch"}, "signatory_missing"),
    ("sessions", [], "bad_week_pattern"),
    ("sessions", [{"sessions": OFFICE_HOURS | {"sat": ["11:00-09:00"]}}], "bad_session"),
    ("sessions", [{"sessions": OFFICE_HOURS | {"sat": ["08:00-24:10"]}}], "bad_session"),
    ("sessions", [{"sessions": OFFICE_HOURS | {"sat": ["08:00-10:00", "09:00-11:00"]}}], "bad_week_pattern"),
    ("sessions", [{"sessions": {"mon": ["08:00-10:00"]}}], "bad_week_pattern"),
    ("sessions", [{"sessions": OFFICE_HOURS, "from": "05-01", "to": "09-30"}], "bad_week_pattern"),
    ("sessions", [{"sessions": OFFICE_HOURS, "from": "02-30", "to": "09-30"}], "bad_week_pattern"),
    ("sessions", [{"sessions": OFFICE_HOURS, "working_weekdays": ["monday"]}], "bad_week_pattern"),
    ("sessions", "07:00-11:30", "bad_week_pattern"),
    ("sessions", [{"sessions": OFFICE_HOURS}] * 5, "bad_week_pattern"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value", "code"), REFUSED)
def test_what_cannot_hold_is_refused_and_nothing_is_kept(
    desk: Desk, key: str, value: object, code: str
) -> None:
    with pytest.raises(KnownError) as refused:
        enter_value(desk, key, value, TODAY, RESOLUTION)
    assert refused.value.code == code
    assert desk.office_values.entries == ()


def test_a_fee_of_the_state_cannot_be_set_here(desk: Desk) -> None:
    with pytest.raises(RuleRefusal) as refused:
        enter_value(desk, "fee/phi_chung_thuc_ban_sao", 1000, TODAY, RESOLUTION)
    assert refused.value.code == "fee_not_local"


def test_only_what_was_entered_can_be_taken_back(desk: Desk) -> None:
    with pytest.raises(BadInput) as refused:
        take_back(desk, FEE, TODAY)
    assert refused.value.code == "nothing_to_take_back"


def test_sessions_of_the_office_move_promises_from_their_day_on(desk: Desk) -> None:
    national = desk.catalogue.calendar()
    assert desk.calendar() is national
    saturday = {"sessions": OFFICE_HOURS | {"sat": ["07:30-11:00"]}}
    summer = {"sessions": OFFICE_HOURS | {"mon": ["07:00-11:00"]}, "from": "05-01", "to": "09-30"}
    enter_value(desk, "sessions", [saturday, summer], date(2027, 1, 4))
    ours = desk.calendar()
    assert ours.version != national.version
    assert ours.sessions_on(date(2026, 12, 28)) == national.sessions_on(date(2026, 12, 28))
    assert f"{ours.sessions_on(date(2027, 1, 4))[0].start:%H:%M}" == "07:30"
    assert f"{ours.sessions_on(date(2027, 6, 7))[0].start:%H:%M}" == "07:00"
    open_saturday = date(2027, 1, 9)
    assert len(ours.sessions_on(open_saturday)) == 1
    assert not ours.is_working_day(open_saturday)
    assert ours.working_sessions_on(open_saturday) == ()
    take_back(desk, "sessions", date(2027, 2, 1))
    assert desk.calendar().sessions_on(date(2027, 2, 2)) == national.sessions_on(date(2027, 2, 2))
    assert desk.calendar().version not in (ours.version, national.version)


def test_a_promise_pins_the_calendar_with_the_offices_sessions(desk: Desk) -> None:
    enter_value(desk, "sessions", [{"sessions": OFFICE_HOURS}], date(2026, 1, 1))
    seen = seen_on(desk, BIRTH, TODAY)
    assert seen.promise is not None
    assert seen.promise.calendar_version == desk.calendar().version


def test_phone_and_signatory_of_the_day(desk: Desk) -> None:
    enter_value(desk, "phone", "0218 3851 234", date(2026, 12, 1))
    enter_value(desk, "signatory", {"name": "Lò Văn Pín", "title": "Phó Chủ tịch"}, date(2026, 12, 1))
    assert desk.office(TODAY).phone == desk.settings.office.phone
    assert desk.office(date(2026, 12, 1)).phone == "0218 3851 234"
    assert desk.office_values.signatory(TODAY) is None
    assert desk.office_values.signatory(date(2026, 12, 1)) == Signatory(
        name="Lò Văn Pín", title="Phó Chủ tịch"
    )


def test_a_form_carries_the_number_and_addressee_decided_here(desk: Desk) -> None:
    before = seen_on(desk, BIRTH, TODAY).forms[0].template
    enter_value(desk, "addressee/ht-khai-sinh", "Kính gửi: {office.committee}", TODAY)
    enter_value(desk, "form_number/ht-khai-sinh", "Mẫu số 01/PT", TODAY)
    layout = seen_on(desk, BIRTH, TODAY).forms[0].template.layout
    assert (layout.form_number, layout.addressee) == ("Mẫu số 01/PT", "Kính gửi: {office.committee}")
    assert seen_on(desk, BIRTH, date(2026, 11, 20)).forms[0].template == before


DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 6))
ENTERED = st.lists(st.tuples(DAYS, st.one_of(st.none(), st.integers(1, 9))), max_size=7)


@given(ENTERED, DAYS)
def test_the_layer_says_what_the_timeline_says(entered: Sequence[tuple[date, int | None]], day: date) -> None:
    timeline = OfficeTimeline(
        tuple(
            OfficeValue(key=FEE, value=value, valid_from=begins, entered_at=MORNING, clerk="Mai")
            for begins, value in entered
        )
    )
    begun = [(begins, order, value) for order, (begins, value) in enumerate(entered) if begins <= day]
    governs = max(begun, key=lambda each: each[:2])[2] if begun else None
    current = timeline.on(FEE, day)
    assert (current.value if current else None) == governs
    assert fee_amounts(timeline.local_values(), day, "counter", {}).get(LEVY) == governs
