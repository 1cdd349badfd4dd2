"""A window whose data cannot be opened: nothing leads away from the page that says why."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RESOURCES

from counter_app.domain.errors import EnvironmentProblem
from counter_app.services.desk import Desk
from counter_app.ui.app import make_window
from counter_app.ui.appearance import Appearance
from counter_app.ui.intake.view import IntakeScreen
from counter_app.ui.main_window import MainWindow
from counter_app.ui.operations import Operations


@pytest.fixture
def refused(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window that was ready for work before its data turned out to be damaged."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    made = make_window(application, RESOURCES, Appearance(scheme="light"), Operations.synchronous())
    qtbot.addWidget(made)
    made.come_alive(desk)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
    made.data_refused(EnvironmentProblem("database_damaged"))
    yield made
    made.close()


def test_no_key_and_no_name_leads_away_from_the_page_that_says_why(refused: MainWindow) -> None:
    assert refused.live is not None
    for screen in ("shift", "intake", "settings"):
        refused.open_screen(screen)
    QTest.keyClick(refused, Qt.Key.Key_F2)
    assert refused.stack.currentWidget() is refused.start_page
    assert not refused.live.top_bar.isEnabled()
    assert not refused.rail.isEnabled()


def test_enter_tries_again_and_work_goes_on_when_it_opens(refused: MainWindow) -> None:
    assert refused.live is not None
    tried = []
    refused.start_page.on_retry(lambda: tried.append(refused.data_opened()))
    refused.data_refused(EnvironmentProblem("database_damaged"))
    at = refused.focusWidget()
    assert at is not None
    QTest.keyClick(at, Qt.Key.Key_Return)
    assert len(tried) == 1
    assert isinstance(refused.current_screen(), IntakeScreen)
    assert refused.live.top_bar.isEnabled()
    refused.open_screen("shift")
    assert not isinstance(refused.current_screen(), IntakeScreen)
