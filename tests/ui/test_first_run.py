"""The first start by keys alone: where the keyboard is, and what Enter does."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import PaperTray

from counter_app.bootstrap import open_desk
from counter_app.services.desk import Desk
from counter_app.ui.main_window import MainWindow

ANSWERS = {
    "Mã đơn vị": "H29.12",
    "Tên bộ phận một cửa": "BỘ PHẬN MỘT CỬA XÃ TRUNG MINH",
    "Tỉnh, thành phố": "Phú Thọ",
    "Họ tên cán bộ tiếp nhận": "Trần Thị Mai",
}


@pytest.fixture
def new_desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path / "new", access="create")
    desk.clock = FixedClock(MORNING)
    desk.printer = PaperTray()
    yield desk
    desk.store.close()


@pytest.fixture
def new_window(new_desk: Desk, make_open_window: Callable[..., MainWindow]) -> MainWindow:
    return make_open_window(new_desk)


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def answer_until(name: str) -> None:
    """Press Enter from field to field, typing what is asked, until the keyboard is at `name`."""
    for _field in range(20):
        if focus().accessibleName() == name:
            return
        if answer := ANSWERS.get(focus().accessibleName()):
            focus().set_value(answer)  # type: ignore[attr-defined]
        QTest.keyClick(focus(), Qt.Key.Key_Return)
    raise AssertionError(f"Enter never led to {name}")


def test_the_first_question_has_the_keyboard(new_window: MainWindow) -> None:
    assert focus().accessibleName() == "Mã đơn vị"


def test_the_clerks_name_is_asked_first_in_the_second_step(new_window: MainWindow) -> None:
    seen = []
    for _field in range(9):
        seen.append(focus().accessibleName())
        if answer := ANSWERS.get(seen[-1]):
            focus().set_value(answer)  # type: ignore[attr-defined]
        QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert seen[-2:] == ["Họ tên cán bộ tiếp nhận", "Số quầy"]
    assert focus().accessibleName() == "Chế độ tập huấn"


def test_enter_alone_sets_the_counter_up(new_window: MainWindow, new_desk: Desk) -> None:
    answer_until("Bắt đầu làm việc")
    assert isinstance(focus(), QAbstractButton)
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert new_desk.is_set_up
    assert focus().accessibleName() == "Tìm thủ tục"


def test_enter_on_the_back_button_goes_back(new_window: MainWindow) -> None:
    answer_until("Bắt đầu làm việc")
    back = next(b for b in new_window.findChildren(QAbstractButton) if b.accessibleName() == "Quay lại")
    back.setFocus()
    QTest.keyClick(back, Qt.Key.Key_Return)
    assert focus().accessibleName() == "Cách nối máy quét"
