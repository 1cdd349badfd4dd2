"""The screen of citizens in a real window: search, page, correction, merge and undo, letters, new intake."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit
from tests.helpers.builders import MORNING
from tests.helpers.visits import BIRTH, CHILD_ANSWERS, FATHER, GRANDMOTHER, MOTHER, card_text

from counter_app.domain.authorisation import Scope
from counter_app.services.desk import Desk
from counter_app.services.people.person_file import open_person
from counter_app.services.receive_dossier import receive
from counter_app.ui import quick_search
from counter_app.ui.intake.view import IntakeScreen
from counter_app.ui.main_window import MainWindow
from counter_app.ui.people.view import PeopleScreen

OLD = replace(GRANDMOTHER, personal_id="113456789", phone="0912345678", issued_on=None)
SEN = GRANDMOTHER.personal_id


@pytest.fixture
def screen(desk: Desk, window: MainWindow) -> PeopleScreen:
    """Bà Sen, who registered her daughter's child, and is known under an old number too."""
    answers = {**CHILD_ANSWERS, "nyc_quan_he": "Bà ngoại"}
    receive(desk, replace(BIRTH, fields={"ht-khai-sinh": answers}), clerk="Mai")
    with desk.store.writing() as transaction:
        transaction.remember_person(OLD, MORNING, "applicant")
    window.open_screen("people", text="dinh thi", person_id=SEN)
    made = window.current_screen()
    assert isinstance(made, PeopleScreen)
    return made


def texts(screen: PeopleScreen) -> str:
    QApplication.processEvents()  # new cards are laid out and shown
    return "\n".join(label.text() for label in screen.findChildren(QLabel) if label.isVisible())


def press(screen: PeopleScreen, name: str) -> None:
    QApplication.processEvents()
    found = [
        each
        for each in screen.findChildren(QAbstractButton)
        if each.isVisible() and each.accessibleName().startswith(name)
    ]
    assert found, name
    found[0].click()


def audited(desk: Desk) -> list[str]:
    with desk.store.reading() as queries:
        return [row[0] for row in queries._sql.rows("SELECT act FROM audit_entry ORDER BY seq")]  # type: ignore[attr-defined]


def test_the_page_shows_visits_relatives_namesakes_and_hides_the_number(
    desk: Desk, screen: PeopleScreen
) -> None:
    shown = texts(screen)
    for words in (
        "Đinh Thị Sen",
        "0171******21",
        "Đăng ký khai sinh",
        MOTHER.full_name,
        "Con gái",
        "1134***89",
    ):
        assert words in shown
    assert SEN not in shown
    assert audited(desk).count("person_viewed") == 1  # the page itself
    press(screen, "Hiện số đầy đủ")
    assert SEN in texts(screen)
    assert audited(desk).count("person_viewed") == 2
    assert audited(desk)[-1] == "person_viewed"
    screen.workspace.shell.open_screen("dossiers")
    screen.workspace.shell.open_screen("people", person_id=SEN)
    assert SEN not in texts(screen)


def test_typing_finds_and_enter_opens(desk: Desk, screen: PeopleScreen, window: MainWindow) -> None:
    window.open_screen("people")
    screen.side.field.clear()
    QTest.keyClicks(screen.side.field, "nguyen van thang")
    QTest.keyClick(screen.side.field, Qt.Key.Key_Return)
    assert screen.presenter.personal_id == FATHER.personal_id
    assert FATHER.full_name in texts(screen)
    QTest.keyClick(screen.side.field, Qt.Key.Key_Escape)
    assert screen.side.field.text() == ""


def test_merging_and_undoing_on_the_page(desk: Desk, screen: PeopleScreen) -> None:
    before = open_person(desk, SEN)
    press(screen, "So sánh, gộp")
    assert screen.merging.keep[0].isChecked()
    QTest.keyClick(screen, Qt.Key.Key_F9)
    assert [each.person.personal_id for each in open_person(desk, SEN).records] == [SEN, OLD.personal_id]
    assert "0912345678" in texts(screen)
    assert len(screen.side.model.rows) == 1
    press(screen, "Hoàn tác gộp")
    assert open_person(desk, SEN) == before
    assert len(screen.side.model.rows) == 2


def test_a_doubtful_merge_asks_for_a_reason_and_loses_nothing(desk: Desk, screen: PeopleScreen) -> None:
    with desk.store.reading() as queries:
        other = queries.person(FATHER.personal_id)
    assert other is not None
    screen.compare(other.person)
    assert "Giới tính khác nhau." in texts(screen)
    assert screen.merging.reason.hasFocus()
    screen.merging.keep[0].setChecked(True)
    screen.merging.finish()
    assert screen.pages.currentWidget() is screen.merging
    assert open_person(desk, SEN).merges == ()
    assert screen.escape()
    assert texts(screen).count("Đinh Thị Sen") > 0


