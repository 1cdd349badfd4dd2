"""The list of the pages of the settings: chosen by arrow keys, no name cut at any size of text."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.services.desk import Desk
from counter_app.ui.main_window import MainWindow
from counter_app.ui.settings.view import SettingsScreen


@pytest.mark.parametrize("scale", [100, 200])
def test_every_name_is_whole_and_arrow_keys_turn(
    desk: Desk, make_open_window: Callable[..., MainWindow], scale: int
) -> None:
    window = make_open_window(desk, text_scale=scale)
    window.resize(1366, 768)
    window.open_screen("settings", page="office")
    QApplication.processEvents()
    screen = window.current_screen()
    assert isinstance(screen, SettingsScreen)
    pages = screen._list
    room = pages.viewport().rect()
    assert all(room.contains(pages.visualItemRect(pages.item(row))) for row in range(pages.count()))
    QTest.keyClick(pages, Qt.Key.Key_Down if scale == 100 else Qt.Key.Key_Right)
    assert screen._stack.currentIndex() == 1
    QTest.keyClick(pages, Qt.Key.Key_End)
    assert screen._stack.currentIndex() == pages.count() - 1
