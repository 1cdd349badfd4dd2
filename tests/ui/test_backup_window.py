"""Backups in the window: the page, the guided restore, what is done in idle time and on closing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.put_back import fill
from tests.helpers.visits import BIRTH

from counter_app.services.backup.backup_port import SalvagedTable, SalvageReport
from counter_app.services.backup.create import create
from counter_app.services.backup.standing import backup_standing
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.ui.main_window import MainWindow
from counter_app.ui.restore.view import RestoreView
from counter_app.ui.restore.words import report_words
from counter_app.ui.settings.backup_page import BackupPage
from counter_app.ui.settings.view import SettingsScreen

Opener = Callable[..., MainWindow]


def backup_page(window: MainWindow) -> BackupPage:
    window.open_screen("settings", page="backup")
    QApplication.processEvents()
    screen = window.current_screen()
    assert isinstance(screen, SettingsScreen)
    page = screen.pages["backup"]
    assert isinstance(page, BackupPage)
    return page


def restore_view(window: MainWindow) -> RestoreView:
    view = window.stack.currentWidget()
    assert isinstance(view, RestoreView)
    return view


def test_the_page_makes_one_now_one_to_take_away_and_knows_a_stick(
    desk: Desk, make_open_window: Opener, tmp_path: Path
) -> None:
    fill(desk)
    page = backup_page(make_open_window(desk))
    assert page.last.text() == "Chưa có bản nào."
    page.make_now()
    assert page.last.text() == "08:30 23/11/2026"
    page.save_to(tmp_path / "usb.qmcbak")
    assert all(check.ok for check in desk.backups.check(tmp_path / "usb.qmcbak"))
    (tmp_path / "stick").mkdir()
    page.take_folder(str(tmp_path / "stick"))
    assert "đang có" in page.second.text()
    assert list((tmp_path / "stick").rglob("*.qmcbak"))
    (tmp_path / "stick").rename(tmp_path / "pulled")
    page._look()
    assert "không có mặt" in page.second.text()
    page.save_to(tmp_path / "nowhere" / "x.qmcbak")
    assert page.message.text
    assert page.now.isEnabled()
    assert "Lần gần nhất chưa được: không ghi được" in page.last.text()


@pytest.mark.slow
def test_idle_time_makes_the_daily_one_and_closing_one_more(desk: Desk, make_open_window: Opener) -> None:
    window = make_open_window(desk)
    window.begin_daily()
    assert window.backups is not None
    window.backups.look()
    first = backup_standing(desk).last_good
    assert first is not None
    desk.clock.advance(hours=2)  # type: ignore[attr-defined]
    window.backups.look()
    assert backup_standing(desk).last_good == first
    receive(desk, BIRTH, clerk="Mai")
    window.close()
    assert backup_standing(desk).last_good == desk.clock.now()


@pytest.mark.slow
def test_the_guided_restore_puts_back_with_the_sheet_and_asks_to_start_anew(
    desk: Desk, make_open_window: Opener, tmp_path: Path
) -> None:
    elsewhere = make_desk(tmp_path / "dead-pc", MORNING)
    sheet = elsewhere.keys.add_code(MORNING)
    elsewhere.keys.keep_code(sheet.wrap_id)
    received = fill(elsewhere)
    create(elsewhere, tmp_path / "usb.qmcbak")
    elsewhere.store.close()
    window = make_open_window(desk)
    window.begin_daily()
    window.open_restore()
    view = restore_view(window)
    (tmp_path / "no.qmcbak").write_text("x")
    view.take_file(tmp_path / "no.qmcbak")
    assert "không phải bản sao lưu" in view.file_form.message.text
    view.take_file(tmp_path / "usb.qmcbak")
    assert view.typed.isVisible()
    view.typed.setText("A" * 35)
    view.key_form.do.click()
    assert view.key_form.message.text
    assert view.typed.value() == "A" * 35  # nobody types 35 letters twice for one that is wrong
    view.typed.setText(sheet.code)
    view.key_form.do.click()
    assert view.confirm_form.isVisible()
    assert "3 hồ sơ" in view.content.text()
    view.slip.setText("chữ linh tinh")
    view.confirm_form.do.click()
    assert view.confirm_form.isVisible()  # only the slip is asked for again
    assert view.confirm_form.message.text
    assert not list(tmp_path.glob("counter.truoc-*"))  # and nothing was replaced
    view.slip.setText("")
    view.confirm_form.do.click()
    assert "Đã khôi phục 3 hồ sơ" in view.outcome.text()
    assert "counter.truoc-" in view.outcome.text()
    QTest.keyClick(view.done_form.do, Qt.Key.Key_Return)
    assert window.restart_wanted
    again = make_desk(tmp_path / "counter", MORNING)
    with again.store.reading() as queries:
        assert all(queries.dossier_by_code(each.dossier_code) for each in received)
        assert [run.file for run in queries.backup_runs()] == []  # closing made none of data not ours
    again.store.close()


def test_leaving_before_anything_was_closed_goes_back(desk: Desk, make_open_window: Opener) -> None:
    window = make_open_window(desk)
    page = backup_page(window)
    page.restore.click()
    QTest.keyClick(restore_view(window).file_form.do, Qt.Key.Key_Escape)
    assert window.current_screen() is window.stack.currentWidget()
    assert window.rail.isEnabled()
    assert not window.restart_wanted


def test_what_is_left_of_damaged_data_is_saved_from_the_start_page(
    desk: Desk, make_open_window: Opener, tmp_path: Path
) -> None:
    fill(desk)
    window = make_open_window(desk)
    window.open_restore(desk, damaged=True)
    view = restore_view(window)
    view.salvage.click()
    assert "3 hồ sơ nguyên vẹn" in view.content.text()
    view.confirm_form.do.click()
    assert "để riêng" in view.outcome.text()


@pytest.mark.parametrize("scheme", ["light"])
def test_words_are_plain_text(desk: Desk, make_open_window: Opener, tmp_path: Path, scheme: str) -> None:
    """An office's name out of a foreign file is shown as it is written."""
    other = make_desk(tmp_path / "other", MORNING, name="<b>ĐẬM</b> &amp;")
    create(other, tmp_path / "usb.qmcbak")
    other.store.close()
    window = make_open_window(desk, scheme=scheme)
    window.open_restore()
    view = restore_view(window)
    view.take_file(tmp_path / "usb.qmcbak")
    assert "<b>ĐẬM</b> &amp;" in view.content.text()


