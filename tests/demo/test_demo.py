"""What `make demo` does: a whole day of two counters and a server, and everything agrees."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_the_day_is_lived_and_everything_agrees(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.demo.run", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✗" not in done.stdout
    assert "H29.12" in (tmp_path / "commands.log").read_text(encoding="utf-8")
    assert {path.name for path in tmp_path.glob("*.png")} == {"sync-counter-1.png", "sync-counter-2.png"}


def test_without_a_folder_it_says_how_to_call_it() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.demo.run"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "OUT_DIR" in done.stderr
