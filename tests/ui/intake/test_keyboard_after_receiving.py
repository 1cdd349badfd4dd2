"""Where the keyboard is while the writer thread works, and once it has finished."""

from collections.abc import Iterator

import pytest
from intake_helpers import BIRTH_ID, FORM
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.helpers.visits import CHILD_ANSWERS, FATHER, GRANDMOTHER, MOTHER, card_text
from tests.ui.conftest import RESOURCES

from counter_app.services.desk import Desk
from counter_app.ui.app import make_window
from counter_app.ui.appearance import Appearance
from counter_app.ui.intake.view import IntakeScreen
from counter_app.ui.main_window import MainWindow
from counter_app.ui.operations import Operations


@pytest.fixture
def busy_window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window with a birth ready to be received; its acts run on threads, as in the office."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    crashes: list[Exception] = []
    window = make_window(application, RESOURCES, Appearance(scheme="light"), Operations())
    window.operations.crashed.connect(crashes.append)
    qtbot.addWidget(window)
    window.attach(desk)
    with qtbot.waitActive(window):
        window.show()
    window.open_screen("intake", procedure_id=BIRTH_ID)
    assert window.live is not None
    for person in (GRANDMOTHER, MOTHER, FATHER):
        window.live.scanning.router.route(card_text(person))
    for key, value in CHILD_ANSWERS.items():
        screen_of(window).presenter.answer(FORM, key, value)
    screen_of(window).presenter.tick_part("giay_chung_sinh", brought=True)
    yield window
    window.close()
    assert crashes == []


def screen_of(window: MainWindow) -> IntakeScreen:
    screen = window.current_screen()
    assert isinstance(screen, IntakeScreen)
    return screen


@pytest.mark.parametrize("another", [False, True])
def test_after_f9_the_keyboard_goes_straight_to_the_search(
    busy_window: MainWindow, qtbot: QtBot, another: bool
) -> None:
    screen = screen_of(busy_window)
    assert screen.presenter.state.assessment is not None
    assert screen.presenter.state.assessment.missing == ()
    screen.bar.receive.setFocus()
    went: list[QWidget] = []
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.focusChanged.connect(lambda _old, new: went.append(new))
    shift = Qt.KeyboardModifier.ShiftModifier if another else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(busy_window.windowHandle(), Qt.Key.Key_F9, shift)
    qtbot.waitUntil(lambda: (r := screen.presenter.state.received) is not None and not r.waiting)
    qtbot.waitUntil(screen.picker.field.hasFocus)
    assert [widget for widget in went if isinstance(widget, QAbstractButton)] == []
    for key in (Qt.Key.Key_K, Qt.Key.Key_S):
        QTest.keyClick(busy_window.windowHandle(), key)
    qtbot.waitUntil(lambda: screen.picker.field.text() == "ks")
