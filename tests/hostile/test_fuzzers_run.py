"""Every fuzzer runs for two seconds: it starts, it learns, and it notices when something breaks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.hostile.fuzz.targets import TARGETS

ROOT = Path(__file__).parents[2]


def run_python(*words: str) -> subprocess.CompletedProcess[str]:
    path = f"{ROOT}{os.pathsep}{ROOT / 'src'}"
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_every_decoder_holds_for_two_seconds(tmp_path: Path) -> None:
    """The long run is `make fuzz`."""
    time = ("--seconds", str(2 * len(TARGETS)), "--jobs", "2", "--chance", "1")
    done = run_python("-m", "tests.hostile.fuzz.run", *time, "--out", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("held") == len(TARGETS)


_BREAKS = """
import sys
from tests.hostile.fuzz import run
def attack(data):
    if data[:2] == b"ab":
        raise KeyError(data)
target = run.Target("breaks", attack, lambda: [b"ab"])
(outcome,) = run.fuzz_all([target], 5, run.Path(sys.argv[1]))
sys.exit(outcome.exit_code)
"""


@pytest.mark.slow
def test_a_fuzzer_finds_what_breaks(tmp_path: Path) -> None:
    done = run_python("-c", _BREAKS, str(tmp_path))
    assert done.returncode != 0
    assert "breaks" in done.stdout
    assert "BROKE" in done.stdout
    assert "KeyError" in (tmp_path / "breaks.log").read_text()
    (crash,) = (tmp_path / "crashes" / "breaks").glob("crash-*")
    assert crash.read_bytes().startswith(b"ab")
