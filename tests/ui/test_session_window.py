"""Who sits at the window: signing in, the locked screen, changing clerks, the end of a shift."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from tests.helpers.builders import MORNING, FixedClock, make_dossier
from tests.helpers.desks import add_pinned
from tests.helpers.people_at_desk import (
    HOA,
    MAI,
    PASSWORD_OF_HOA,
    PASSWORD_OF_MAI,
    PASSWORD_OF_SON,
    SON,
    account_of,
    employ,
)
from tests.helpers.visits import BIRTH, GRANDMOTHER, card_text

from counter_app.domain.clerks import LOCK_AFTER
from counter_app.services import intake_drafts
from counter_app.services.audit_port import AuditFilter
from counter_app.services.desk import Desk
from counter_app.ui.dossier.view import DossierScreen
from counter_app.ui.intake.view import IntakeScreen
from counter_app.ui.main_window import MainWindow
from counter_app.ui.session.idle_watch import LONGEST_S, WARN_S, IdleWatch
from counter_app.ui.session.sitting import Sitting
from counter_app.ui.settings.scan_report import TEST_CARD
from counter_app.ui.settings.view import SettingsScreen
from counter_app.ui.widgets.text_field import TextField

CTRL = Qt.KeyboardModifier.ControlModifier
OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    return employ(desk)


@pytest.fixture
def window(staffed: Desk, make_open_window: OpenWindow) -> MainWindow:
    """Nobody has signed in yet."""
    return make_open_window(staffed)


@pytest.fixture
def at_work(window: MainWindow) -> MainWindow:
    """Mai has."""
    sign_in(window, MAI, PASSWORD_OF_MAI)
    return window


def sitting(window: MainWindow) -> Sitting:
    assert window.sitting is not None
    return window.sitting


def covered(window: MainWindow) -> bool:
    return window.sitting is not None and window.sitting.covered


def press(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(window.windowHandle(), key, modifier)
    QApplication.processEvents()


def type_keys(window: MainWindow) -> None:
    """Press keys that mean something to nearly every field."""
    for key in (Qt.Key.Key_A, Qt.Key.Key_1, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Backspace):
        press(window, key)


def type_password(password: str) -> None:
    """Type as an input method hands Vietnamese letters over."""
    QApplication.processEvents()
    field = QApplication.focusWidget()
    assert field is not None
    event = QInputMethodEvent()
    event.setCommitString(password)
    QApplication.sendEvent(field, event)


def choose(window: MainWindow, name: str) -> None:
    page = sitting(window).flow.sign_in
    for _step in range(10):
        if page.person is not None and page.person.full_name == name:
            return
        press(window, Qt.Key.Key_Down)
    for _step in range(10):
        if page.person is not None and page.person.full_name == name:
            return
        press(window, Qt.Key.Key_Up)
    raise AssertionError(f"{name} cannot be chosen")


def sign_in(window: MainWindow, name: str, password: str) -> None:
    choose(window, name)
    type_password(password)
    press(window, Qt.Key.Key_Return)


def intake(window: MainWindow) -> IntakeScreen:
    screen = window.current_screen()
    assert isinstance(screen, IntakeScreen)
    return screen


def half_fill(window: MainWindow) -> None:
    """Scan a card and choose the registration of a birth, whose questions are asked then."""
    assert window.live is not None
    window.live.scanning.router.route(card_text(GRANDMOTHER))
    screen = intake(window)
    catalogue, today = screen.workspace.desk.catalogue, screen.workspace.desk.clock.now().date()
    procedure = next(p for p in catalogue.versions_of(BIRTH.procedure_id) if p.in_force(today))
    screen._procedure_chosen(procedure)
    QApplication.processEvents()


def text_field(screen: IntakeScreen) -> TextField:
    """Return the first line of the form a name or an address is typed into."""
    return next(
        field
        for field in screen.form.findChildren(TextField)
        if type(field) is TextField and field.isVisible()
    )


def shown_texts(window: MainWindow) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def every_field(root: QWidget) -> list[tuple[str, str, int]]:
    return [
        (field.accessibleName(), field.text(), field.cursorPosition())
        for field in root.findChildren(QLineEdit)
        if field.accessibleName() != "Mật khẩu"
    ]


def acts(desk: Desk) -> list[tuple[str, str]]:
    with desk.store.reading() as queries:
        return [
            (each.entry.act, each.entry.clerk)
            for each in reversed(queries.audit_page(AuditFilter(), limit=50))
        ]


# --- Signing in


def test_nothing_but_names_is_seen_before_somebody_signs_in(window: MainWindow, staffed: Desk) -> None:
    assert covered(window)
    assert {MAI, SON, HOA} == {
        str(window.sitting.flow.sign_in.list.item(n).text()).split("\n")[0]  # type: ignore[union-attr]
        for n in range(3)
    }
    assert staffed.settings.office.name not in shown_texts(window)
    assert not window.rail.isVisible()


def test_a_password_and_enter_are_enough_for_who_was_here_last(window: MainWindow, staffed: Desk) -> None:
    sign_in(window, SON, PASSWORD_OF_SON)
    sitting(window).end_shift()
    type_password(PASSWORD_OF_SON)
    press(window, Qt.Key.Key_Return)
    assert not covered(window)
    assert staffed.clerk == SON
    assert QApplication.focusWidget() is intake(window).picker.field


def test_a_wrong_password_says_so_and_counts(window: MainWindow, staffed: Desk) -> None:
    choose(window, SON)
    for wrong in ("nhầm", "lại nhầm"):
        type_password(wrong)
        press(window, Qt.Key.Key_Return)
    assert covered(window)
    assert "chưa đúng" in sitting(window).flow.sign_in.message.text
    assert sitting(window).flow.sign_in.password.text() == ""
    sign_in(window, SON, PASSWORD_OF_SON)
    assert window.live is not None
    told = window.live.messages.notice
    assert told is not None
    assert "2 lần gõ sai" in told.text


def test_waiting_is_counted_down_and_takes_no_password_meanwhile(window: MainWindow, staffed: Desk) -> None:
    choose(window, SON)
    for _try in range(3):
        type_password("nhầm")
        press(window, Qt.Key.Key_Return)
    page = sitting(window).flow.sign_in
    assert "5 giây" in page.message.text
    assert not page.enter.isEnabled()
    staffed.clock = FixedClock(MORNING + timedelta(seconds=3))
    page._now = staffed.clock.now
    page.tick()
    assert "2 giây" in page.message.text
    type_password(PASSWORD_OF_SON)
    press(window, Qt.Key.Key_Return)
    assert covered(window)
    staffed.clock = FixedClock(MORNING + timedelta(seconds=6))
    page._now = staffed.clock.now
    page.tick()
    assert page.message.text == ""
    press(window, Qt.Key.Key_Return)
    assert not covered(window)


def test_another_name_need_not_wait(window: MainWindow) -> None:
    choose(window, SON)
    for _try in range(3):
        type_password("nhầm")
        press(window, Qt.Key.Key_Return)
    sign_in(window, MAI, PASSWORD_OF_MAI)
    assert not covered(window)


def lock_account(desk: Desk, name: str) -> None:
    with desk.store.writing() as transaction:
        transaction.put_account(replace(account_of(desk, name), locked=True, failures=LOCK_AFTER))


def test_a_locked_account_is_unlocked_by_two_who_may(staffed: Desk, make_open_window: OpenWindow) -> None:
    lock_account(staffed, SON)
    window = make_open_window(staffed)
    choose(window, SON)
    page = sitting(window).flow.sign_in
    assert page.unlock.isVisible()
    assert not page.enter.isVisible()
    page.unlock.click()
    unlock = sitting(window).flow._unlock_page
    assert unlock is not None
    assert {unlock.first.itemText(n).split(" — ")[0] for n in range(unlock.first.count())} == {MAI, HOA}
    unlock.first.set_value("mai")
    unlock.second.set_value("hoa")
    unlock.first_password.setText(PASSWORD_OF_MAI)
    unlock.second_password.setText("nhầm")
    unlock.go_on.click()
    assert account_of(staffed, SON).locked
    assert "chưa đúng" in unlock.message.text
    unlock.second_password.setText(PASSWORD_OF_HOA)
    unlock.go_on.click()
    assert not account_of(staffed, SON).locked
    sign_in(window, SON, PASSWORD_OF_SON)
    assert not covered(window)


def test_a_password_for_one_time_is_replaced_before_anything_else(
    staffed: Desk, make_open_window: OpenWindow
) -> None:
    with staffed.store.writing() as transaction:
        transaction.put_account(replace(account_of(staffed, SON), must_change=True, password_at=MORNING))
    window = make_open_window(staffed)
    sign_in(window, SON, PASSWORD_OF_SON)
    page = sitting(window).flow._new_password
    assert page is not None
    assert covered(window)
    assert QApplication.focusWidget() is page.passwords.new
    type_password("ba chiếc lá vàng")
    press(window, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.passwords.again
    type_password("ba chiếc lá xanh")
    press(window, Qt.Key.Key_Return)
    assert "chưa giống nhau" in page.message.text
    page.passwords.again.setText("ba chiếc lá vàng")
    page.go_on.click()
    assert not covered(window)
    sitting(window).end_shift()
    sign_in(window, SON, "ba chiếc lá vàng")
    assert not covered(window)


def test_leaving_without_a_new_password_signs_nobody_in(staffed: Desk, make_open_window: OpenWindow) -> None:
    with staffed.store.writing() as transaction:
        transaction.put_account(replace(account_of(staffed, SON), must_change=True, password_at=MORNING))
    window = make_open_window(staffed)
    sign_in(window, SON, PASSWORD_OF_SON)
    press(window, Qt.Key.Key_Escape)
    assert covered(window)
    assert staffed.session.present is None


def test_a_forgotten_password_names_who_can_help(window: MainWindow) -> None:
    choose(window, SON)
    sitting(window).flow.sign_in.forgot.click()
    assert MAI in shown_texts(window)
    assert "Cấp mật khẩu dùng một lần" in shown_texts(window)


def test_a_counter_without_accounts_starts_as_before(desk: Desk, make_open_window: OpenWindow) -> None:
    window = make_open_window(desk)
    assert not covered(window)
    press(window, Qt.Key.Key_L, CTRL)
    assert not covered(window)
    assert window.live is not None
    assert window.live.messages.notice is not None
    assert "chưa có tài khoản" in window.live.messages.notice.text


# --- The locked screen


def test_a_half_filled_form_survives_the_lock_letter_by_letter(at_work: MainWindow) -> None:
    half_fill(at_work)
    screen = intake(at_work)
    field = text_field(screen)
    field.setFocus()
    field.setText("  nguyễn  văn bé ")
    field.setCursorPosition(4)
    before, visit = every_field(screen), screen.presenter.state.visit
    press(at_work, Qt.Key.Key_L, CTRL)
    assert covered(at_work)
    type_password(PASSWORD_OF_MAI)
    press(at_work, Qt.Key.Key_Return)
    assert not covered(at_work)
    assert QApplication.focusWidget() is field
    assert every_field(screen) == before
    assert field.cursorPosition() == 4
    assert screen.presenter.state.visit == visit


@pytest.mark.parametrize("keys", ["F2", "F3", "F9", "Ctrl+K", "Ctrl+S", "Esc", "F11", "F1", "Tab", "Alt+Z"])
def test_no_key_reaches_what_lies_under_the_cover(at_work: MainWindow, staffed: Desk, keys: str) -> None:
    from PySide6.QtGui import QKeySequence

    half_fill(at_work)
    screen = intake(at_work)
    sitting(at_work).lock()
    before, state, done = every_field(at_work.centralWidget()), screen.presenter.state, acts(staffed)
    pressed = QKeySequence(keys)[0]
    press(at_work, pressed.key(), pressed.keyboardModifiers())
    type_keys(at_work)
    press(at_work, Qt.Key.Key_F9)
    assert every_field(at_work.centralWidget()) == before
    assert screen.presenter.state == state
    assert acts(staffed) == done
    assert at_work.current_screen() is screen
    assert covered(at_work)


def test_the_program_itself_cannot_put_the_keyboard_under_the_cover(at_work: MainWindow) -> None:
    half_fill(at_work)
    screen = intake(at_work)
    field = text_field(screen)
    field.setFocus()
    sitting(at_work).lock()
    field.setFocus()
    screen.walk.settle()
    type_keys(at_work)
    QTest.keyClicks(field, "xyz")
    assert field.text() == ""


def test_a_scan_while_locked_is_typed_nowhere_and_not_lost_in_silence(at_work: MainWindow) -> None:
    half_fill(at_work)
    visit = intake(at_work).presenter.state.visit
    sitting(at_work).lock()
    assert at_work.live is not None
    at_work.live.scanning.filter.scanned.emit(TEST_CARD)
    assert "quét lại" in sitting(at_work).cover.foot.text
    assert sitting(at_work).flow.sign_in.password.text() == ""
    type_password(PASSWORD_OF_MAI)
    press(at_work, Qt.Key.Key_Return)
    assert intake(at_work).presenter.state.visit == visit


def test_nothing_of_a_citizen_is_left_in_the_clipboard(at_work: MainWindow) -> None:
    QGuiApplication.clipboard().setText("số 017 157 002217")
    sitting(at_work).lock()
    assert QGuiApplication.clipboard().text() == ""


def test_the_card_of_keys_goes_and_the_keyboard_is_where_it_was(at_work: MainWindow) -> None:
    half_fill(at_work)
    field = text_field(intake(at_work))
    field.setFocus()
    press(at_work, Qt.Key.Key_F1)
    press(at_work, Qt.Key.Key_L, CTRL)  # the card takes any key, the next one locks
    press(at_work, Qt.Key.Key_F1)
    sitting(at_work).lock()
    type_password(PASSWORD_OF_MAI)
    press(at_work, Qt.Key.Key_Return)
    assert not covered(at_work)
    assert QApplication.focusWidget() is field


def test_a_field_that_went_meanwhile_is_no_obstacle(at_work: MainWindow) -> None:
    line = QLineEdit(at_work.centralWidget())
    line.show()
    line.setFocus()
    sitting(at_work).lock()
    line.setParent(None)
    line.deleteLater()
    QApplication.sendPostedEvents(line, QEvent.Type.DeferredDelete)
    type_password(PASSWORD_OF_MAI)
    press(at_work, Qt.Key.Key_Return)
    assert not covered(at_work)


def test_a_dialog_goes_with_the_window_and_comes_back(at_work: MainWindow) -> None:
    from PySide6.QtWidgets import QDialog

    dialog = QDialog(at_work)
    dialog.open()
    sitting(at_work).lock()
    assert not dialog.isVisible()
    late = QDialog(at_work)
    late.open()
    QApplication.processEvents()
    assert not late.isVisible()
    type_password(PASSWORD_OF_MAI)
    press(at_work, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert late.isVisible()
    dialog.reject()
    late.reject()


def test_a_dialog_of_one_is_not_shown_to_another(at_work: MainWindow) -> None:
    from PySide6.QtWidgets import QDialog

    dialog = QDialog(at_work)
    dialog.open()
    press(at_work, Qt.Key.Key_F12)
    sitting(at_work).lock(switching=True)
    sign_in(at_work, SON, PASSWORD_OF_SON)
    assert not dialog.isVisible()


# --- Idle


class Seconds:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.monotonic = self.wall = 1000.0

    def pass_(self, seconds: int, watch: IdleWatch) -> None:
        for _second in range(seconds):
            self.monotonic += 1
            self.wall += 1
            watch.tick()


def watched(window: MainWindow) -> tuple[IdleWatch, Seconds]:
    seconds, watch = Seconds(), sitting(window).idle
    watch._now, watch._wall = lambda: seconds.monotonic, lambda: seconds.wall
    watch.note()
    watch._ticked = seconds.wall
    watch.proven()
    return watch, seconds


def test_nobody_at_the_window_locks_it_after_a_warning(at_work: MainWindow, staffed: Desk) -> None:
    watch, seconds = watched(at_work)
    limit = staffed.settings.idle_lock_minutes * 60
    seconds.pass_(limit - WARN_S - 1, watch)
    assert at_work.live is not None
    welcome = at_work.live.messages.notice
    seconds.pass_(1, watch)
    warning = at_work.live.messages.notice
    assert warning is not None
    assert warning is not welcome
    assert "15 giây" in warning.text
    seconds.pass_(WARN_S - 1, watch)
    assert not covered(at_work)
    seconds.pass_(1, watch)
    assert covered(at_work)


@pytest.mark.parametrize("use", ["key", "mouse", "scan"])
def test_any_use_starts_the_minutes_anew(at_work: MainWindow, staffed: Desk, use: str) -> None:
    watch, seconds = watched(at_work)
    limit = staffed.settings.idle_lock_minutes * 60
    seconds.pass_(limit - 5, watch)
    assert at_work.live is not None
    if use == "key":
        press(at_work, Qt.Key.Key_Shift)
    elif use == "mouse":
        QTest.mouseMove(at_work.windowHandle())
        QTest.mousePress(at_work.windowHandle(), Qt.MouseButton.LeftButton)
        QTest.mouseRelease(at_work.windowHandle(), Qt.MouseButton.LeftButton)
    else:
        at_work.live.scanning._serial.scanned.emit(card_text(GRANDMOTHER).encode())
    assert not any("15 giây" in text for text in shown_texts(at_work).split("\n"))
    seconds.pass_(limit - 1, watch)
    assert not covered(at_work)
    seconds.pass_(1, watch)
    assert covered(at_work)


def test_a_computer_that_slept_is_locked(at_work: MainWindow) -> None:
    watch, seconds = watched(at_work)
    seconds.pass_(2, watch)
    seconds.wall += 600
    watch.tick()
    assert covered(at_work)


def test_twelve_hours_after_a_password_it_is_asked_again_whatever_is_done(at_work: MainWindow) -> None:
    press(at_work, Qt.Key.Key_F2)
    watch, seconds = watched(at_work)
    for _stretch in range(2):
        seconds.monotonic += LONGEST_S - 1
        watch.note()  # in use all the time
        watch.tick()
        assert not covered(at_work)
        seconds.pass_(1, watch)
        assert covered(at_work)
        assert "12 giờ" in sitting(at_work).cover.foot.text
        sign_in(at_work, MAI, PASSWORD_OF_MAI)
        assert not covered(at_work)
        assert isinstance(at_work.current_screen(), IntakeScreen)


def test_the_minutes_set_are_kept_to(at_work: MainWindow, staffed: Desk) -> None:
    staffed.save_settings(replace(staffed.settings, idle_lock_minutes=3))
    at_work.settings_changed()
    watch, seconds = watched(at_work)
    seconds.pass_(179, watch)
    assert not covered(at_work)
    seconds.pass_(1, watch)
    assert covered(at_work)


def test_a_password_half_typed_does_not_wait_for_the_next_one(at_work: MainWindow, staffed: Desk) -> None:
    watch, seconds = watched(at_work)
    sitting(at_work).lock()
    type_password("nửa chừng")
    seconds.pass_(staffed.settings.idle_lock_minutes * 60, watch)
    assert sitting(at_work).flow.sign_in.password.text() == ""


# --- Changing clerks


def test_a_visit_waits_for_whose_it_is(at_work: MainWindow, staffed: Desk) -> None:
    half_fill(at_work)
    of_mai = intake(at_work)
    visit, fields = of_mai.presenter.state.visit, every_field(of_mai)
    press(at_work, Qt.Key.Key_F12)
    assert sitting(at_work).flow.sign_in.person is not None
    assert sitting(at_work).flow.sign_in.person.full_name != MAI
    sign_in(at_work, SON, PASSWORD_OF_SON)
    assert staffed.clerk == SON
    of_son = intake(at_work)
    assert of_son.presenter.state.visit.applicant is None
    assert GRANDMOTHER.full_name not in [field[1] for field in every_field(of_son)]
    [draft] = intake_drafts.drafts(staffed)
    assert (draft.clerk, draft.applicant_name) == (MAI, GRANDMOTHER.full_name)
    press(at_work, Qt.Key.Key_F12)
    sign_in(at_work, MAI, PASSWORD_OF_MAI)
    assert intake(at_work) is of_mai
    assert of_mai.presenter.state.visit == visit
    assert every_field(of_mai) == fields


def test_a_draft_comes_back_after_the_end_of_a_shift(at_work: MainWindow, staffed: Desk) -> None:
    half_fill(at_work)
    visit = intake(at_work).presenter.state.visit
    sitting(at_work).end_shift()
    assert covered(at_work)
    assert staffed.session.present is None
    sign_in(at_work, SON, PASSWORD_OF_SON)
    assert intake(at_work).presenter.state.visit.applicant is None
    sitting(at_work).end_shift()
    sign_in(at_work, MAI, PASSWORD_OF_MAI)
    back = intake(at_work).presenter.state.visit
    assert (back.applicant, back.procedure_id) == (visit.applicant, visit.procedure_id)


def test_a_draft_is_taken_over_knowingly_and_told_to_whose_it_was(at_work: MainWindow, staffed: Desk) -> None:
    half_fill(at_work)
    press(at_work, Qt.Key.Key_F12)
    sign_in(at_work, SON, PASSWORD_OF_SON)
    [draft] = intake_drafts.drafts(staffed)
    intake(at_work).presenter.open_draft(draft.draft_id)
    assert intake(at_work).presenter.state.visit.applicant is None
    assert at_work.live is not None
    asked = at_work.live.messages.notice
    assert asked is not None
    assert asked.action is not None
    assert MAI in asked.text
    asked.action()
    assert intake(at_work).presenter.state.visit.applicant == draft_applicant(at_work)
    [draft] = intake_drafts.drafts(staffed)
    assert draft.clerk == SON
    assert ("draft_taken_over", SON) in acts(staffed)
    press(at_work, Qt.Key.Key_F12)
    sign_in(at_work, MAI, PASSWORD_OF_MAI)
    assert intake(at_work).presenter.state.visit.applicant is None
    told = at_work.live.messages.notice
    assert told is not None
    assert SON in told.text


def draft_applicant(window: MainWindow) -> object:
    applicant = intake(window).presenter.state.visit.applicant
    assert applicant is not None
    assert applicant.full_name == GRANDMOTHER.full_name
    return applicant


def test_the_next_acts_bear_the_next_name(at_work: MainWindow, staffed: Desk) -> None:
    press(at_work, Qt.Key.Key_F12)
    sign_in(at_work, SON, PASSWORD_OF_SON)
    assert at_work.live is not None
    assert SON in at_work.live.top_bar._clerk.text()
    at_work.close()
    done = acts(staffed)
    assert ("signed_in", MAI) in done
    assert ("session_locked", MAI) in done
    assert ("signed_in", SON) in done
    assert done[-1] == ("signed_out", SON)


def test_a_visit_that_cannot_be_saved_lets_nobody_else_sit_down(at_work: MainWindow, staffed: Desk) -> None:
    half_fill(at_work)
    screen = intake(at_work)
    visit = screen.presenter.state.visit
    screen.presenter.keeper.note(screen.presenter._content())

    def full(*_args: object, **_kwargs: object) -> None:
        from counter_app.domain.errors import EnvironmentProblem

        raise EnvironmentProblem("disk_full")

    monkey = pytest.MonkeyPatch()
    monkey.setattr(intake_drafts, "save_draft", full)
    press(at_work, Qt.Key.Key_F12)
    sign_in(at_work, SON, PASSWORD_OF_SON)
    assert covered(at_work)
    assert "Chưa lưu được" in sitting(at_work).flow.sign_in.message.text
    assert staffed.clerk == MAI
    monkey.undo()
    press(at_work, Qt.Key.Key_Return)
    press(at_work, Qt.Key.Key_Return)
    assert not covered(at_work)
    [draft] = intake_drafts.drafts(staffed)
    assert draft.clerk == MAI
    assert screen.presenter.state.visit == visit


# --- What a role may do


def test_a_viewer_looks_and_receives_nothing(desk: Desk, make_open_window: OpenWindow) -> None:
    window = make_open_window(employ(desk, viewer=True))
    sign_in(window, HOA, PASSWORD_OF_HOA)
    assert window.screen_id == "dossiers"
    assert not window.rail._buttons["intake"].isEnabled()
    assert "không" in window.rail._buttons["intake"].toolTip()
    press(window, Qt.Key.Key_F2)
    assert window.screen_id == "dossiers"
    sitting(window).lock(switching=True)
    sign_in(window, SON, PASSWORD_OF_SON)
    assert window.rail._buttons["intake"].isEnabled()
    assert window.screen_id == "intake"


def test_a_viewer_reads_a_dossier_and_a_clerk_settings_without_changing_them(
    desk: Desk, make_open_window: OpenWindow
) -> None:
    dossier = make_dossier(1)
    with desk.store.writing() as transaction:
        add_pinned(transaction, dossier)
    window = make_open_window(employ(desk, viewer=True))
    sign_in(window, HOA, PASSWORD_OF_HOA)
    window.open_screen("dossier", dossier_code=dossier.dossier_code)
    screen = window.current_screen()
    assert isinstance(screen, DossierScreen)
    assert dossier.dossier_code in shown_texts(window)
    for button in (screen.bar.confirm, screen.bar.reprint):
        assert not button.isEnabled()
        assert "không" in button.toolTip()
    press(window, Qt.Key.Key_F9)
    assert screen.panel.form is None
    sitting(window).lock(switching=True)
    sign_in(window, SON, PASSWORD_OF_SON)
    window.open_screen("settings", page="look")
    settings = window.current_screen()
    assert isinstance(settings, SettingsScreen)
    before = desk.settings
    settings.pages["look"].text_size.set_value("150")  # type: ignore[attr-defined]
    settings.save()
    assert desk.settings == before


def test_a_restore_under_way_is_not_covered(at_work: MainWindow) -> None:
    at_work.open_restore()
    press(at_work, Qt.Key.Key_L, CTRL)
    sitting(at_work).idle._over()
    assert not covered(at_work)


def test_the_shift_says_what_is_open(at_work: MainWindow) -> None:
    half_fill(at_work)
    at_work.open_screen("shift")
    QApplication.processEvents()
    texts = shown_texts(at_work)
    assert MAI in texts
    assert "1 bản nháp" in texts
