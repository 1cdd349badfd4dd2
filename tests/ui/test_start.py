"""A start loads little; what it leaves out is loaded in idle time, in small steps."""

import json
import subprocess
import sys
from pathlib import Path

from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk

PROGRAM = """
import json, os, sys, time
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from counter_app.bootstrap import late_desk
from counter_app.ui.app import run
from counter_app.ui.warm_up import WarmUp

found = {}

def usable(window):
    found["usable"] = sorted(sys.modules)
    found["focus"] = window.focusWidget().accessibleName()

def shown(window):
    def look():
        warm = window.findChildren(WarmUp)
        if warm and not warm[0].isActive():
            found["warm"] = sorted(sys.modules)
            window.close()
            QApplication.quit()
    look.timer = QTimer(window, interval=20)
    look.timer.timeout.connect(look)
    look.timer.start()

code = run(lambda: late_desk(Path(sys.argv[1])), resources=Path(sys.argv[2]), expects_data=True,
           on_usable=usable, on_shown=shown)
print(json.dumps(found))
sys.exit(code)
"""
RESOURCES = Path(__file__).parents[2] / "resources"


def test_a_start_loads_what_a_window_needs_and_the_rest_comes_after(tmp_path: Path) -> None:
    make_desk(tmp_path / "counter", MORNING).store.close()
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "counter"), str(RESOURCES)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    heavy = {"sqlalchemy", "reportlab", "yaml", "jsonschema", "alembic", "keyring", "serial", "zxingcpp"}
    ours = {"domain.card_repair", "services.assess_visit", "services.print_papers", "ui.intake.form_panel"}
    assert found["focus"] == "Tìm thủ tục"
    assert heavy & set(found["usable"]) == set()
    assert {f"counter_app.{name}" for name in ours} & set(found["usable"]) == set()
    assert {f"counter_app.{name}" for name in ours} <= set(found["warm"])
