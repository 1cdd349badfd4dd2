"""Fields and Vietnamese typing: nothing rewritten under the clerk, everything stored in NFC."""

import unicodedata
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counter_app.ui.widgets.address_field import AddressField
from counter_app.ui.widgets.choice_field import ListField, OptionsField, choice_field
from counter_app.ui.widgets.compound_fields import IdDocumentField, TableField
from counter_app.ui.widgets.text_field import DateField, NumberField, TextField

TODAY = date(2026, 11, 23)


_KEPT: list[QWidget] = []  # a window nobody holds is deleted at once


def shown(qtbot: QtBot, *fields: QWidget) -> None:
    window = QWidget()
    _KEPT[:] = [window]
    layout = QVBoxLayout(window)
    for field in fields:
        layout.addWidget(field)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    fields[0].setFocus()


def compose(field: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def test_composed_vietnamese_arrives_once_and_whole(qtbot: QtBot) -> None:
    field = TextField("Họ tên")
    shown(qtbot, field)
    edits: list[str] = []
    field.edited.connect(lambda: edits.append(field.text()))
    for preedit in ("h", "hu", "hư", "hươ", "hườ", "hườn"):
        compose(field, preedit)
    compose(field, "", "hường ")
    compose(field, "", "Đặng")
    assert field.value() == "hường Đặng"
    assert edits[-1] == "hường Đặng"


def test_decomposed_text_is_stored_composed(qtbot: QtBot) -> None:
    field = TextField("Họ tên")
    shown(qtbot, field)
    compose(field, "", unicodedata.normalize("NFD", "  Đặng  Thị Hường "))
    assert field.value() == "Đặng Thị Hường"


def test_setting_the_same_value_leaves_the_caret_where_it_was(qtbot: QtBot) -> None:
    field = TextField("Họ tên")
    shown(qtbot, field)
    field.setText("Đặng Thị ")
    field.setCursorPosition(3)
    field.set_value("Đặng Thị")
    assert (field.text(), field.cursorPosition()) == ("Đặng Thị ", 3)


def test_a_long_text_shows_its_beginning_once_the_clerk_has_gone_on(qtbot: QtBot) -> None:
    field, other = TextField("Nơi sinh"), TextField("Quê quán")
    shown(qtbot, field, other)
    QTest.keyClicks(field, "x" * 200)
    other.setFocus()
    assert field.cursorPosition() == 0
    field.set_value("y" * 200)
    assert field.cursorPosition() == 0


def test_enter_takes_a_suggestion_of_an_empty_field_only(qtbot: QtBot) -> None:
    field = TextField("Dân tộc")
    shown(qtbot, field)
    field.set_suggestion("Mường", "theo mẹ, Enter để nhận")
    accepted: list[object] = []
    field.accepted.connect(lambda: accepted.append(field.value()))
    QTest.keyClick(field, Qt.Key.Key_Return)
    field.setText("Kinh")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert accepted == ["Mường", "Kinh"]


@pytest.mark.parametrize(
    ("typed", "value", "tidy"),
    [
        ("15/11/2026", "2026-11-15", "15/11/2026"),
        ("15112026", "2026-11-15", "15/11/2026"),
        ("1950", "1950", "1950"),
        ("31/02/2026", "31/02/2026", "31/02/2026"),
        ("", "", ""),
    ],
)
def test_dates_are_read_as_typed_and_written_in_order_on_leaving(
    qtbot: QtBot, typed: str, value: str, tidy: str
) -> None:
    field, other = DateField("Ngày sinh", today=TODAY), TextField("Khác")
    shown(qtbot, field, other)
    QTest.keyClicks(field, typed)
    assert field.text() == typed
    other.setFocus()
    assert (field.value(), field.text()) == (value, tidy)


@pytest.mark.parametrize(
    ("typed", "value"), [("50.000", 50000), ("50000", 50000), ("", None), ("năm", "năm")]
)
def test_money_is_a_number_or_nothing_or_what_was_typed(qtbot: QtBot, typed: str, value: object) -> None:
    field = NumberField("Mức thu", money=True)
    shown(qtbot, field)
    compose(field, "", typed)
    assert field.value() == value


def test_number_keys_choose_and_accept(qtbot: QtBot) -> None:
    field = choice_field("Giới tính", ["Nam", "Nữ"])
    assert isinstance(field, OptionsField)
    shown(qtbot, field)
    accepted: list[object] = []
    field.accepted.connect(lambda: accepted.append(field.value()))
    QTest.keyClick(field, Qt.Key.Key_2)
    QTest.keyClick(field, Qt.Key.Key_7)
    assert accepted == ["Nữ"]


def test_a_long_list_is_found_without_marks_and_never_completed_inline(qtbot: QtBot) -> None:
    field = choice_field("Dân tộc", ["Kinh", "Mường", "Mông", "Tày", "Thái", "Dao"])
    assert isinstance(field, ListField)
    shown(qtbot, field)
    QTest.keyClicks(field, "muo")
    assert field.currentText() == "muo"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == "Mường"
    completer = field.completer()
    assert completer is not None
    assert completer.completionMode() == completer.CompletionMode.PopupCompletion


def test_a_free_list_keeps_what_is_not_in_it(qtbot: QtBot) -> None:
    field = choice_field("Nơi sinh", ["Trạm y tế"], free=True)
    shown(qtbot, field)
    field.set_value("Nhà riêng")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == "Nhà riêng"


RELATIONS = ["Bản thân", "Cha", "Chị", "Con"]


def press(key: Qt.Key) -> None:
    """Press a key as the window system does: an open list gets it first."""
    window = QApplication.activePopupWidget() or QApplication.activeWindow()
    assert window is not None
    QTest.keyClick(window.windowHandle(), key)


def typed_into(qtbot: QtBot, text: str, *, free: bool = True) -> tuple[ListField, TextField, list[int]]:
    field, after = ListField("Quan hệ", RELATIONS, free=free), TextField("Sau")
    shown(qtbot, field, after)
    accepted: list[int] = []
    field.accepted.connect(lambda: accepted.append(1))
    QTest.keyClicks(field, text)
    return field, after, accepted


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_a_free_list_takes_the_only_line_that_begins_as_typed(qtbot: QtBot, key: Qt.Key) -> None:
    field, after, accepted = typed_into(qtbot, "ban")
    told: list[object] = []
    field.edited.connect(lambda: told.append(field.value()))
    press(key)
    assert (field.value(), field.currentText(), told[-1]) == ("Bản thân", "Bản thân", "Bản thân")
    assert after.hasFocus() if key == Qt.Key.Key_Tab else accepted == [1]


def test_escape_closes_the_list_and_leaves_ones_own_words(qtbot: QtBot) -> None:
    field, _after, accepted = typed_into(qtbot, "ban")
    completer = field.completer()
    assert completer is not None
    assert completer.popup().isVisible()
    press(Qt.Key.Key_Escape)
    assert not completer.popup().isVisible()
    press(Qt.Key.Key_Return)
    assert (field.value(), accepted) == ("ban", [1])


@pytest.mark.parametrize("typed", ["than", "c", "ba noi"])
def test_own_words_stay_when_no_one_line_begins_so(qtbot: QtBot, typed: str) -> None:
    field, _after, accepted = typed_into(qtbot, typed)
    press(Qt.Key.Key_Return)
    assert (field.value(), accepted) == (typed, [1])


def test_a_highlighted_line_is_taken_and_told(qtbot: QtBot) -> None:
    field, after, _accepted = typed_into(qtbot, "ch")
    told: list[object] = []
    field.edited.connect(lambda: told.append(field.value()))
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Tab)
    assert (field.value(), told[-1]) == ("Chị", "Chị")
    assert after.hasFocus()


