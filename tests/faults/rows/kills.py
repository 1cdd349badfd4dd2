"""Row 1: the program is killed at any point, also while it prints, closes a day or moves its log."""

import json
import subprocess
import sys
from pathlib import Path

from tests.faults.receive_kills import kill_receivers
from tests.faults.rows.row import Found, Size
from tests.faults.rows.server_rows import kill_exchanging


def kills(size: Size, folder: Path) -> Found:
    """Kill receivers, kill at every step of every act, kill while printing, kill while exchanging."""
    found = Found()
    for name, pages, times in (("receiving", 8192, 200), ("receiving, the log moved often", 32, 60)):
        outcome = kill_receivers(folder / f"counter{pages}", size.of(times, 10), checkpoint_pages=pages)
        found.figures |= {
            f"kills while {name}": outcome.kills,
            f"dossiers acknowledged while {name}": outcome.acknowledged,
            f"of these lost, {name}": outcome.lost,
        }
        found.must(not outcome.lost, f"{outcome.lost} acknowledged dossiers are lost ({name})")
        found.wrong += outcome.wrong
    work = folder / "acts"
    work.mkdir()
    command = [sys.executable, "-m", "tests.faults.kill_acts", str(work), str(size.of(3, 60))]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    found.must(done.returncode == 0, f"acts: {done.stderr[-300:]}")
    if done.returncode == 0:
        report = json.loads(done.stdout)
        found.figures["kills between two steps of acts and papers"] = report["killed"]
    kill_exchanging(size, folder, found)
    found.figures["half acts"] = sum("half" in each or "torn" in each for each in found.wrong)
    return found
