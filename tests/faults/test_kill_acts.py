"""`kill -9` between any two steps of any act: paper and database never disagree, no dossier is torn."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

EVERY = 5  # steps between two deaths; `python -m tests.faults.kill_acts DIR 1` dies at each of them


@pytest.mark.slow
def test_paper_and_database_agree_after_death_at_any_step(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.kill_acts", str(tmp_path), str(EVERY)],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    report = json.loads(done.stdout)
    assert report["killed"] > 50
    assert len(report["by_papers"]) > 7, "the deaths were not spread over the papers"
