"""The scenes of the queue and of the citizen's screen."""

from collections.abc import Iterator
from datetime import timedelta

from PySide6.QtWidgets import QApplication, QWidget
from tests.helpers.builders import MORNING, FixedClock

from counter_app.domain.dossier import Dossier
from counter_app.services.desk import Desk
from counter_app.services.queue import call_tickets
from counter_app.services.queue.issue_ticket import issue_ticket
from counter_app.ui.citizen_screen.stage import Stage
from counter_app.ui.citizen_screen.stage_port import ReadingLine
from counter_app.ui.main_window import MainWindow

_LINES = (
    ReadingLine(label="Họ tên người được khai sinh", value="Nguyễn Bùi Minh Khôi"),
    ReadingLine(label="Ngày sinh của người được khai sinh", value="15/11/2026"),
    ReadingLine(label="Nơi sinh", value="Trung tâm Y tế Hòa Bình, phường Hòa Bình, tỉnh Phú Thọ"),
    ReadingLine(label="Họ tên người mẹ", value="Công Tằng Tôn Nữ Thị Phương Thảo Nguyên Hạnh"),
)


def queue_scenes(window: MainWindow) -> Iterator[str]:
    """Show a morning's queue: one absent, two at the counters, some waiting."""
    assert window.workspace is not None
    desk = window.workspace.desk
    window.open_screen("queue")
    yield "queue-empty"
    _fill(desk)
    window.open_screen("intake")
    window.open_screen("queue")
    yield "queue"
    desk.clock = FixedClock(MORNING)


def _fill(desk: Desk) -> None:
    for number, group in enumerate(("civil_status", "civil_status", "land_building", "returns", "social")):
        desk.clock = FixedClock(MORNING + timedelta(minutes=3 * number))
        issue_ticket(desk, group, priority=group == "social")
    called = call_tickets.call_next(desk)
    assert called is not None
    call_tickets.mark_absent(desk, called.ticket_id)
    call_tickets.call_next(desk, counter=2)
    call_tickets.call_next(desk)
    desk.clock = FixedClock(MORNING + timedelta(minutes=14))


def citizen_scenes(window: MainWindow, received: Dossier) -> Iterator[str]:
    """Show what the citizen sees: reading back, the promise, the rating, a call, the welcome."""
    assert window.workspace is not None
    stage = window.workspace.stage
    assert isinstance(stage, Stage)
    stage.show_reading("Đăng ký khai sinh", _LINES)
    stage.screen.showNormal()
    QApplication.processEvents()
    stage.screen.resize(window.size())
    yield "citizen-reading"
    stage.show_promise(received)
    yield "citizen-promise"
    stage.ask_rating(lambda _answer: None)
    stage.screen.showNormal()
    yield "citizen-rating"
    stage.show_call("A012", 1)
    stage.screen.rating.skip.click()
    stage.toggle()
    stage.screen.showNormal()
    QApplication.processEvents()
    stage.screen.resize(window.size())
    yield "citizen-welcome"
    stage.show_call("B003", 2)
    yield "citizen-call"
    stage.toggle()


def in_front(window: MainWindow) -> QWidget:
    """Return the dialog that waits for an answer, the citizen's screen while it is open, else the window."""
    dialog = QApplication.activeModalWidget()
    if dialog is not None:
        return dialog
    stage = window.workspace.stage if window.workspace is not None else None
    return stage.screen if isinstance(stage, Stage) and stage.is_open else window
