"""Cuts the power of a recorded day at many moments and judges what the disk then holds."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from tests.faults.power.disk_log import Call, read_log
from tests.faults.power.disk_model import Disk
from tests.faults.power.promises import Judged, Promised, judge, promised, put_back
from tests.faults.power.victim import ACKS, STICK

from counter_app.bootstrap import open_catalogue

COUNTER = "counter"
_SOURCE = Path(__file__).with_name("recorder.c")
_IMAGES_A_CUT = 2


@dataclass(frozen=True, kw_only=True)
class Day:
    """A victim's day: its seed, how many acts, and the settings of the writing connection."""

    seed: int
    acts: int = 60
    synchronous: str = "FULL"
    checkpoint_pages: int = 8192


@dataclass
class Cuts:
    """What came of it; of ``images`` so many ``lost`` something, were ``torn``, or ``told`` of damage.

    ``older`` ones are whole but lack promises; ``silent`` ones show half an act and say nothing, or could
    not be put back from a backup; ``put_back`` ones were, in ``put_back_s`` at most; ``alarms`` told
    once of a damaged log.
    """

    images: int = 0
    calls: int = 0
    pending: int = 0
    promises: int = 0
    lost: int = 0
    torn: int = 0
    told: Counter[str] = field(default_factory=Counter)
    older: int = 0
    silent: int = 0
    alarms: int = 0
    put_back: int = 0
    put_back_s: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Cuts") -> None:
        for name in (
            "images",
            "calls",
            "pending",
            "promises",
            "lost",
            "torn",
            "older",
            "silent",
            "alarms",
            "put_back",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.put_back_s = max(self.put_back_s, other.put_back_s)
        self.told += other.told
        self.wrong = (self.wrong + other.wrong)[:20]


@dataclass(frozen=True)
class Tools:
    """What is made once: the compiled recorder, and the compiled catalogue of all victims."""

    recorder: Path
    cache: Path


def make_tools(folder: Path) -> Tools:
    """Compile both; the recorder must be there before a victim starts."""
    library = folder / "recorder.so"
    command = ["gcc", "-O2", "-Wall", "-shared", "-fPIC", "-o", str(library), str(_SOURCE), "-lpthread"]
    subprocess.run(command, check=True, capture_output=True)
    open_catalogue(folder / "catalogue").calendar()
    return Tools(library, folder / "catalogue")


def record(day: Day, folder: Path, tools: Tools) -> Path:
    """Let a victim live its day; return the log of its calls, compared with what is really there."""
    root, log = folder / "root", folder / "log"
    root.mkdir(parents=True)
    told = (str(day.seed), str(day.acts), day.synchronous, str(day.checkpoint_pages))
    environment = os.environ | {
        "LD_PRELOAD": str(tools.recorder),
        "DISK_LOG_ROOT": str(root),
        "DISK_LOG_FILE": str(log),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    command = [sys.executable, "-m", "tests.faults.power.victim", str(root), str(tools.cache), *told]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    disk = Disk()
    disk.take(read_log(log))
    there = {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.name.endswith("-shm")
    }
    assert disk.now() == there, "the recorder did not see every call"
    shutil.rmtree(root)
    return log


def cut(log: Path, work: Path, tools: Tools, *, seed: int, cuts: int, lies: int = 0) -> Cuts:
    """Cut the power at so many moments of a recorded day.

    With ``lies`` the disk has not kept any promise of its last so many calls.
    """
    chance, calls, catalogue, found = random.Random(seed), read_log(log), open_catalogue(tools.cache), Cuts()
    moments = sorted(chance.randrange(1, len(calls) + 1) for _ in range(cuts))
    found.calls = len(calls)
    for disk in _lying(calls, moments, lies, chance) if lies else _honest(calls, moments):
        promises = promised(disk.now().get(ACKS, b""))
        found.pending += disk.waiting()
        for _ in range(1 if lies else _IMAGES_A_CUT):
            image = _write(disk, chance, work)
            # What can be made again, at a second and a half each, is not what is judged here.
            shutil.copytree(tools.cache / "cache", image / "cache", dirs_exist_ok=True)
            judged = judge(image, promises, catalogue)
            _count(found, judged, promises)
            if lies and judged.told and promises.backups:
                _put_back(found, image, promises)
    shutil.rmtree(work, ignore_errors=True)
    return found


def _honest(calls: Sequence[Call], moments: Sequence[int]) -> Iterator[Disk]:
    disk, done = Disk(), 0
    for moment in moments:
        disk.take(calls[done:moment])
        done = moment
        yield disk


def _lying(calls: Sequence[Call], moments: Sequence[int], lies: int, chance: random.Random) -> Iterator[Disk]:
    for moment in moments:
        disk, trusted = Disk(other=STICK), max(0, moment - chance.randrange(1, lies))
        disk.take(calls[:trusted])
        disk.honest = False
        disk.take(calls[trusted:moment])
        yield disk


def _write(disk: Disk, chance: random.Random, work: Path) -> Path:
    shutil.rmtree(work, ignore_errors=True)
    (work / COUNTER).mkdir(parents=True)
    for path, content in disk.after_crash(chance).items():
        target = work / path
        if content is None:
            target.mkdir(parents=True, exist_ok=True)
        elif path != ACKS:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    return work / COUNTER


def _put_back(found: Cuts, image: Path, promises: Promised) -> None:
    """Restore a damaged counter from the stick, which is another disk."""
    begun = time.monotonic()
    wrong = put_back(image, image.parent / STICK, promises)
    found.put_back_s = max(found.put_back_s, time.monotonic() - begun)
    found.put_back += not wrong
    if wrong:
        found.wrong.append(f"not put back: {wrong}")
        found.silent += 1


def _count(found: Cuts, judged: Judged, promises: Promised) -> None:
    found.images += 1
    found.promises += promises.count
    found.lost += bool(judged.lost)
    found.torn += bool(judged.torn)
    found.told[judged.told] += bool(judged.told)
    found.alarms += judged.alarm
    found.older += bool(judged.lost and not judged.torn and not judged.told)
    found.silent += bool(judged.torn and not judged.told)
    if not judged.whole and len(found.wrong) < 20:
        words = [*judged.lost[:2], *judged.torn[:2], judged.told]
        found.wrong.append(f"{promises.doing or 'between acts'}: {'; '.join(filter(None, words))}")


def cut_all(days: Sequence[Day], folder: Path, *, cuts: int, processes: int, lies: int = 0) -> Cuts:
    """Record the days, then cut each one's power so often, several at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    tools, whole = make_tools(folder), Cuts()
    share = -(-cuts // processes)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        recorded = [pool.submit(record, day, folder / f"day{day.seed}", tools) for day in days]
        logs = [each.result() for each in recorded for _ in range(processes)]
        running = [
            pool.submit(cut, log, folder / f"image{number}", tools, seed=number, cuts=share, lies=lies)
            for number, log in enumerate(logs)
        ]
        for each in running:
            whole.add(each.result())
    return whole
