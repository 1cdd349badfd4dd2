"""A scan works whatever has the focus, and never types into it."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counter_app.ui.scan.scan_filter import ScanFilter

CODE = "H29.12-261123-1001"
CARD = "001190000001|012345678|Đặng Thị Hường|03021990|Nữ|Xóm Bưởi|06052021"


@dataclass
class Bench:
    window: QWidget
    field: QLineEdit
    button: QPushButton
    filter: ScanFilter
    scans: list[str] = field(default_factory=list)
    presses: list[int] = field(default_factory=list)


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    line, button = QLineEdit(), QPushButton("Nhận")
    layout.addWidget(line)
    layout.addWidget(button)
    filter_ = ScanFilter(parent=window)
    bench = Bench(window, line, button, filter_)
    filter_.scanned.connect(bench.scans.append)
    button.setDefault(True)
    button.clicked.connect(lambda: bench.presses.append(1))
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(filter_)
    with qtbot.waitActive(window):
        window.show()
    return bench


def press(bench: Bench, char: str, at_ms: int) -> None:
    """Send a key the way the window system does, with its own time stamp."""
    keys = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}
    key = keys.get(char, Qt.Key.Key_A)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char)
        event.setTimestamp(at_ms)
        QApplication.sendEvent(bench.window.windowHandle(), event)


def burst(bench: Bench, text: str, gap_ms: int = 3, start: int = 1000) -> None:
    for index, char in enumerate(text):
        press(bench, char, start + index * gap_ms)


def test_a_scan_leaves_the_field_untouched(bench: Bench) -> None:
    bench.field.setFocus()
    bench.field.setText("đang gõ")
    burst(bench, CARD + "\r")
    assert bench.scans == [CARD]
    assert bench.field.text() == "đang gõ"


def test_the_scanners_enter_presses_no_button(bench: Bench) -> None:
    bench.button.setFocus()
    burst(bench, CODE + "\r")
    assert bench.scans == [CODE]
    assert bench.presses == []


def test_the_scanners_tab_moves_no_focus(bench: Bench) -> None:
    bench.field.setFocus()
    burst(bench, CODE + "\t")
    assert bench.scans == [CODE]
    assert bench.field.hasFocus()


def test_human_typing_arrives_complete(bench: Bench, qtbot: QtBot) -> None:
    bench.field.setFocus()
    for index, char in enumerate("nguyễn thị hường"):
        press(bench, char, 1000 + index * 60)
    qtbot.waitUntil(lambda: bench.field.text() == "nguyễn thị hường")
    assert bench.scans == []


def test_a_fast_roll_of_keys_arrives_in_order(bench: Bench, qtbot: QtBot) -> None:
    bench.field.setFocus()
    burst(bench, "abcd", gap_ms=8)
    qtbot.waitUntil(lambda: bench.field.text() == "abcd")


def test_enter_after_typing_still_works(bench: Bench, qtbot: QtBot) -> None:
    bench.field.setFocus()
    entered: list[int] = []
    bench.field.returnPressed.connect(lambda: entered.append(1))
    press(bench, "a", 1000)
    press(bench, "\r", 1200)
    assert bench.field.text() == "a"
    assert entered == [1]


def test_composed_letters_do_not_overtake_typed_ones(bench: Bench) -> None:
    bench.field.setFocus()
    press(bench, "1", 1000)
    press(bench, "2", 1010)
    composed = QInputMethodEvent("", [])
    composed.setCommitString("ặ")
    QApplication.sendEvent(bench.field, composed)
    assert bench.field.text() == "12ặ"


def test_space_on_a_button_still_presses_it(bench: Bench, qtbot: QtBot) -> None:
    bench.button.setFocus()
    QTest.keyClick(bench.window.windowHandle(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bench.presses == [1])


def test_a_pasted_card_is_a_scan(bench: Bench) -> None:
    bench.field.setFocus()
    QGuiApplication.clipboard().setText(CARD)
    QTest.keyClick(bench.window.windowHandle(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert bench.scans == [CARD]
    assert bench.field.text() == ""


def test_other_text_is_pasted_as_always(bench: Bench) -> None:
    bench.field.setFocus()
    QGuiApplication.clipboard().setText("Nguyễn Thị Hường")
    QTest.keyClick(bench.window.windowHandle(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert bench.scans == []
    assert bench.field.text() == "Nguyễn Thị Hường"
