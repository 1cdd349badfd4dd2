"""Every act in a real window by keys: its form, what it lacks, its paper, and taking it back."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.helpers.builders import FixedClock
from tests.helpers.desks import CLERK, PaperTray
from tests.helpers.visits import BIRTH, CERTIFIED_COPY

from counter_app.domain.dossier import Dossier, SubmittedPart
from counter_app.domain.dossier_acts import AskPayment, AskSupplement, EnterResult, HandOver
from counter_app.domain.dossier_life import EndedBy, Holder, PaymentPolicy
from counter_app.domain.dossier_status import DossierStatus
from counter_app.services.acts.perform import perform
from counter_app.services.desk import Desk
from counter_app.services.receipts import collect
from counter_app.services.receive_dossier import receive
from counter_app.services.visit import Visit
from counter_app.ui.dossier.acts.act_form import ActForm
from counter_app.ui.dossier.acts.act_keys import ActKey
from counter_app.ui.dossier.acts.extend_card import ExtendCard
from counter_app.ui.dossier.history_words import act_words, history_words
from counter_app.ui.dossier.view import DossierScreen
from counter_app.ui.main_window import MainWindow
from counter_app.ui.workspace import Notice

HELD = replace(
    BIRTH, parts=(SubmittedPart(part_id="giay_chung_sinh", name="Giấy chứng sinh", original=1, held=1),)
)


def key(widget: QWidget, which: Qt.Key) -> None:
    QTest.keyClick(widget, which)
    QApplication.processEvents()


def typed(text: str) -> None:
    """Type into whatever has the focus, as the clerk does; without marks, which QTest cannot type."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClicks(target, text)
    QApplication.processEvents()


def notice(window: MainWindow) -> Notice:
    assert window.live is not None
    shown = window.live.messages.notice
    assert shown is not None
    return shown


def opened(window: MainWindow, desk: Desk, visit: Visit = BIRTH) -> tuple[DossierScreen, Dossier]:
    dossier = receive(desk, visit, clerk=CLERK)
    return look(window, dossier), dossier


def look(window: MainWindow, dossier: Dossier) -> DossierScreen:
    window.open_screen("dossier", dossier_code=dossier.dossier_code)
    screen = window.current_screen()
    assert isinstance(screen, DossierScreen)
    QApplication.processEvents()
    return screen


def begin(screen: DossierScreen, act: ActKey) -> ActForm:
    screen.panel.open(act)
    QApplication.processEvents()
    assert screen.panel.form is not None
    return screen.panel.form


def now(desk: Desk, dossier: Dossier) -> Dossier:
    with desk.store.reading() as queries:
        found = queries.dossier(dossier.dossier_id)
    assert found is not None
    return found


def printed(desk: Desk) -> list[str]:
    assert isinstance(desk.printer, PaperTray)
    return [title for title, _pdf in desk.printer.printed]


def come_without_papers(screen: DossierScreen) -> None:
    form = begin(screen, ActKey.RESUME)
    key(screen, Qt.Key.Key_F9)
    form.fields["reason"].set_value("Đã có trong kho dữ liệu")
    key(screen, Qt.Key.Key_F9)
    assert screen.panel.form is None


def test_a_hand_over_is_two_keys_and_can_be_taken_back(window: MainWindow, desk: Desk) -> None:
    screen, dossier = opened(window, desk)
    form = begin(screen, ActKey.HAND_OVER)
    assert form.text("to"), "the usual officer is there already"
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).status is DossierStatus.PROCESSING
    assert screen.panel.form is None
    number = dossier.dossier_code.rpartition("-")[2]
    assert notice(window).label == f"Hoàn tác …-{number}"
    assert window.live is not None
    window.live.messages.act()
    assert notice(window).text == f"Đã hoàn tác bước Chuyển xử lý của {dossier.dossier_code}."
    assert now(desk, dossier).status is DossierStatus.RECEIVED
    with desk.store.reading() as queries:
        words = [history_words(step) for step in queries.history(dossier.dossier_id)]
    assert words[-1] == "Đã hoàn tác: Chuyển xử lý"