def test_enter_holds_a_closed_list_at_words_it_does_not_know(qtbot: QtBot) -> None:
    field, _after, accepted = typed_into(qtbot, "xyz", free=False)
    press(Qt.Key.Key_Return)
    assert (accepted, field.hasFocus(), field.property("state")) == ([], True, "error")
    field.lineEdit().clear()  # type: ignore[union-attr]
    QTest.keyClicks(field, "con")
    press(Qt.Key.Key_Return)
    assert (field.value(), accepted) == ("Con", [1])


def test_enter_walks_the_parts_of_an_address_and_the_last_accepts(qtbot: QtBot) -> None:
    field = AddressField("Nơi cư trú")
    shown(qtbot, field)
    accepted: list[int] = []
    field.accepted.connect(lambda: accepted.append(1))
    value = {"detail": "Xóm Bưởi", "commune": "xã Trung Minh", "province": "Phú Thọ", "legacy_text": "xã Cũ"}
    field.set_value(value)
    for _part in range(3):
        assert accepted == []
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert accepted == [1]
    assert field.value() == value


def test_an_identity_paper_has_its_date_stored(qtbot: QtBot) -> None:
    field = IdDocumentField("Giấy tờ", today=TODAY)
    shown(qtbot, field)
    field.set_value(
        {"kind": "Thẻ căn cước", "number": "001190000001", "issued_on": "2021-05-06", "issued_by": ""}
    )
    assert field.parts["issued_on"].text() == "06/05/2021"
    assert field.value() == {
        "kind": "Thẻ căn cước",
        "number": "001190000001",
        "issued_on": "2021-05-06",
        "issued_by": "",
    }


def test_a_table_grows_with_enter_and_leaves_empty_rows_out(qtbot: QtBot) -> None:
    field = TableField("Con", [("name", "Họ tên"), ("born", "Năm sinh")], max_rows=3)
    shown(qtbot, field)
    accepted: list[int] = []
    field.accepted.connect(lambda: accepted.append(1))
    for text in ("An", "2001", "Binh", "2003"):
        cell = QApplication.focusWidget()
        QTest.keyClicks(cell, text)
        QTest.keyClick(cell, Qt.Key.Key_Return)
    for _key in range(2):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert field.value() == [{"name": "An", "born": "2001"}, {"name": "Binh", "born": "2003"}]
    assert accepted == [1]
