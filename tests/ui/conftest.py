"""A real window over a real encrypted database; every Qt warning and every crash fails the test."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk

from counter_app.services.desk import Desk
from counter_app.ui.app import make_window
from counter_app.ui.appearance import Appearance
from counter_app.ui.main_window import MainWindow
from counter_app.ui.operations import Operations

RESOURCES = Path(__file__).parents[2] / "resources"
# The offscreen platform says these about every window and popup; they are no fault of ours.
_HARMLESS = tuple(
    f"This plugin does not support {what}"
    for what in ("propagateSizeHints()", "raise()", "grabbing the keyboard")
)


@pytest.fixture(autouse=True)
def no_qt_warnings(qtlog: object) -> Iterator[None]:
    yield
    records = qtlog.records  # type: ignore[attr-defined]
    bad = [r.message for r in records if r.matches_level("WARNING") and r.message not in _HARMLESS]
    assert not bad, bad


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MORNING)
    yield made
    made.store.close()


@pytest.fixture
def make_open_window(qtbot: QtBot) -> Iterator[Callable[..., MainWindow]]:
    """Open a window over a desk; whatever crashed in it fails the test."""
    crashes: list[Exception] = []
    windows: list[MainWindow] = []

    def make(over: Desk, **appearance: object) -> MainWindow:
        from PySide6.QtWidgets import QApplication

        application = QApplication.instance()
        assert isinstance(application, QApplication)
        look = Appearance(**{"scheme": "light", **appearance})  # type: ignore[arg-type]
        window = make_window(application, RESOURCES, look, Operations.synchronous())
        window.operations.crashed.connect(crashes.append)
        qtbot.addWidget(window)
        window.attach(over)
        with qtbot.waitActive(window):
            window.show()
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.close()
    assert not crashes, crashes


@pytest.fixture
def window(desk: Desk, make_open_window: Callable[..., MainWindow]) -> MainWindow:
    """The window of a set-up counter, intake in front."""
    return make_open_window(desk)
