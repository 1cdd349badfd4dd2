"""Another day in the open window: notices, the switch at midnight, and an expired procedure for a reason."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from tests.helpers.data_copy import DataCopy, copy_data
from tests.helpers.desks import make_desk
from tests.helpers.later_versions import add_successor
from tests.helpers.visits import CHILD_ANSWERS, FATHER, GRANDMOTHER, MOTHER
from tests.scenarios.counter import moment_of, set_clock

from counter_app.services.desk import Desk
from counter_app.services.look_up import open_dossier
from counter_app.ui.dossier.history_words import history_words
from counter_app.ui.intake.view import IntakeScreen
from counter_app.ui.main_window import MainWindow
from counter_app.ui.notices.area import NoticeArea
from counter_app.ui.procedures.view import ProceduresScreen

BIRTH, FORM = "dang-ky-khai-sinh", "ht-khai-sinh"
REASON = "Hồ sơ gửi bưu chính ngày 26/02/2027"


@pytest.fixture
def data(tmp_path: Path) -> DataCopy:
    return copy_data(tmp_path / "data")


@pytest.fixture
def desk(tmp_path: Path, data: DataCopy) -> Iterator[Desk]:
    """The evening before the law changes."""
    made = make_desk(tmp_path / "counter", moment_of("23:50", "28/02/2027"))
    made.catalogue = data.catalogue()
    yield made
    made.store.close()


@pytest.fixture
def renewed(desk: Desk, data: DataCopy) -> Desk:
    """The same evening, with the versions of tomorrow on board; the new form asks one question less."""
    add_successor(data.forms, "procedures", BIRTH, date(2027, 3, 1))
    add_successor(data.forms, "templates", FORM, date(2027, 3, 1))
    desk.catalogue = data.catalogue()
    return desk


def midnight(window: MainWindow, desk: Desk) -> None:
    """The clock goes on and the timer of the day rings."""
    set_clock(desk, moment_of("00:05", "01/03/2027"))
    assert window.daily is not None
    window.daily.watch.check()
    QApplication.processEvents()


def watching(make: Callable[..., MainWindow], desk: Desk) -> MainWindow:
    window = make(desk)
    window.begin_daily()
    return window


def begin_birth(window: MainWindow) -> IntakeScreen:
    window.open_screen("intake", new="1", procedure_id=BIRTH)
    screen = window.current_screen()
    assert isinstance(screen, IntakeScreen)
    for person in (GRANDMOTHER, MOTHER, FATHER):
        screen.presenter.take_card(person)
    for key, value in (CHILD_ANSWERS | {"ks_ngay_sinh": "2027-02-20"}).items():
        screen.presenter.answer(FORM, key, value)
    screen.presenter.tick_part("giay_chung_sinh", True)
    return screen


def notices(window: MainWindow) -> NoticeArea:
    assert window.daily is not None
    return window.daily.notices


def button(screen: QWidget, text: str) -> QPushButton:
    QApplication.processEvents()
    (found,) = [b for b in screen.findChildren(QPushButton) if b.text() == text and b.isVisible()]
    return found


def words(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_an_open_visit_is_told_of_the_switch_and_keeps_every_answer(
    renewed: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    window = watching(make_open_window, renewed)
    screen = begin_birth(window)
    before = screen.presenter.state.visit
    midnight(window, renewed)
    state = screen.presenter.state
    assert state.switched
    assert state.visit.fields == before.fields
    assert (state.visit.people, state.visit.parts) == (before.people, before.parts)
    assert state.assessment is not None
    assert state.assessment.procedure.version == "2027-03-01"
    assert state.assessment.forms[0].template.version == "2027-03-01"
    said = "Từ 0 giờ, thủ tục này áp dụng bản mới: kiểm tra lại giấy tờ và tờ khai."
    assert said in words(screen.form.law)
    button(screen.form.law, "Đã xem").click()
    assert not screen.presenter.state.switched
    assert not screen.form.law.isVisible()


def test_an_answer_nobody_asks_any_more_is_counted_and_the_others_stay(
    desk: Desk, data: DataCopy, make_open_window: Callable[..., MainWindow]
) -> None:
    add_successor(data.forms, "procedures", BIRTH, date(2027, 3, 1))
    edits = [("ks_noi_sinh", "ks_noi_sinh_moi")]
    add_successor(data.forms, "templates", FORM, date(2027, 3, 1), edits)
    desk.catalogue = data.catalogue()
    window = watching(make_open_window, desk)
    screen = begin_birth(window)
    midnight(window, desk)
    state = screen.presenter.state
    answers = state.visit.fields[FORM]
    assert (state.unasked, "ks_noi_sinh" in answers) == (1, False)
    assert answers["ks_ho_ten"] == CHILD_ANSWERS["ks_ho_ten"]
    assert "Có 1 câu trả lời không còn được hỏi." in words(screen.form.law)
    assert state.assessment is not None
    assert "ks_noi_sinh_moi" in {item.key for item in state.assessment.missing}


def test_a_switch_that_came_while_the_draft_lay_aside_is_told_when_it_is_opened(
    renewed: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    window = watching(make_open_window, renewed)
    screen = begin_birth(window)
    draft_id = screen.presenter.state.draft_id
    window.open_screen("intake", new="1")
    midnight(window, renewed)
    assert not screen.presenter.state.switched
    window.open_screen("intake", draft_id=draft_id)
    assert screen.presenter.state.switched
    assert screen.presenter.state.visit.fields[FORM]["ks_ho_ten"] == CHILD_ANSWERS["ks_ho_ten"]


def test_another_case_or_procedure_is_no_switch(
    renewed: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    window = watching(make_open_window, renewed)
    screen = begin_birth(window)
    screen.presenter.choose_case("tre-bi-bo-roi")
    (single,) = renewed.catalogue.versions_of("cap-giay-xac-nhan-tinh-trang-hon-nhan")
    screen.presenter.choose_procedure(single)
    assert not screen.presenter.state.switched
    set_clock(renewed, moment_of("23:59", "28/02/2027"))
    screen.presenter.tick()
    assert not screen.presenter.state.switched


def test_a_visit_whose_procedure_expired_at_midnight_goes_on_for_a_reason(
    desk: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    window = watching(make_open_window, desk)
    screen = begin_birth(window)
    fields = screen.presenter.state.visit.fields
    midnight(window, desk)
    card = screen.form.law.override
    assert card.isVisible()
    assert not card.reason.hasFocus()
    assert "Các câu đã trả lời vẫn được giữ." in words(card)
    assert "Quy định chuyển tiếp: Hồ sơ nộp trước 01/03/2027" in words(card)
    assert not screen.presenter.receive()
    card.reason.setText("vội")
    card.take.click()
    assert screen.presenter.state.assessment is None
    assert "ít nhất 10 ký tự" in words(card)
    QTest.keyClicks(card.reason, " qua nen nhan")
    assert "ít nhất 10 ký tự" not in words(card)
    card.reason.setText(REASON)
    QTest.keyClick(card.reason, Qt.Key.Key_Return)
    assert screen.presenter.state.assessment is None
    QTest.keyClick(card.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    state = screen.presenter.state
    assert state.assessment is not None
    assert state.visit.fields == fields
    assert state.visit.override_reason == REASON
    assert REASON in words(screen.form.law)
    screen.receive()
    assert screen.presenter.state.doubt is None or screen.presenter.confirm_doubt() is None
    received = screen.presenter.state.received
    assert received is not None
    history = open_dossier(desk, received.dossier.dossier_code).history
    assert history[0].detail["override_reason"] == REASON
    assert history_words(history[0]).endswith(REASON)


def test_an_accepted_reason_is_taken_back(desk: Desk, make_open_window: Callable[..., MainWindow]) -> None:
    window = watching(make_open_window, desk)
    screen = begin_birth(window)
    before = screen.presenter.state.visit
    midnight(window, desk)
    law = screen.form.law
    law.override.reason.setText(REASON)
    law.override.take.click()
    assert not law.override.isVisible()
    assert not law.take_back.hasFocus()
    button(law, "Bỏ").click()
    visit = screen.presenter.state.visit
    assert (visit.override_reason, visit.fields, visit.parts) == ("", before.fields, before.parts)
    assert law.override.isVisible()
    assert not law.take_back.isVisible()


def test_the_box_for_the_reason_is_scrolled_into_view(
    desk: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    set_clock(desk, moment_of("09:00", "01/03/2027"))
    window = make_open_window(desk, text_scale=130)
    window.resize(1366, 500)
    window.open_screen("procedures", procedure_id=BIRTH)
    screen = window.current_screen()
    assert isinstance(screen, ProceduresScreen)
    QApplication.processEvents()
    screen._scroll.verticalScrollBar().setValue(screen._scroll.verticalScrollBar().maximum())
    screen.page.override_button.click()
    QTest.qWait(50)
    box = screen.page.override.reason
    top = box.mapTo(screen._scroll.viewport(), QPoint(0, 0)).y()
    assert 0 <= top <= screen._scroll.viewport().height() - box.height()


def test_an_expired_procedure_is_received_from_its_page_for_a_reason(
    desk: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    set_clock(desk, moment_of("09:00", "01/03/2027"))
    window = make_open_window(desk)
    window.open_screen("procedures", procedure_id=BIRTH)
    page = window.current_screen()
    assert isinstance(page, ProceduresScreen)
    button(page, "Tiếp nhận theo bản đã hết hiệu lực…").click()
    assert page.page.override.isVisible()
    assert page.escape()
    assert not page.page.override.isVisible()
    button(page, "Tiếp nhận theo bản đã hết hiệu lực…").click()
    page.page.override.reason.setText(REASON)
    page.page.override.take.click()
    screen = window.current_screen()
    assert isinstance(screen, IntakeScreen)
    visit = screen.presenter.state.visit
    assert (visit.procedure_id, visit.override_reason) == (BIRTH, REASON)
    assert screen.presenter.state.assessment is not None


def test_the_picker_offers_only_what_is_in_force_and_follows_the_day(
    desk: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    window = watching(make_open_window, desk)
    screen = window.current_screen()
    assert isinstance(screen, IntakeScreen)
    before = screen.picker.list.model().rowCount()
    set_clock(desk, moment_of("00:05", "01/03/2027"))
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))  # the clerk comes back to the window
    QApplication.processEvents()
    assert screen.picker.list.model().rowCount() == before - 2


def test_notices_follow_the_day_and_lead_to_the_place(
    desk: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    window = watching(make_open_window, desk)
    area = notices(window)
    focus = QApplication.focusWidget()
    assert [line.text for line in area.lines] == [
        "2 thủ tục sắp hết hiệu lực, gần nhất 28/02/2027.",
        "2 tờ khai sắp hết hiệu lực trong 30 ngày.",
    ]
    assert QApplication.focusWidget() is focus
    midnight(window, desk)
    area.look()
    assert "2 thủ tục đã hết hiệu lực, chưa có bản thay thế." in words(area)
    button(area, "Xem thủ tục").click()
    screen = window.current_screen()
    assert isinstance(screen, ProceduresScreen)
    assert {row.procedure.procedure_id for row in screen.model.rows} == {
        BIRTH,
        "cap-giay-xac-nhan-tinh-trang-hon-nhan",
    }


def test_a_notice_put_aside_is_gone_for_the_day(
    desk: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    window = watching(make_open_window, desk)
    area = notices(window)
    button(area, "Còn 1 việc ▾").click()
    assert "2 tờ khai sắp hết hiệu lực" in words(area)
    button(area, "×").click()
    assert not area.isVisible()
    area.look()
    assert not area.isVisible()
    midnight(window, desk)
    area.look()
    assert area.isVisible()


def test_letters_no_paper_has_are_told_before_receiving(
    desk: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    screen = begin_birth(make_open_window(desk))
    screen.presenter.answer(FORM, "ks_noi_sinh", "Bệnh viện 漢")
    assert screen.presenter.receive(confirmed=frozenset({"papers_missing"}))
    assert screen.presenter.state.received is None
    assert "Có ký tự không in được trong: Nơi sinh." in words(screen.bar)
    button(screen.bar, "Để sửa lại").click()
    screen.presenter.answer(FORM, "ks_noi_sinh", "Bệnh viện")
    assert screen.presenter.receive(confirmed=frozenset({"papers_missing"}))
    assert screen.presenter.state.received is not None