def test_what_could_not_be_read_is_named_in_the_words_of_the_counter() -> None:
    broken = ("person", "person_link", "print_log", "code_counter", "audit_entry")
    tables = [SalvagedTable(table=name, read=3, filled=0, gaps=1) for name in broken]
    whole = SalvagedTable(table="receipt", read=9, filled=0, gaps=0)
    words = report_words(SalvageReport(dossiers=8, lost={}, tables=[*tables, whole], filled_from=""))
    last = words.splitlines()[-1]
    assert last.endswith(": công dân, lần in giấy tờ, phần phụ của chương trình, nhật ký")
    assert not any(name in words for name in (*broken, "phiếu thu"))


def test_old_news_of_a_backup_is_gone_when_the_page_is_shown_again(
    desk: Desk, make_open_window: Opener
) -> None:
    window = make_open_window(desk)
    page = backup_page(window)
    page.make_now()
    assert page.message.text
    window.open_screen("settings", page="support")
    assert backup_page(window).message.text == ""


def test_the_keyboard_stays_at_the_button_that_backed_up(desk: Desk, make_open_window: Opener) -> None:
    window = make_open_window(desk)
    page = backup_page(window)
    page.now.setFocus()
    page.now.click()
    assert page.message.text
    assert window.focusWidget() is page.now


def test_a_file_is_looked_for_where_the_counters_own_backups_lie(
    desk: Desk, make_open_window: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (begun.append(args[2]), ("", ""))[1])
    window = make_open_window(desk)
    page = backup_page(window)
    page.restore.click()
    restore_view(window).file_form.do.click()
    restore_view(window).give_up.click()
    page.make_now()
    page.restore.click()
    restore_view(window).file_form.do.click()
    assert [Path(folder) == desk.backups.own_folder for folder in begun] == [False, True]
