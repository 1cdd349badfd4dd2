"""The window tells of promises a new calendar moves; the clerk changes or keeps them there."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.helpers.data_copy import DataCopy, copy_data, decide_tet_2027
from tests.helpers.desks import PaperTray, make_desk
from tests.helpers.visits import CERTIFIED_COPY
from tests.printing.paper_reading import all_text, squeezed
from tests.scenarios.counter import moment_of, set_clock, single_status_visit

from counter_app.domain.dossier import Dossier
from counter_app.services.desk import Desk
from counter_app.services.look_up import open_dossier
from counter_app.services.receive_dossier import receive
from counter_app.ui.dossier.history_words import history_words
from counter_app.ui.main_window import MainWindow
from counter_app.ui.promise_changes.banner import PromiseBanner
from counter_app.ui.promise_changes.view import PromiseChangesScreen

BANNER = "Lịch nghỉ thay đổi: 2 phiếu hẹn phải báo lại"


@pytest.fixture
def data(tmp_path: Path) -> DataCopy:
    return copy_data(tmp_path / "data")


@pytest.fixture
def desk(tmp_path: Path, data: DataCopy) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", moment_of("15:30", "02/02/2027"))
    made.catalogue = data.catalogue()
    yield made
    made.store.close()


@pytest.fixture
def dossiers(desk: Desk, data: DataCopy) -> tuple[Dossier, ...]:
    """Two promises, then the calendar that moves both."""
    received = tuple(
        receive(desk, visit, clerk="Mai") for visit in (single_status_visit(15000), CERTIFIED_COPY)
    )
    decide_tet_2027(data)
    desk.catalogue = data.catalogue()
    return received


def banner_of(window: MainWindow) -> PromiseBanner:
    window.begin_daily()
    (banner,) = window.findChildren(PromiseBanner)
    return banner


def open_list(window: MainWindow) -> PromiseChangesScreen:
    banner_of(window).open.click()
    QApplication.processEvents()  # Qt shows what was added to a screen when it is next idle
    screen = window.current_screen()
    assert isinstance(screen, PromiseChangesScreen)
    return screen


def press(within: QWidget, name: str) -> None:
    QApplication.processEvents()
    buttons = [button for button in within.findChildren(QAbstractButton) if button.isVisible()]
    next(button for button in buttons if button.accessibleName() == name).click()


def shown(within: QWidget) -> list[str]:
    return [label.text() for label in within.findChildren(QLabel) if label.isVisible()]


def tray(desk: Desk) -> PaperTray:
    assert isinstance(desk.printer, PaperTray)
    return desk.printer


def test_without_a_change_no_banner_is_shown_and_the_screen_says_so(
    desk: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    receive(desk, single_status_visit(15000), clerk="Mai")
    window = make_open_window(desk)
    assert banner_of(window).text == ""
    window.open_screen("promise_changes")
    assert "Không có phiếu hẹn nào phải báo lại" in shown(window)


@pytest.mark.usefixtures("dossiers")
def test_the_banner_leads_to_both_days_and_why(
    desk: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    window = make_open_window(desk)
    assert banner_of(window).text == BANNER
    said = shown(open_list(window))
    for expected in (
        "Hà Văn Sơn · không có số điện thoại",
        "T6 12/02/2027 · 15:30",
        "T2 15/02/2027 · 15:30",
        "T4 03/02: ngày làm việc, nay nghỉ lễ (Nghỉ Tết thêm)",
        "T5 11/02/2027 · 17:00",
        "2 phiếu",
    ):
        assert expected in said


def test_one_is_changed_and_printed_again_one_is_kept(
    desk: Desk, dossiers: tuple[Dossier, ...], make_open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = make_open_window(desk)
    screen = open_list(window)
    first, second = dossiers
    press(screen, f"Đổi ngày hẹn và in lại phiếu: {first.dossier_code}")
    file = open_dossier(desk, first.dossier_code)
    assert file.dossier.due_at == moment_of("15:30", "15/02/2027")
    assert squeezed("15 giờ 30 phút, ngày 15 tháng 02 năm 2027") in all_text(tray(desk).printed[0][1])
    assert history_words(file.history[-1]) == (
        "Đổi ngày hẹn: 12/02/2027 15:30 → 15/02/2027 15:30 (Lịch nghỉ, giờ làm việc thay đổi)"
    )
    assert len(screen.presenter.affected) == 1

    screen.reason.setText("Đã hẹn qua điện thoại")
    press(screen, f"Giữ ngày cũ: {second.dossier_code}")
    file = open_dossier(desk, second.dossier_code)
    assert file.dossier.due_at == second.due_at
    assert (file.history[-1].act, file.history[-1].detail["reason"]) == (
        "promise_kept",
        "Đã hẹn qua điện thoại",
    )
    assert len(tray(desk).printed) == 1
    qtbot.waitUntil(lambda: banner_of(window).text == "")


def test_all_at_once_and_a_failing_printer_loses_no_change(
    desk: Desk, dossiers: tuple[Dossier, ...], make_open_window: Callable[..., MainWindow]
) -> None:
    window = make_open_window(desk)
    tray(desk).failing = True
    screen = open_list(window)
    press(screen, "Đổi tất cả và in lại phiếu")
    assert len(screen.presenter.affected) == 2, "asked once more"
    press(screen, "Bấm lần nữa để đổi 2 phiếu")
    for dossier in dossiers:
        assert open_dossier(desk, dossier.dossier_code).dossier.first_due_at == dossier.due_at
    assert window.live is not None
    notice = window.live.messages.notice
    assert notice is not None
    assert notice.tone == "bad"
    assert "Đã đổi ngày hẹn của 2 hồ sơ." in notice.text


def test_without_a_reason_nothing_is_decided(
    desk: Desk, dossiers: tuple[Dossier, ...], make_open_window: Callable[..., MainWindow]
) -> None:
    window = make_open_window(desk)
    screen = open_list(window)
    screen.reason.setText("  ")
    press(screen, "Đổi tất cả và in lại phiếu")
    press(screen, "Bấm lần nữa để đổi 2 phiếu")
    assert open_dossier(desk, dossiers[0].dossier_code).dossier == dossiers[0]
    assert window.live is not None
    assert window.live.messages.notice is not None
    assert window.live.messages.notice.text == "Hãy ghi lý do."


def test_the_list_is_printed_and_saved(
    desk: Desk, dossiers: tuple[Dossier, ...], make_open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = make_open_window(desk)
    screen = open_list(window)
    press(screen, "In danh sách")
    screen.presenter.save_list(tmp_path / "list.pdf")
    (title, pdf) = tray(desk).printed[0]
    assert title == "phieu-hen-phai-bao-lai.pdf"
    assert (tmp_path / "list.pdf").read_bytes() == pdf
    text = all_text(pdf)
    for dossier in dossiers:
        assert dossier.dossier_code in text
        assert squeezed(dossier.applicant.full_name) in text
    assert squeezed("(Nghỉ Tết thêm)") in text


@pytest.mark.usefixtures("dossiers")
def test_a_promise_whose_days_are_past_leaves_the_list(
    desk: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    window = make_open_window(desk)
    set_clock(desk, moment_of("08:00", "12/02/2027"))
    banner_of(window).count()
    assert banner_of(window).text == "Lịch nghỉ thay đổi: 1 phiếu hẹn phải báo lại"
