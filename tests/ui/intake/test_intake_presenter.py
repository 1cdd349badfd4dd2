"""The acts of the intake screen, without a window."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from intake_helpers import BIRTH_ID, COPY_ID, FORM, Intake
from tests.helpers.visits import CHILD_ANSWERS, FATHER, GRANDMOTHER, MOTHER

from counter_app.domain.dossier import Channel
from counter_app.domain.person import Person
from counter_app.ui.intake.state import APPLICANT, Caution


def ready_birth(intake: Intake) -> None:
    intake.scan(GRANDMOTHER)
    intake.choose(BIRTH_ID)
    intake.scan(MOTHER, FATHER)
    intake.answer(CHILD_ANSWERS)
    intake.presenter.tick_part("giay_chung_sinh", brought=True)


# --- Who a card is


def test_first_card_is_the_applicant_then_the_roles_of_the_form(intake: Intake) -> None:
    intake.choose(BIRTH_ID)
    intake.scan(GRANDMOTHER, MOTHER, FATHER)
    assert intake.visit.applicant == GRANDMOTHER
    assert dict(intake.visit.people) == {"me": MOTHER, "cha": FATHER}


def test_a_fathers_card_scanned_before_the_mothers_goes_to_the_father(intake: Intake) -> None:
    intake.choose(BIRTH_ID)
    intake.scan(GRANDMOTHER, FATHER, MOTHER)
    assert dict(intake.visit.people) == {"me": MOTHER, "cha": FATHER}


def test_cards_scanned_before_the_procedure_take_their_roles_when_it_is_chosen(intake: Intake) -> None:
    intake.scan(GRANDMOTHER, FATHER, MOTHER)
    assert intake.visit.applicant == GRANDMOTHER
    intake.choose(BIRTH_ID)
    assert dict(intake.visit.people) == {"cha": FATHER, "me": MOTHER}
    assert set(intake.presenter.state.origins) == {APPLICANT, "cha", "me"}


def test_the_mother_as_applicant_leaves_only_the_fathers_card_to_scan(intake: Intake) -> None:
    intake.choose(BIRTH_ID)
    intake.scan(MOTHER)
    intake.answer({"nyc_quan_he": "Mẹ"})
    intake.scan(FATHER)
    assert dict(intake.visit.people) == {"cha": FATHER}
    missing = {item.key for item in intake.presenter.state.assessment.missing}
    assert not any(key.startswith(("me_", "cha_")) for key in missing)


def test_the_same_card_again_is_said_and_not_doubled(intake: Intake) -> None:
    intake.choose(BIRTH_ID)
    intake.scan(GRANDMOTHER, MOTHER)
    said = len(intake.shell.notices)
    intake.scan(MOTHER, GRANDMOTHER)
    assert dict(intake.visit.people) == {"me": MOTHER}
    assert len(intake.shell.notices) == said + 2
    assert MOTHER.full_name in intake.shell.notices[said].text


def test_one_card_too_many_offers_a_visit_of_their_own(intake: Intake) -> None:
    intake.choose(COPY_ID)
    intake.scan(GRANDMOTHER, MOTHER)
    assert not intake.visit.people
    offer = intake.shell.notices[-1]
    assert "Bùi Thị Hồng Nhung" in offer.text
    assert offer.action is not None
    offer.action()
    assert intake.visit.applicant == MOTHER
    assert intake.visit.procedure_id == ""
    with intake.desk.store.reading() as queries:
        assert [draft.applicant_name for draft in queries.drafts()] == [GRANDMOTHER.full_name]


def test_a_paper_not_brought_is_asked_about_before_anything_is_received(intake: Intake) -> None:
    ready_birth(intake)
    intake.presenter.tick_part("giay_chung_sinh", brought=False)

    assert intake.presenter.receive()
    assert intake.presenter.state.doubt.code == "papers_missing"
    assert "Giấy chứng sinh" in intake.presenter.state.doubt.params["papers"][0]
    with intake.desk.store.reading() as queries:
        assert queries.dossier_count() == 0

    intake.presenter.heed_doubt()
    assert intake.presenter.state.doubt is None
    intake.presenter.receive()
    intake.presenter.confirm_doubt()
    assert intake.presenter.state.received.dossier.dossier_code == "H29.12-261123-1001"


def test_a_card_replaces_what_was_typed_by_hand_but_keeps_the_phone(intake: Intake) -> None:
    typed = Person(full_name="dinh thi sen", personal_id=GRANDMOTHER.personal_id, phone="0912345678")
    intake.presenter.edit_person(APPLICANT, typed)
    intake.scan(GRANDMOTHER)
    assert intake.visit.applicant == replace(GRANDMOTHER, phone="0912345678")
    assert intake.presenter.state.origins[APPLICANT].kind == "card"


def test_moving_a_person_swaps_with_whoever_was_there(intake: Intake) -> None:
    intake.choose(BIRTH_ID)
    intake.scan(GRANDMOTHER, MOTHER)
    intake.presenter.move_person("me", APPLICANT)
    assert intake.visit.applicant == MOTHER
    assert dict(intake.visit.people) == {"me": GRANDMOTHER}


def test_a_removed_person_comes_back_by_undo(intake: Intake) -> None:
    intake.choose(BIRTH_ID)
    intake.scan(GRANDMOTHER, MOTHER)
    intake.presenter.remove_person("me")
    assert not intake.visit.people
    undo = intake.shell.notices[-1].action
    assert undo is not None
    undo()
    assert dict(intake.visit.people) == {"me": MOTHER}


def test_an_earlier_visit_gives_back_the_phone_and_counts(intake: Intake) -> None:
    ready_birth(intake)
    intake.presenter.set_contact("0987654321")
    assert intake.presenter.receive()
    intake.scan(GRANDMOTHER)
    assert intake.visit.applicant.phone == "0987654321"
    record = intake.presenter.state.records[GRANDMOTHER.personal_id]
    assert len(record.visits) == 1


def test_an_open_dossier_of_the_same_procedure_is_advice_and_never_blocks(intake: Intake) -> None:
    ready_birth(intake)
    intake.presenter.receive()
    ready_birth(intake)
    assert [row.dossier_code for row in intake.presenter.state.open_same] == ["H29.12-261123-1001"]
    assert intake.presenter.receive()


def test_warnings_of_a_card_stay_with_the_person_in_the_draft(intake: Intake) -> None:
    intake.presenter.take_card(GRANDMOTHER, (Caution(code="sex_mismatch"),), repaired=True)
    intake.timer.ring()
    draft_id = intake.presenter.state.draft_id
    intake.presenter.new_visit()
    intake.presenter.open_draft(draft_id)
    origin = intake.presenter.state.origins[APPLICANT]
    assert origin.repaired
    assert [caution.code for caution in origin.cautions] == ["sex_mismatch"]


def test_a_grooms_card_scanned_first_does_not_make_him_the_bride(intake: Intake) -> None:
    intake.scan(FATHER)
    intake.choose("dang-ky-ket-hon")
    assert intake.visit.applicant is None
    assert list(intake.visit.people.values()) == [FATHER]
    intake.scan(MOTHER)
    assert intake.visit.applicant == MOTHER
    assert set(intake.presenter.state.origins) == {APPLICANT, *intake.visit.people}


# --- Answers


def test_an_emptied_answer_lets_the_card_speak_again(intake: Intake) -> None:
    intake.choose(BIRTH_ID)
    intake.scan(GRANDMOTHER)
    intake.presenter.answer(FORM, "nyc_ho_ten", "Tên khác")
    intake.presenter.answer(FORM, "nyc_ho_ten", "")
    form = intake.presenter.state.assessment.forms[0]
    assert form.filled.values["nyc_ho_ten"] == GRANDMOTHER.full_name


def test_the_last_dossiers_answers_are_offered_for_the_next(intake: Intake) -> None:
    ready_birth(intake)
    intake.presenter.receive()
    intake.scan(MOTHER)
    intake.choose(BIRTH_ID)
    form = intake.presenter.state.assessment.forms[0]
    assert form.filled.proposals["ks_noi_sinh"] == CHILD_ANSWERS["ks_noi_sinh"]


def test_facts_no_form_asks_make_the_fee(intake: Intake) -> None:
    intake.scan(GRANDMOTHER)
    intake.choose(COPY_ID)
    assert {item.key for item in intake.presenter.state.assessment.missing if item.kind == "fact"} == {
        "pages",
        "copies_certified",
    }
    intake.presenter.state_fact("pages", 3)
    intake.presenter.state_fact("copies_certified", 2)
    assert intake.presenter.state.assessment.ready
    assert intake.presenter.state.assessment.total_vnd == 10_000
    intake.presenter.state_fact("pages", None)
    assert not intake.presenter.state.assessment.ready


def test_a_fee_the_province_sets_must_be_entered_or_exempted(intake: Intake) -> None:
    ready_birth(intake)
    intake.presenter.answer(FORM, "ks_ngay_sinh", "2026-05-01")
    assert [m.kind for m in intake.presenter.state.assessment.missing] == ["amount"]
    fee_id = intake.presenter.state.assessment.missing[0].key
    intake.presenter.enter_amount(fee_id, 5_000)
    assert intake.presenter.state.assessment.total_vnd == 5_000
    intake.presenter.enter_amount(fee_id, None)
    intake.presenter.exempt(fee_id, "ho_ngheo")
    assert intake.presenter.state.assessment.total_vnd == 0
    assert intake.presenter.state.assessment.ready


def test_another_case_drops_the_papers_it_does_not_know(intake: Intake) -> None:
    intake.choose(BIRTH_ID)
    intake.presenter.tick_part("giay_chung_sinh", True)
    intake.presenter.tick_part("giay_to_tuy_than", True)
    intake.presenter.choose_case("tre-bi-bo-roi")
    assert [part.part_id for part in intake.visit.parts] == ["giay_to_tuy_than"]


def test_ticking_counting_and_waiving_a_paper(intake: Intake) -> None:
    intake.choose(BIRTH_ID)
    intake.presenter.tick_part("giay_chung_sinh", True)
    assert intake.visit.parts[0].original == 1
    intake.presenter.count_part("giay_chung_sinh", "copy", 2)
    assert (intake.visit.parts[0].original, intake.visit.parts[0].copy) == (1, 2)
    intake.presenter.waive_part("giay_chung_sinh", True)
    assert not intake.visit.parts
    assert intake.presenter.state.assessment.checklist.lines[1].state == "not_needed"
    intake.presenter.tick_part("giay_chung_sinh", True)
    assert not intake.visit.not_needed


# --- Drafts


def test_every_change_is_kept_within_300_ms(intake: Intake) -> None:
    intake.choose(BIRTH_ID)
    assert not intake.timer.waiting  # nothing of a citizen yet: no empty drafts
    intake.scan(GRANDMOTHER)
    assert [delay <= 300 for delay, _call in intake.timer.waiting] == [True]
    intake.presenter.answer(FORM, "ks_ho_ten", "Nguyễn")
    assert len(intake.timer.waiting) == 1  # later changes do not put the save off
    intake.timer.ring()
    draft = intake.drafts()[0]
    assert draft.applicant_name == GRANDMOTHER.full_name
    assert draft.state["visit"]["fields"][FORM]["ks_ho_ten"] == "Nguyễn"


def test_a_visit_cut_off_is_on_the_screen_again_after_a_restart(intake: Intake) -> None:
    ready_birth(intake)
    intake.presenter.before_leaving()
    visit = intake.visit
    again = Intake(intake.desk)
    again.presenter.restore()
    assert again.visit == visit
    assert again.presenter.state.draft_id == intake.presenter.state.draft_id
    assert again.presenter.state.assessment.ready


def test_a_visit_put_aside_waits_among_the_drafts(intake: Intake) -> None:
    ready_birth(intake)
    intake.presenter.new_visit()
    assert intake.visit.applicant is None
    again = Intake(intake.desk)
    again.presenter.restore()
    assert again.visit.applicant is None
    assert len(again.presenter.state.drafts) == 1
    reopen = intake.shell.notices[-1].action
    assert reopen is not None
    reopen()
    assert intake.visit.applicant == GRANDMOTHER


def test_the_draft_is_gone_with_the_receipt_and_does_not_come_back(intake: Intake) -> None:
    ready_birth(intake)
    intake.timer.ring()
    assert intake.drafts()
    assert intake.presenter.receive()
    intake.timer.ring()
    assert not intake.drafts()


def test_a_draft_of_another_kind_is_refused_and_nothing_is_lost(intake: Intake) -> None:
    from counter_app.services.intake_drafts import save_draft

    save_draft(
        intake.desk, draft_id="x", procedure_id="", procedure_name="", applicant_name="", state={"visit": 3}
    )
    intake.scan(GRANDMOTHER)
    intake.presenter.open_draft("x")
    assert [error.code for error in intake.shell.errors] == ["bad_answers"]
    assert len(intake.drafts()) == 2


def test_answers_a_newer_form_no_longer_asks_do_not_block_an_old_draft(intake: Intake) -> None:
    ready_birth(intake)
    intake.answer({"asked_long_ago": "yes"})
    assert not intake.presenter.state.assessment.ready
    draft_id = intake.presenter.state.draft_id
    intake.presenter.new_visit()
    intake.presenter.open_draft(draft_id)
    assert intake.presenter.state.assessment.ready


# --- Receiving


def test_nothing_is_received_while_something_is_missing(intake: Intake) -> None:
    intake.scan(GRANDMOTHER)
    intake.choose(BIRTH_ID)
    assert not intake.presenter.receive()
    with intake.desk.store.reading() as queries:
        assert queries.dossier_count() == 0


def test_f9_receives_prints_and_is_ready_for_the_next_citizen(intake: Intake) -> None:
    ready_birth(intake)
    intake.presenter.tick_part("giay_chung_sinh", True)
    assert intake.presenter.receive()
    received = intake.presenter.state.received
    assert received.printed == ("form:ht-khai-sinh",)  # same day: no slip unless asked
    assert not received.waiting
    papers = [part.part_id for part in received.dossier.parts]
    assert papers == ["to_khai", "giay_chung_sinh", "giay_to_tuy_than"]
    assert intake.visit.applicant is None
    assert intake.shell.notices[-1].text.startswith("Đã tiếp nhận H29.12-261123-1001")
    open_it = intake.shell.notices[-1].action
    assert open_it is not None
    open_it()
    assert intake.shell.opened == [("dossier", {"dossier_code": received.dossier.dossier_code})]


def test_a_slip_asked_for_is_printed_too(intake: Intake) -> None:
    ready_birth(intake)
    intake.presenter.set_way(slip_asked=True)
    intake.presenter.receive()
    assert intake.presenter.state.received.printed == ("form:ht-khai-sinh", "slip")
    assert [title for title, _pdf in intake.desk.printer.printed] == ["form-ht-khai-sinh.pdf", "slip.pdf"]


def test_shift_f9_keeps_the_applicant_but_not_for_a_strangers_card(intake: Intake) -> None:
    ready_birth(intake)
    intake.presenter.receive(another=True)
    assert intake.visit.applicant == GRANDMOTHER
    assert not intake.visit.procedure_id
    intake.timer.ring()
    assert not intake.drafts()
    intake.scan(MOTHER)
    assert intake.visit.applicant == MOTHER
    assert not intake.visit.people


def test_a_failed_print_loses_nothing_and_can_be_printed_or_saved(intake: Intake, tmp_path: Path) -> None:
    ready_birth(intake)
    intake.desk.printer.failing = True
    assert intake.presenter.receive()
    received = intake.presenter.state.received
    assert [failure.paper for failure in received.failures] == ["form:ht-khai-sinh"]
    assert "đã lưu an toàn" in intake.shell.notices[-1].text
    intake.presenter.save_papers(tmp_path)
    assert intake.presenter.state.received.saved == ("form:ht-khai-sinh",)
    saved = tmp_path / "H29.12-261123-1001-form-ht-khai-sinh.pdf"
    assert saved.read_bytes().startswith(b"%PDF")
    intake.desk.printer.failing = False
    intake.presenter.print_again()
    assert intake.presenter.state.received.printed == ("form:ht-khai-sinh",)


def test_a_folder_that_cannot_be_written_is_told_beside_the_paper(intake: Intake, tmp_path: Path) -> None:
    ready_birth(intake)
    intake.desk.printer.failing = True
    intake.presenter.receive()
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    intake.presenter.save_papers(in_the_way)
    failure = intake.presenter.state.received.failures[0]
    assert failure.error.code == "paper_not_saved"


def test_a_clock_set_back_asks_before_it_receives(intake: Intake) -> None:
    ready_birth(intake)
    intake.presenter.receive()
    intake.desk.clock.moment = intake.desk.clock.now() - timedelta(hours=2)
    ready_birth(intake)
    intake.presenter.receive()
    assert intake.presenter.state.doubt.code == "clock_set_back"
    assert intake.visit.applicant == GRANDMOTHER
    intake.presenter.confirm_doubt()
    assert intake.presenter.state.doubt is None
    assert intake.visit.applicant is None


def test_people_without_a_role_are_not_received(intake: Intake) -> None:
    intake.scan(GRANDMOTHER, MOTHER)
    intake.choose(COPY_ID)
    intake.presenter.state_fact("pages", 1)
    intake.presenter.state_fact("copies_certified", 1)
    intake.presenter.tick_part("ban_chinh", brought=True)
    assert len(intake.visit.people) == 1
    assert intake.presenter.receive()
    assert not intake.presenter.state.received.dossier.people


def test_the_promise_follows_the_clock_while_the_visit_is_open(intake: Intake) -> None:
    ready_birth(intake)
    assert not intake.presenter.state.assessment.slip_required
    intake.desk.clock.moment = intake.desk.clock.now().replace(hour=15, minute=0)
    intake.presenter.tick()
    assert intake.presenter.state.assessment.slip_required


@pytest.mark.parametrize("channel", list(Channel))
def test_the_way_a_dossier_came_is_kept(intake: Intake, channel: Channel) -> None:
    ready_birth(intake)
    intake.presenter.set_way(channel=channel, copies=2, assisted=False)
    intake.presenter.receive()
    dossier = intake.presenter.state.received.dossier
    assert (dossier.channel, dossier.copies, dossier.assisted) == (channel, 2, False)
