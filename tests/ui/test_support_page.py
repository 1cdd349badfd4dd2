"""The self-check and the bundle in the settings; a crash is kept, explained, and offers a new start."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.helpers.builders import MORNING, FixedClock
from tests.ui.conftest import RESOURCES

from counter_app.incident_files import IncidentFiles
from counter_app.services.desk import Desk
from counter_app.ui.app import make_window
from counter_app.ui.appearance import Appearance
from counter_app.ui.crash_dialog import CrashDialog
from counter_app.ui.main_window import MainWindow
from counter_app.ui.operations import Operations
from counter_app.ui.settings.support_page import SupportPage
from counter_app.ui.settings.view import SettingsScreen
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import PlainLabel


@pytest.fixture
def incidents(tmp_path: Path) -> IncidentFiles:
    return IncidentFiles(tmp_path / "counter", FixedClock(MORNING), RESOURCES / "fonts")


@pytest.fixture
def window(desk: Desk, incidents: IncidentFiles, qtbot: QtBot) -> Iterator[MainWindow]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    made = make_window(application, RESOURCES, Appearance(scheme="light"), Operations.synchronous())
    made.incidents = incidents
    qtbot.addWidget(made)
    made.attach(desk)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


def support_page(window: MainWindow) -> SupportPage:
    window.open_screen("settings", page="support")
    QApplication.processEvents()
    screen = window.current_screen()
    assert isinstance(screen, SettingsScreen)
    page = screen.pages["support"]
    assert isinstance(page, SupportPage)
    return page


def pressed(parent: CrashDialog, text: str) -> None:
    (button,) = (each for each in parent.findChildren(Button) if text in each.accessibleName() + each.text())
    button.click()


def test_the_page_tells_what_it_found_and_shows_all_it_would_save(window: MainWindow, tmp_path: Path) -> None:
    page = support_page(window)
    told = [label.text() for label in page.findChildren(PlainLabel)]
    assert any("SQLite" in text for text in told), told
    names = [page.names.item(row).text() for row in range(page.names.count())]
    assert names[:3] == ["checks.json", "counter.json", "sync.json"]
    page.names.setCurrentRow(1)
    assert '"unit_code"' in page.text.toPlainText()
    page.save_to(tmp_path / "goi.zip")
    with zipfile.ZipFile(tmp_path / "goi.zip") as bundle:
        assert bundle.namelist() == names
        assert bundle.read("counter.json").decode() == page.text.toPlainText()


def test_a_crash_is_kept_and_leads_to_the_bundle(window: MainWindow, incidents: IncidentFiles) -> None:
    window.show_crash(KeyError("Lò Văn Pín"))
    (dialog,) = window.findChildren(CrashDialog)
    assert not any("Pín" in label.text() for label in dialog.findChildren(PlainLabel))
    assert [each.kind for each in incidents.kept()] == ["KeyError"]
    pressed(dialog, "Gói hỗ trợ")
    screen = window.current_screen()
    assert isinstance(screen, SettingsScreen)


def test_a_restart_closes_the_window_first(window: MainWindow) -> None:
    window.show_crash(KeyError())
    (dialog,) = window.findChildren(CrashDialog)
    pressed(dialog, "Khởi động lại")
    assert window.restart_wanted
    assert not window.isVisible()
