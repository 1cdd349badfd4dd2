"""Start-up and memory of the whole program, each against a bare PySide6 window in its own process."""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench.row import Row, p99, row
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.people_at_desk import employ

from counter_app.bootstrap import open_desk
from counter_app.ui.session.sign_in_hint import SignInHint

STARTS = 15
MEMORY_RUNS = 3
_MORE_FOR_PASSWORD_MS = 300


def start_row(folder: Path) -> Row:
    """Measure from the start of the process to a window that takes keys."""
    data_dir = folder / "start"
    make_desk(data_dir, MORNING).store.close()
    ours: list[float] = []
    floor: list[float] = []
    for turn in range(STARTS + 2):
        programs = [(ours, ("app", str(data_dir))), (floor, ("bare",))]
        for times, words in programs if turn % 2 else reversed(programs):
            started_ms, _ = _run(*words)
            if turn >= 2:  # the first two fill the disk cache
                times.append(started_ms)
    note = f"{STARTS} starts each in turns; fastest {min(ours):.0f} and {min(floor):.0f} ms"
    return row(
        "start to usable window",
        statistics.median(ours),
        "ms",
        floor=statistics.median(floor),
        at_most_ratio=2.0,
        note=note,
    )


def sign_in_row(folder: Path) -> Row:
    """Measure to a page that takes a password, against the intake of a counter without accounts."""
    plain, guarded = folder / "plain", folder / "guarded"
    make_desk(plain, MORNING).store.close()
    employ(make_desk(guarded, MORNING)).store.close()
    SignInHint(guarded / "sign_in.json").keep(expected=True)
    asking: list[float] = []
    open_: list[float] = []
    for turn in range(STARTS + 2):
        programs = [(asking, str(guarded)), (open_, str(plain))]
        for times, data_dir in programs if turn % 2 else reversed(programs):
            started_ms, _ = _run("app", data_dir)
            if turn >= 2:  # the first two fill the disk cache
                times.append(started_ms)
    floor = statistics.median(open_)
    return row(
        "start to a page that takes a password",
        statistics.median(asking),
        "ms",
        floor=floor,
        below=floor + _MORE_FOR_PASSWORD_MS,
        note=f"{STARTS} starts each in turns; the floor is the intake of a counter without accounts",
    )


def memory_rows(filled: Path, dossiers: int) -> list[Row]:
    """Measure a window that has searched and opened dossiers over the `filled` counter."""
    desk = open_desk(filled, access="read")
    with desk.store.reading() as queries:
        newest = queries.newest(1)[0].dossier_code
    desk.store.close()
    figures = [(_run("app", str(filled), newest)[1], _run("bare")[1]) for _ in range(MEMORY_RUNS)]
    ours = statistics.median(app["resident_mb"] for app, _ in figures)
    floor = statistics.median(bare["resident_mb"] for _, bare in figures)
    openings = [ms for app, _ in figures for ms in app["scan_to_open_ms"]]
    firsts = [app["scan_to_open_ms"][0] for app, _ in figures]
    return [
        row(
            f"memory with {dossiers:,} dossiers",
            ours,
            "MB",
            floor=floor,
            at_most_ratio=3.0,
            note="resident, after eight searches and twenty dossiers",
        ),
        row(
            f"scan of a slip to its dossier on screen at {dossiers:,}, p99",
            p99(openings),
            "ms",
            below=200,
            note=f"median {statistics.median(openings):.1f} ms; the first of a start {max(firsts):.0f} ms",
        ),
    ]


def _run(*words: str) -> tuple[float, dict[str, Any]]:
    """Start a window; return the milliseconds until it was usable and the figures it printed."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.windows", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=env,
    )
    assert program.stdout is not None
    said = program.stdout.readline()
    started_ms = (time.perf_counter() - begun) * 1000
    rest, complaints = program.communicate(timeout=120)
    if said.strip() != "usable" or program.returncode != 0:
        raise RuntimeError(f"the window {words[0]} did not come up: {complaints}")
    return started_ms, json.loads(rest)
