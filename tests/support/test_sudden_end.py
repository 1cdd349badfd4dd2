"""The real window, killed and started again; and one that starts anew after a crash."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk

RESOURCES = Path(__file__).parents[2] / "resources"
PROGRAM = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from counter_app.bootstrap import incidents, late_desk
from counter_app.ui.app import run
from counter_app.ui.message_bar import MessageBar
from counter_app.ui.widgets.labels import PlainLabel

folder, how = Path(sys.argv[1]), sys.argv[2]

def shown(window):
    QTimer.singleShot(50, lambda: look(window))

def look(window):
    bars = window.findChildren(MessageBar)
    words = [label.text() for bar in bars for label in bar.findChildren(PlainLabel)]
    print(any("dừng đột ngột" in text for text in words), flush=True)
    if how == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    window.restart_wanted = how == "anew"
    window.close()
    QApplication.quit()

def anew():
    desk = late_desk(folder)  # only a program that let go of the data can be followed by another
    print("again", desk.is_set_up)
    desk.store.close()

sys.exit(run(lambda: late_desk(folder), resources=Path(sys.argv[3]), expects_data=True,
             incidents=incidents(folder), restart=anew, on_shown=shown))
"""


def start(folder: Path, how: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), how, str(RESOURCES)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    return done.returncode, done.stdout.split("\n")[:-1]


@pytest.mark.slow
def test_only_the_start_after_a_sudden_end_says_so(tmp_path: Path) -> None:
    make_desk(tmp_path / "counter", MORNING).store.close()
    assert start(tmp_path / "counter", "closed") == (0, ["False"])
    assert start(tmp_path / "counter", "killed") == (-signal.SIGKILL, ["False"])
    assert start(tmp_path / "counter", "anew") == (0, ["True", "again True"])
    assert start(tmp_path / "counter", "closed") == (0, ["False"])
