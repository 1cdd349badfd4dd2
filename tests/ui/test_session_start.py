"""Where people have accounts a start asks for a password first; the intake is there when it is right."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.people_at_desk import MAI, PASSWORD_OF_MAI, employ

from counter_app.services.accounts.first_account import make_first_account
from counter_app.ui.session.sign_in_hint import SignInHint

PROGRAM = """
import json, os, sys
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
from counter_app.bootstrap import late_desk
from counter_app.ui.app import run

data_dir, password = Path(sys.argv[1]), sys.argv[3]
found = {"usable": "", "covered": [], "names": [], "clerk": ""}

def texts(window):
    return [each.text() for each in window.findChildren(QLabel) if each.isVisible()]

def usable(window):
    found["usable"] = window.focusWidget().accessibleName()
    found["covered"].append(window.sitting is not None and window.sitting.covered)

def shown(window):
    found["covered"].append(window.sitting is not None and window.sitting.covered)
    typed = []
    def look():
        if not window.sitting.covered:
            found["clerk"] = window.workspace.desk.clerk
            found["focus"] = QApplication.focusWidget().accessibleName()
            window.close()
            QApplication.quit()
        elif not typed and window.sitting.flow.sign_in.person is not None:
            typed.append(1)
            found["names"] = [person.full_name for person in window.sitting.flow.sign_in.list._people]
            window.sitting.flow.sign_in.password.setText(password)
            window.sitting.flow.sign_in.submit()
    look.timer = QTimer(window, interval=20)
    look.timer.timeout.connect(look)
    look.timer.start()

code = run(lambda: late_desk(data_dir), resources=Path(sys.argv[2]), expects_data=True,
           sign_in_hint=data_dir / "sign_in.json", on_usable=usable, on_shown=shown)
print(json.dumps(found))
sys.exit(code)
"""
RESOURCES = Path(__file__).parents[2] / "resources"


def start(data_dir: Path) -> dict[str, object]:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(data_dir), str(RESOURCES), PASSWORD_OF_MAI],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, object] = json.loads(ended.stdout)
    return found


@pytest.mark.slow
def test_a_start_asks_first_and_remembers_to(tmp_path: Path) -> None:
    data_dir = tmp_path / "counter"
    desk = make_desk(data_dir, MORNING)
    make_first_account(desk, username="mai", full_name=MAI, password=PASSWORD_OF_MAI)
    desk.store.close()
    unknowing = start(data_dir)
    assert unknowing["covered"] == [False, True]
    assert unknowing["clerk"] == MAI
    asking = start(data_dir)
    assert asking["usable"] == "Mật khẩu"
    assert asking["covered"] == [True, True]
    assert (asking["names"], asking["clerk"], asking["focus"]) == ([MAI], MAI, "Tìm thủ tục")


def test_a_hint_that_is_wrong_is_put_right(tmp_path: Path) -> None:
    hint = SignInHint(tmp_path / "sign_in.json")
    assert not hint.expected
    hint.keep(expected=True)
    assert hint.expected
    for broken in ("", "[]", '{"sign_in": 1}', "{"):
        (tmp_path / "sign_in.json").write_text(broken, encoding="utf-8")
        assert not hint.expected
    SignInHint(tmp_path / "missing" / "sign_in.json").keep(expected=True)
    SignInHint(None).keep(expected=True)


def test_the_hint_names_nobody(tmp_path: Path) -> None:
    data_dir = tmp_path / "counter"
    employ(make_desk(data_dir, MORNING)).store.close()
    hint = SignInHint(data_dir / "sign_in.json")
    hint.keep(expected=True)
    assert json.loads((data_dir / "sign_in.json").read_text(encoding="utf-8")) == {"sign_in": True}