def test_who_was_handed_to_is_offered_first_the_next_time(window: MainWindow, desk: Desk) -> None:
    screen, _dossier = opened(window, desk)
    form = begin(screen, ActKey.HAND_OVER)
    form.fields["to"].set_value("Lò Văn Địa Chính")
    key(screen, Qt.Key.Key_F9)
    screen, _second = opened(window, desk)
    assert begin(screen, ActKey.HAND_OVER).text("to") == "Lò Văn Địa Chính"


def test_enter_walks_from_field_to_field_and_then_to_the_button(window: MainWindow, desk: Desk) -> None:
    screen, _dossier = opened(window, desk)
    form = begin(screen, ActKey.RESULT)
    assert form.fields["number"].hasFocus(), "the name of the result is there already"
    typed("45/2026")
    key(form.fields["number"], Qt.Key.Key_Return)
    assert form.fields["granted"].hasFocus()
    key(form.fields["granted"], Qt.Key.Key_Return)
    assert screen.bar.confirm.hasFocus()


def test_a_result_is_entered(window: MainWindow, desk: Desk) -> None:
    screen, dossier = opened(window, desk)
    begin(screen, ActKey.RESULT)
    typed("45/2026")
    key(screen, Qt.Key.Key_F9)
    result = now(desk, dossier).life.result
    assert result is not None
    assert (result.name, result.number, result.granted) == ("Giấy khai sinh", "45/2026", True)
    assert screen.panel.offer.first is ActKey.RETURN


def test_a_supplement_request_lists_everything_and_is_printed(window: MainWindow, desk: Desk) -> None:
    screen, dossier = opened(window, desk, replace(BIRTH, parts=()))
    form = begin(screen, ActKey.SUPPLEMENT)
    key(screen, Qt.Key.Key_F9)
    assert "nội dung cần bổ sung" in screen.bar._words.text()
    assert form.fields["items"].hasFocus(), "a list without items leads to the list"
    first = form.fields["items:0"]
    key(first, Qt.Key.Key_Space)
    form.fields["items"].setFocus()
    typed("Ghi lai ten me")
    key(form.fields["items"], Qt.Key.Key_Return)
    assert form.fields["items+1"].hasFocus(), "the next line of the list, not the field after it"
    key(form.fields["items+1"], Qt.Key.Key_Return)
    assert form.fields["reason"].hasFocus()
    key(form.fields["reason"], Qt.Key.Key_Return)
    key(screen, Qt.Key.Key_F9)
    asked = now(desk, dossier).life.supplements[-1]
    assert len(asked.items) == 2
    assert asked.items[-1] == "Ghi lai ten me"
    assert asked.reason == "Thành phần hồ sơ chưa đầy đủ theo quy định"
    assert printed(desk) == ["supplement.pdf"]
    assert notice(window).action is None, "a paper tells of it: nothing to take back"


def test_a_second_request_warns_and_needs_its_reason(window: MainWindow, desk: Desk) -> None:
    dossier = receive(desk, BIRTH, clerk=CLERK)
    perform(desk, dossier.dossier_id, AskSupplement(items=("Một giấy",), reason="Thiếu"))
    screen = look(window, dossier)
    come_without_papers(screen)
    form = begin(screen, ActKey.SUPPLEMENT)
    assert any("quá hạn theo bộ chỉ số" in label.text() for label in form.findChildren(QLabel))
    form.fields["items"].set_value("Giấy khác")
    form.fields["reason"].set_value("Thiếu")
    key(screen, Qt.Key.Key_F9)
    assert form.fields["repeat_reason"].hasFocus()
    assert len(now(desk, dossier).life.supplements) == 1
    typed("Moi phat hien")
    key(screen, Qt.Key.Key_F9)
    assert len(now(desk, dossier).life.supplements) == 2


