"""The return desk in a real window: slips, cards, letters, fees, originals, and what goes wrong."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from tests.helpers.desks import CLERK, PaperTray
from tests.helpers.visits import BIRTH, CERTIFIED_COPY, FATHER, GRANDMOTHER, MOTHER, card_text

from counter_app.domain.dossier import Dossier, ReturnBy, SubmittedPart
from counter_app.domain.dossier_acts import EnterResult, GiveResult, HandOver
from counter_app.domain.dossier_life import Holder, ReturnTo
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.person import Person
from counter_app.services.acts.perform import perform
from counter_app.services.desk import Desk
from counter_app.services.people import authorisations
from counter_app.services.people.authorisations import LetterDraft
from counter_app.services.receive_dossier import receive
from counter_app.services.returns import Giving, give
from counter_app.services.visit import Visit
from counter_app.ui.dossier.view import DossierScreen
from counter_app.ui.main_window import MainWindow
from counter_app.ui.returns.view import ReturnsScreen
from counter_app.ui.workspace import Notice

HELD = replace(
    BIRTH, parts=(SubmittedPart(part_id="giay_chung_sinh", name="Giấy chứng sinh", original=1, held=1),)
)
STRANGER = replace(FATHER, full_name="Hà Văn Quý", personal_id="017088009999")


def key(widget: QWidget, which: Qt.Key) -> None:
    QTest.keyClick(widget, which)
    QApplication.processEvents()


def scan(window: MainWindow, what: Dossier | Person) -> ReturnsScreen:
    assert window.live is not None
    text = card_text(what) if isinstance(what, Person) else f"{what.dossier_code}/{what.lookup_secret}"
    window.live.scanning.router.route(text)
    QApplication.processEvents()
    return returns_of(window)


def returns_of(window: MainWindow) -> ReturnsScreen:
    screen = window.current_screen()
    assert isinstance(screen, ReturnsScreen)
    return screen


def ready(desk: Desk, visit: Visit = BIRTH) -> Dossier:
    dossier = receive(desk, visit, clerk=CLERK)
    perform(desk, dossier.dossier_id, HandOver(to=Holder(name="Công chức tư pháp - hộ tịch")))
    return perform(desk, dossier.dossier_id, EnterResult(number="45/2026"))


def now(desk: Desk, dossier: Dossier) -> Dossier:
    with desk.store.reading() as queries:
        found = queries.dossier(dossier.dossier_id)
    assert found is not None
    return found


def notice(window: MainWindow) -> Notice:
    assert window.live is not None
    shown = window.live.messages.notice
    assert shown is not None
    return shown


def words(screen: QWidget) -> str:
    return " | ".join(label.text() for label in screen.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def at_desk(window: MainWindow) -> MainWindow:
    window.open_screen("returns")
    return window


def test_slip_card_f9_and_the_next_slip(at_desk: MainWindow, desk: Desk) -> None:
    first, second = ready(desk), ready(desk)
    scan(at_desk, first)
    screen = scan(at_desk, GRANDMOTHER)
    assert "Đã đối chiếu thẻ" in words(screen)
    key(screen, Qt.Key.Key_F9)
    given = now(desk, first).life.returned
    assert given is not None
    assert (given.to, given.identity_checked, given.full_name) == (
        ReturnTo.OWNER,
        "card",
        GRANDMOTHER.full_name,
    )
    scan(at_desk, second)
    assert screen.form is not None, "the next slip can be scanned at once"


def test_nobody_gets_a_result_unseen(at_desk: MainWindow, desk: Desk) -> None:
    dossier = ready(desk)
    screen = scan(at_desk, dossier)
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).life.returned is None
    assert screen.form is not None
    assert screen.form.who.seen.hasFocus()
    key(screen.form.who.seen, Qt.Key.Key_Space)
    key(screen, Qt.Key.Key_F9)
    given = now(desk, dossier).life.returned
    assert given is not None
    assert given.identity_checked == "seen"


def test_a_stranger_s_card_warns_and_needs_a_letter(at_desk: MainWindow, desk: Desk) -> None:
    dossier = ready(desk)
    scan(at_desk, dossier)
    screen = scan(at_desk, STRANGER)
    assert "KHÔNG phải người nộp" in words(screen)
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).life.returned is None
    assert screen.form is not None
    screen.form.who.letter.set_value("Giấy ủy quyền số 12, UBND xã chứng thực 20/11/2026")
    key(screen, Qt.Key.Key_F9)
    given = now(desk, dossier).life.returned
    assert given is not None
    assert (given.to, given.personal_id) == (ReturnTo.DELEGATE, STRANGER.personal_id)


def test_somebody_of_the_dossier_is_told_from_its_applicant(at_desk: MainWindow, desk: Desk) -> None:
    scan(at_desk, ready(desk))
    assert "có tên trong hồ sơ nhưng không phải người nộp" in words(scan(at_desk, MOTHER))


def test_a_letter_the_desk_keeps_is_found_by_the_card(at_desk: MainWindow, desk: Desk) -> None:
    dossier = ready(desk)
    letter = LetterDraft(
        giver_id=GRANDMOTHER.personal_id, delegate=STRANGER, paper_number="77", signed_on=date(2026, 11, 20)
    )
    authorisations.add(desk, letter)
    scan(at_desk, dossier)
    screen = scan(at_desk, STRANGER)
    key(screen, Qt.Key.Key_F9)
    given = now(desk, dossier).life.returned
    assert given is not None
    assert "số 77" in given.authorisation


def test_the_fee_is_taken_with_the_same_press(at_desk: MainWindow, desk: Desk) -> None:
    dossier = ready(desk, CERTIFIED_COPY)
    scan(at_desk, dossier)
    screen = scan(at_desk, GRANDMOTHER)
    key(screen, Qt.Key.Key_F9)
    after = now(desk, dossier)
    assert after.life.paid_vnd == dossier.charges_vnd
    assert after.status is DossierStatus.RETURNED
    assert isinstance(desk.printer, PaperTray)
    assert [title for title, _pdf in desk.printer.printed] == ["receipt.pdf"]


def test_a_fee_left_open_says_why(at_desk: MainWindow, desk: Desk) -> None:
    dossier = ready(desk, CERTIFIED_COPY)
    scan(at_desk, dossier)
    screen = scan(at_desk, GRANDMOTHER)
    assert screen.form is not None
    key(screen.form.collect, Qt.Key.Key_Space)
    key(screen, Qt.Key.Key_F9)
    assert screen.form.unpaid.hasFocus()
    QTest.keyClicks(screen.form.unpaid, "Chuyen khoan sau")
    key(screen, Qt.Key.Key_F9)
    after = now(desk, dossier)
    assert after.life.returned is not None
    assert (after.life.paid_vnd, after.life.returned.note) == (0, "Chuyen khoan sau")


def test_originals_are_given_one_by_one(at_desk: MainWindow, desk: Desk) -> None:
    dossier = ready(desk, HELD)
    scan(at_desk, dossier)
    screen = scan(at_desk, GRANDMOTHER)
    assert "Chưa đánh dấu 1 bản chính" in words(screen)
    assert screen.form is not None
    (tick,) = screen.form._originals.ticks.values()
    key(tick, Qt.Key.Key_Space)
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).originals_held == 0


def test_a_result_goes_by_post_with_its_code(at_desk: MainWindow, desk: Desk) -> None:
    dossier = ready(desk, replace(BIRTH, return_by=ReturnBy.POSTAL))
    screen = scan(at_desk, dossier)
    key(screen, Qt.Key.Key_F9)
    assert screen.form is not None
    assert screen.form.who.postal.hasFocus()
    QTest.keyClicks(screen.form.who.postal, "EF123456789VN")
    key(screen, Qt.Key.Key_F9)
    given = now(desk, dossier).life.returned
    assert given is not None
    assert (given.to, given.postal_code) == (ReturnTo.POST, "EF123456789VN")


def test_a_result_of_this_minute_is_given_at_once(at_desk: MainWindow, desk: Desk) -> None:
    dossier = receive(desk, CERTIFIED_COPY, clerk=CLERK)
    at_desk.open_screen("returns", dossier_code=dossier.dossier_code, now=True)
    screen = scan(at_desk, GRANDMOTHER)
    key(screen, Qt.Key.Key_F9)
    with desk.store.reading() as queries:
        acts = [step.act for step in queries.history(dossier.dossier_id)]
    assert acts[-3:] == ["fee_collected", "result_entered", "returned"]


def test_no_result_says_where_it_is(at_desk: MainWindow, desk: Desk) -> None:
    dossier = receive(desk, BIRTH, clerk=CLERK)
    perform(desk, dossier.dossier_id, HandOver(to=Holder(name="Công chức tư pháp - hộ tịch")))
    screen = scan(at_desk, dossier)
    said = words(screen)
    assert "Chưa có kết quả" in said
    assert "Đang ở Công chức tư pháp - hộ tịch" in said
    assert screen.form is None
    assert screen.confirm.isHidden(), "there is nothing to confirm"


def test_a_second_return_says_when_and_to_whom(at_desk: MainWindow, desk: Desk) -> None:
    dossier = ready(desk)
    scan(at_desk, dossier)
    key(scan(at_desk, GRANDMOTHER), Qt.Key.Key_F9)
    said = words(scan(at_desk, dossier))
    assert "Kết quả đã được trả" in said
    assert f"Đã trả lúc 23/11/2026 08:30 cho {GRANDMOTHER.full_name}" in said


def test_two_desks_cannot_give_one_result_twice(at_desk: MainWindow, desk: Desk) -> None:
    dossier = ready(desk)
    scan(at_desk, dossier)
    screen = scan(at_desk, GRANDMOTHER)
    perform(
        desk,
        dossier.dossier_id,
        GiveResult(to=ReturnTo.OWNER, full_name="Đinh Thị Sen", identity_checked="seen"),
    )
    key(screen, Qt.Key.Key_F9)
    assert "đã được trả lúc" in notice(at_desk).text
    assert screen.form is None


def test_a_card_alone_opens_the_only_result(at_desk: MainWindow, desk: Desk) -> None:
    dossier = ready(desk)
    screen = scan(at_desk, GRANDMOTHER)
    assert screen.form is not None
    key(screen, Qt.Key.Key_F9)
    given = now(desk, dossier).life.returned
    assert given is not None
    assert given.identity_checked == "card"


def test_a_card_alone_lists_several_results(at_desk: MainWindow, desk: Desk) -> None:
    codes = {ready(desk).dossier_code, ready(desk, CERTIFIED_COPY).dossier_code}
    screen = scan(at_desk, GRANDMOTHER)
    assert {row.dossier_code for row in screen.waiting.model.rows} == codes
    assert screen.waiting.table.hasFocus()
    key(screen.waiting.table, Qt.Key.Key_Return)
    assert screen.form is not None


def test_the_results_that_wait_are_listed(at_desk: MainWindow, desk: Desk) -> None:
    dossier = ready(desk)
    at_desk.open_screen("work")
    at_desk.open_screen("returns")
    screen = returns_of(at_desk)
    assert [row.dossier_code for row in screen.waiting.model.rows] == [dossier.dossier_code]


def test_an_unknown_code_is_said_and_the_field_is_ready(at_desk: MainWindow, desk: Desk) -> None:
    screen = returns_of(at_desk)
    screen.code.setFocus()
    QTest.keyClicks(screen.code, "H29.12-261123-9999")
    key(screen.code, Qt.Key.Key_Return)
    assert "Không tìm thấy hồ sơ" in words(screen)


def test_the_service_refuses_what_the_screen_would(desk: Desk) -> None:
    dossier = ready(desk)
    with pytest.raises(RuleRefusal, match="identity_not_checked"):
        give(desk, dossier.dossier_id, Giving(give=GiveResult(to=ReturnTo.OWNER, full_name="Đinh Thị Sen")))
    with pytest.raises(BadInput, match="entry_missing"):
        give(desk, dossier.dossier_id, Giving(give=GiveResult(to=ReturnTo.POST, full_name="A")))
    assert now(desk, dossier) == dossier


def test_an_undone_return_needs_that_nobody_got_it(at_desk: MainWindow, desk: Desk) -> None:
    dossier = ready(desk)
    scan(at_desk, dossier)
    key(scan(at_desk, GRANDMOTHER), Qt.Key.Key_F9)
    assert notice(at_desk).label == "Đánh giá", "with one monitor the clerk decides when to ask"
    at_desk.open_screen("dossier", dossier_code=dossier.dossier_code, act="undo")
    screen = at_desk.current_screen()
    assert isinstance(screen, DossierScreen)
    form = screen.panel.form
    assert form is not None
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).status is DossierStatus.RETURNED
    form.fields["nothing_handed_out"].set_value(True)
    form.fields["reason"].set_value("Công dân chưa tới")
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).status is DossierStatus.RESOLVED


def test_a_card_names_who_takes_the_originals(at_desk: MainWindow, desk: Desk) -> None:
    dossier = receive(desk, HELD, clerk=CLERK)
    at_desk.open_screen("dossier", dossier_code=dossier.dossier_code, act="give_back")
    screen = at_desk.current_screen()
    assert isinstance(screen, DossierScreen)
    assert at_desk.live is not None
    at_desk.live.scanning.router.route(card_text(STRANGER))
    assert at_desk.current_screen() is screen
    assert screen.panel.form is not None
    assert screen.panel.form.text("full_name") == STRANGER.full_name


def test_originals_never_stay_behind_silently(at_desk: MainWindow, desk: Desk) -> None:
    dossier = ready(desk, HELD)
    scan(at_desk, dossier)
    screen = scan(at_desk, GRANDMOTHER)
    key(screen, Qt.Key.Key_F9)
    assert now(desk, dossier).life.returned is None
    assert "Còn giữ 1 bản chính: Giấy chứng sinh" in words(screen)
    assert screen.confirm.isHidden(), "one primary button: the likely answer"
    key(screen, Qt.Key.Key_F9)
    after = now(desk, dossier)
    assert after.life.returned is not None
    assert after.originals_held == 0


def test_originals_left_behind_have_a_reason(at_desk: MainWindow, desk: Desk) -> None:
    dossier = ready(desk, HELD)
    scan(at_desk, dossier)
    screen = scan(at_desk, GRANDMOTHER)
    key(screen, Qt.Key.Key_F9)
    assert screen.form is not None
    screen.form.question.later.click()
    assert now(desk, dossier).life.returned is None, "not without a reason"
    QTest.keyClicks(screen.form.question.reason, "Cho doi chieu")
    screen.form.question.later.click()
    QApplication.processEvents()
    after = now(desk, dossier)
    assert after.life.returned is not None
    assert (after.originals_held, after.life.returned.note) == (1, "Để lại bản chính: Cho doi chieu")


def test_the_chip_stands_by_whoever_s_card_was_read(at_desk: MainWindow, desk: Desk) -> None:
    scan(at_desk, ready(desk))
    screen = scan(at_desk, GRANDMOTHER)
    assert screen.form is not None
    chips = screen.form.who._checked
    assert [chips[to].isVisible() for to in (ReturnTo.OWNER, ReturnTo.DELEGATE)] == [True, False]
    scan(at_desk, STRANGER)
    assert [chips[to].isVisible() for to in (ReturnTo.OWNER, ReturnTo.DELEGATE)] == [False, True]
