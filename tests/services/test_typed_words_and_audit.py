"""The audit is read by people who may not know the citizens: nothing a clerk typed gets into it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.devices.scan_samples import scanned_pdf
from tests.helpers.builders import VIETNAM
from tests.helpers.data_copy import DataCopy, copy_data, decide_tet_2027
from tests.helpers.desks import PaperTray, make_desk
from tests.helpers.raw_database import select
from tests.helpers.visits import BIRTH, CERTIFIED_COPY, CHILD_ANSWERS, FATHER, GRANDMOTHER, MOTHER
from tests.scenarios.counter import set_clock, single_status_visit

from counter_app.domain.day_close import FindingKind
from counter_app.domain.dossier import Dossier, SubmittedPart
from counter_app.domain.dossier_acts import (
    AskPayment,
    AskSupplement,
    EnterResult,
    Extend,
    GiveBack,
    GiveResult,
    HandOver,
    Refuse,
    Resume,
    Stop,
    TakePayment,
    Undo,
    Withdraw,
)
from counter_app.domain.dossier_life import Holder, ReturnTo
from counter_app.domain.errors import EnvironmentProblem
from counter_app.domain.transfer_list import ListKind
from counter_app.services import print_lists
from counter_app.services.acts.correct_intake import correct_intake
from counter_app.services.acts.perform import perform
from counter_app.services.acts.undo import undo
from counter_app.services.day_close import close_day, day_now, reopen_day
from counter_app.services.desk import Desk
from counter_app.services.intake_drafts import save_draft
from counter_app.services.intake_notices import ask_before_receipt, refuse_before_receipt
from counter_app.services.office_values import enter_value, take_back
from counter_app.services.people import authorisations
from counter_app.services.people.correct_person import correct_person
from counter_app.services.people.merge_people import merge, undo_merge
from counter_app.services.print_papers import print_paper
from counter_app.services.receipts import Payment, collect, void_receipt
from counter_app.services.receive_dossier import receive
from counter_app.services.recheck_promises import change_promises, keep_promises
from counter_app.services.scans.attach import ScanOwner, attach, prepare
from counter_app.services.scans.keep import remove_scan
from counter_app.services.scans.scan_parts import ScanPart
from counter_app.services.transfer_lists import ListEntry, acknowledge, make_list
from counter_app.services.visit import Visit
from counter_app.services.visit_of_dossier import visit_to_correct

# A name and a number, as a clerk might write them into any field.
MARK = "Hà Thị Mốc 012345678901"
NEEDLES = ("Mốc", "012345678901")
DRAFT = "01930000-0000-7000-8000-0000000000dd"
PART = ScanPart(part_id="giay_chung_sinh", name="Giấy chứng sinh", order=2)
HELD = SubmittedPart(part_id="giay_chung_sinh", name="Giấy chứng sinh", original=1, held=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.fixture
def data(tmp_path: Path) -> DataCopy:
    return copy_data(tmp_path / "data")


@pytest.fixture
def desk(tmp_path: Path, data: DataCopy) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", at("2027-02-02T08:00"))
    made.catalogue = data.catalogue()
    yield made
    made.store.close()


def birth_visit() -> Visit:
    answers = {**CHILD_ANSWERS, "ks_ngay_sinh": "2027-01-20"}  # in time, so that no fee is asked
    return replace(BIRTH, parts=(HELD,), fields={"ht-khai-sinh": answers})


def birth(desk: Desk) -> Dossier:
    return receive(desk, birth_visit(), clerk="Mai")


def live_through_acts(desk: Desk) -> None:
    """Every act of a dossier, on as many dossiers as it takes."""
    first, second, third = birth(desk), birth(desk), birth(desk)
    perform(desk, first.dossier_id, HandOver(to=Holder(name=MARK), note=MARK))
    ask = AskSupplement(items=(MARK,), reason=MARK)
    perform(desk, first.dossier_id, ask)
    perform(
        desk, first.dossier_id, Resume(parts=(replace(HELD, part_id="giay_to_tuy_than", name=MARK, held=0),))
    )
    perform(desk, first.dossier_id, replace(ask, repeat_reason=MARK))
    perform(desk, first.dossier_id, Resume())
    perform(desk, first.dossier_id, AskPayment(text=MARK, amount_vnd=1000))
    perform(desk, first.dossier_id, TakePayment(note=MARK))
    perform(desk, first.dossier_id, Extend(reason=MARK, time="3wd", late_reason=MARK))
    perform(desk, first.dossier_id, EnterResult(name=MARK, number=MARK))
    give = GiveResult(to=ReturnTo.DELEGATE, full_name=MARK, personal_id="012345678901", authorisation=MARK)
    perform(desk, first.dossier_id, replace(give, note=MARK, identity_checked="card"))
    undo(desk, first.dossier_id, Undo(reason=MARK, nothing_handed_out=True))
    perform(desk, second.dossier_id, Stop(reasons=(MARK,), decided_by=MARK, fees=MARK, originals=MARK))
    perform(desk, second.dossier_id, GiveBack(originals={HELD.part_id: 1}, full_name=MARK))
    perform(desk, third.dossier_id, Withdraw(reason=MARK))
    perform(desk, birth(desk).dossier_id, Refuse(reasons=(MARK,)))
    fourth = birth(desk)
    visit = visit_to_correct(desk, fourth)
    correct_intake(
        desk, fourth.dossier_id, replace(visit, people={"me": replace(MOTHER, full_name=MARK)}), reason=MARK
    )


def live_through_lists(desk: Desk) -> None:
    one, two = birth(desk), birth(desk)
    entries = [ListEntry(dossier_id=each.dossier_id, entry=MARK) for each in (one, two)]
    made = make_list(desk, ListKind.HAND_OVER, entries, to=Holder(name=MARK), note=MARK).made
    print_lists.print_list(desk, made.list_id)
    acknowledge(desk, made.list_id, MARK)


def live_through_money(desk: Desk) -> None:
    dossier = receive(desk, CERTIFIED_COPY, clerk="Mai")
    more = Payment(amount_vnd=900_000, payer=MARK, note=MARK, over_reason=MARK)
    void_receipt(desk, collect(desk, dossier.dossier_id, more).receipt_id, MARK)
    desk.clock.moment += timedelta(hours=1)  # type: ignore[attr-defined]
    today = desk.clock.now().date()
    found = day_now(desk, today, 0)
    close_day(desk, found.day, 0, dict.fromkeys(FindingKind, MARK))
    reopen_day(desk, found.day, MARK)


def live_through_people(desk: Desk) -> None:
    birth(desk)
    correct_person(desk, replace(GRANDMOTHER, full_name=MARK, phone="012345678901", address=MARK), MARK)
    undo_merge(desk, merge(desk, MOTHER.personal_id, FATHER.personal_id, MARK).merge_id)
    letter = authorisations.LetterDraft(
        giver_id=MOTHER.personal_id,
        delegate=replace(FATHER, personal_id="012345678901", full_name=MARK),
        paper_number=MARK,
        certified_by=MARK,
        note=MARK,
    )
    authorisations.end(desk, authorisations.add(desk, letter).authorisation_id, MARK)


def live_through_scans(desk: Desk) -> None:
    dossier = birth(desk)
    save_draft(desk, draft_id=DRAFT, procedure_id="", procedure_name="", applicant_name=MARK, state={})
    for owner in (ScanOwner(dossier_id=dossier.dossier_id), ScanOwner(draft_id=DRAFT)):
        made = prepare(desk, [scanned_pdf(200)])
        kept = attach(desk, owner, replace(PART, name=MARK), made)
        newer = attach(desk, owner, PART, made, replaces=kept.attachment_id)
        remove_scan(desk, newer.attachment_id, MARK)


def live_through_intake_and_settings(desk: Desk) -> None:
    receive(desk, replace(birth_visit(), override_reason=MARK), clerk="Mai")
    visit = replace(birth_visit(), applicant=replace(GRANDMOTHER, full_name=MARK))
    ask_before_receipt(desk, visit, items=[MARK], reason=MARK, draft_id=DRAFT)
    ask_before_receipt(desk, visit, items=[MARK], reason=MARK, repeat_reason=MARK, draft_id=DRAFT)
    refuse_before_receipt(desk, visit, reasons=[MARK])
    today = desk.clock.now().date()
    enter_value(desk, "fee/le_phi_khai_sinh_qua_han", 5000, today, MARK)
    take_back(desk, "fee/le_phi_khai_sinh_qua_han", today, MARK)
    tray: Any = desk.printer
    assert isinstance(tray, PaperTray)
    tray.failing = True
    with suppress(EnvironmentProblem):
        print_paper(desk, birth(desk), "slip")
    tray.failing = False


def live_through_a_new_calendar(desk: Desk, data: DataCopy) -> None:
    moved = [receive(desk, single_status_visit(15000), clerk="Mai") for _each in range(2)]
    decide_tet_2027(data)
    desk.catalogue = data.catalogue()
    set_clock(desk, at("2027-02-02T16:00"))
    assert change_promises(desk, [moved[0].dossier_id], MARK)
    assert keep_promises(desk, [moved[1].dossier_id], MARK)


def test_no_word_a_clerk_typed_gets_into_the_audit(desk: Desk, data: DataCopy) -> None:
    live_through_acts(desk)
    live_through_lists(desk)
    live_through_people(desk)
    live_through_scans(desk)
    live_through_intake_and_settings(desk)
    live_through_a_new_calendar(desk, data)
    live_through_money(desk)
    entries = [" ".join(map(str, row)) for row in select(desk, "SELECT * FROM audit_entry")]
    assert len(entries) > 60
    known = (*NEEDLES, GRANDMOTHER.personal_id, GRANDMOTHER.full_name, MOTHER.personal_id, MOTHER.full_name)
    assert [entry for entry in entries if any(needle in entry for needle in known)] == []
