"""A visit that comes back late, as from a slow disk: the keyboard is where it goes on."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.helpers.visits import BIRTH
from tests.ui.conftest import RESOURCES

from counter_app.services.desk import Desk
from counter_app.services.intake_drafts import save_draft
from counter_app.ui.app import make_window
from counter_app.ui.appearance import Appearance
from counter_app.ui.intake import draft_state
from counter_app.ui.intake.view import IntakeScreen
from counter_app.ui.operations import Operations, SynchronousExecutor


class LateReader:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.jobs: list[Callable[[], None]] = []

    def submit(self, job: Callable[[], None], /) -> None:
        self.jobs.append(job)

    def answer(self) -> None:
        while self.jobs:
            self.jobs.pop(0)()

    def shutdown(self, wait: bool = True) -> None:
        self.jobs.clear()


def test_the_keyboard_is_at_the_next_question_when_the_visit_comes_back(qtbot: QtBot, desk: Desk) -> None:
    visit = replace(BIRTH, fields={})
    state = draft_state.to_json(visit, {}, under_way=True)
    save_draft(
        desk,
        draft_id="d1",
        procedure_id=visit.procedure_id,
        procedure_name="Đăng ký khai sinh",
        applicant_name="",
        state=state,
    )
    application, reader = QApplication.instance(), LateReader()
    assert isinstance(application, QApplication)
    operations = Operations(writer=SynchronousExecutor(), reader=reader)
    window = make_window(application, RESOURCES, Appearance(scheme="light"), operations)
    qtbot.addWidget(window)
    window.attach(desk)
    with qtbot.waitActive(window):
        window.show()
    screen = window.current_screen()
    assert isinstance(screen, IntakeScreen)
    assert screen.form.current_key() is None, "nothing has come back yet"
    reader.answer()
    assert screen.presenter.state.draft_id == "d1"
    assert screen.form.current_key() is not None
    window.close()
