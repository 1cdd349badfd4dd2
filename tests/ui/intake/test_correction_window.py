"""Correcting a received dossier in a real window, by keys: nothing of its identity moves, all else may."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.helpers.desks import CLERK, PaperTray
from tests.helpers.visits import BIRTH, FATHER
from tests.printing.paper_reading import all_text

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import EnterResult
from counter_app.services.acts.perform import perform
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.ui.dossier.view import DossierScreen
from counter_app.ui.intake.view import IntakeScreen
from counter_app.ui.main_window import MainWindow

FORM = "ht-khai-sinh"
WHY = "Sai tên trẻ"


@pytest.fixture
def received(desk: Desk) -> Dossier:
    dossier = receive(desk, replace(BIRTH, slip_asked=True), clerk=CLERK)
    clock = desk.clock
    clock.advance(hours=3)  # type: ignore[attr-defined]
    return dossier


def key(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), key, modifier)


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def types(text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(QGuiApplication.focusObject(), event)


def correcting(window: MainWindow, dossier: Dossier) -> IntakeScreen:
    window.open_screen("intake", correct=dossier.dossier_code)
    screen = window.current_screen()
    assert isinstance(screen, IntakeScreen)
    assert screen.presenter.state.correcting is not None
    return screen


def stored(desk: Desk, dossier: Dossier) -> Dossier:
    with desk.store.reading() as queries:
        found = queries.dossier(dossier.dossier_id)
        assert queries.dossier_count() == 1
    assert found is not None
    return found


def drafts(desk: Desk) -> list[str]:
    with desk.store.reading() as queries:
        return [draft.draft_id for draft in queries.drafts()]


def rename_child(screen: IntakeScreen, name: str) -> None:
    screen.presenter.answer(FORM, "ks_ho_ten", name)


def test_f9_asks_for_a_change_then_the_reason_and_prints_again(
    window: MainWindow, desk: Desk, received: Dossier
) -> None:
    screen = correcting(window, received)
    strip = screen.correction
    assert received.dossier_code in strip.what.text()
    assert strip.isVisible()
    assert not screen.bar.receive.isVisible()
    assert screen.bar.missing.text() == "Chưa sửa gì"

    rename_child(screen, "Nguyễn Bùi Minh Khuê")
    assert "Tờ khai" in strip.changes.text()
    assert screen.bar.missing.text() == "Ghi lý do sửa"
    key(Qt.Key.Key_F9)
    assert screen.correction.reason.isAncestorOf(focus()) or focus() is strip.reason
    types(WHY)
    key(Qt.Key.Key_Return)
    assert screen.bar.receive.isVisible()
    assert screen.bar.receive.text() == "Lưu sửa và in lại"
    key(Qt.Key.Key_F9)

    after = stored(desk, received)
    assert after.forms[0].answers["ks_ho_ten"] == "Nguyễn Bùi Minh Khuê"
    same = ("dossier_id", "dossier_code", "lookup_secret", "received_at", "register_no", "clerk", "due_at")
    assert [getattr(after, name) for name in same] == [getattr(received, name) for name in same]
    with desk.store.reading() as queries:
        step = queries.history(received.dossier_id)[-1]
    assert (step.act, step.detail["reason"]) == ("corrected", WHY)
    assert isinstance(desk.printer, PaperTray)
    printed = dict(desk.printer.printed)
    assert set(printed) == {"slip.pdf", f"form-{FORM}.pdf"}
    assert "Đínhchính" in all_text(printed["slip.pdf"])
    assert "nguyễnbùiminhkhuê" in all_text(printed[f"form-{FORM}.pdf"]).lower()
    assert drafts(desk) == []
    assert screen.presenter.state.correcting is None
    assert not strip.isVisible()


def test_it_starts_at_the_reason_and_one_button_alone_says_esc(window: MainWindow, received: Dossier) -> None:
    screen = correcting(window, received)
    assert screen.correction.reason.hasFocus()
    assert screen.correction.leave.isVisible()
    screen.type_person("applicant")
    assert not screen.correction.leave.isVisible()
    key(Qt.Key.Key_Escape)
    assert screen.correction.leave.isVisible()


def test_escape_leaves_the_dossier_and_keeps_what_was_typed(
    window: MainWindow, desk: Desk, received: Dossier
) -> None:
    screen = correcting(window, received)
    rename_child(screen, "Tên Khác")
    key(Qt.Key.Key_Escape)
    assert isinstance(window.current_screen(), DossierScreen)
    assert stored(desk, received) == received
    (draft,) = drafts(desk)
    screen = correcting(window, received)
    assert screen.presenter.state.draft_id == draft
    assert screen.presenter.state.visit.fields[FORM]["ks_ho_ten"] == "Tên Khác"
    assert screen.bar.missing.text() == "Ghi lý do sửa"


def test_escape_with_nothing_changed_leaves_nothing_behind(
    window: MainWindow, desk: Desk, received: Dossier
) -> None:
    correcting(window, received)
    key(Qt.Key.Key_Escape)
    assert isinstance(window.current_screen(), DossierScreen)
    assert drafts(desk) == []


def test_a_crash_brings_the_correction_back_and_never_a_second_dossier(
    make_open_window: Callable[..., MainWindow], desk: Desk, received: Dossier, qtbot: QtBot
) -> None:
    first = make_open_window(desk)
    screen = correcting(first, received)
    rename_child(screen, "Nguyễn Bùi Minh Khuê")
    screen.presenter.keeper.flush()

    again = make_open_window(desk)  # as after a power cut: a new window over what is on disk
    back = again.current_screen()
    assert isinstance(back, IntakeScreen)
    state = back.presenter.state
    assert state.correcting is not None
    assert state.correcting.before.dossier_id == received.dossier_id
    back.presenter.explain_correction(WHY, "", "")
    assert back.presenter.receive()
    after = stored(desk, received)
    assert after.forms[0].answers["ks_ho_ten"] == "Nguyễn Bùi Minh Khuê"
    assert drafts(desk) == []


def test_another_procedure_and_person_under_the_same_code(
    window: MainWindow, desk: Desk, received: Dossier
) -> None:
    screen = correcting(window, received)
    presenter = screen.presenter
    copies = desk.catalogue.procedure("chung-thuc-ban-sao-tu-ban-chinh", desk.clock.now().date())
    presenter.choose_procedure(copies)
    for role in list(presenter.state.visit.people):
        presenter.remove_person(role)
    presenter.edit_person("applicant", replace(FATHER, phone="0912345678"))
    presenter.state_fact("pages", 3)
    presenter.state_fact("copies_certified", 2)
    text = screen.correction.changes.text()
    for words in ("Thủ tục", "Người nộp", "Phí, lệ phí", "Giấy tờ", FATHER.full_name):
        assert words in text
    assert FATHER.personal_id not in text
    screen.correction.reason.setEditText("Nhầm thủ tục")  # where the keyboard is when a correction begins
    presenter.explain_correction("Nhầm thủ tục", "", "")
    assert presenter.receive()
    if presenter.state.doubt is not None:
        presenter.confirm_doubt()
    after = stored(desk, received)
    assert after.procedure.procedure_id == "chung-thuc-ban-sao-tu-ban-chinh"
    assert after.applicant.full_name == FATHER.full_name
    assert (after.dossier_code, after.received_at) == (received.dossier_code, received.received_at)
    with desk.store.reading() as queries:
        assert [row.dossier_code for row in queries.find(FATHER.full_name)] == [received.dossier_code]


def test_another_day_needs_its_own_reason(window: MainWindow, desk: Desk, received: Dossier) -> None:
    screen = correcting(window, received)
    presenter = screen.presenter
    presenter.explain_correction("Nhầm ngày hẹn", "2026-12-01", "")
    assert "01/12/2026" in screen.correction.changes.text()
    assert screen.bar.missing.text() == "Ghi lý do đổi ngày"
    assert not presenter.receive()
    presenter.explain_correction("Nhầm ngày hẹn", "2026-12-01", "in nhầm")
    assert presenter.receive()
    after = stored(desk, received)
    assert after.due_at is not None
    assert after.due_at.date().isoformat() == "2026-12-01"
    with desk.store.reading() as queries:
        step = queries.history(received.dossier_id)[-1]
    assert step.detail["reason"] == "Nhầm ngày hẹn – in nhầm"


def test_an_unreadable_day_is_said_and_not_saved(window: MainWindow, received: Dossier) -> None:
    screen = correcting(window, received)
    screen.presenter.explain_correction("Nhầm ngày hẹn", "mai kia", "in nhầm")
    assert screen.bar.missing.text() == "Xem lại ngày hẹn"
    assert not screen.presenter.receive()


def test_a_resolved_dossier_is_shown_with_the_rule_instead(
    window: MainWindow, desk: Desk, received: Dossier
) -> None:
    perform(desk, received.dossier_id, EnterResult())
    window.open_screen("intake", correct=received.dossier_code)
    assert isinstance(window.current_screen(), DossierScreen)
    assert drafts(desk) == []


def test_the_law_of_the_day_of_receipt_counts(window: MainWindow, desk: Desk, received: Dossier) -> None:
    desk.clock.advance(days=2)  # type: ignore[attr-defined]
    screen = correcting(window, received)
    screen.presenter.tick()
    state = screen.presenter.state
    assert state.now == received.received_at
    assert state.correcting is not None
    assert state.correcting.changed == ()
    assert state.assessment is not None
    assert state.assessment.promise == received.promise
    assert not state.open_same  # its own dossier is no other one


def test_another_applicant_fills_the_form_anew(window: MainWindow, desk: Desk, received: Dossier) -> None:
    """Answers that only repeated the card of the wrong person go with that person."""
    screen = correcting(window, received)
    presenter = screen.presenter
    assert "nyc_ho_ten" not in presenter.state.visit.fields[FORM]
    assert presenter.state.correcting is not None
    assert presenter.state.correcting.changed == ()
    presenter.edit_person("applicant", replace(BIRTH.people["me"], full_name="Bùi Thị Sửa Lại"))
    presenter.explain_correction("Nhầm người", "", "")
    assert presenter.receive()
    after = stored(desk, received)
    assert "Bùi Thị Sửa Lại" in {str(value) for value in after.forms[0].answers.values()}
    assert received.applicant.full_name not in {str(value) for value in after.forms[0].answers.values()}
