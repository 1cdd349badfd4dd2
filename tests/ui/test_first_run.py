"""The first start by keys alone: where the keyboard is, and what Enter does."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import PaperTray

from counter_app.bootstrap import open_desk
from counter_app.domain.clerks import Role
from counter_app.services.daily_notices import NoticeKind, daily_notices
from counter_app.services.desk import Desk
from counter_app.services.keys.sheet import print_recovery_sheet
from counter_app.services.keys_port import WrapKind
from counter_app.ui.main_window import MainWindow

PASSWORD = "bốn con voi tím"
ANSWERS = {
    "Mã đơn vị": "H29.12",
    "Tên bộ phận một cửa": "BỘ PHẬN MỘT CỬA XÃ TRUNG MINH",
    "Tỉnh, thành phố": "Phú Thọ",
    "Họ tên cán bộ tiếp nhận": "Trần Thị Mai",
    "Mật khẩu": PASSWORD,
    "Gõ lại mật khẩu": PASSWORD,
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
    for _field in range(30):
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
    answer_until("Thiết lập quầy")
    assert isinstance(focus(), QAbstractButton)
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert new_desk.is_set_up
    assert new_desk.clerk == "Trần Thị Mai"
    assert new_desk.session.present is not None
    assert new_desk.session.present.role is Role.ADMINISTRATOR
    assert focus().accessibleName() == "In giấy khôi phục"
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert isinstance(new_desk.printer, PaperTray)
    assert len(new_desk.printer.printed) == 1
    assert new_desk.keys.standing().has(WrapKind.RECOVERY)
    assert focus().accessibleName() == "Bắt đầu làm việc"
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert focus().accessibleName() == "Tìm thủ tục"
    assert new_window.sitting is not None
    new_window.sitting.lock()
    assert new_window.sitting.covered


def test_a_sheet_not_printed_is_reminded_of_until_it_is(new_window: MainWindow, new_desk: Desk) -> None:
    answer_until("Thiết lập quầy")
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    later = next(b for b in new_window.findChildren(QAbstractButton) if b.accessibleName() == "Để in sau")
    later.click()
    assert NoticeKind.SHEET_MISSING in {notice.kind for notice in daily_notices(new_desk)}
    print_recovery_sheet(new_desk)
    assert NoticeKind.SHEET_MISSING not in {notice.kind for notice in daily_notices(new_desk)}


def test_a_machine_to_train_on_asks_for_no_password(new_window: MainWindow, new_desk: Desk) -> None:
    answer_until("Chế độ tập huấn")
    QTest.keyClick(focus(), Qt.Key.Key_Space)
    answer_until("Bắt đầu làm việc")
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert new_desk.settings.counter.training
    with new_desk.store.reading() as queries:
        assert not queries.has_accounts()
    assert focus().accessibleName() == "Tìm thủ tục"


@pytest.mark.parametrize(("again", "words"), [("khác hẳn", "chưa giống nhau"), ("12345678", "")])
def test_a_poor_password_is_refused_in_place(new_window: MainWindow, again: str, words: str) -> None:
    answer_until("Mật khẩu")
    focus().set_value(again if not words else PASSWORD)  # type: ignore[attr-defined]
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    focus().set_value(again)  # type: ignore[attr-defined]
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    said = [label.text() for label in new_window.findChildren(QLabel) if label.isVisible()]
    assert any(words in text for text in said) if words else any("dễ đoán" in text for text in said)
    assert focus().accessibleName() in ("Mật khẩu", "Gõ lại mật khẩu")
    QTest.keyClicks(focus(), "b")
    assert focus().value() == "b"  # type: ignore[attr-defined]


def test_the_password_is_asked_where_the_keyboard_is_and_tab_goes_down(new_window: MainWindow) -> None:
    answer_until("Chế độ tập huấn")
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    seen = [focus().accessibleName()]
    for _field in range(2):
        QTest.keyClick(focus(), Qt.Key.Key_Tab)
        seen.append(focus().accessibleName())
    assert seen == ["Mật khẩu", "Gõ lại mật khẩu", "Hiện mật khẩu"]


def test_enter_on_the_back_button_goes_back(new_window: MainWindow) -> None:
    answer_until("Thiết lập quầy")
    back = next(b for b in new_window.findChildren(QAbstractButton) if b.accessibleName() == "Quay lại")
    back.setFocus()
    QTest.keyClick(back, Qt.Key.Key_Return)
    assert focus().accessibleName() == "Cách nối máy quét"