def test_papers_that_came_are_counted_and_the_new_slip_printed(window: MainWindow, desk: Desk) -> None:
    dossier = receive(desk, replace(BIRTH, parts=()), clerk=CLERK)
    perform(desk, dossier.dossier_id, AskSupplement(items=("Giấy chứng sinh bản mới",), reason="Thiếu"))
    screen = look(window, dossier)
    assert screen.panel.offer.first is ActKey.RESUME
    key(screen, Qt.Key.Key_F9)
    QApplication.processEvents()
    form = screen.panel.form
    assert form is not None
    tick = next(field for name, field in form.fields.items() if name.count(":") == 1)
    key(tick, Qt.Key.Key_Space)
    original = next(field for name, field in form.fields.items() if name.endswith(":original"))
    original.set_value(1)
    key(screen, Qt.Key.Key_F9)
    after = now(desk, dossier)
    assert after.status is DossierStatus.PROCESSING
    came = next(part for part in after.parts if part.name == "Giấy chứng sinh bản mới")
    assert came.original == 1
    assert printed(desk) == ["slip.pdf"]


@pytest.mark.parametrize(
    ("act", "fields", "ended", "paper"),
    [
        (ActKey.REFUSE, {"reasons": "Không đúng thẩm quyền"}, EndedBy.REFUSAL, ["refusal.pdf"]),
        (
            ActKey.STOP,
            {"reasons": "Có tranh chấp", "decided_by": "Chủ tịch Ủy ban nhân dân xã"},
            EndedBy.STOP,
            ["stop.pdf"],
        ),
        (ActKey.WITHDRAW, {}, EndedBy.WITHDRAWAL, []),
    ],
)
def test_a_dossier_ends_with_its_paper(
    window: MainWindow, desk: Desk, act: ActKey, fields: dict[str, str], ended: EndedBy, paper: list[str]
) -> None:
    screen, dossier = opened(window, desk)
    form = begin(screen, act)
    if fields:
        key(screen, Qt.Key.Key_F9)
        assert now(desk, dossier).life.ending is None, "a bare F9 ends nothing"
    for name, value in fields.items():
        form.fields[name].set_value(value)
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).life.ending is None, "it is final: asked once more"
    assert "F9 lần nữa" in screen.bar._words.text()
    key(screen, Qt.Key.Key_F9)
    ending = now(desk, dossier).life.ending
    assert ending is not None
    assert (ending.kind, printed(desk)) == (ended, paper)


def test_a_late_extension_says_so_and_shows_the_new_day(window: MainWindow, desk: Desk) -> None:
    screen, dossier = opened(window, desk)
    form = begin(screen, ActKey.EXTEND)
    assert isinstance(form, ExtendCard)
    assert form.late
    form.fields["reason"].set_value("Cần thêm thời gian xác minh")
    form.fields["days"].setFocus()
    typed("2")
    assert any("T5 26/11/2026" in label.text() for label in form.findChildren(QLabel))
    key(screen, Qt.Key.Key_F9)
    assert form.fields["late_reason"].hasFocus()
    typed("Mat dien")
    key(screen, Qt.Key.Key_F9)
    after = now(desk, dossier)
    assert after.life.extension is not None
    assert after.first_due_at == dossier.due_at
    assert printed(desk) == ["apology.pdf", "slip.pdf"]
    assert ActKey.EXTEND not in (*screen.panel.offer.next, *screen.panel.offer.others)


def test_waiting_for_a_payment_and_going_on(window: MainWindow, desk: Desk) -> None:
    screen, dossier = opened(window, desk)
    form = begin(screen, ActKey.ASK_PAYMENT)
    key(form.fields["text"], Qt.Key.Key_Return)
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).status is DossierStatus.AWAITING_PAYMENT
    begin(screen, ActKey.TAKE_PAYMENT)
    typed("Bien lai 12")
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).status is DossierStatus.PROCESSING
    assert printed(desk) == [], "the promise did not move"


