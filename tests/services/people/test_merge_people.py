"""Merging two records and undoing it: everything is found under the kept one, and nothing is lost."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.builders import MORNING, make_dossier, make_person
from tests.helpers.desks import make_desk

from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.family import FamilyLink, Kin
from counter_app.domain.person import Sex
from counter_app.services.desk import Desk
from counter_app.services.people.correct_person import correct_person, put_link_back, remove_link
from counter_app.services.people.merge_people import merge, undo_merge
from counter_app.services.people.person_file import find_people, open_person, record_view

CARD = make_person(1, full_name="Nguyễn Văn An", old_id="113456789", sex=Sex.MALE, phone="")
OLD = replace(CARD, personal_id="113456789", old_id="", phone="0912345678", address="xã cũ")
WIFE = make_person(2, full_name="Hà Thị Bình")
IDS = (CARD.personal_id, OLD.personal_id, WIFE.personal_id, "000190000009", "000190000010")


def know(desk: Desk, *people: object) -> None:
    with desk.store.writing() as transaction:
        for number, person in enumerate(people, start=1):
            transaction.remember_person(person, MORNING, "applicant")  # type: ignore[arg-type]
            transaction.add_dossier(make_dossier(number, applicant=person, people={}))


@pytest.fixture
def known(desk: Desk) -> Desk:
    """An, met once with the old number and once with the card; Bình is his wife under the old one."""
    know(desk, CARD, OLD, WIFE)
    link = FamilyLink(person_id=OLD.personal_id, kin=Kin.SPOUSE, relative_id=WIFE.personal_id)
    with desk.store.writing() as transaction:
        transaction.remember_links((link, link.inverse), MORNING)
    return desk


def audit(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.store.reading() as queries:
        rows = queries._sql.rows("SELECT act, subject_id, detail FROM audit_entry ORDER BY seq")  # type: ignore[attr-defined]
        return [tuple(row) for row in rows]


def test_everything_is_found_under_the_kept_record(known: Desk) -> None:
    made = merge(known, CARD.personal_id, OLD.personal_id)
    for personal_id in (CARD.personal_id, OLD.personal_id):
        file = open_person(known, personal_id)
        assert file.person == replace(CARD, phone="0912345678")
        assert [record.person for record in file.records] == [CARD, OLD]
        assert [row.dossier_code[-4:] for row in file.visits] == ["1002", "1001"]
        assert [(each.kin, each.person) for each in file.relatives] == [(Kin.SPOUSE, WIFE)]
        assert [each.merge_id for each in file.merges] == [made.merge_id]
        assert file.alike == ()
    assert [each.person.full_name for each in open_person(known, WIFE.personal_id).relatives] == [
        CARD.full_name
    ]
    for text in ("nguyen van an", "113456789", CARD.personal_id, "0912345678"):
        assert [person.personal_id for person in find_people(known, text)] == [CARD.personal_id]
    with known.store.reading() as queries:
        rows = queries.open_dossiers_of(CARD.personal_id, "birth_registration")
        assert len(rows) == len(queries.open_dossiers_of(OLD.personal_id, "birth_registration")) == 2


def test_before_it_the_second_record_is_suggested(known: Desk) -> None:
    assert [each.personal_id for each in open_person(known, CARD.personal_id).alike] == [OLD.personal_id]
    assert [each.personal_id for each in open_person(known, OLD.personal_id).alike] == [CARD.personal_id]
    assert open_person(known, WIFE.personal_id).alike == ()


def test_names_and_numbers_stay_out_of_the_audit_log(known: Desk) -> None:
    made = merge(known, CARD.personal_id, OLD.personal_id, "An nói đã đổi thẻ")
    undo_merge(known, made.merge_id)
    record_view(known, CARD.personal_id)
    entries = audit(known)[-3:]
    assert [act for act, _, _ in entries] == ["people_merged", "people_merge_undone", "person_viewed"]
    assert not any(secret in str(entries) for secret in (*IDS, "Nguyễn", "An nói"))


@pytest.mark.parametrize(
    "changes",
    [
        {"sex": Sex.FEMALE},
        {"birth_date": "1991-02-03"},
        {"full_name": "Nguyễn Văn Bảo"},
        {"personal_id": "000190000009"},
    ],
)
def test_what_speaks_against_it_wants_a_reason(desk: Desk, changes: dict[str, object]) -> None:
    other = replace(OLD, **changes)  # type: ignore[arg-type]
    know(desk, CARD, other)
    with pytest.raises(RuleRefusal) as refusal:
        merge(desk, CARD.personal_id, other.personal_id, "  ")
    assert refusal.value.code == "merge_doubtful"
    assert merge(desk, CARD.personal_id, other.personal_id, "Đã đối chiếu thẻ").reason == "Đã đối chiếu thẻ"


def test_what_cannot_be_merged_or_undone(known: Desk) -> None:
    made = merge(known, CARD.personal_id, OLD.personal_id)
    for keep, other in ((CARD, OLD), (OLD, CARD), (CARD, CARD)):
        with pytest.raises(RuleRefusal, match="already_merged"):
            merge(known, keep.personal_id, other.personal_id)
    with pytest.raises(BadInput, match="person_unknown"):
        merge(known, CARD.personal_id, "000190000009", "vì")
    undo_merge(known, made.merge_id)
    with pytest.raises(RuleRefusal, match="merge_already_undone"):
        undo_merge(known, made.merge_id)
    with pytest.raises(BadInput, match="merge_unknown"):
        undo_merge(known, "nothing")


def everything(desk: Desk) -> object:
    """Return all the desk shows of everybody, and every row of every citizen."""
    with desk.store.reading() as queries:
        sql = queries._sql  # type: ignore[attr-defined]
        tables = [
            [tuple(row) for row in sql.rows(f"SELECT * FROM {table}")]
            for table in ("person", "person_history", "person_link", "dossier")
        ]
    known = [person.personal_id for person in find_people(desk, "nguoi thu", limit=100)]
    return tables, known, [open_person(desk, each) for each in IDS]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("crowd")
    desk = make_desk(folder, MORNING)
    people = [make_person(9, personal_id=each, old_id="", full_name=f"Người Thử {each[-2:]}") for each in IDS]
    know(desk, *people)
    links = [FamilyLink(person_id=one, kin=Kin.SIBLING, relative_id=two) for one, two in pairwise(IDS)]
    with desk.store.writing() as transaction:
        transaction.remember_links([each for link in links for each in (link, link.inverse)], MORNING)
    yield desk
    desk.store.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wanted=st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=6),
    order=st.permutations(range(6)),
)
def test_merges_undone_in_any_order_leave_everything_as_it_was(
    crowd: Desk, wanted: list[tuple[str, str]], order: list[int]
) -> None:
    before = everything(crowd)
    made = []
    for keep, other in wanted:
        with suppress(RuleRefusal):  # the same person already, by the way of others
            made.append(merge(crowd, keep, other, "kiểm thử").merge_id)
    with crowd.store.reading() as queries:
        groups = {queries.together(each)[0] for each in IDS}
    for place in order:
        if place < len(made):
            undo_merge(crowd, made[place])
    assert len(groups) == len(IDS) - len(made)
    assert everything(crowd) == before


def test_a_visit_under_the_old_number_stays_its_own_after_the_undo(known: Desk) -> None:
    made = merge(known, CARD.personal_id, OLD.personal_id)
    with known.store.writing() as transaction:
        transaction.add_dossier(make_dossier(7, applicant=OLD, people={}))
    assert len(open_person(known, CARD.personal_id).visits) == 3
    undo_merge(known, made.merge_id)
    assert len(open_person(known, CARD.personal_id).visits) == 1
    assert len(open_person(known, OLD.personal_id).visits) == 2


def test_a_correction_keeps_what_was_there_and_why(known: Desk) -> None:
    corrected = correct_person(
        known, replace(CARD, full_name=" Nguyễn Văn  Ân ", ethnicity=""), "Đọc nhầm dấu"
    )
    file = open_person(known, CARD.personal_id)
    assert file.person == corrected == replace(CARD, full_name="Nguyễn Văn Ân", ethnicity="")
    assert {(each.field, each.value, each.reason, each.source) for each in file.earlier} == {
        ("full_name", "Nguyễn Văn An", "Đọc nhầm dấu", "correction"),
        ("ethnicity", "Mường", "Đọc nhầm dấu", "correction"),
    }
    assert corrected in find_people(known, "Nguyễn Văn Ân")
    assert audit(known)[-1][2] == '{"fields":["full_name","ethnicity"]}'
    correct_person(known, corrected, "Không đổi gì")
    assert open_person(known, CARD.personal_id) == file


def test_a_correction_of_merged_records_writes_only_what_the_clerk_changed(known: Desk) -> None:
    made = merge(known, CARD.personal_id, OLD.personal_id)
    shown = open_person(known, CARD.personal_id).person
    assert shown.phone == OLD.phone
    correct_person(known, replace(shown, full_name="Nguyễn Văn Ân"), "Đọc nhầm dấu")
    undo_merge(known, made.merge_id)
    assert open_person(known, CARD.personal_id).person == replace(CARD, full_name="Nguyễn Văn Ân")
    assert open_person(known, OLD.personal_id).person == OLD


def test_what_is_emptied_is_shown_no_more_whichever_record_said_it(known: Desk) -> None:
    merge(known, CARD.personal_id, OLD.personal_id)
    shown = open_person(known, CARD.personal_id).person
    correct_person(known, replace(shown, phone=""), "Số của người khác")
    assert open_person(known, CARD.personal_id).person == CARD
    (told,) = [entry for entry in audit(known) if entry[0] == "person_corrected"]
    assert told[2] == '{"fields":["phone"]}'
    assert OLD.phone in {each.value for each in open_person(known, CARD.personal_id).earlier}


@pytest.mark.parametrize(
    ("changes", "reason", "code"),
    [
        ({"full_name": " "}, "vì", "person_name_missing"),
        ({"birth_date": "mồng hai Tết"}, "vì", "birth_date_unreadable"),
        ({"full_name": "Khác"}, " ", "reason_missing"),
        ({"personal_id": "000190000009"}, "vì", "person_unknown"),
    ],
)
def test_a_correction_that_cannot_be(known: Desk, changes: dict[str, str], reason: str, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        correct_person(known, replace(CARD, **changes), reason)  # type: ignore[arg-type]


def test_a_wrong_link_goes_from_both_ends_and_comes_back_when_declared_anew(known: Desk) -> None:
    merge(known, CARD.personal_id, OLD.personal_id)
    link = FamilyLink(person_id=WIFE.personal_id, kin=Kin.SPOUSE, relative_id=CARD.personal_id)
    before = open_person(known, WIFE.personal_id).relatives
    remove_link(known, link)
    assert open_person(known, WIFE.personal_id).relatives == ()
    assert open_person(known, CARD.personal_id).relatives == ()
    put_link_back(known, link)
    assert [each.person for each in open_person(known, WIFE.personal_id).relatives] == [
        each.person for each in before
    ]


def test_a_clock_set_back_merges_nothing(known: Desk) -> None:
    known.clock.advance(days=-2)  # type: ignore[attr-defined]
    with pytest.raises(RuleRefusal, match="clock_set_back"):
        merge(known, CARD.personal_id, OLD.personal_id)
    assert open_person(known, CARD.personal_id).merges == ()
