"""With two monitors the citizen's screen stands on the other one and leaves the keyboard to the clerk."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_MONITOR = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1, "y": 0}
_PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.helpers.builders import MORNING, make_dossier
from tests.helpers.desks import make_desk
from counter_app.services.queue.queue_settings import QueueSettings, SecondScreen, save_queue_settings
from counter_app.ui.app import make_window
from counter_app.ui.appearance import Appearance
from counter_app.ui.operations import Operations

application = QApplication([])
desk = make_desk(Path(sys.argv[1]), MORNING)
root = Path(sys.argv[2])
window = make_window(application, root / "resources", Appearance(scheme="light"), Operations.synchronous())
window.attach(desk)
window.show()
window.activateWindow()
window.begin_daily()
stage = window.workspace.stage
for _ in range(10):
    application.processEvents()
assert stage.has_own_monitor
assert stage.is_open, "the welcome shows without anybody asking"
assert stage.screen.screen().name() == "two"
assert stage.screen.geometry() == application.screens()[1].geometry()
# The offscreen platform activates whatever is shown, so only what is asked of the system can be tested.
assert stage.screen.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
assert stage.screen.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
dossier = make_dossier(1)
stage.show_promise(dossier)
assert stage.screen.promise.code.text() == dossier.dossier_code
stage.toggle()
assert stage.is_open, "a key of the clerk never darkens the citizen's own monitor"
stage.ask_rating(lambda _answer: None)
stage.screen.rating.skip.click()
assert stage.is_open and stage.screen.showing == "welcome"
save_queue_settings(desk, QueueSettings(second_screen=SecondScreen.PAGE))
stage.settings_changed()
assert not stage.is_open and not stage.has_own_monitor
window.close()
print("good")
"""


@pytest.mark.slow
def test_the_other_monitor_is_the_citizens(tmp_path: Path) -> None:
    monitors = [
        {**_MONITOR, "name": "one", "x": 0, "width": 1366, "height": 768},
        {**_MONITOR, "name": "two", "x": 1366, "width": 1920, "height": 1080},
    ]
    layout = tmp_path / "monitors.json"
    layout.write_text(json.dumps({"screens": monitors}), "utf-8")
    environment = os.environ | {
        "QT_QPA_PLATFORM": f"offscreen:configfile={layout}",
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
    }
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(tmp_path / "counter"), str(ROOT)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.strip().endswith("good"), done.stderr[-2000:]
