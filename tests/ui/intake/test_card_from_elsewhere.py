"""A card scanned in front of another screen never joins an unfinished visit unasked."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.helpers.visits import BIRTH, FATHER, GRANDMOTHER, MOTHER, card_text

from counter_app.services.desk import Desk
from counter_app.ui.intake.view import IntakeScreen
from counter_app.ui.main_window import MainWindow


@pytest.fixture
def screen(window: MainWindow, desk: Desk) -> IntakeScreen:
    """An unfinished birth registration of the grandmother, another screen in front."""
    window.open_screen("intake", procedure_id=BIRTH.procedure_id)
    shown = window.current_screen()
    assert isinstance(shown, IntakeScreen)
    scan(window, GRANDMOTHER)
    window.open_screen("dossiers")
    return shown


def scan(window: MainWindow, person: object) -> None:
    assert window.live is not None
    window.live.scanning.router.route(card_text(person))  # type: ignore[arg-type]


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key)


def test_the_clerk_is_asked_and_enter_begins_anew(
    window: MainWindow, screen: IntakeScreen, desk: Desk
) -> None:
    scan(window, MOTHER)
    assert window.current_screen() is screen
    assert screen.choice.isVisible()
    assert not screen.bar.isVisible()
    assert screen.choice.anew.hasFocus()
    assert screen.choice.anew.accessibleName() == f"Tiếp nhận mới cho {MOTHER.full_name}"
    assert "Mẹ" in screen.choice.join.text()
    assert not screen.presenter.state.visit.people
    old = screen.presenter.state.draft_id

    press(window, Qt.Key.Key_Return)
    visit = screen.presenter.state.visit
    assert visit.applicant is not None
    assert (visit.applicant.personal_id, visit.people) == (MOTHER.personal_id, {})
    assert screen.bar.isVisible()
    with desk.store.reading() as queries:
        assert old in [draft.draft_id for draft in queries.drafts()]


def test_the_card_joins_at_the_clerks_word(window: MainWindow, screen: IntakeScreen) -> None:
    scan(window, MOTHER)
    screen.choice.join.click()
    visit = screen.presenter.state.visit
    assert visit.applicant is not None
    assert visit.applicant.personal_id == GRANDMOTHER.personal_id
    assert [each.personal_id for each in visit.people.values()] == [MOTHER.personal_id]
    scan(window, FATHER)  # in front now: as always
    assert len(screen.presenter.state.visit.people) == 2


def test_escape_uses_no_card_and_another_card_asks_anew(window: MainWindow, screen: IntakeScreen) -> None:
    scan(window, MOTHER)
    scan(window, FATHER)
    assert FATHER.full_name in screen.choice.title.text()
    press(window, Qt.Key.Key_F9)
    assert screen.presenter.state.received is None
    press(window, Qt.Key.Key_Escape)
    assert screen.bar.isVisible()
    assert not screen.presenter.state.visit.people


def test_a_card_of_the_visit_itself_asks_nothing(window: MainWindow, screen: IntakeScreen) -> None:
    scan(window, GRANDMOTHER)
    assert window.current_screen() is screen
    assert screen.bar.isVisible()
