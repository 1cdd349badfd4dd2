"""Where scans come from is chosen in the settings, and kept."""

import os
from pathlib import Path

import pytest

from counter_app.services.desk import Desk
from counter_app.ui.main_window import MainWindow
from counter_app.ui.settings.paper_scanner_page import PaperScannerPage
from counter_app.ui.settings.view import SettingsScreen
from counter_app.ui.widgets.labels import PlainLabel


@pytest.fixture
def screen(window: MainWindow) -> SettingsScreen:
    window.open_screen("settings", page="paper_scanner")
    shown = window.current_screen()
    assert isinstance(shown, SettingsScreen)
    return shown


def page_of(screen: SettingsScreen) -> PaperScannerPage:
    page = screen.pages["paper_scanner"]
    assert isinstance(page, PaperScannerPage)
    return page


def test_folder_device_resolution_and_colour_are_kept(screen: SettingsScreen, desk: Desk) -> None:
    page = page_of(screen)
    assert (desk.settings.scan_folder, desk.settings.scan_dpi, desk.settings.scan_colour) == ("", 300, False)
    page.folder.setText("/srv/quet")
    page.device.set_value("test:0")
    page.dpi.set_value("400")
    page.colour.set_value("colour")
    screen.save()
    kept = desk.settings
    assert (kept.scan_folder, kept.scan_device, kept.scan_dpi, kept.scan_colour) == (
        "/srv/quet",
        "test:0",
        400,
        True,
    )
    with desk.store.reading() as queries:
        assert queries.setting("scan_dpi") == "400"


def test_the_scanners_of_the_system_are_offered(
    screen: SettingsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = tmp_path / "scanimage"
    command.write_text("#!/bin/sh\nprintf 'pixma:04A9\\tCANON LiDE 300\\n'\n")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    page = page_of(screen)
    page.find_devices()
    assert page.device.findData("pixma:04A9") > 0
    assert page.device.itemText(page.device.findData("pixma:04A9")) == "CANON LiDE 300"
    words = " ".join(label.text() for label in page.findChildren(PlainLabel))
    assert "Tìm thấy 1 máy quét" in words


def test_without_a_scanner_the_folder_is_named(
    screen: SettingsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    page = page_of(screen)
    page.find_devices()
    words = " ".join(label.text() for label in page.findChildren(PlainLabel))
    assert "Không thấy máy quét nào" in words
