"""An older card at the intake: the new address is offered, the clerk confirms, the old words stay."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from tests.helpers.visits import GRANDMOTHER, MOTHER, card_text

from counter_app.domain.person import Person
from counter_app.domain.scan import read_scan
from counter_app.services.places import Places
from counter_app.ui.intake.people_cards import people_column
from counter_app.ui.intake.view import IntakeScreen
from counter_app.ui.main_window import MainWindow

OLD = "Tổ 5, Phường Phương Lâm, TP Hòa Bình, Hòa Bình"
NEW = "Tổ 5, phường Hòa Bình, tỉnh Phú Thọ"
SPLIT = "Số 1, Phường Cống Vị, Quận Ba Đình, Hà Nội"


@pytest.fixture
def screen(window: MainWindow) -> IntakeScreen:
    shown = window.current_screen()
    assert isinstance(shown, IntakeScreen)
    return shown


@pytest.fixture
def scan(screen: IntakeScreen) -> Callable[[Person], None]:
    def take(person: Person) -> None:
        today = screen.workspace.desk.clock.now().date()
        assert screen.take_scan(read_scan(card_text(person), today=today))

    return take


def offered(screen: IntakeScreen) -> list[str]:
    column = people_column(screen.presenter.state, Places(screen.workspace.desk))
    return [card.new_address for card in column.cards]


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def test_f7_uses_the_new_address_and_keeps_the_cards_words(
    screen: IntakeScreen, scan: Callable[[Person], None]
) -> None:
    scan(replace(GRANDMOTHER, address=OLD))
    applicant = screen.presenter.state.visit.applicant
    assert applicant is not None
    assert applicant.address == OLD  # nothing happens by itself
    assert offered(screen) == [f"Địa chỉ mới: {NEW}"]
    press(Qt.Key.Key_F5)
    applicant = screen.presenter.state.visit.applicant
    assert applicant is not None
    assert (applicant.address, applicant.legacy_address) == (NEW, OLD)
    assert offered(screen) == [""]


def test_f7_takes_one_person_after_the_other(screen: IntakeScreen, scan: Callable[[Person], None]) -> None:
    screen.picker.field.setText("khai sinh")
    press(Qt.Key.Key_Return)
    scan(replace(GRANDMOTHER, address=OLD))
    scan(replace(MOTHER, address=OLD))
    for _person in range(2):
        press(Qt.Key.Key_F5)
    visit = screen.presenter.state.visit
    people = [visit.applicant, *visit.people.values()]
    assert [(each.address, each.legacy_address) for each in people if each] == [(NEW, OLD)] * 2


def test_the_confirmed_address_stands_in_the_form_in_its_parts(
    screen: IntakeScreen, scan: Callable[[Person], None]
) -> None:
    screen.picker.field.setText("khai sinh")
    press(Qt.Key.Key_Return)
    scan(replace(GRANDMOTHER, address=OLD))
    press(Qt.Key.Key_F5)
    assessment = screen.presenter.state.assessment
    assert assessment is not None
    values = assessment.forms[0].filled.values
    assert values["nyc_noi_cu_tru"] == {
        "detail": "Tổ 5",
        "commune": "phường Hòa Bình",
        "province": "tỉnh Phú Thọ",
        "legacy_text": OLD,
    }


def test_a_split_ward_opens_the_communes_to_choose_from(
    screen: IntakeScreen, scan: Callable[[Person], None]
) -> None:
    scan(replace(GRANDMOTHER, address=SPLIT))
    assert offered(screen)[0].startswith("Địa chỉ mới, chọn một:")
    press(Qt.Key.Key_F5)
    chosen = screen.person.address.commune.places()[0]
    press(Qt.Key.Key_Return)
    applicant = screen.presenter.state.visit.applicant
    assert applicant is not None
    assert applicant.address == f"Số 1, {chosen.commune}, thành phố Hà Nội"
    assert applicant.legacy_address == SPLIT


def test_leaving_without_choosing_keeps_the_cards_words(
    screen: IntakeScreen, scan: Callable[[Person], None]
) -> None:
    scan(replace(GRANDMOTHER, address=SPLIT))
    press(Qt.Key.Key_F5)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    applicant = screen.presenter.state.visit.applicant
    assert applicant is not None
    assert (applicant.address, applicant.legacy_address) == (SPLIT, "")
    assert offered(screen)[0]


def test_the_button_on_the_card_does_the_same(screen: IntakeScreen, scan: Callable[[Person], None]) -> None:
    scan(replace(GRANDMOTHER, address=OLD))
    buttons = screen.people.findChildren(QAbstractButton)
    next(each for each in buttons if each.accessibleName().startswith("Dùng: ")).click()
    applicant = screen.presenter.state.visit.applicant
    assert applicant is not None
    assert applicant.address == NEW


@pytest.mark.parametrize(
    "address", ["Xóm Bưởi", "Xóm Bưởi, xã Trung Minh, tỉnh Phú Thọ", "Praha, Cộng hòa Séc"]
)
def test_an_address_that_needs_nothing_offers_nothing(
    screen: IntakeScreen, scan: Callable[[Person], None], address: str
) -> None:
    scan(replace(GRANDMOTHER, address=address))
    assert offered(screen) == [""]
    press(Qt.Key.Key_F5)
    applicant = screen.presenter.state.visit.applicant
    assert applicant is not None
    assert applicant.address == address


def test_looking_at_a_person_changes_no_address(screen: IntakeScreen, scan: Callable[[Person], None]) -> None:
    for address in (OLD, SPLIT, "Bản Mòn, xã Chiềng Mung", "Xóm Bưởi", NEW):
        scan(replace(GRANDMOTHER, address=address))
        before = screen.presenter.state.visit.applicant
        screen.type_person("applicant")
        screen.person.phone.setFocus()
        QTest.keyClicks(screen.person.phone, "0912345678")
        press(Qt.Key.Key_Escape)
        assert before is not None
        assert screen.presenter.state.visit.applicant == replace(before, phone="0912345678")
        screen.presenter.new_visit()
