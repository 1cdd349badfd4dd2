"""F7 in a real window: what is missing is asked for by keys, kept, printed, and continued another day."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from tests.helpers.desks import PaperTray
from tests.helpers.visits import BIRTH, FATHER, GRANDMOTHER
from tests.printing.paper_reading import all_text, squeezed

from counter_app.domain.intake_notice import IntakeNotice, NoticeKind
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.ui.intake.state import Received
from counter_app.ui.intake.view import IntakeScreen
from counter_app.ui.main_window import MainWindow


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def key(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), key, modifier)


def types(text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(QGuiApplication.focusObject(), event)


@pytest.fixture
def screen(window: MainWindow, desk: Desk) -> IntakeScreen:
    shown = window.current_screen()
    assert isinstance(shown, IntakeScreen)
    shown.presenter.take_card(GRANDMOTHER)
    shown.presenter.choose_procedure(desk.catalogue.procedure(BIRTH.procedure_id, desk.clock.now().date()))
    shown.settle()
    return shown


def notices(desk: Desk) -> list[IntakeNotice]:
    with desk.store.reading() as queries:
        return list(queries.notices_of_person(GRANDMOTHER.personal_id))


def printed(desk: Desk) -> list[tuple[str, bytes]]:
    assert isinstance(desk.printer, PaperTray)
    return desk.printer.printed


def ask(text: str) -> None:
    key(Qt.Key.Key_F7)
    types(text)
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_F9)


def test_everything_missing_is_on_one_request_and_the_visit_waits_in_the_drafts(
    screen: IntakeScreen, window: MainWindow, desk: Desk
) -> None:
    missing = screen.presenter.missing_papers()
    assert missing
    ask("Ảnh 3×4")
    (asked,) = notices(desk)
    assert asked.items == (*missing, "Ảnh 3×4")
    assert asked.reason
    (name, pdf) = printed(desk)[-1]
    assert name == "supplement.pdf"
    assert squeezed("Ảnh 3×4") in all_text(pdf)
    assert screen.presenter.state.visit.procedure_id == ""
    assert screen.bar.isVisible()
    with desk.store.reading() as queries:
        (draft,) = queries.drafts()
    assert draft.draft_id == asked.draft_id

    window.open_screen("drafts")
    words = [label.text() for label in window.current_screen().findChildren(QLabel)]  # type: ignore[union-attr]
    assert any("Đã yêu cầu bổ sung 23/11/2026" in each and "01-Q1/HDHS" in each for each in words)


def test_no_receipt_of_another_dossier_stays_beside_it(screen: IntakeScreen, desk: Desk) -> None:
    other = receive(desk, replace(BIRTH, applicant=FATHER), clerk="Mai")
    screen.presenter._become(received=Received(dossier=other))
    ask("Ảnh 3×4")
    assert notices(desk)
    assert not screen.receipt.isVisible()


def test_the_same_visit_is_asked_again_only_with_a_reason(screen: IntakeScreen, desk: Desk) -> None:
    ask("Ảnh 3×4")
    (first,) = notices(desk)
    screen.presenter.open_draft(first.draft_id)
    key(Qt.Key.Key_F7)
    page = screen.notice
    assert page.repeat.isVisible()
    key(Qt.Key.Key_F9)
    assert focus() is page.repeat
    assert len(notices(desk)) == 1
    types("Công dân nộp nhầm bản")
    key(Qt.Key.Key_F9)
    assert [each.repeat_reason for each in notices(desk)] == ["Công dân nộp nhầm bản", ""]


def test_escape_tells_nothing_and_loses_nothing(screen: IntakeScreen, desk: Desk) -> None:
    visit = screen.presenter.state.visit
    key(Qt.Key.Key_F7)
    key(Qt.Key.Key_Escape)
    assert screen.presenter.state.visit == visit
    assert screen.bar.isVisible()
    assert notices(desk) == []


def test_a_refusal_needs_a_ground(screen: IntakeScreen, desk: Desk) -> None:
    screen.open_refusal()
    key(Qt.Key.Key_F9)
    assert notices(desk) == []
    types("Trẻ đã được đăng ký khai sinh")
    key(Qt.Key.Key_F9)
    (refused,) = notices(desk)
    assert (refused.kind, refused.items) == (NoticeKind.REFUSAL, ("Trẻ đã được đăng ký khai sinh",))
    assert printed(desk)[-1][0] == "refusal.pdf"


def test_online_guidance_is_counted_and_the_visit_goes_on(screen: IntakeScreen, desk: Desk) -> None:
    visit = screen.presenter.state.visit
    key(Qt.Key.Key_F7)
    key(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    key(Qt.Key.Key_F9)
    today = desk.clock.now().date()
    with desk.store.reading() as queries:
        (count,) = queries.guidance_counts(today, today)
    assert (count.procedure_id, count.count) == (BIRTH.procedure_id, 1)
    assert notices(desk) == []
    assert printed(desk) == []
    assert replace(screen.presenter.state.visit) == visit


def test_a_failed_printer_leaves_the_request_and_offers_it_again(
    screen: IntakeScreen, desk: Desk, window: MainWindow
) -> None:
    assert isinstance(desk.printer, PaperTray)
    desk.printer.failing = True
    ask("Ảnh 3×4")
    (asked,) = notices(desk)
    desk.printer.failing = False
    screen.presenter.print_notice_again(asked.notice_id)
    assert printed(desk)[-1][0] == "supplement.pdf"


def test_nothing_is_told_without_a_procedure(window: MainWindow, desk: Desk) -> None:
    shown = window.current_screen()
    assert isinstance(shown, IntakeScreen)
    key(Qt.Key.Key_F7)
    assert shown.bar.isVisible()


def test_guidance_from_the_page_of_a_procedure(window: MainWindow, desk: Desk) -> None:
    window.open_screen("procedures", procedure_id=BIRTH.procedure_id)
    shown = window.current_screen()
    assert shown is not None
    shown.page.guided.click()  # type: ignore[attr-defined]
    today = desk.clock.now().date()
    with desk.store.reading() as queries:
        assert [each.count for each in queries.guidance_counts(today, today)] == [1]
