"""What writes or shows personal data, and the entry it leaves: one row a use case, on a real counter."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.raw_database import select
from tests.helpers.visits import BIRTH, CERTIFIED_COPY, GRANDMOTHER

from counter_app.domain.day_close import FindingKind
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import EnvironmentProblem
from counter_app.domain.period import Period
from counter_app.domain.work_lists import WorkList
from counter_app.services import day_close, intake_drafts, receipts
from counter_app.services.audit.noted import ONE_LOOK, note_dossier_view, note_people_search
from counter_app.services.audit.take_out import take_out
from counter_app.services.audit.verify import verify
from counter_app.services.audit_port import AuditFilter
from counter_app.services.desk import Desk
from counter_app.services.people.person_file import record_view
from counter_app.services.print_day_close import print_day_close, save_day_close
from counter_app.services.print_papers import print_paper
from counter_app.services.receive_dossier import receive
from counter_app.services.reports.write_report import ReportKind, write_report
from counter_app.services.work_list_table import work_list_paper, write_work_list
from counter_app.services.worklists_port import Narrowing

TODAY = Period(first=MORNING.date(), last=MORNING.date())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MORNING)
    yield made
    made.store.close()


def newest(desk: Desk) -> tuple[str, str, str, str]:
    (row,) = select(desk, "SELECT act, clerk, subject_id, detail FROM audit_entry ORDER BY seq DESC LIMIT 1")
    return row


def count(desk: Desk) -> int:
    return int(select(desk, "SELECT count(*) FROM audit_entry")[0][0])


def _draft(desk: Desk) -> None:
    intake_drafts.save_draft(
        desk, draft_id="d1", procedure_id="p", procedure_name="P", applicant_name="Đinh Thị Sen", state={}
    )
    intake_drafts.discard_draft(desk, "d1")


def _collect(desk: Desk, dossier: Dossier) -> None:
    receipts.collect(desk, dossier.dossier_id, receipts.Payment(amount_vnd=4000))


def _close(desk: Desk) -> str:
    carried = dict.fromkeys(FindingKind, "Mất điện")
    return day_close.close_day(desk, MORNING.date(), None, carried).close_id


Act = Callable[[Desk, Dossier, Path], object]
USE_CASES: dict[str, tuple[Act, str]] = {
    "receive": (lambda desk, _d, _p: receive(desk, BIRTH, clerk=CLERK), "dossier_received"),
    "take money": (lambda desk, dossier, _p: _collect(desk, dossier), "dossier_fee_collected"),
    "open a dossier": (
        lambda desk, dossier, _p: note_dossier_view(desk, dossier.dossier_id),
        "dossier_viewed",
    ),
    "see a whole personal id": (
        lambda desk, _d, _p: record_view(desk, GRANDMOTHER.personal_id),
        "person_viewed",
    ),
    "look for people": (lambda desk, _d, _p: note_people_search(desk), "person_searched"),
    "print a paper": (lambda desk, dossier, _p: print_paper(desk, dossier, "slip"), "paper_printed"),
    "throw a draft away": (lambda desk, _d, _p: _draft(desk), "draft_deleted"),
    "work list on paper": (
        lambda desk, _d, _p: work_list_paper(desk, WorkList.TO_HAND_OVER, Narrowing()),
        "list_printed",
    ),
    "work list as workbook": (
        lambda desk, _d, path: write_work_list(desk, WorkList.TO_HAND_OVER, Narrowing(), path / "l.xlsx"),
        "list_saved",
    ),
    "register": (
        lambda desk, _d, path: write_report(desk, ReportKind.REGISTER, TODAY, path / "r.xlsx"),
        "report_saved",
    ),
    "Biểu II.06": (
        lambda desk, _d, path: write_report(desk, ReportKind.B06, TODAY, path / "b.xlsx"),
        "report_saved",
    ),
    "close a day": (lambda desk, _d, _p: _close(desk), "day_closed"),
    "print its sheet": (lambda desk, _d, _p: print_day_close(desk, _close(desk)), "day_close_printed"),
    "save its sheet": (
        lambda desk, _d, path: save_day_close(desk, _close(desk), path / "s.pdf"),
        "day_close_saved",
    ),
    "check the log": (lambda desk, _d, _p: verify(desk), "audit_checked"),
    "take the log out": (
        lambda desk, _d, path: take_out(desk, AuditFilter(), path / "a.xlsx", str),
        "audit_exported",
    ),
    "change settings": (lambda desk, _d, _p: desk.save_settings(desk.settings), "settings_changed"),
}


@pytest.mark.parametrize("name", USE_CASES)
def test_each_use_case_leaves_its_entry_and_no_name(desk: Desk, name: str, tmp_path: Path) -> None:
    act, expected = USE_CASES[name]
    dossier = receive(desk, CERTIFIED_COPY, clerk=CLERK)
    before = count(desk)
    act(desk, dossier, tmp_path)
    entry = newest(desk)
    assert (entry[0], entry[1]) == (expected, CLERK)
    assert count(desk) > before
    told = " ".join(
        str(value) for row in select(desk, "SELECT subject_id, detail FROM audit_entry") for value in row
    )
    for person in (CERTIFIED_COPY.applicant, GRANDMOTHER):
        assert person is not None
        assert person.full_name not in told
        assert person.personal_id not in told


def test_a_look_within_ten_minutes_is_one_look(desk: Desk) -> None:
    assert isinstance(desk.clock, FixedClock)
    dossier = receive(desk, CERTIFIED_COPY, clerk=CLERK)
    assert note_dossier_view(desk, dossier.dossier_id)
    assert not note_dossier_view(desk, dossier.dossier_id)
    assert note_dossier_view(desk, receive(desk, BIRTH, clerk=CLERK).dossier_id)
    desk.clock.moment += ONE_LOOK + timedelta(seconds=1)
    assert note_dossier_view(desk, dossier.dossier_id)


def test_what_cannot_be_noted_does_not_leave(desk: Desk, tmp_path: Path) -> None:
    receive(desk, CERTIFIED_COPY, clerk=CLERK)
    with desk.store.writing() as transaction:
        transaction._sql.run(  # type: ignore[attr-defined]
            "CREATE TRIGGER no_room BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    target = tmp_path / "r.xlsx"
    with pytest.raises(Exception, match="no room"):
        write_report(desk, ReportKind.REGISTER, TODAY, target)
    assert not target.exists()


def test_a_counter_that_can_only_be_read_is_still_looked_at(desk: Desk, tmp_path: Path) -> None:
    from counter_app.bootstrap import open_desk

    dossier = receive(desk, CERTIFIED_COPY, clerk=CLERK)
    reader = open_desk(tmp_path / "counter", access="read")
    try:
        assert not note_dossier_view(reader, dossier.dossier_id)
        with pytest.raises(EnvironmentProblem, match="database_read_only"):
            write_report(reader, ReportKind.REGISTER, TODAY, tmp_path / "r.xlsx")
    finally:
        reader.store.close()
