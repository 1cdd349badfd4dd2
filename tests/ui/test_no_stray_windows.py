"""A widget shown before it has a place is a window for a moment: it flickers and takes the keyboard."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.services.desk import Desk
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens import SCREENS
from counter_app.ui.settings.view import SettingsScreen


class Strays(QObject):
    """Collects what is shown as a window although it is none."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt)
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            words = watched.property("text") or watched.accessibleName()
            self.found.append(f"{type(watched).__name__}: {words}")
        return False


@pytest.fixture
def strays() -> Iterator[Strays]:
    application, made = QApplication.instance(), Strays()
    assert application is not None
    application.installEventFilter(made)
    yield made
    application.removeEventFilter(made)


@pytest.mark.parametrize("screen_id", [entry.screen_id for entry in SCREENS])
def test_no_part_of_a_screen_is_ever_a_window_of_its_own(
    desk: Desk, make_open_window: Callable[..., MainWindow], strays: Strays, screen_id: str
) -> None:
    window = make_open_window(desk)
    strays.found.clear()  # the window itself
    window.open_screen(screen_id)
    screen = window.current_screen()
    if isinstance(screen, SettingsScreen):
        for row in range(screen._list.count()):
            screen._list.setCurrentRow(row)
    QApplication.processEvents()
    assert strays.found == []
    assert QApplication.activeWindow() is window
