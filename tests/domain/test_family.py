"""What received forms say about kinship, as a table; who is worth offering for an empty role."""

from dataclasses import replace
from datetime import date

import pytest
from tests.helpers.builders import MORNING, make_dossier, make_person

from counter_app.domain.authorisation import Authorisation, Scope
from counter_app.domain.dossier import Dossier, FilledForm
from counter_app.domain.family import INVERSE, Kin, links_of, may_fill
from counter_app.domain.person import Person, Sex

IDS = {name: make_person(number, full_name=name) for number, name in enumerate("abcd", start=1)}


def dossier_of(form_id: str, answers: dict[str, object], **people: Person) -> Dossier:
    applicant = people.pop("applicant")
    form = FilledForm(form_id=form_id, form_version="1", answers=answers)
    return make_dossier(1, applicant=applicant, people=people, forms=(form,))


def said(dossier: Dossier) -> set[str]:
    """Return the links as "a parent b": b is the parent of a."""
    names = {person.personal_id: name for name, person in IDS.items()}
    return {f"{names[x.person_id]} {x.kin} {names[x.relative_id]}" for x in links_of(dossier)}


A, B, C, D = (IDS[name] for name in "abcd")


@pytest.mark.parametrize(
    ("dossier", "links"),
    [
        (
            dossier_of("ht-khai-sinh", {"nyc_quan_he": "Bà ngoại"}, applicant=A, me=B, cha=C),
            {"b co_parent c", "c co_parent b", "b parent a", "a child b"},
        ),
        (
            dossier_of("ht-khai-sinh", {"nyc_quan_he": "Bà"}, applicant=A, me=B, cha=C),
            {"b co_parent c", "c co_parent b"},
        ),
        (
            dossier_of("ht-khai-sinh", {"nyc_quan_he": "Mẹ"}, applicant=B, cha=C),
            {"b co_parent c", "c co_parent b"},
        ),
        (dossier_of("ht-khai-sinh", {"nyc_quan_he": "Mẹ"}, applicant=B), set()),
        (
            dossier_of("ht-khai-sinh-lai", {"nyc_quan_he": "Bản thân"}, applicant=A, me=B, cha=C),
            {"a parent b", "b child a", "a parent c", "c child a", "b co_parent c", "c co_parent b"},
        ),
        (dossier_of("ht-ket-hon", {}, applicant=A, ben_nam=B), {"a spouse b", "b spouse a"}),
        (
            dossier_of("ht-khai-tu", {"nyc_quan_he": "Con"}, applicant=A, nguoi_chet=B),
            {"b child a", "a parent b"},
        ),
        (dossier_of("ht-khai-tu", {"nyc_quan_he": "Cháu"}, applicant=A, nguoi_chet=B), set()),
        (
            dossier_of("ht-giam-ho", {"nyc_quan_he": "Người giám hộ"}, applicant=A, nguoi_duoc_giam_ho=B),
            {"b guardian a", "a ward b"},
        ),
        (
            dossier_of(
                "ht-nhan-cha-me-con",
                {"nyc_quan_he": "Bản thân", "quan_he_nhan": "Cha"},
                applicant=A,
                nguoi_duoc_nhan=B,
            ),
            {"b parent a", "a child b"},
        ),
        (
            dossier_of("ct01", {"quan_he_chu_ho": "Vợ"}, applicant=A, chu_ho=B),
            {"b spouse a", "a spouse b"},
        ),
        (dossier_of("ct01", {"quan_he_chu_ho": "Ở thuê, mượn, ở nhờ"}, applicant=A, chu_ho=B), set()),
        (
            dossier_of("btxh-1d", {"nk_quan_he": "Con"}, applicant=A, nguoi_khai_thay=B),
            {"a child b", "b parent a"},
        ),
        (
            dossier_of("giay-uy-quyen", {"quan_he": "Con"}, applicant=A, ben_duoc_uy_quyen=B),
            {"a child b", "b parent a"},
        ),
        (dossier_of("no-such-form", {"nyc_quan_he": "Con"}, applicant=A, nguoi_chet=B), set()),
        (dossier_of("ht-ket-hon", {}, applicant=A, ben_nam=A), set()),
        (dossier_of("ht-ket-hon", {}, applicant=A, ben_nam=replace(B, personal_id="")), set()),
    ],
)
def test_what_a_form_says(dossier: Dossier, links: set[str]) -> None:
    assert said(dossier) == links


def test_every_tie_has_its_other_end() -> None:
    assert set(INVERSE) == set(Kin)
    assert all(INVERSE[INVERSE[kin]] is kin for kin in Kin)


@pytest.mark.parametrize(
    ("role", "role_sex", "placed", "kin", "sex", "offered"),
    [
        ("cha", "male", "me", Kin.CO_PARENT, Sex.MALE, True),
        ("cha", "male", "me", Kin.SPOUSE, Sex.MALE, True),
        ("cha", "male", "me", Kin.SPOUSE, Sex.FEMALE, False),
        ("cha", "male", "me", Kin.PARENT, Sex.MALE, False),
        ("me", "female", "applicant", Kin.CHILD, Sex.FEMALE, True),
        ("me", "female", "applicant", Kin.PARENT, Sex.FEMALE, False),
        ("me", "female", "nguoi_duoc_khai_sinh", Kin.PARENT, Sex.FEMALE, True),
        ("ben_nam", "male", "applicant", Kin.CHILD, Sex.MALE, False),
        ("ben_nam", "male", "applicant", Kin.CO_PARENT, None, True),
        ("cha_me", "", "applicant", Kin.GUARDIAN, Sex.MALE, True),
        ("cha_me", "", "applicant", Kin.SPOUSE, Sex.MALE, False),
        ("nguoi_chet", "", "applicant", Kin.PARENT, Sex.MALE, True),
        ("nguoi_chet", "", "chu_ho", Kin.PARENT, Sex.MALE, False),
    ],
)
def test_who_is_worth_offering(
    role: str, role_sex: str, placed: str, kin: Kin, sex: Sex | None, offered: bool
) -> None:
    relative = make_person(2, sex=sex)
    assert may_fill(role, role_sex=role_sex, placed=placed, kin=kin, relative=relative) is offered


def letter(**changes: object) -> Authorisation:
    values: dict[str, object] = {
        "authorisation_id": "x",
        "giver_id": "1",
        "delegate_id": "2",
        "scope": Scope.EVERYTHING,
        "entered_at": MORNING,
        "clerk": "mai",
    }
    return Authorisation(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "valid"),
    [
        ({}, True),
        ({"valid_until": date(2026, 11, 23)}, True),
        ({"valid_until": date(2026, 11, 22)}, False),
        ({"signed_on": date(2026, 11, 23)}, True),
        ({"signed_on": date(2026, 11, 24)}, False),
        ({"ended_at": MORNING}, False),
    ],
)
def test_when_a_letter_holds(changes: dict[str, object], valid: bool) -> None:
    assert letter(**changes).valid_on(date(2026, 11, 23)) is valid


@pytest.mark.parametrize(
    ("scope", "subject", "covered"),
    [
        (Scope.EVERYTHING, "", True),
        (Scope.PROCEDURE, "birth", True),
        (Scope.PROCEDURE, "death", False),
        (Scope.DOSSIER, "d1", True),
        (Scope.DOSSIER, "d2", False),
    ],
)
def test_what_a_letter_is_good_for(scope: Scope, subject: str, covered: bool) -> None:
    assert letter(scope=scope, subject=subject).covers(dossier_id="d1", procedure_id="birth") is covered
