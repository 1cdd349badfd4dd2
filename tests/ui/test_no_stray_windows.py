"""A widget shown before it has a place is a window for a moment: it flickers and takes the keyboard."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from tests.helpers.visits import BIRTH

from counter_app.services.desk import Desk
from counter_app.services.intake_drafts import save_draft
from counter_app.services.receive_dossier import receive
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


@pytest.fixture
def used_desk(desk: Desk) -> Desk:
    """A counter somebody works at: a dossier, and drafts of two clerks."""
    receive(desk, BIRTH, clerk=desk.clerk)
    for number, clerk in enumerate((desk.clerk, "Bùi Thị Sau")):
        save_draft(
            desk,
            draft_id=f"d{number}",
            procedure_id="",
            procedure_name="",
            applicant_name="Lò Văn Pín",
            state={},
            clerk=clerk,
        )
    return desk


@pytest.mark.parametrize("screen_id", [entry.screen_id for entry in SCREENS])
def test_no_part_of_a_screen_is_ever_a_window_of_its_own(
    used_desk: Desk, make_open_window: Callable[..., MainWindow], strays: Strays, screen_id: str
) -> None:
    window = make_open_window(used_desk)
    strays.found.clear()  # the window itself
    window.open_screen(screen_id)
    screen = window.current_screen()
    if isinstance(screen, SettingsScreen):
        for row in range(screen._list.count()):
            screen._list.setCurrentRow(row)
    QApplication.processEvents()
    assert strays.found == []
    assert QApplication.activeWindow() is window