def test_days_waited_for_money_move_the_promise_and_print_a_slip(window: MainWindow, desk: Desk) -> None:
    dossier = receive(desk, BIRTH, clerk=CLERK)
    perform(desk, dossier.dossier_id, AskPayment(text="Thuế", policy=PaymentPolicy.SHIFT))
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(days=3)
    screen = look(window, dossier)
    begin(screen, ActKey.TAKE_PAYMENT)
    key(screen, Qt.Key.Key_F9)
    assert printed(desk) == ["slip.pdf"]


def test_fees_are_taken_printed_and_voided(window: MainWindow, desk: Desk) -> None:
    screen, dossier = opened(window, desk, CERTIFIED_COPY)
    due = dossier.charges_vnd
    begin(screen, ActKey.COLLECT)
    assert due is not None
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).life.paid_vnd == due
    assert printed(desk) == ["receipt.pdf"]
    assert screen.panel.form is None
    void = begin(screen, ActKey.VOID)
    void.fields["reason"].set_value("Thu nhầm hồ sơ")
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).life.paid_vnd == 0


def test_more_than_is_due_asks_why(window: MainWindow, desk: Desk) -> None:
    screen, dossier = opened(window, desk, CERTIFIED_COPY)
    form = begin(screen, ActKey.COLLECT)
    amount = next(field for name, field in form.fields.items() if name.startswith("fee:"))
    amount.set_value((dossier.charges_vnd or 0) + 1000)
    amount.edited.emit()
    assert form.fields["over_reason"].isVisible()
    key(screen, Qt.Key.Key_F9)
    assert form.fields["over_reason"].hasFocus()
    typed("Them mot ban")
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).life.paid_vnd == (dossier.charges_vnd or 0) + 1000


def test_originals_are_given_back(window: MainWindow, desk: Desk) -> None:
    screen, dossier = opened(window, desk, HELD)
    form = begin(screen, ActKey.GIVE_BACK)
    assert form.fields["originals"].hasFocus()
    key(form.fields["originals"], Qt.Key.Key_Space)
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).originals_held == 0


def test_a_failed_printer_keeps_the_act_and_offers_a_pdf(window: MainWindow, desk: Desk) -> None:
    screen, dossier = opened(window, desk)
    assert isinstance(desk.printer, PaperTray)
    desk.printer.failing = True
    form = begin(screen, ActKey.REFUSE)
    form.fields["reasons"].set_value("Không đủ điều kiện")
    key(screen, Qt.Key.Key_F9)
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).status is DossierStatus.REFUSED
    assert (notice(window).tone, notice(window).label) == ("bad", "Lưu PDF")


def test_somebody_else_s_act_is_never_overwritten(window: MainWindow, desk: Desk) -> None:
    screen, dossier = opened(window, desk)
    begin(screen, ActKey.HAND_OVER)
    perform(desk, dossier.dossier_id, EnterResult())
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).status is DossierStatus.RESOLVED
    assert "vừa được người khác cập nhật" in notice(window).text


def test_a_clock_set_back_asks_first(window: MainWindow, desk: Desk) -> None:
    screen, dossier = opened(window, desk)
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(hours=-5)
    begin(screen, ActKey.HAND_OVER)
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).status is DossierStatus.RECEIVED
    assert window.live is not None
    window.live.messages.act()
    assert now(desk, dossier).status is DossierStatus.PROCESSING


def test_esc_puts_the_form_away_and_a_second_one_goes_back(window: MainWindow, desk: Desk) -> None:
    screen, dossier = opened(window, desk)
    begin(screen, ActKey.REFUSE)
    key(window, Qt.Key.Key_Escape)
    assert screen.panel.form is None
    assert window.current_screen() is screen
    key(window, Qt.Key.Key_Escape)
    assert window.current_screen() is not screen
    assert now(desk, dossier).status is DossierStatus.RECEIVED


def test_what_others_write_does_not_wipe_a_half_filled_form(window: MainWindow, desk: Desk) -> None:
    screen, _dossier = opened(window, desk)
    form = begin(screen, ActKey.HAND_OVER)
    form.fields["note"].set_value("Gấp")
    window.operations.data_changed.emit()
    assert screen.panel.form is form
    assert form.text("note") == "Gấp"


