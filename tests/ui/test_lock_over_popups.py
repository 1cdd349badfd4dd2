"""The cover comes while a list of choices hangs open: it would show citizens and hold the keyboard."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QToolTip
from pytestqt.qtbot import QtBot
from tests.helpers.people_at_desk import MAI, PASSWORD_OF_MAI, employ

from counter_app.services.accounts.sign_in import sign_in
from counter_app.services.desk import Desk
from counter_app.ui.main_window import MainWindow
from counter_app.ui.session.sitting import Sitting


@pytest.fixture
def window(desk: Desk, make_open_window: Callable[..., MainWindow]) -> Iterator[MainWindow]:
    """Mai is at work."""
    employ(desk)
    window = make_open_window(desk)
    sign_in(desk, MAI, PASSWORD_OF_MAI)
    sitting_of(window).step_aside()
    yield window
    QToolTip.hideText()


def sitting_of(window: MainWindow) -> Sitting:
    assert window.sitting is not None
    return window.sitting


def list_of_citizens(window: MainWindow) -> QComboBox:
    box = QComboBox(window)
    box.addItems(["Đinh Thị Sen", "Hà Văn Mộc"])
    box.show()
    return box


def lies_over(window: MainWindow) -> list[str]:
    tops = QApplication.topLevelWidgets()
    return [type(each).__name__ for each in tops if each.isVisible() and each is not window]


def test_an_open_list_goes_and_the_password_can_be_typed(window: MainWindow) -> None:
    list_of_citizens(window).showPopup()
    assert lies_over(window)
    window.lock()
    assert sitting_of(window).covered
    assert not lies_over(window)
    assert QApplication.activePopupWidget() is None


def test_a_list_that_opens_under_the_cover_goes_too(window: MainWindow, qtbot: QtBot) -> None:
    window.lock()
    list_of_citizens(window).showPopup()
    qtbot.waitUntil(lambda: not lies_over(window))
    assert QApplication.activePopupWidget() is None


def test_a_tip_that_was_open_goes(window: MainWindow) -> None:
    QToolTip.showText(window.mapToGlobal(window.rect().center()), "Đinh Thị Sen", window)
    assert lies_over(window)
    window.lock()
    assert not lies_over(window)


def test_what_the_cover_itself_opens_stays(window: MainWindow) -> None:
    window.lock()
    cover = sitting_of(window).cover
    box = QComboBox(cover)
    box.addItems(["Trần Thị Mai", "Bùi Văn Sơn"])
    box.show()
    box.showPopup()
    QApplication.processEvents()
    assert lies_over(window)
    box.hidePopup()
