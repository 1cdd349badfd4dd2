"""Relatives offered in the people column, and what the clerk is told before going on."""

from dataclasses import replace

import pytest
from intake_helpers import BIRTH_ID, FORM, Intake
from tests.helpers.builders import MORNING, make_dossier
from tests.helpers.visits import BIRTH, CHILD_ANSWERS, FATHER, GRANDMOTHER, MOTHER

from counter_app.domain.dossier_status import DossierStatus
from counter_app.services.people.authorisations import LetterDraft, add
from counter_app.services.receive_dossier import receive
from counter_app.ui.intake.people_cards import people_column
from counter_app.ui.intake.state import FROM_RECORD

MATERNAL = replace(BIRTH, fields={FORM: {**CHILD_ANSWERS, "nyc_quan_he": "Bà ngoại"}})


@pytest.fixture
def known(intake: Intake) -> Intake:
    """The desk has received a birth registered by the grandmother."""
    receive(intake.desk, MATERNAL, clerk="Mai")
    return intake


def offered(intake: Intake) -> list[str]:
    return [offer.text for offer in people_column(intake.presenter.state).offers]


def notes(intake: Intake) -> list[tuple[str, str, dict[str, str]]]:
    found = people_column(intake.presenter.state).notes
    return [(note.text, note.screen_id, dict(note.request)) for note in found]


def test_one_press_after_another_fills_the_family(known: Intake) -> None:
    known.choose(BIRTH_ID)
    known.scan(GRANDMOTHER)
    assert offered(known) == ["Mẹ: Bùi Thị Hồng Nhung"]
    assert known.visit.people == {}
    (offer,) = people_column(known.presenter.state).offers
    assert offer.details == "Con gái của Đinh Thị Sen, sinh 12/03/1994"
    known.presenter.take_known(offer.role, offer.person)
    assert offered(known) == ["Cha: Nguyễn Văn Thắng"]
    (offer,) = people_column(known.presenter.state).offers
    known.presenter.take_known(offer.role, offer.person)
    assert offered(known) == []
    assert known.visit.people == {"me": MOTHER, "cha": FATHER}
    assert known.presenter.state.origins["me"].kind == FROM_RECORD
    known.presenter.take_known("me", MOTHER)
    assert known.visit.people == {"me": MOTHER, "cha": FATHER}


def test_where_a_person_came_from_outlives_the_draft(known: Intake) -> None:
    known.choose(BIRTH_ID)
    known.scan(GRANDMOTHER)
    known.presenter.take_known("me", MOTHER)
    draft_id = known.presenter.state.draft_id
    known.presenter.new_visit()
    known.presenter.open_draft(draft_id)
    assert known.presenter.state.origins["me"].kind == FROM_RECORD


def test_the_open_dossier_is_told_with_day_and_status_and_leads_there(known: Intake) -> None:
    known.choose(BIRTH_ID)
    known.scan(GRANDMOTHER)
    assert notes(known) == [
        (
            "Đang có hồ sơ cùng thủ tục: H29.12-261123-1001, nhận 23/11/2026, đã tiếp nhận.",
            "dossier",
            {"dossier_code": "H29.12-261123-1001"},
        )
    ]


def test_the_same_child_by_the_father_is_told_once_it_is_named(known: Intake) -> None:
    known.choose(BIRTH_ID)
    known.scan(FATHER)
    assert notes(known) == []
    known.answer({"nyc_quan_he": "Cha", "ks_ho_ten": "nguyễn bùi minh khôi"})
    assert notes(known) == []
    known.answer({"ks_ngay_sinh": "2026-11-15"})
    ((text, screen, request),) = notes(known)
    assert text.startswith("Đinh Thị Sen đã nộp hồ sơ cùng thủ tục cho cùng một người: H29.12-261123-1001")
    assert (screen, request) == ("dossier", {"dossier_code": "H29.12-261123-1001"})
    known.answer({"ks_ho_ten": "Nguyễn Bùi Minh Khang"})
    assert notes(known) == []
    known.answer({"ks_ho_ten": "Nguyễn Bùi Minh Khôi"})
    assert len(notes(known)) == 1
    known.presenter.new_visit()
    assert notes(known) == []


@pytest.mark.parametrize(
    ("status", "screen"),
    [
        (DossierStatus.RESOLVED, "returns"),
        (DossierStatus.AWAITING_SUPPLEMENT, "dossier"),
        (DossierStatus.RETURNED, ""),
    ],
)
def test_what_the_applicant_may_have_come_for(intake: Intake, status: DossierStatus, screen: str) -> None:
    with intake.desk.store.writing() as transaction:
        transaction.remember_person(GRANDMOTHER, MORNING, "applicant")
        transaction.add_dossier(make_dossier(1, applicant=GRANDMOTHER, people={}, status=status))
    intake.scan(GRANDMOTHER)
    assert [note[1] for note in notes(intake)] == ([screen] if screen else [])


def test_somebody_known_under_an_old_number_is_told_masked(intake: Intake) -> None:
    with intake.desk.store.writing() as transaction:
        transaction.remember_person(replace(GRANDMOTHER, personal_id="113456789"), MORNING, "applicant")
    intake.scan(GRANDMOTHER)
    ((text, screen, request),) = notes(intake)
    assert "1134***89" in text
    assert "113456789" not in text
    assert (screen, request) == ("people", {"person_id": "113456789"})


def test_a_letter_to_act_for_another_is_told(known: Intake) -> None:
    add(known.desk, LetterDraft(giver_id=GRANDMOTHER.personal_id, delegate=FATHER))
    known.scan(FATHER)
    assert notes(known) == [
        (
            "Người nộp có giấy ủy quyền của Đinh Thị Sen.",
            "people",
            {"person_id": GRANDMOTHER.personal_id},
        )
    ]
    known.presenter.new_visit()
    known.scan(GRANDMOTHER)
    assert [note for note in notes(known) if note[1] == "people"] == []
