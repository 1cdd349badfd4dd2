"""Kills processes that receive dossiers, and looks whether what they acknowledged is there, whole."""

import os
import random
import select as io_wait
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from tests.faults.kill_server import digest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.raw_database import (
    assert_definitions_kept,
    assert_no_torn_act,
    assert_outbox_chain,
    select,
)

from counter_app.bootstrap import open_desk
from counter_app.services.desk import Desk
from counter_app.services.look_up import find, open_dossier

_KILLS_A_DAY = 20  # so that one day's numbers survive many crashes, and no day runs out of them
_LONGEST_LIFE_S = 0.15
_PATIENCE_S = 30.0


class Victims:
    """The server that forks processes to be killed; reads their acknowledgements."""

    def __init__(self, data_dir: Path, checkpoint_pages: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.kill_server", str(data_dir), str(checkpoint_pages)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._buffer = b""
        assert self._line() == "ready"

    def live_and_die(self, moment: str, life_s: float) -> list[tuple[str, str]]:
        """Let one process receive until `life_s` after its first dossier; return what it acknowledged."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{moment}\n".encode())
        self._process.stdin.flush()
        lines = [self._line(), self._line()]  # the pid and the first dossier, in either order
        pid = next(int(line.split()[1]) for line in lines if line.startswith("pid "))
        acknowledged = [line for line in lines if not line.startswith("pid ")]
        deadline = time.monotonic() + life_s
        while (left := deadline - time.monotonic()) > 0:
            self._take(left)
        os.kill(pid, signal.SIGKILL)
        while (line := self._line()) != "dead":
            acknowledged.append(line)
        return [(code, mark) for code, mark in (line.split() for line in acknowledged)]

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        assert self._process.wait(_PATIENCE_S) == 0
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _line(self) -> str:
        while b"\n" not in self._buffer:
            assert self._take(_PATIENCE_S), "the victim fell silent"
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.decode()

    def _take(self, patience_s: float) -> bool:
        """Read what there is; a victim whose acknowledgements nobody reads would stop at a full pipe."""
        assert self._process.stdout is not None
        ready, _, _ = io_wait.select([self._process.stdout], [], [], patience_s)
        if not ready:
            return False
        chunk = os.read(self._process.stdout.fileno(), 65536)
        assert chunk, "the server died"
        self._buffer += chunk
        return True


@dataclass
class Killed:
    """What came of it; ``spread`` is how many different numbers of dossiers a life had."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    spread: int = 0
    wrong: list[str] = field(default_factory=list)


def kill_receivers(folder: Path, kills: int, *, checkpoint_pages: int = 8192) -> Killed:
    """Set a counter up in `folder` and kill so many processes that receive there."""
    make_desk(folder, MORNING).store.close()
    victims = Victims(folder, checkpoint_pages)
    try:
        acknowledged, spread = _kill(victims, kills)
    finally:
        victims.close()
    desk = open_desk(folder)
    try:
        killed = Killed(kills=kills, acknowledged=len(acknowledged), spread=spread)
        _compare(desk, acknowledged, killed)
        return killed
    finally:
        desk.store.close()


def _kill(victims: Victims, kills: int) -> tuple[dict[str, str], int]:
    chance, acknowledged, lives = random.Random(20261123), dict[str, str](), Counter[int]()
    for kill in range(kills):
        moment = (MORNING + timedelta(days=kill // _KILLS_A_DAY)).isoformat()
        received = victims.live_and_die(moment, chance.uniform(0, _LONGEST_LIFE_S))
        assert received
        assert not acknowledged.keys() & dict(received).keys(), "a code was used twice"
        assert len(dict(received)) == len(received)
        acknowledged.update(received)
        lives[len(received)] += 1
    return acknowledged, len(lives)


def _compare(desk: Desk, acknowledged: dict[str, str], killed: Killed) -> None:
    stored = {str(code) for (code,) in select(desk, "SELECT dossier_code FROM dossier")}
    killed.lost = len(acknowledged.keys() - stored)
    # Between commit and acknowledgement at most one dossier a life, and the warm-up's own.
    if len(stored) > len(acknowledged) + killed.kills + 1:
        killed.wrong.append("more dossiers than were received")
    for code in acknowledged.keys() & stored:
        file = open_dossier(desk, code)
        if digest(file.dossier) != acknowledged[code] or [step.act for step in file.history] != ["received"]:
            killed.wrong.append(f"{code} is torn")
    try:
        assert_no_torn_act(desk)
        assert_definitions_kept(desk)
        assert_outbox_chain(desk)
    except AssertionError as error:
        killed.wrong.append(f"torn: {str(error)[:200]}")
    last = next(reversed(acknowledged))
    if last not in {row.dossier_code for row in find(desk, last)}:
        killed.wrong.append("the last one is not found by its code")
    with desk.store.reading() as queries:
        if problem := queries.integrity_problem():
            killed.wrong.append(problem)
