"""The page of the data key: says how it is kept, prints a sheet, forgets what was typed."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from tests.helpers.desks import PaperTray
from tests.printing.paper_reading import codes, images

from counter_app.domain.recovery_code import read_code
from counter_app.services.desk import Desk
from counter_app.services.keys_port import WrapKind
from counter_app.ui.main_window import MainWindow
from counter_app.ui.settings.keys.keys_page import KeysPage
from counter_app.ui.settings.view import SettingsScreen

PHRASE = "bốn con bò vàng ngủ ngoài đê"


@pytest.fixture
def page(desk: Desk, make_open_window: Callable[..., MainWindow]) -> KeysPage:
    window = make_open_window(desk)
    window.open_screen("settings", page="keys")
    QApplication.processEvents()
    screen = window.current_screen()
    assert isinstance(screen, SettingsScreen)
    found = screen.pages["keys"]
    assert isinstance(found, KeysPage)
    return found


def tray(desk: Desk) -> PaperTray:
    assert isinstance(desk.printer, PaperTray)
    return desk.printer


def test_it_warns_until_there_is_a_sheet(desk: Desk, page: KeysPage) -> None:
    assert "hãy in ngay" in page.sheet_of.text()
    assert desk.keys.standing().fingerprint == page.print.text().replace(" ", "")
    page.sheet.do.click()
    assert "Có, từ" in page.sheet_of.text()
    (printed,) = tray(desk).printed
    ((_format, text),) = codes(images(printed[1])[0])
    assert desk.keys.opens(WrapKind.RECOVERY, read_code(text))


def test_a_printer_that_fails_leaves_the_sheet_of_before(desk: Desk, page: KeysPage) -> None:
    page.sheet.do.click()
    before = desk.keys.standing().wraps
    tray(desk).failing = True
    page.sheet.do.click()
    assert page.sheet.message.text
    assert page.sheet.do.isEnabled()
    assert desk.keys.standing().wraps == before


def test_a_sheet_on_screen_counts_only_when_it_was_copied(desk: Desk, page: KeysPage) -> None:
    page._show_sheet()
    assert page.on_screen.isVisible()
    assert desk.keys.standing().has(WrapKind.RECOVERY)
    page.on_screen.dropped.click()
    assert not desk.keys.standing().has(WrapKind.RECOVERY)
    page._show_sheet()
    page.on_screen.kept.click()
    assert desk.keys.standing().has(WrapKind.RECOVERY)
    assert not page.on_screen.isVisible()
    assert tray(desk).printed == []


def test_leaving_the_page_takes_back_a_sheet_on_screen(
    desk: Desk, page: KeysPage, make_open_window: Callable[..., MainWindow]
) -> None:
    page._show_sheet()
    window = page.window()
    assert isinstance(window, MainWindow)
    window.open_screen("intake")
    QApplication.processEvents()
    assert not desk.keys.standing().has(WrapKind.RECOVERY)


def test_closing_the_window_takes_back_a_sheet_on_screen(desk: Desk, page: KeysPage) -> None:
    page._show_sheet()
    page.window().close()
    QApplication.processEvents()
    assert not desk.keys.standing().has(WrapKind.RECOVERY)


def test_what_comes_after_the_window_was_closed_is_no_crash(desk: Desk, page: KeysPage) -> None:
    """Such a sheet counts beside the one of before, until the next one is printed."""
    page._show_sheet()
    window = page.window()
    assert isinstance(window, MainWindow)
    window.operations.close()
    page.on_screen.hide()
    assert desk.keys.standing().has(WrapKind.RECOVERY)


def test_a_passphrase_is_set_and_forgotten_by_the_page(desk: Desk, page: KeysPage) -> None:
    page.new.setText(PHRASE)
    page.again.setText(PHRASE + "x")
    page.phrase.do.click()
    assert "không giống nhau" in page.phrase.message.text
    page.new.setText("quầy một cửa")
    page.again.setText("quầy một cửa")
    page.phrase.do.click()
    assert "dễ đoán" in page.phrase.message.text
    page.new.setText(PHRASE)
    page.again.setText(PHRASE)
    page.phrase.do.click()
    assert desk.keys.opens(WrapKind.PASSPHRASE, PHRASE)
    assert page.new.value() == page.again.value() == ""
    assert "Có, từ" in page.phrase_of.text()


def test_another_key_waits_for_the_next_start_and_can_be_taken_back(desk: Desk, page: KeysPage) -> None:
    page.sheet.do.click()
    assert not page.cancel.isVisible()
    page.change.do.click()
    assert desk.keys.standing().change_to
    assert page.waiting.text
    assert not page.sheet.do.isEnabled()
    assert len(tray(desk).printed) == 2
    page.cancel.click()
    assert not desk.keys.standing().change_to
    assert page.waiting.text == ""
    assert page.sheet.do.isEnabled()


def test_the_page_fits_its_width(page: KeysPage) -> None:
    window = page.window()
    window.resize(1366, 768)
    QApplication.processEvents()
    assert page.minimumSizeHint().width() <= 1000
