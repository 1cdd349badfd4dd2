"""Two hundred times `kill -9` while dossiers are received: what was acknowledged is there, whole."""

import os
import random
import select as io_wait
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
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
from counter_app.services.check_health import check_health
from counter_app.services.look_up import find, open_dossier

KILLS = 200
KILLS_A_DAY = 20  # so that one day's numbers survive many crashes, and no day runs out of them
LONGEST_LIFE_S = 0.15
PATIENCE_S = 30.0


class Victims:
    """The server that forks processes to be killed; reads their acknowledgements."""

    def __init__(self, data_dir: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.kill_server", str(data_dir)],
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
        assert self._process.wait(PATIENCE_S) == 0
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _line(self) -> str:
        while b"\n" not in self._buffer:
            assert self._take(PATIENCE_S), "the victim fell silent"
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


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "counter"
    make_desk(folder, MORNING).store.close()
    return folder


@pytest.fixture
def victims(data_dir: Path) -> Iterator[Victims]:
    server = Victims(data_dir)
    yield server
    server.close()


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_in_two_hundred_kills(data_dir: Path, victims: Victims) -> None:
    chance = random.Random(20261123)
    acknowledged: dict[str, str] = {}
    lives = Counter[int]()
    for kill in range(KILLS):
        moment = (MORNING + timedelta(days=kill // KILLS_A_DAY)).isoformat()
        received = victims.live_and_die(moment, chance.uniform(0, LONGEST_LIFE_S))
        assert received
        assert not acknowledged.keys() & dict(received).keys(), "a code was used twice"
        assert len(dict(received)) == len(received)
        acknowledged.update(received)
        lives[len(received)] += 1
    assert len(acknowledged) >= KILLS
    assert len(lives) > 5, "the kills were not spread over the act"

    desk = open_desk(data_dir)
    try:
        stored = {code for (code,) in select(desk, "SELECT dossier_code FROM dossier")}
        assert acknowledged.keys() <= stored
        # Between commit and acknowledgement at most one dossier a life, and the warm-up's own.
        assert len(stored) <= len(acknowledged) + KILLS + 1
        for code, mark in acknowledged.items():
            file = open_dossier(desk, code)
            assert digest(file.dossier) == mark
            assert [step.act for step in file.history] == ["received"]
        assert_no_torn_act(desk)
        assert_definitions_kept(desk)
        assert_outbox_chain(desk)
        last = next(reversed(acknowledged))
        assert last in {row.dossier_code for row in find(desk, last)}
        assert next(check for check in check_health(desk) if check.name == "database").ok
    finally:
        desk.store.close()
