"""Starting: the window first, the data after, and what is remembered between starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.ui.conftest import RESOURCES

from counter_app.domain.errors import EnvironmentProblem
from counter_app.services.desk import Desk
from counter_app.ui.app import make_window
from counter_app.ui.appearance import Appearance, load_appearance, save_appearance
from counter_app.ui.operations import Operations


def test_the_window_opens_the_desk_on_the_writer_thread(qtbot: QtBot, tmp_path: Path) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    operations = Operations()
    window = make_window(application, RESOURCES, Appearance(scheme="dark"), operations)
    qtbot.addWidget(window)
    crashes: list[Exception] = []
    operations.crashed.connect(crashes.append)
    window.show()
    opened: list[Desk] = []

    def attach(desk: Desk) -> None:
        opened.append(desk)
        window.attach(desk)

    operations.run_command(lambda: make_desk(tmp_path / "counter", MORNING), done=attach, changes=False)
    qtbot.waitUntil(lambda: bool(opened) and window.current_screen() is not None)
    for screen_id in ("dossiers", "procedures", "drafts", "settings", "intake"):
        window.open_screen(screen_id)
    window.close()
    opened[0].store.close()
    assert crashes == []


def test_data_that_cannot_be_opened_is_explained_and_can_be_tried_again(qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    window = make_window(application, RESOURCES, Appearance(), Operations.synchronous())
    qtbot.addWidget(window)
    window.show()
    tries: list[int] = []

    def refuse() -> Desk:
        tries.append(1)
        raise EnvironmentProblem("already_running")

    def load() -> None:
        window.operations.run_command(refuse, done=window.attach, changes=False)

    window.start_page.on_retry(load)
    load()
    words = [label.text() for label in window.start_page.findChildren(QLabel) if label.isVisible()]
    assert any("đang mở ở cửa sổ khác" in text for text in words)
    window.start_page.try_again()
    assert len(tries) == 2
    window.close()


def test_without_a_screen_the_program_says_so_and_ends_with_4(tmp_path: Path) -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    env = {name: value for name, value in os.environ.items() if name not in screens}
    ended = subprocess.run(
        [sys.executable, "-m", "counter_app", "--data-dir", str(tmp_path / "counter")],
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (4, "")
    assert "màn hình" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"language": "vi"}', '{"language":1,"scheme":2,"text_scale":"x"}']
)
def test_an_unreadable_appearance_file_is_no_obstacle(tmp_path: Path, content: str) -> None:
    path = tmp_path / "window.json"
    path.write_text(content, encoding="utf-8")
    assert load_appearance(path) == Appearance()


def test_the_appearance_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    chosen = Appearance(language="en", scheme="high_contrast", text_scale=150)
    save_appearance(path, chosen)
    assert load_appearance(path) == chosen
    save_appearance(tmp_path / "missing" / "window.json", chosen)