def test_a_correction_keeps_the_old_value_on_the_page(desk: Desk, screen: PeopleScreen) -> None:
    press(screen, "Sửa thông tin")
    screen.correction.phone.setText("0987654321")
    screen.correction.name.setText("Đinh Thị Sên")
    screen.correction.button.click()
    assert open_person(desk, SEN).person == GRANDMOTHER  # no reason yet
    screen.correction.reason.setText("Bà đọc lại tên")
    QTest.keyClick(screen, Qt.Key.Key_F9)
    assert open_person(desk, SEN).person == replace(GRANDMOTHER, full_name="Đinh Thị Sên", phone="0987654321")
    assert "Họ tên: Đinh Thị Sen" in texts(screen)
    assert "Bà đọc lại tên" in texts(screen)


def test_a_letter_is_written_from_a_scanned_card_and_ended(
    desk: Desk, screen: PeopleScreen, window: MainWindow
) -> None:
    press(screen, "Ghi giấy ủy quyền")
    page = screen.letter
    assert window.live is not None
    window.live.scanning.router.route(card_text(FATHER))
    assert page.delegate_name.text() == FATHER.full_name
    page.scope.set_value(Scope.DOSSIER.value)
    page.scope.edited.emit()
    assert "H29.12-261123-1001" in page.subject.currentText()
    page.signed_on.setText("32/13/2026")
    QTest.keyClick(screen, Qt.Key.Key_F9)
    assert open_person(desk, SEN).letters == ()
    page.signed_on.setText("20/11/2026")
    press(screen, "In giấy để ký")
    assert [title for title, _ in desk.printer.printed] == ["giay-uy-quyen.pdf"]  # type: ignore[attr-defined]
    QTest.keyClick(screen, Qt.Key.Key_F9)
    assert f"Ủy quyền cho {FATHER.full_name}" in texts(screen)
    assert "Còn hiệu lực" in texts(screen)
    press(screen, "Chấm dứt")
    screen.ending.reason.setText("Bà rút lại")
    QTest.keyClick(screen, Qt.Key.Key_F9)
    assert "Đã chấm dứt" in texts(screen)


def test_a_known_delegate_is_filled_in_from_the_number(screen: PeopleScreen) -> None:
    press(screen, "Ghi giấy ủy quyền")
    QTest.keyClicks(screen.letter.delegate_id, FATHER.personal_id)
    assert screen.letter.delegate() == FATHER


def test_a_wrong_relative_goes_and_comes_back_with_undo(
    desk: Desk, screen: PeopleScreen, window: MainWindow
) -> None:
    press(screen, "Bỏ")
    assert open_person(desk, SEN).relatives == ()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
    assert [each.person.full_name for each in open_person(desk, SEN).relatives] == [MOTHER.full_name]


def test_f9_starts_an_intake_for_this_citizen(screen: PeopleScreen, window: MainWindow) -> None:
    QTest.keyClick(screen, Qt.Key.Key_F9)
    intake = window.current_screen()
    assert isinstance(intake, IntakeScreen)
    assert intake.presenter.state.visit.applicant == GRANDMOTHER
    assert not intake.presenter.state.visit.card_shown
    assert "từ hồ sơ trước" in "".join(label.text() for label in intake.findChildren(QLabel))


def test_an_unknown_citizen_is_told(screen: PeopleScreen, window: MainWindow) -> None:
    window.open_screen("people", person_id="000190999999")
    assert "Không mở được" in texts(screen)


def test_quick_search_leads_to_the_page(desk: Desk, screen: PeopleScreen) -> None:
    hits = [hit for hit in quick_search.search(desk, "dinh thi sen") if hit.kind == "person"]
    assert [hit.screen_id for hit in hits] == ["people", "people"]
    assert {hit.request for hit in hits} == {(("person_id", SEN),), (("person_id", OLD.personal_id),)}


@pytest.mark.slow
@pytest.mark.parametrize("scale", [100, 200])
def test_every_page_fits_and_names_what_it_holds(
    desk: Desk, screen: PeopleScreen, make_open_window: Callable[..., MainWindow], scale: int
) -> None:
    window = make_open_window(desk, text_scale=scale)
    window.resize(1366, 768)
    window.open_screen("people", person_id=SEN)
    people = window.current_screen()
    assert isinstance(people, PeopleScreen)
    pages = (lambda: None, people.correct, people.write_letter, lambda: people.compare(OLD))
    for page in pages:
        page()
        QApplication.processEvents()
        buttons = [each for each in people.findChildren(QAbstractButton) if each.isVisible()]
        assert buttons
        narrow = [each.text() for each in buttons if each.width() < each.minimumSizeHint().width()]
        assert narrow == []
        fields = [each for each in people.findChildren(QLineEdit) if each.isVisible()]
        assert all(each.accessibleName() and each.height() >= 32 for each in fields)
        assert all(each.accessibleName() for each in buttons)
        plain = Qt.TextFormat.PlainText
        assert all(each.textFormat() == plain for each in people.findChildren(QLabel))
