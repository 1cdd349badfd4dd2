"""The queue screen: a key a ticket, a key a call; the hall hears and sees it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.helpers.desks import PaperTray
from tests.printing.paper_reading import all_text

from counter_app.domain.rating import Score
from counter_app.services.desk import Desk
from counter_app.services.queue.queue_now import queue_now
from counter_app.services.queue.queue_settings import SecondScreen, queue_settings
from counter_app.ui.citizen_screen.stage import Stage
from counter_app.ui.main_window import MainWindow
from counter_app.ui.queue.view import QueueScreen
from counter_app.ui.settings.queue_page import QueuePage
from counter_app.ui.settings.view import SettingsScreen


@pytest.fixture
def screen(window: MainWindow) -> QueueScreen:
    window.open_screen("queue")
    QApplication.processEvents()
    made = window.current_screen()
    assert isinstance(made, QueueScreen)
    return made


def shown(within: QWidget) -> list[str]:
    QApplication.processEvents()
    return [label.text() for label in within.findChildren(QLabel) if label.isVisible()]


def tray(desk: Desk) -> PaperTray:
    assert isinstance(desk.printer, PaperTray)
    return desk.printer


def waiting(desk: Desk) -> list[str]:
    return [ticket.label for ticket in queue_now(desk).waiting]


def press(qtbot: QtBot, screen: QueueScreen, keys: str) -> None:
    """Type slowly enough that it is no scan."""
    for key in keys:
        before = (screen.issue.priority.isChecked(), len(screen.model.tickets))
        qtbot.keyClick(screen, key)
        qtbot.waitUntil(
            lambda was=before: (screen.issue.priority.isChecked(), len(screen.model.tickets)) != was
        )


def test_an_empty_queue_says_what_to_do(screen: QueueScreen) -> None:
    assert "Không có ai chờ" in shown(screen)
    assert "Chưa gọi ai. Bấm F9 để gọi người tiếp theo." in shown(screen)
    assert not screen.serving.recall.isEnabled()


def test_number_keys_hand_out_printed_tickets(screen: QueueScreen, desk: Desk, qtbot: QtBot) -> None:
    press(qtbot, screen, "1")
    press(qtbot, screen, "5")
    press(qtbot, screen, "01")
    assert sorted(waiting(desk)) == ["A001", "A002", "E001"]
    assert not screen.issue.priority.isChecked(), "the tick is for one ticket only"
    assert [title for title, _pdf in tray(desk).printed] == ["so-thu-tu.pdf"] * 3
    assert "ƯUTIÊN" in all_text(tray(desk).printed[-1][1])
    assert [screen.model.index(row, 1).data() for row in range(3)].count(
        "Ưu tiên · Hộ tịch – Chứng thực"
    ) == 1


def test_a_printer_that_fails_is_told_and_the_number_stays(
    screen: QueueScreen, desk: Desk, window: MainWindow
) -> None:
    tray(desk).failing = True
    screen.issue.press(0)
    assert waiting(desk) == ["A001"]
    assert any("Hãy đọc số cho công dân" in text for text in shown(window))


def test_call_recall_absent_and_back(
    screen: QueueScreen, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    for _ in range(2):
        screen.issue.press(0)
    qtbot.keyClick(screen, Qt.Key.Key_F9)
    assert screen.serving.number.text() == "A001"
    for _ in range(3):
        qtbot.keyClick(screen, Qt.Key.Key_F4)
    assert "gọi 4 lần" in shown(screen)
    assert not screen.serving.recall.isEnabled()
    qtbot.keyClick(screen, Qt.Key.Key_F7)
    assert "Vắng khi gọi" in shown(screen)
    qtbot.keyClick(screen, Qt.Key.Key_F9)
    assert screen.serving.number.text() == "A002"
    qtbot.keyClick(screen, Qt.Key.Key_F8)
    assert screen.serving.number.text() == "–"
    screen.presenter.call_again(queue_now(desk).absent[0].ticket_id)
    assert screen.serving.number.text() == "A001"
    qtbot.keyClick(screen, Qt.Key.Key_F9)
    assert any("Không còn ai chờ" in text for text in shown(window))


def test_a_counter_that_calls_one_group(screen: QueueScreen, desk: Desk) -> None:
    screen.issue.press(0)
    screen.issue.press(4)
    screen.groups.set_value("returns")
    screen.groups.edited.emit()
    screen.presenter.call_next()
    assert screen.serving.number.text() == "E001"
    screen.presenter.load()
    assert screen.groups.value() == "returns"


def test_the_hall_sees_the_call(screen: QueueScreen, window: MainWindow) -> None:
    assert window.workspace is not None
    stage = window.workspace.stage
    assert isinstance(stage, Stage)
    stage.toggle()
    screen.issue.press(2)
    screen.presenter.call_next()
    assert stage.screen.call.number.text() == "C001"
    assert stage.screen.call.counter.text() == "đến Quầy 1"


def test_paper_ratings_are_entered_and_the_fields_emptied(screen: QueueScreen, desk: Desk) -> None:
    screen.ratings.take()
    screen.ratings.fields[Score.VERY_SATISFIED].setText("12")
    screen.ratings.fields[Score.UNSATISFIED].setText("1")
    screen.ratings.take()
    today = desk.clock.now().date()
    with desk.store.reading() as queries:
        counts = {each.score: each.count for each in queries.rating_counts(today, today)}
    assert counts == {Score.VERY_SATISFIED: 12, Score.UNSATISFIED: 1}
    assert [field.text() for field in screen.ratings.fields.values()] == ["", "", ""]
    screen.ratings.fields[Score.SATISFIED].setText("hai")
    screen.ratings.take()
    assert screen.ratings.fields[Score.SATISFIED].text() == "hai", "what is wrong stays to be mended"
    screen.ratings.print_sheet.click()
    assert tray(desk).printed[-1][0] == "phieu-danh-gia.pdf"


def test_groups_are_edited_in_the_settings(window: MainWindow, desk: Desk) -> None:
    window.open_screen("settings", page="queue")
    settings = window.current_screen()
    assert isinstance(settings, SettingsScreen)
    page = settings.pages["queue"]
    assert isinstance(page, QueuePage)
    QApplication.processEvents()
    assert page.rows[0][0].value() == "Hộ tịch – Chứng thực"
    page.rows[4][0].setText("")
    page.rows[5][0].setText("Công an xã")
    page.rows[5][1].setText("g")
    page.paper.setChecked(False)
    page.monitor.set_value(SecondScreen.PAGE.value)
    settings.save()
    kept = queue_settings(desk)
    assert [group.letter for group in kept.groups] == ["A", "B", "C", "D", "G"]
    assert (kept.print_tickets, kept.second_screen) == (False, SecondScreen.PAGE)
    page.rows[1][1].setText("A")
    settings.save()
    assert queue_settings(desk) == kept, "two groups with one letter are refused"
    window.open_screen("queue")
    queue = window.current_screen()
    assert isinstance(queue, QueueScreen)
    QApplication.processEvents()
    queue.issue.press(4)
    assert waiting(desk) == ["G001"]
    assert tray(desk).printed == []
