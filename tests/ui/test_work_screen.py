"""Today's work in the window: counts, keys, ticks, one confirmation for many, refusals named, lists out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import PaperTray
from tests.helpers.visits import BIRTH
from tests.printing.paper_reading import all_text, squeezed

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import AskSupplement, EnterResult, HandOver
from counter_app.domain.dossier_life import Holder
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.errors import EnvironmentProblem
from counter_app.domain.work_lists import WorkList
from counter_app.services.acts.perform import perform
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.ui.main_window import MainWindow
from counter_app.ui.work.many import ManyAct
from counter_app.ui.work.view import WorkScreen


@pytest.fixture
def received(desk: Desk) -> list[Dossier]:
    """Five birth registrations of one morning; it is two days later, all are late."""
    made = [receive(desk, replace(BIRTH, slip_asked=True), clerk="Mai") for _number in range(5)]
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = MORNING.replace(day=26)
    return made


@pytest.fixture
def work(received: list[Dossier], window: MainWindow) -> WorkScreen:
    window.open_screen("work", list="late")
    screen = window.current_screen()
    assert isinstance(screen, WorkScreen)
    return screen


def status_of(desk: Desk, dossier: Dossier) -> DossierStatus:
    with desk.store.reading() as queries:
        found = queries.dossier(dossier.dossier_id)
    assert found is not None
    return found.status


def count(screen: WorkScreen, which: WorkList) -> str:
    return screen.tiles.tile(which).count


def test_counts_follow_every_act_at_once(
    work: WorkScreen, desk: Desk, received: list[Dossier], window: MainWindow
) -> None:
    assert count(work, WorkList.LATE) == "5"
    assert count(work, WorkList.UNSENT) == "5"
    window.operations.run_command(lambda: perform(desk, received[0].dossier_id, EnterResult()))
    ask = AskSupplement(items=("Giấy chứng sinh",), reason="Thiếu")
    window.operations.run_command(lambda: perform(desk, received[1].dossier_id, ask))
    hand_over = HandOver(to=Holder(name="Bùi Văn Thử"))
    window.operations.run_command(lambda: perform(desk, received[2].dossier_id, hand_over))
    counts = [count(work, which) for which in (WorkList.LATE, WorkList.RESULTS_READY, WorkList.TO_HAND_OVER)]
    assert counts == ["3", "1", "2"]
    assert count(work, WorkList.WAITING_SUPPLEMENT) == "1"
    assert work.table.model().rowCount() == 3
    assert window.rail._counts["work"].text() == "3"


def test_digits_and_alt_digits_go_to_the_lists(work: WorkScreen, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(work.table, Qt.Key.Key_5)
    assert work.presenter.state.which is WorkList.TO_HAND_OVER
    work.filters.search.setFocus()
    qtbot.keyClick(work.filters.search, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert work.presenter.state.which is WorkList.LATE
    assert work.filters.search.text() == ""
    qtbot.keyClick(work.table, Qt.Key.Key_B)
    assert window.current_screen() is not work


def test_results_for_many_after_one_confirmation_and_back(
    work: WorkScreen, desk: Desk, received: list[Dossier], window: MainWindow, qtbot: QtBot
) -> None:
    assert not work.main_act.isEnabled()
    qtbot.keyClick(work.table, Qt.Key.Key_Space)
    for _step in range(2):
        qtbot.keyClick(work.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(work.presenter.state.chosen) == 3
    qtbot.keyClick(work, Qt.Key.Key_F9)
    assert work.confirm.isVisible()
    assert work.confirm.no.hasFocus()
    assert status_of(desk, received[0]) is DossierStatus.RECEIVED  # nothing was done yet
    qtbot.keyClick(work.confirm.no, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [status_of(desk, each) for each in received[:3]] == [DossierStatus.RESOLVED] * 3
    assert count(work, WorkList.LATE) == "2"
    assert window.live is not None
    window.live.messages.act()  # Undo
    assert [status_of(desk, each) for each in received] == [DossierStatus.RECEIVED] * 5
    assert count(work, WorkList.LATE) == "5"


def test_a_refusal_is_named_and_stops_no_other(
    work: WorkScreen, desk: Desk, received: list[Dossier], qtbot: QtBot
) -> None:
    qtbot.keyClick(work.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(work, Qt.Key.Key_F9)
    perform(desk, received[2].dossier_id, EnterResult())  # another clerk was faster
    work.confirm.yes.click()
    assert {status_of(desk, each) for each in received} == {DossierStatus.RESOLVED}
    assert "4 xong, 1 bị từ chối" in work.outcome.text
    assert received[2].dossier_code in work.outcome.text
    work.outcome.undo.click()
    back = [status_of(desk, each) for each in received]
    assert back.count(DossierStatus.RECEIVED) == 4
    assert back[2] is DossierStatus.RESOLVED


def test_an_extension_needs_its_reason_and_prints_the_apology(
    work: WorkScreen, desk: Desk, received: list[Dossier]
) -> None:
    work.presenter.tick([each.dossier_id for each in received[:2]], True)
    work.ask(ManyAct.EXTEND)
    assert work.confirm.reason.hasFocus()
    work.confirm.yes.click()
    assert work.confirm.isVisible()  # no reason, no extension
    work.confirm.reason.set_value("Chờ xác minh nơi cư trú")
    work.confirm.days.set_value(3)
    work.confirm.yes.click()
    assert "0 xong, 2 bị từ chối" in work.outcome.text  # late: that must be said, too
    work._put_away()
    work.ask(ManyAct.EXTEND)
    work.confirm.late_reason.set_value("Mất điện hai ngày")
    work.confirm.yes.click()
    assert isinstance(desk.printer, PaperTray)
    assert len(desk.printer.printed) == 2
    assert count(work, WorkList.LATE) == "3"


def test_a_failing_printer_undoes_no_extension(work: WorkScreen, desk: Desk, received: list[Dossier]) -> None:
    assert isinstance(desk.printer, PaperTray)
    desk.printer.failing = True
    work.presenter.tick([received[0].dossier_id], True)
    work.ask(ManyAct.EXTEND)
    work.confirm.reason.set_value("Chờ xác minh")
    work.confirm.late_reason.set_value("Mất điện")
    work.confirm.yes.click()
    assert "1 xong" in work.outcome.text
    assert "xin lỗi" in work.outcome.text
    assert count(work, WorkList.LATE) == "4"


def test_papers_for_many(work: WorkScreen, desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClick(work.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    work.ask(ManyAct.PRINT_SLIP)
    work.confirm.yes.click()
    assert isinstance(desk.printer, PaperTray)
    assert [title for title, _pdf in desk.printer.printed] == ["slip.pdf"] * 5


def test_the_filter_narrows_and_esc_gives_back(
    work: WorkScreen, received: list[Dossier], window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(work, Qt.Key.Key_F3)
    assert work.filters.search.hasFocus()
    qtbot.keyClicks(work.filters.search, "khong co ai")
    qtbot.keyClick(work.filters.search, Qt.Key.Key_Return)
    assert work.model.rowCount() == 0
    assert work._stack.currentIndex() == 1
    assert work.escape()
    assert work.model.rowCount() == 5
    qtbot.keyClicks(work.filters.search, received[3].dossier_code)
    qtbot.keyClick(work.filters.search, Qt.Key.Key_Return)
    assert work.model.rowCount() == 1
    qtbot.keyClick(work.table, Qt.Key.Key_Return)
    assert window.current_screen() is not work


def test_the_list_on_paper_and_in_a_workbook(
    work: WorkScreen, desk: Desk, received: list[Dossier], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.print_list.click()
    assert isinstance(desk.printer, PaperTray)
    ((title, pdf),) = desk.printer.printed
    assert title == "danh-sach-late.pdf"
    text = all_text(pdf)
    assert all(squeezed(each.dossier_code) in text for each in received)
    assert received[0].applicant.personal_id not in text

    target = tmp_path / "late.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_all: (str(target), ""))
    work.workbook.click()
    sheet = load_workbook(target).active
    assert sheet is not None
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [each.dossier_code for each in received]


def test_hand_over_and_postal_lists_take_the_ticked_dossiers(
    work: WorkScreen, received: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, dict[str, object]]] = []
    work.choose(WorkList.TO_HAND_OVER)
    work.presenter.tick_all()
    monkeypatch.setattr(
        work.workspace.shell, "open_screen", lambda screen, **request: opened.append((screen, request))
    )
    work.main_act.click()
    ids = tuple(each.dossier_id for each in received)
    assert opened == [("lists", {"kind": "hand_over", "dossier_ids": ids})]


def test_long_lists_come_page_by_page_and_all_can_be_ticked(
    desk: Desk, make_open_window: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    from counter_app.services import work_lists
    from counter_app.ui.work import presenter

    monkeypatch.setattr(presenter, "PAGE", 2)
    monkeypatch.setattr(work_lists.next_rows, "__kwdefaults__", {"limit": 2})
    for _number in range(5):
        receive(desk, replace(BIRTH, slip_asked=True), clerk="Mai")
    window = make_open_window(desk)
    window.open_screen("work", list="unsent")
    screen = window.current_screen()
    assert isinstance(screen, WorkScreen)
    while screen.model.canFetchMore(screen.model.index(-1, -1)):
        screen.presenter.more()
    assert screen.model.rowCount() == 5
    screen.presenter.look()
    screen.presenter.tick_all()
    assert len(screen.presenter.state.chosen) == 5


@pytest.mark.parametrize("which", list(WorkList))
def test_every_empty_list_says_something_kind(window: MainWindow, which: WorkList) -> None:
    window.open_screen("work", list=which.value)
    screen = window.current_screen()
    assert isinstance(screen, WorkScreen)
    assert screen._stack.currentIndex() == 1
    assert not screen.main_act.isEnabled()


def test_a_full_disk_breaks_off_and_shows_what_is_left(
    work: WorkScreen, received: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    from counter_app.services.acts import perform as acts

    whole = acts.perform
    done: list[str] = []

    def perform_two(desk: Desk, dossier_id: str, request: EnterResult, **named: str) -> Dossier:
        if len(done) == 2:
            raise EnvironmentProblem("disk_full")
        done.append(dossier_id)
        return whole(desk, dossier_id, request, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(acts, "perform", perform_two)
    work.presenter.tick_all()
    work.ask(ManyAct.ENTER_RESULT)
    work.confirm.yes.click()
    assert count(work, WorkList.LATE) == "3"
    assert count(work, WorkList.RESULTS_READY) == "2"
