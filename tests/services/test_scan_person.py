"""Each card fills the next person of the form; nobody is filled twice."""

from dataclasses import replace

import pytest
from tests.helpers.visits import CHILD_ANSWERS, FATHER, GRANDMOTHER, MOTHER

from counter_app.domain.errors import RuleRefusal
from counter_app.services.desk import Desk
from counter_app.services.scan_person import fill_next_role
from counter_app.services.visit import Visit

EMPTY = Visit(procedure_id="dang-ky-khai-sinh", case_id="thong-thuong")


def test_applicant_then_mother_then_father(desk: Desk) -> None:
    visit = EMPTY
    for person in (GRANDMOTHER, MOTHER, FATHER):
        visit = fill_next_role(desk, visit, person)
    assert visit.applicant == GRANDMOTHER
    assert visit.people == {"me": MOTHER, "cha": FATHER}


def test_a_card_goes_to_the_role_of_its_sex(desk: Desk) -> None:
    visit = fill_next_role(desk, fill_next_role(desk, EMPTY, GRANDMOTHER), FATHER)
    assert visit.people == {"cha": FATHER}
    groom_first = fill_next_role(desk, Visit(procedure_id="dang-ky-ket-hon", case_id="thong-thuong"), FATHER)
    assert groom_first.applicant is None
    assert fill_next_role(desk, groom_first, MOTHER).applicant == MOTHER


def test_a_mother_who_comes_herself_leaves_only_the_father(desk: Desk) -> None:
    answers = CHILD_ANSWERS | {"nyc_quan_he": "Mẹ"}
    visit = replace(EMPTY, applicant=MOTHER, fields={"ht-khai-sinh": answers})
    assert fill_next_role(desk, visit, FATHER).people == {"cha": FATHER}


def test_the_same_card_again_refreshes_and_keeps_what_the_clerk_typed(desk: Desk) -> None:
    visit = replace(EMPTY, applicant=replace(GRANDMOTHER, phone="0912345678", address="chỗ cũ"))
    again = fill_next_role(desk, visit, GRANDMOTHER)
    assert again.applicant == replace(GRANDMOTHER, phone="0912345678")
    assert again.people == {}


def test_a_fourth_person_has_no_place(desk: Desk) -> None:
    visit = replace(EMPTY, applicant=GRANDMOTHER, people={"me": MOTHER, "cha": FATHER})
    with pytest.raises(RuleRefusal) as refused:
        fill_next_role(desk, visit, replace(FATHER, personal_id="017088000001"))
    assert refused.value.code == "no_role_left"
