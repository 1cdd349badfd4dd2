"""Scanning before the receipt in a real window: the draft holds the scans, the dossier gets them."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from tests.devices.scan_samples import picture_bytes, text_page
from tests.helpers.visits import BIRTH, GRANDMOTHER

from counter_app.services.desk import Desk
from counter_app.services.scans.attach import ScanOwner
from counter_app.services.scans.keep import scans_of
from counter_app.services.scans.sweep import sweep
from counter_app.ui.intake.view import IntakeScreen
from counter_app.ui.main_window import MainWindow

PART = "giay_chung_sinh"


def key(code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, code, modifier)


def open_scans() -> None:
    key(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)


def focus() -> QWidget | None:
    return QApplication.focusWidget()


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    path = tmp_path / "IMG_0001.jpg"
    path.write_bytes(picture_bytes(text_page(1654, 2339), "JPEG", 200))
    return path


@pytest.fixture
def screen(window: MainWindow, desk: Desk) -> IntakeScreen:
    shown = window.current_screen()
    assert isinstance(shown, IntakeScreen)
    shown.presenter.choose_procedure(desk.catalogue.procedure(BIRTH.procedure_id, desk.clock.now().date()))
    shown.presenter.take_card(GRANDMOTHER)
    shown.settle()
    return shown


def take_whole_visit(screen: IntakeScreen) -> None:
    screen.presenter._assessed(replace(BIRTH, parts=screen.presenter.state.visit.parts or BIRTH.parts))


def test_scans_of_a_visit_go_with_the_dossier_and_the_keyboard_comes_back(
    screen: IntakeScreen, desk: Desk, page_file: Path
) -> None:
    draft = ScanOwner(draft_id=screen.presenter.state.draft_id)
    before = focus()
    open_scans()
    assert screen.scans.isVisible()
    assert not screen.bar.isVisible()
    assert PART in screen.scans.panel.lines
    screen.scans.panel.presenter.add_files(PART, [page_file])
    assert [each.part_id for each in scans_of(desk, draft)] == [PART]
    assert sweep(desk.store, desk.scans, desk.clock) == 0  # the next start finds its draft
    key(Qt.Key.Key_Escape)
    assert screen.bar.isVisible()
    assert not screen.scans.isVisible()
    assert focus() is before
    take_whole_visit(screen)
    screen.receive()
    if screen.presenter.state.doubt is not None:
        screen.confirm_doubt()
    received = screen.presenter.state.received
    assert received is not None
    (kept,) = scans_of(desk, ScanOwner(dossier_id=received.dossier.dossier_id))
    assert kept.part_id == PART
    assert scans_of(desk, draft) == []
    assert sweep(desk.store, desk.scans, desk.clock) == 0


def test_nothing_is_received_while_a_coarse_scan_waits_for_the_clerks_word(
    screen: IntakeScreen, desk: Desk, tmp_path: Path
) -> None:
    coarse = tmp_path / "coarse.png"
    coarse.write_bytes(picture_bytes(text_page(1240, 1754)))
    open_scans()
    screen.scans.panel.presenter.add_files(PART, [coarse])
    key(Qt.Key.Key_Escape)
    take_whole_visit(screen)
    screen.receive()
    assert screen.scans.isVisible()
    with desk.store.reading() as queries:
        assert len(list(queries.drafts())) == 1, "still a draft"
    screen.scans.panel.presenter.accept_offer(PART)
    screen.receive()
    if screen.presenter.state.doubt is not None:
        screen.confirm_doubt()
    received = screen.presenter.state.received
    assert received is not None
    assert not screen.scans.isVisible()
    assert len(scans_of(desk, ScanOwner(dossier_id=received.dossier.dossier_id))) == 1


def test_a_visit_put_aside_keeps_its_scans(screen: IntakeScreen, desk: Desk, page_file: Path) -> None:
    draft_id = screen.presenter.state.draft_id
    open_scans()
    screen.scans.panel.presenter.add_files(PART, [page_file])
    key(Qt.Key.Key_F2)
    assert not screen.scans.isVisible()
    assert screen.presenter.state.draft_id != draft_id
    screen.opened(draft_id=draft_id)
    open_scans()
    state = screen.scans.panel.presenter.line(PART)
    assert state is not None
    assert state.file is not None


def test_without_a_citizen_there_is_nothing_to_hang_scans_on(window: MainWindow, desk: Desk) -> None:
    screen = window.current_screen()
    assert isinstance(screen, IntakeScreen)
    screen.presenter.choose_procedure(desk.catalogue.procedure(BIRTH.procedure_id, desk.clock.now().date()))
    screen.settle()
    screen.open_scans()
    assert screen.bar.isVisible()
    with desk.store.reading() as queries:
        assert list(queries.drafts()) == []


def test_the_button_takes_no_place_in_the_walk_with_the_keyboard(screen: IntakeScreen) -> None:
    button = screen.outcome.checklist.scan
    assert button.isVisible()
    assert button.focusPolicy() is Qt.FocusPolicy.NoFocus
    button.click()
    assert screen.scans.isVisible()
    QApplication.processEvents()  # a layout shows new lines with the next event
    for line in screen.scans.panel.lines.values():
        assert line.isVisible()
