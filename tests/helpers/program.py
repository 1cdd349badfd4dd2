"""The real program in a process of its own: its exit code, JSON and messages."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OFFICE_NAME = "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ TRUNG MINH"
INIT = (
    *("init", "--unit-code", "H29.12", "--office", OFFICE_NAME, "--province", "Phú Thọ"),
    *("--counter", "1", "--admin", "Trần Thị Mai"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command left behind; `error` is the JSON error with code, message and details."""

    exit_code: int
    out: Any
    error: Any
    stderr: str


def command(data_dir: Path, *words: str, now: str) -> list[str]:
    """Return the command line of the program."""
    return [sys.executable, "-m", "counter_app", "--data-dir", str(data_dir), "--json", "--now", now, *words]


def run_program(
    data_dir: Path,
    *words: str,
    now: str = "2026-11-23T10:45:00",
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
) -> Outcome:
    """Run one command to its end; warnings are errors in there too."""
    done = subprocess.run(
        command(data_dir, *words, now=now),
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONWARNINGS": "error", **(env or {})},
        check=False,
    )
    stderr = done.stderr.decode()
    return Outcome(
        exit_code=done.returncode,
        out=json.loads(done.stdout) if done.stdout.strip() else None,
        error=json.loads(stderr.splitlines()[-1])["error"] if stderr.strip() else None,
        stderr=stderr,
    )