def test_a_same_day_dossier_offers_result_and_return_first(window: MainWindow, desk: Desk) -> None:
    screen, _dossier = opened(window, desk, CERTIFIED_COPY)
    assert screen.panel.offer.first is ActKey.RETURN_NOW


def test_every_step_has_words(desk: Desk) -> None:
    from counter_app.services.acts.act_records import RECORDS

    names = {record.history for record in RECORDS.values()} | {"fee_collected", "fee_voided", "corrected"}
    assert all(act_words(name) != name for name in names)


def test_no_form_is_cut_off_with_large_text(
    desk: Desk, make_open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    dossier = receive(desk, HELD, clerk=CLERK)
    perform(desk, dossier.dossier_id, HandOver(to=Holder(name="Công chức tư pháp - hộ tịch")))
    window = make_open_window(desk, text_scale=200)
    window.resize(1366, 768)
    screen = look(window, dossier)
    viewport = screen._scroll.viewport().width()
    for act in (
        ActKey.HAND_OVER,
        ActKey.SUPPLEMENT,
        ActKey.EXTEND,
        ActKey.STOP,
        ActKey.RESULT,
        ActKey.GIVE_BACK,
    ):
        begin(screen, act)
        body = screen._scroll.widget()
        assert body is not None
        qtbot.waitUntil(lambda body=body: body.width() <= viewport)  # type: ignore[misc]
        screen.panel.close()


def test_every_form_is_named_large_plain_and_in_the_page(window: MainWindow, desk: Desk) -> None:
    paid = receive(desk, CERTIFIED_COPY, clerk=CLERK)
    collect(desk, paid.dossier_id)
    waiting = receive(desk, BIRTH, clerk=CLERK)
    perform(desk, waiting.dossier_id, AskPayment(text="Thuế"))
    supplement = receive(desk, replace(BIRTH, parts=()), clerk=CLERK)
    perform(desk, supplement.dossier_id, AskSupplement(items=("Giấy chứng sinh",), reason="Thiếu"))
    seen = set()
    fresh = [receive(desk, visit, clerk=CLERK) for visit in (HELD, CERTIFIED_COPY)]
    for dossier in (paid, waiting, supplement, *fresh):
        screen = look(window, dossier)
        offered = screen.panel.offer
        for act in (offered.first, *offered.next, *offered.others):
            if act in (None, ActKey.CORRECT, ActKey.RETURN, ActKey.RETURN_NOW):
                continue  # done on another screen
            form = begin(screen, act)
            seen.add(act)
            for control in form.findChildren(QWidget):
                if control.isVisible() and control.focusPolicy() != Qt.FocusPolicy.NoFocus:
                    assert control.accessibleName(), (act, type(control))
                if isinstance(control, QLineEdit) and control.isVisible():
                    assert control.height() >= 28, (act, control.accessibleName())
            assert all(each.textFormat() == Qt.TextFormat.PlainText for each in form.findChildren(QLabel))
            assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [window]
            screen.panel.close()
    assert len(seen) == 14, "every form there is was looked at"


def test_f9_never_means_the_dossier_of_before(window: MainWindow, desk: Desk) -> None:
    screen, dossier = opened(window, desk)
    window.open_screen("dossier", dossier_code="H29.12-261123-9999")
    key(screen, Qt.Key.Key_F9)
    assert screen.panel.form is None
    assert now(desk, dossier).status is DossierStatus.RECEIVED


def test_a_receipt_of_yesterday_is_not_offered_to_be_voided(window: MainWindow, desk: Desk) -> None:
    dossier = receive(desk, CERTIFIED_COPY, clerk=CLERK)
    collect(desk, dossier.dossier_id)
    screen = look(window, dossier)
    assert ActKey.VOID in screen.panel.offer.others
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(days=1)
    window.operations.data_changed.emit()
    assert ActKey.VOID not in screen.panel.offer.others
