"""A received birth teaches who belongs together; the next visit offers them and warns."""

from dataclasses import replace

import pytest
from tests.helpers.visits import BIRTH, CHILD_ANSWERS, FATHER, GRANDMOTHER, MOTHER

from counter_app.domain.family import Kin
from counter_app.services.assess_visit import assess_at
from counter_app.services.desk import Desk
from counter_app.services.people.offer_relatives import offers
from counter_app.services.people.person_file import open_person
from counter_app.services.receive_dossier import receive
from counter_app.services.visit import Visit
from counter_app.services.visit_warnings import visit_warnings

MATERNAL = replace(BIRTH, fields={"ht-khai-sinh": {**CHILD_ANSWERS, "nyc_quan_he": "Bà ngoại"}})


def offered(desk: Desk, visit: Visit) -> set[str]:
    """Return "role: name (kin of whom)"."""
    people = [visit.applicant, *visit.people.values()]
    with desk.store.reading() as queries:
        known = {each.personal_id: queries.relatives(each.personal_id) for each in people if each}
    forms = assess_at(desk, visit, desk.clock.now()).forms
    return {
        f"{each.role}: {each.person.full_name} ({each.kin} of {each.of})"
        for each in offers(visit, forms, known)
    }


def warned(desk: Desk, visit: Visit) -> dict[str, object]:
    assessment = assess_at(desk, visit, desk.clock.now())
    return {each.code: dict(each.params) for each in visit_warnings(desk, visit, assessment)}


def test_who_belongs_together_is_learned_when_a_dossier_is_received(desk: Desk) -> None:
    receive(desk, MATERNAL, clerk="Mai")
    assert {
        (each.kin, each.person.full_name) for each in open_person(desk, MOTHER.personal_id).relatives
    } == {
        (Kin.PARENT, GRANDMOTHER.full_name),
        (Kin.CO_PARENT, FATHER.full_name),
    }
    receive(desk, MATERNAL, clerk="Mai")
    assert len(open_person(desk, MOTHER.personal_id).relatives) == 2


@pytest.mark.parametrize(
    ("visit", "expected"),
    [
        (
            replace(MATERNAL, people={}),
            {"me: Bùi Thị Hồng Nhung (child of Đinh Thị Sen)"},
        ),
        (
            replace(MATERNAL, people={"me": MOTHER}),
            {"cha: Nguyễn Văn Thắng (co_parent of Bùi Thị Hồng Nhung)"},
        ),
        (
            replace(MATERNAL, people={"cha": FATHER}),
            {"me: Bùi Thị Hồng Nhung (child of Đinh Thị Sen)"},
        ),
        (MATERNAL, set()),
        (
            replace(BIRTH, applicant=MOTHER, people={}, fields={"ht-khai-sinh": {"nyc_quan_he": "Mẹ"}}),
            {"cha: Nguyễn Văn Thắng (co_parent of Bùi Thị Hồng Nhung)"},
        ),
        (
            Visit(procedure_id="dang-ky-khai-tu", case_id="thong-thuong", applicant=MOTHER),
            {
                "nguoi_chet: Nguyễn Văn Thắng (co_parent of Bùi Thị Hồng Nhung)",
                "nguoi_chet: Đinh Thị Sen (parent of Bùi Thị Hồng Nhung)",
            },
        ),
    ],
)
def test_known_relatives_are_offered_for_empty_roles(desk: Desk, visit: Visit, expected: set[str]) -> None:
    receive(desk, MATERNAL, clerk="Mai")
    if visit.procedure_id == "dang-ky-khai-tu":
        case = desk.catalogue.procedure(visit.procedure_id, desk.clock.now().date()).cases[0]
        visit = replace(visit, case_id=case.case_id)
    assert offered(desk, visit) == expected


def test_the_same_child_by_another_applicant_is_told(desk: Desk) -> None:
    first = receive(desk, BIRTH, clerk="Mai")
    by_father = replace(
        BIRTH,
        applicant=FATHER,
        people={"me": MOTHER},
        fields={"ht-khai-sinh": {**CHILD_ANSWERS, "nyc_quan_he": "Cha", "ks_ho_ten": "NGUYỄN BÙI MINH KHÔI"}},
    )
    assert warned(desk, by_father)["open_dossier_same_subject"] == {"codes": [first.dossier_code]}
    again = warned(desk, BIRTH)
    assert again["open_dossier_same_procedure"] == {"codes": [first.dossier_code]}
    assert "open_dossier_same_subject" not in again
    twin = {**CHILD_ANSWERS, "nyc_quan_he": "Cha", "ks_ho_ten": "Nguyễn Bùi Minh Khang"}
    assert "open_dossier_same_subject" not in warned(desk, replace(by_father, fields={"ht-khai-sinh": twin}))
    older = {**CHILD_ANSWERS, "nyc_quan_he": "Cha", "ks_ngay_sinh": "2026-11-14"}
    assert "open_dossier_same_subject" not in warned(desk, replace(by_father, fields={"ht-khai-sinh": older}))


def test_a_citizen_known_under_the_old_number_is_told_masked(desk: Desk) -> None:
    with desk.store.writing() as transaction:
        old = replace(GRANDMOTHER, personal_id="113456789")
        transaction.remember_person(old, desk.clock.now(), "applicant")
    told = warned(desk, replace(BIRTH, applicant=GRANDMOTHER))
    assert told["known_under_other_id"] == {"ids": ["1134***89"]}
    assert "known_under_other_id" not in warned(desk, replace(BIRTH, applicant=FATHER))
