"""Row 10: the computer's clock goes back or ahead, under the real program."""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import libfaketime
from tests.faults.rows.row import Found, Size
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.raw_database import assert_no_torn_act, select
from tests.helpers.visits import CERTIFIED_COPY, GRANDMOTHER, card_text

_LIBRARY = Path(libfaketime.__file__).parent / "vendor" / "libfaketime" / "src" / "libfaketime.so.1"
_RULE_REFUSED = 3


class Machine:
    """The program in processes of its own, whose clock says what we want."""

    def __init__(self, folder: Path, out: Path) -> None:
        self.folder, self.out = folder, out
        self._answers = out.parent / "answers.json"
        facts = {"facts": dict(CERTIFIED_COPY.facts), "applicant": {"phone": "0912345678"}}
        self._answers.write_text(json.dumps(facts), encoding="utf-8")

    def receive(self, now: datetime) -> tuple[int, Any]:
        """Receive a dossier; return the exit code and its code, or the error."""
        words = ["receive", "--procedure", CERTIFIED_COPY.procedure_id, "--answers", str(self._answers)]
        done = self._run(now, *words, "--card", card_text(GRANDMOTHER), "--slip", "--out", str(self.out))
        if done.returncode:
            return done.returncode, json.loads(done.stderr.splitlines()[-1])["error"]
        return 0, json.loads(done.stdout)["dossier_code"]

    def told_by_doctor(self, now: datetime) -> bool:
        """Return whether the self-check says that the clock is well."""
        checks = json.loads(self._run(now, "doctor").stdout)["checks"]
        return bool(next(check for check in checks if check["name"] == "clock")["ok"])

    def confirm(self, now: datetime) -> None:
        """Say that the clock is right although it seems set back."""
        self._run(now, "doctor", "--clock-is-right")

    def _run(self, now: datetime, *words: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "LD_PRELOAD": str(_LIBRARY),
            "FAKETIME": f"@{now.astimezone().strftime('%Y-%m-%d %H:%M:%S')}",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        command = [sys.executable, "-m", "counter_app", "--data-dir", str(self.folder), "--json", *words]
        return subprocess.run(command, env=environment, check=False, capture_output=True, text=True)


def wrong_clock(size: Size, folder: Path) -> Found:
    """A day back, a year ahead, and right again."""
    make_desk(folder / "counter", MORNING).store.close()
    machine, found = Machine(folder / "counter", folder / "papers"), Found()
    day, minute = timedelta(days=1), timedelta(minutes=1)
    _code, first = machine.receive(MORNING)
    papers = len(list(machine.out.iterdir()))
    back = [machine.receive(MORNING - days * day) for days in (1, 2, 30)[: size.of(3, 1)]]
    refused = [code == _RULE_REFUSED and said["code"] == "clock_set_back" for code, said in back]
    found.must(all(refused), f"a clock set back was taken: {back}")
    found.must(len(list(machine.out.iterdir())) == papers, "a paper bears a wrong hour")
    told = not machine.told_by_doctor(MORNING - day)
    found.must(told, "the self-check does not see the clock")
    _code, second = machine.receive(MORNING + 10 * minute)
    found.must(first != second and _code == 0, f"it does not go on where it was: {second}")
    ahead, said = machine.receive(MORNING + 365 * day)
    again, word = machine.receive(MORNING + 20 * minute)
    machine.confirm(MORNING + 30 * minute)
    confirmed, _said = machine.receive(MORNING + 40 * minute)
    found.must(confirmed == 0, "it does not go on after somebody said that the clock is right")
    found.figures = {
        "acts on a clock set back, refused": sum(refused),
        "a clock set back, told by the self-check": int(told),
        "an act a year ahead": "received" if ahead == 0 else said["code"],
        "after somebody said that the clock is right": "received" if confirmed == 0 else "refused",
        "the next one on the right clock": "received" if again == 0 else word["code"],
    }
    # A year ahead nobody knows the holidays: either it is refused, or what follows is noticed.
    found.must((ahead == 0) == (again != 0), "a year ahead went by unnoticed")
    desk = make_desk(folder / "counter", MORNING)
    assert_no_torn_act(desk)
    codes = [str(row[0]) for row in select(desk, "SELECT dossier_code FROM dossier")]
    desk.store.close()
    found.must(len(set(codes)) == len(codes), "a code was given twice")
    return found
