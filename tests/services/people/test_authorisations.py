"""Letters: what is kept, what is refused, and whom a dossier may be handed to."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.helpers.builders import MORNING, make_dossier, make_person
from tests.helpers.desks import add_pinned
from tests.printing.paper_reading import all_text, squeezed

from counter_app.domain.authorisation import Scope
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import KnownError
from counter_app.domain.person import Person
from counter_app.services.desk import Desk
from counter_app.services.people.authorisation_paper import authorisation_paper
from counter_app.services.people.authorisations import LetterDraft, add, delegates_for, end, valid_for
from counter_app.services.people.merge_people import merge
from counter_app.services.people.person_file import find_people, open_person

GIVER, DELEGATE, STRANGER = (
    make_person(number, full_name=name)
    for number, name in enumerate(("Hà Thị Giao", "Bùi Văn Nhận", "Lò Văn Lạ"), 1)
)
TODAY = MORNING.date()


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    with desk.store.writing() as transaction:
        for person in (GIVER, STRANGER):
            transaction.remember_person(person, MORNING, "applicant")
        return add_pinned(transaction, make_dossier(1, applicant=GIVER, people={}))


def letter(**changes: Any) -> LetterDraft:
    return replace(LetterDraft(giver_id=GIVER.personal_id, delegate=DELEGATE), **changes)


@pytest.mark.parametrize(
    ("changes", "valid"),
    [
        ({}, True),
        ({"scope": Scope.DOSSIER, "subject": "H29.12-261123-1001"}, True),
        ({"scope": Scope.PROCEDURE, "subject": "dang-ky-khai-tu"}, False),
        ({"signed_on": date(2026, 11, 1), "valid_until": TODAY}, True),
        ({"valid_until": date(2026, 11, 22)}, False),
        ({"giver_id": STRANGER.personal_id}, False),
    ],
)
def test_whom_a_dossier_may_be_handed_to(
    desk: Desk, dossier: Dossier, changes: dict[str, Any], valid: bool
) -> None:
    made = add(desk, letter(**changes))
    expected = (made,) if valid else ()
    assert valid_for(desk, dossier, DELEGATE.personal_id, TODAY) == expected
    assert valid_for(desk, dossier, STRANGER.personal_id, TODAY) == ()
    assert valid_for(desk, dossier, "", TODAY) == ()
    assert delegates_for(desk, dossier, TODAY) == (((DELEGATE, made),) if valid else ())


def test_a_letter_of_somebody_in_the_forms_counts_too(desk: Desk, dossier: Dossier) -> None:
    made = add(desk, letter(giver_id=STRANGER.personal_id))
    with_them = replace(dossier, people={"cha": STRANGER})
    assert valid_for(desk, with_them, DELEGATE.personal_id, TODAY) == (made,)


def test_an_ended_letter_is_good_for_nothing_and_stays_on_the_page(desk: Desk, dossier: Dossier) -> None:
    made = add(desk, letter(paper_number=" 12/2026 ", certified_by="UBND xã"))
    ended = end(desk, made.authorisation_id, "Rút ủy quyền")
    assert valid_for(desk, dossier, DELEGATE.personal_id, TODAY) == ()
    (seen,) = open_person(desk, GIVER.personal_id).letters
    assert (seen.authorisation, seen.gave, seen.other) == (ended, True, DELEGATE)
    (seen,) = open_person(desk, DELEGATE.personal_id).letters
    assert (seen.gave, seen.other) == (False, GIVER)
    with pytest.raises(KnownError, match="authorisation_already_ended"):
        end(desk, made.authorisation_id, "Lần nữa")


def test_letters_follow_merged_records(desk: Desk, dossier: Dossier) -> None:
    old = replace(GIVER, personal_id=GIVER.old_id, old_id="")
    with desk.store.writing() as transaction:
        transaction.remember_person(old, MORNING, "applicant")
    made = add(desk, letter(giver_id=old.personal_id))
    assert valid_for(desk, dossier, DELEGATE.personal_id, TODAY) == ()
    merge(desk, GIVER.personal_id, old.personal_id)
    assert valid_for(desk, dossier, DELEGATE.personal_id, TODAY) == (made,)


def test_a_delegate_never_met_becomes_known(desk: Desk, dossier: Dossier) -> None:
    assert find_people(desk, "bui van nhan") == []
    add(desk, letter(scope=Scope.DOSSIER, subject=dossier.dossier_code))
    assert find_people(desk, "bui van nhan") == [DELEGATE]
    (seen,) = open_person(desk, GIVER.personal_id).letters
    assert seen.subject == dossier.dossier_code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"giver_id": "000190000099"}, "person_unknown"),
        ({"giver_id": ""}, "person_unknown"),
        ({"delegate": replace(DELEGATE, personal_id="")}, "delegate_missing"),
        ({"delegate": replace(DELEGATE, full_name=" ")}, "delegate_missing"),
        ({"delegate": GIVER}, "authorises_oneself"),
        ({"signed_on": date(2026, 11, 24)}, "letter_signed_ahead"),
        ({"signed_on": TODAY, "valid_until": date(2026, 11, 22)}, "letter_ends_before_it_begins"),
        ({"scope": Scope.PROCEDURE, "subject": "no-such"}, "procedure_unknown"),
        ({"scope": Scope.DOSSIER, "subject": ""}, "dossier_unknown"),
        (
            {"scope": Scope.DOSSIER, "subject": "H29.12-261123-1001", "giver_id": STRANGER.personal_id},
            "not_their_dossier",
        ),
    ],
)
def test_what_is_refused(desk: Desk, dossier: Dossier, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(KnownError, match=code):
        add(desk, letter(**changes))
    assert find_people(desk, "bui van nhan") == []


@pytest.mark.parametrize(
    ("authorisation_id", "reason", "code"),
    [
        ("nothing", "vì", "authorisation_unknown"),
        ("nothing", " ", "reason_missing"),
    ],
)
def test_what_cannot_be_ended(desk: Desk, authorisation_id: str, reason: str, code: str) -> None:
    with pytest.raises(KnownError, match=code):
        end(desk, authorisation_id, reason)


def test_the_paper_names_both_and_what_for(desk: Desk) -> None:
    pdf = authorisation_paper(desk, GIVER, DELEGATE, purpose="Nhận kết quả hồ sơ H29.12-261123-1001")
    text = all_text(pdf)
    for words in ("GIẤY ỦY QUYỀN", "HÀ THỊ GIAO", "BÙI VĂN NHẬN", "H29.12-261123-1001", GIVER.personal_id):
        assert squeezed(words) in text
    assert squeezed("HÀ THỊ GIAO") in all_text(authorisation_paper(desk, GIVER, None, purpose=""))


def test_a_person_is_no_party_by_an_empty_number(desk: Desk, dossier: Dossier) -> None:
    add(desk, letter())
    child = replace(dossier, applicant=Person(full_name="Trẻ"), people={"me": Person(full_name="Mẹ")})
    assert valid_for(desk, child, DELEGATE.personal_id, TODAY) == ()
