"""The page of the accounts, through the real window: who sees what, and what the buttons do."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.helpers.builders import FixedClock
from tests.helpers.staff import (
    ADMIN,
    ADMIN_NAME,
    ADMIN_PASSWORD,
    QuickHasher,
    enter,
    hire,
    password_of,
    with_administrator,
)

from counter_app.domain.clerks import LOCK_AFTER, Account, Role
from counter_app.domain.errors import RuleRefusal
from counter_app.services.accounts.sign_in import sign_in
from counter_app.services.desk import Desk
from counter_app.ui.main_window import MainWindow
from counter_app.ui.settings.accounts_page import AccountsPage
from counter_app.ui.settings.view import SettingsScreen

Open = Callable[..., MainWindow]


def page_of(window: MainWindow) -> AccountsPage:
    window.resize(1366, 768)
    window.open_screen("settings", page="accounts")
    QApplication.processEvents()
    screen = window.current_screen()
    assert isinstance(screen, SettingsScreen)
    page = screen.pages["accounts"]
    assert isinstance(page, AccountsPage)
    return page


def account(desk: Desk, name: str) -> Account:
    with desk.store.reading() as queries:
        found = queries.account_named(name)
    assert found is not None
    return found


def choose(page: AccountsPage, name: str) -> None:
    assert page.manage is not None
    names = [each.full_name for each in page.manage.model.rows]
    page.manage.table.selectRow(names.index(name))


def come_in(window: MainWindow, desk: Desk, username: str = ADMIN) -> AccountsPage:
    """Sign somebody in as the cover does, and show the page."""
    enter(desk, username)
    assert desk.session.present is not None
    window.take_seat(desk.session.present.account_id)
    return page_of(window)


@pytest.fixture
def staff(desk: Desk) -> Desk:
    with_administrator(desk)
    hire(desk, "sen", "Đinh Thị Sen", Role.CLERK)
    hire(desk, "pin", "Lò Văn Pín", Role.HEAD)
    enter(desk)
    return desk


def test_the_first_account_closes_the_counter_to_nobody(desk: Desk, make_open_window: Open) -> None:
    desk.hasher = QuickHasher()
    window = make_open_window(desk)
    page = page_of(window)
    form = page.first
    assert form is not None
    assert page.manage is None
    assert (form.full_name.value(), form.username.value()) == (ADMIN_NAME, ADMIN)
    form.pair.new.setText(ADMIN_PASSWORD)
    form.pair.again.setText("khác")
    form.do.click()
    assert "chưa giống" in form.message.text
    form.pair.new.setText(ADMIN_PASSWORD)
    form.pair.again.setText(ADMIN_PASSWORD)
    form.do.click()
    assert account(desk, ADMIN).role is Role.ADMINISTRATOR
    assert window.sitting is not None
    assert window.sitting.covered  # whoever made it signs in like everybody
    assert desk.session.present is None


def test_an_account_is_made_and_its_password_is_shown_once(staff: Desk, make_open_window: Open) -> None:
    window = make_open_window(staff)
    page = come_in(window, staff)
    manage = page.manage
    assert manage is not None
    assert [each.full_name for each in manage.model.rows] == ["Đinh Thị Sen", "Lò Văn Pín", ADMIN_NAME]
    manage.add.click()
    manage.add_form.full_name.set_value("Hà Văn Tư")
    manage.add_form.full_name.edited.emit()
    assert manage.add_form.username.value() == "havantu"
    manage.add_form.role.set_value(Role.VIEWER.value)
    manage.add_form.do.click()
    shown = manage.one_time.password.text()
    assert account(staff, "havantu").role is Role.VIEWER
    assert manage.one_time.isVisible()
    manage.one_time.over.click()
    assert manage.one_time.password.text() == ""
    assert sign_in(staff, "havantu", shown).must_change


def test_the_password_goes_from_the_screen_when_the_window_is_covered(
    staff: Desk, make_open_window: Open
) -> None:
    window = make_open_window(staff)
    page = come_in(window, staff)
    assert page.manage is not None
    assert page.own is not None
    choose(page, "Đinh Thị Sen")
    page.manage.chosen.reset.click()
    page.own.present.setText("đang gõ dở")
    assert page.manage.one_time.password.text()
    assert window.sitting is None or not window.sitting.covered
    window.sit(staff).lock()
    assert page.manage.one_time.password.text() == ""
    assert page.own.present.text() == ""


def test_a_role_is_changed_and_the_last_administrator_stays(staff: Desk, make_open_window: Open) -> None:
    page = come_in(make_open_window(staff), staff)
    assert page.manage is not None
    choose(page, "Đinh Thị Sen")
    page.manage.chosen.role.set_value(Role.HEAD.value)
    page.manage.chosen.do.click()
    assert account(staff, "sen").role is Role.HEAD
    choose(page, ADMIN_NAME)
    page.manage.chosen.role.set_value(Role.CLERK.value)
    page.manage.chosen.do.click()
    assert "duy nhất" in page.manage.chosen.message.text
    assert account(staff, ADMIN).role is Role.ADMINISTRATOR
    assert not page.manage.chosen.close_it.isVisible()  # nobody puts themselves out


def test_closing_asks_twice_and_opening_gives_a_new_password(staff: Desk, make_open_window: Open) -> None:
    page = come_in(make_open_window(staff), staff)
    assert page.manage is not None
    choose(page, "Đinh Thị Sen")
    page.manage.chosen.close_it.click()
    assert not account(staff, "sen").closed
    page.manage.chosen.close_it.click()
    assert account(staff, "sen").closed
    choose(page, "Đinh Thị Sen")
    page.manage.chosen.reopen.click()
    shown = page.manage.one_time.password.text()
    with pytest.raises(RuleRefusal, match="sign_in_wrong"):
        sign_in(staff, "sen", password_of("sen"))
    assert sign_in(staff, "sen", shown).must_change


def test_a_locked_account_needs_a_second_person(staff: Desk, make_open_window: Open) -> None:
    for _ in range(LOCK_AFTER):
        with pytest.raises(RuleRefusal):
            sign_in(staff, "sen", "đoán")
        staff.clock = FixedClock(staff.clock.now() + timedelta(minutes=5))
    page = come_in(make_open_window(staff), staff)
    assert page.manage is not None
    choose(page, "Đinh Thị Sen")
    page.manage.chosen.unlock.click()
    form = page.manage.unlock
    assert form.second.value() == "pin"
    form.own_password.setText(ADMIN_PASSWORD)
    form.proof.setText("sai")
    form.do.click()
    assert "chưa đúng" in form.message.text
    assert form.own_password.text() == ""
    form.own_password.setText(ADMIN_PASSWORD)
    form.proof.setText(password_of("pin"))
    form.do.click()
    assert not account(staff, "sen").locked
    assert not page.manage.chosen.unlock.isVisible()


@pytest.mark.parametrize("username", ["sen", "pin"])
def test_others_see_their_own_password_only(staff: Desk, make_open_window: Open, username: str) -> None:
    page = come_in(make_open_window(staff), staff, username)
    assert page.manage is None
    assert page.first is None
    own = page.own
    assert own is not None
    own.present.setText("sai")
    own.pair.new.setText("mưa nguồn chớp bể")
    own.pair.again.setText("mưa nguồn chớp bể")
    own.do.click()
    assert "chưa đúng" in own.message.text
    own.present.setText(password_of(username))
    own.pair.new.setText("mưa nguồn chớp bể")
    own.pair.again.setText("mưa nguồn chớp bể")
    QTest.keyClick(own.pair.again, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert sign_in(staff, username, "mưa nguồn chớp bể").username == username


def test_the_name_on_papers_is_who_signed_in(staff: Desk, make_open_window: Open) -> None:
    window = make_open_window(staff)
    come_in(window, staff)
    screen = window.current_screen()
    assert isinstance(screen, SettingsScreen)
    counter = screen.pages["counter"]
    assert not counter.fields[0].isEnabled()
    before = staff.settings
    assert counter.read(before) == before
