"""What a pack changes is said for the day it changes, as a clerk would say it."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.calendar_2026 import CALENDAR

from counter_app.domain.catalogue_changes import Aspect, CatalogueData
from counter_app.domain.compare_catalogues import compare
from counter_app.domain.fee import FeeRule, FeeSetter
from counter_app.domain.procedure import Procedure, ProcedureCase, RequiredPart
from counter_app.domain.processing_time import ProcessingTime
from counter_app.domain.provenance import Provenance
from counter_app.domain.working_calendar import Certainty, DayOff

CASE = ProcedureCase(case_id="chung", name="Chung", time=ProcessingTime.parse("5wd"))
BIRTH = Procedure(
    procedure_id="khai-sinh",
    version="2026-01-01",
    name="Đăng ký khai sinh",
    sector="Hộ tịch",
    valid_from=date(2026, 1, 1),
    valid_to=date(2027, 2, 28),
    provenance=Provenance(source="", verified=False),
    cases=(CASE,),
)
NEXT = replace(
    BIRTH,
    version="2027-03-01",
    valid_from=date(2027, 3, 1),
    valid_to=None,
    cases=(
        replace(
            CASE,
            time=ProcessingTime.parse("3wd"),
            parts=(RequiredPart(part_id="to_khai", name="Tờ khai"),),
            fees=(FeeRule(fee_id="phi", name="Phí", set_by=FeeSetter.PROVINCE_COUNCIL),),
        ),
    ),
)


def _data(*procedures: Procedure) -> CatalogueData:
    return CatalogueData(procedures=procedures, forms=())


def test_nothing_changes_against_itself() -> None:
    assert compare(_data(BIRTH, NEXT), _data(BIRTH, NEXT)).empty


def test_a_new_version_is_a_change_from_its_first_day_on_not_a_new_procedure() -> None:
    (change,) = compare(_data(BIRTH), _data(BIRTH, NEXT)).procedures
    assert (change.before, change.after, change.from_day) == (BIRTH, NEXT, date(2027, 3, 1))
    assert change.aspects == (Aspect.TIME, Aspect.FEES, Aspect.PARTS)


def test_an_open_version_that_now_ends_early_for_a_next_one_is_one_change() -> None:
    open_ended = replace(BIRTH, valid_to=None)
    (change,) = compare(_data(open_ended), _data(BIRTH, NEXT)).procedures
    assert (change.from_day, change.after) == (date(2027, 3, 1), NEXT)


def test_a_procedure_that_ends_without_a_successor_is_removed_from_the_day_after() -> None:
    changes = compare(_data(replace(BIRTH, valid_to=None)), _data(BIRTH))
    (change,) = changes.procedures
    assert (change.after, change.from_day) == (None, date(2027, 3, 1))
    assert changes.removed() == ("khai-sinh",)


def test_a_longer_life_is_a_change_of_validity() -> None:
    (change,) = compare(_data(BIRTH), _data(replace(BIRTH, valid_to=date(2027, 6, 30)))).procedures
    assert (change.from_day, change.aspects) == (date(2027, 3, 1), (Aspect.VALIDITY,))


def test_a_version_dropped_while_a_later_one_stays_is_a_pause_not_a_removal() -> None:
    changes = compare(_data(BIRTH, NEXT), _data(NEXT))
    (change,) = changes.procedures
    assert (changes.removed(), changes.changed()) == ((), ("khai-sinh",))
    assert (change.from_day, change.after, change.aspects) == (date(2026, 1, 1), NEXT, (Aspect.VALIDITY,))
    assert change.gap
    assert not change.rewritten


def test_a_version_that_says_something_else_under_its_old_name_is_rewritten() -> None:
    dearer = replace(BIRTH, cases=NEXT.cases)
    assert compare(_data(BIRTH, NEXT), _data(dearer, NEXT)).rewritten() == ("khai-sinh",)
    assert compare(_data(BIRTH), _data(BIRTH, NEXT)).rewritten() == ()
    assert compare(_data(replace(BIRTH, valid_to=None)), _data(BIRTH, NEXT)).rewritten() == ()


def test_new_and_gone_procedures_are_listed() -> None:
    other = replace(BIRTH, procedure_id="khai-tu", name="Đăng ký khai tử")
    changes = compare(_data(BIRTH), _data(other))
    assert (changes.added(), changes.changed(), changes.removed()) == (("khai-tu",), (), ("khai-sinh",))


def test_an_edit_under_the_same_version_name_is_still_seen() -> None:
    (change,) = compare(_data(BIRTH), _data(replace(BIRTH, national_code="1.001193"))).procedures
    assert change.aspects == (Aspect.CODE,)


def test_a_provisional_day_that_becomes_official_and_one_that_moves_are_told() -> None:
    tet = DayOff(date=date(2026, 12, 30), name="Nghỉ bù", certainty=Certainty.PROVISIONAL)
    before = replace(CALENDAR, days_off=(*CALENDAR.days_off, tet))
    official = replace(tet, certainty=Certainty.OFFICIAL)
    after = replace(CALENDAR, days_off=(*CALENDAR.days_off, official))
    empty = CatalogueData(procedures=(), forms=())
    (change,) = compare(replace(empty, calendar=before), replace(empty, calendar=after)).days
    assert (change.before, change.after) == (tet, official)
    gone = compare(replace(empty, calendar=before), replace(empty, calendar=CALENDAR))
    assert gone.removed() == ("2026-12-30",)


def test_communes_are_compared_by_code() -> None:
    empty = CatalogueData(procedures=(), forms=())
    old = replace(empty, commune_names={"1": "Xã A", "2": "Xã B"})
    new = replace(empty, commune_names={"2": "Phường B", "3": "Xã C"})
    changes = compare(old, new)
    assert (changes.added(), changes.changed(), changes.removed()) == (("3",), ("2",), ("1",))


@given(
    st.lists(st.sampled_from((BIRTH, NEXT)), unique=True),
    st.lists(st.sampled_from((BIRTH, NEXT)), unique=True),
)
def test_there_is_a_change_exactly_when_some_day_answers_differently(
    before: list[Procedure], after: list[Procedure]
) -> None:
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2027, 2, 28), date(2027, 3, 1), date(2030, 1, 1)]
    differs = any(
        [p for p in before if p.in_force(day)] != [p for p in after if p.in_force(day)] for day in days
    )
    assert compare(_data(*before), _data(*after)).empty is not differs
