"""The address field: a few letters, Enter, and nothing replaced without the clerk."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counter_app.services.desk import Desk
from counter_app.services.places import Places
from counter_app.ui.settings.office_page import OfficePage
from counter_app.ui.widgets.address_field import AddressField

OLD = "Tổ 5, Phường Phương Lâm, TP Hòa Bình, Hòa Bình"
SPLIT = "Số 1, Phường Cống Vị, Quận Ba Đình, Hà Nội"
_KEPT: list[QWidget] = []


def shown(qtbot: QtBot, *fields: QWidget) -> None:
    window = QWidget()
    _KEPT[:] = [window]
    window.resize(700, 500)
    layout = QVBoxLayout(window)
    for field in fields:
        layout.addWidget(field)
    layout.addStretch(1)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    fields[0].setFocus()


@pytest.fixture
def field(qtbot: QtBot, desk: Desk) -> AddressField:
    made = AddressField("Nơi cư trú", places=Places(desk))
    other = AddressField("Quê quán")
    shown(qtbot, made, other)
    return made


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def type_commune(field: AddressField, text: str) -> None:
    field.commune.setFocus()
    QTest.keyClicks(field.commune, text)


def answer(field: AddressField) -> tuple[object, ...]:
    value = field.value()
    assert isinstance(value, dict)
    return tuple(value[part] for part in ("detail", "commune", "province", "legacy_text"))


def test_a_few_letters_and_enter_pick_a_commune_and_the_province_follows(field: AddressField) -> None:
    accepted: list[int] = []
    field.accepted.connect(lambda: accepted.append(1))
    QTest.keyClicks(field.parts["detail"], "Xom Buoi")
    press(Qt.Key.Key_Return)
    QTest.keyClicks(field.commune, "hoa binh")
    assert field.commune.text() == "hoa binh"  # never rewritten while typing
    assert field.commune.places()[0].line == "Phường Hòa Bình, tỉnh Phú Thọ"
    press(Qt.Key.Key_Return)
    assert answer(field) == ("Xom Buoi", "phường Hòa Bình", "tỉnh Phú Thọ", "")
    assert accepted == [1]
    assert not field.commune.places()


def test_the_arrows_move_through_the_list_and_round_its_ends(field: AddressField) -> None:
    type_commune(field, "an phu")
    offered = field.commune.places()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert answer(field)[1:3] == (offered[1].commune, offered[1].province)
    type_commune(field, "")
    field.commune.clear()
    QTest.keyClicks(field.commune, "an phu")
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    assert answer(field)[1:3] == (offered[-1].commune, offered[-1].province)


def test_letters_still_being_composed_find_communes_too(field: AddressField) -> None:
    field.commune.setFocus()
    QApplication.sendEvent(field.commune, QInputMethodEvent("phú quố", []))
    assert field.commune.places()[0].commune == "đặc khu Phú Quốc"
    assert field.commune.text() == ""


def test_escape_closes_the_list_and_keeps_what_was_typed(field: AddressField) -> None:
    type_commune(field, "an")
    assert field.commune.places()
    press(Qt.Key.Key_Escape)
    assert not field.commune.places()
    assert field.commune.text() == "an"


def test_a_place_abroad_stays_as_typed_with_a_gentle_remark(field: AddressField) -> None:
    type_commune(field, "Praha, Cong hoa Sec")
    assert not field.commune.places()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert answer(field)[1] == "Praha, Cong hoa Sec"
    assert "Không có trong danh mục" in field._doubt.text()
    assert field._doubt.isVisible()


def test_a_province_that_came_with_a_commune_goes_with_it(field: AddressField) -> None:
    type_commune(field, "phu quoc")
    press(Qt.Key.Key_Return)
    assert answer(field)[2] == "tỉnh An Giang"
    field.commune.setFocus()
    field.commune.selectAll()
    QTest.keyClicks(field.commune, "Praha, Cong hoa Sec")
    assert answer(field)[1:3] == ("Praha, Cong hoa Sec", "")


def test_a_known_name_typed_whole_gets_its_province_when_the_clerk_goes_on(field: AddressField) -> None:
    type_commune(field, "dac khu con dao")
    press(Qt.Key.Key_Escape)
    field.parts["detail"].setFocus()
    assert answer(field)[1:3] == ("đặc khu Côn Đảo", "Thành phố Hồ Chí Minh")
    assert not field._doubt.isVisible()


def test_a_name_of_several_places_asks_for_the_province(field: AddressField) -> None:
    type_commune(field, "xa an phu")
    press(Qt.Key.Key_Escape)
    field.parts["detail"].setFocus()
    assert field.commune.text() == "xa an phu"
    assert "Nhiều nơi" in field._doubt.text()


def test_the_list_goes_when_the_focus_goes(field: AddressField) -> None:
    type_commune(field, "an")
    field.parts["province"].setFocus()
    assert not field.commune.places()


def test_enter_takes_the_new_address_of_an_older_card_and_keeps_its_words(field: AddressField) -> None:
    field.set_value({"legacy_text": OLD})
    assert field.renew.isVisible()
    assert "Tổ 5, phường Hòa Bình, tỉnh Phú Thọ" in field.renew.text()
    assert answer(field) == ("", "", "", OLD)
    press(Qt.Key.Key_Return)
    assert answer(field) == ("Tổ 5", "phường Hòa Bình", "tỉnh Phú Thọ", OLD)
    assert not field.renew.isVisible()


def test_where_a_ward_was_split_enter_opens_the_communes_to_choose_from(field: AddressField) -> None:
    field.set_value({"legacy_text": SPLIT})
    press(Qt.Key.Key_Return)
    assert answer(field) == ("Số 1", "", "", SPLIT)
    assert {place.commune for place in field.commune.places()} == {"phường Ngọc Hà", "phường Giảng Võ"}
    second = field.commune.places()[1]
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert answer(field) == ("Số 1", second.commune, "thành phố Hà Nội", SPLIT)


def test_what_the_clerk_began_to_type_is_not_replaced(field: AddressField) -> None:
    field.set_value({"legacy_text": OLD})
    QTest.keyClicks(field.parts["detail"], "So 9")
    press(Qt.Key.Key_Return)
    assert answer(field) == ("So 9", "", "", OLD)
    assert QApplication.focusWidget() is field.commune


def test_the_office_page_fills_province_and_names_from_the_commune(qtbot: QtBot, desk: Desk) -> None:
    page = OfficePage(first_run=True, places=Places(desk))
    shown(qtbot, page)
    page.commune.setFocus()
    QTest.keyClicks(page.commune, "thinh minh")
    press(Qt.Key.Key_Return)
    assert (page.commune.value(), page.province.value()) == ("xã Thịnh Minh", "tỉnh Phú Thọ")
    page.name.setFocus()
    press(Qt.Key.Key_Return)
    page.parent_name.setFocus()
    press(Qt.Key.Key_Return)
    assert page.name.value() == "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ THỊNH MINH"
    assert page.parent_name.value() == "ỦY BAN NHÂN DÂN XÃ THỊNH MINH"


def test_the_office_page_writes_the_kind_before_a_bare_name(qtbot: QtBot, desk: Desk) -> None:
    page = OfficePage(first_run=True, places=Places(desk))
    shown(qtbot, page)
    page.commune.setFocus()
    QTest.keyClicks(page.commune, "con dao")
    press(Qt.Key.Key_Escape)
    page.phone.setFocus()
    assert page.commune.value() == "đặc khu Côn Đảo"
