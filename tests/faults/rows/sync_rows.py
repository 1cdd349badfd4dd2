"""Rows 8, 9, 11, 12 and the clock of both sides: rounds of real counters, a real server and a bad line.

All of them are drawn from the same rounds, because faults meet each other; each row tells its own share.
"""

import json
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.broken_line import LINE_FAULTS
from tests.faults.rows.row import Found, Size

_ROUNDS_A_SEED = 250
_FIRST_SEED = 1001
_AGAIN = ("sent twice", "comes later", "old one again", "reply lost")
_EXCHANGES = 6
_LOCK = threading.Lock()
_DONE: dict[bool, "Total"] = {}


@dataclass
class Total:
    """The sum of all seeds. ``gone`` events were lost by their machine and by the server."""

    seeds: int = 0
    rounds: int = 0
    events: int = 0
    lost: int = 0
    doubled: int = 0
    gone: int = 0
    exchanges: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def rounds(size: Size, folder: Path) -> Total:
    """Run the rounds, once for all rows."""
    with _LOCK:
        if size.quick not in _DONE:
            seeds, each = size.of(40, 2), size.of(_ROUNDS_A_SEED, 60)
            _DONE[size.quick] = _rounds(size, folder, seeds, each)
        return _DONE[size.quick]


def _rounds(size: Size, folder: Path, seeds: int, each: int, only: str = "") -> Total:
    share, total, begun = -(-seeds // size.processes), Total(), []
    for first in range(0, seeds, share):
        out = folder / f"rounds-{first}.jsonl"
        asked = [str(out), str(_FIRST_SEED + first), str(min(share, seeds - first)), str(each), only]
        with (folder / f"rounds-{first}.log").open("wb") as log:
            command = [sys.executable, "-m", "tests.faults.sync_rounds", *asked]
            begun.append((subprocess.Popen(command, stdout=log, stderr=log), out))
    codes = [process.wait() for process, _out in begun]  # wait for each of them
    if any(codes):
        total.wrong.append("the rounds broke off")
    for _process, out in begun:
        for line in out.read_text(encoding="utf-8").splitlines() if out.exists() else ():
            _add(total, json.loads(line))
    return total


def _add(total: Total, outcome: dict[str, object]) -> None:
    faults, wrong = outcome["faults"], outcome["wrong"]
    assert isinstance(faults, dict)
    assert isinstance(wrong, list)
    total.seeds += 1
    for name in ("rounds", "events", "lost", "doubled", "gone"):
        setattr(total, name, getattr(total, name) + int(str(outcome[name])))
    total.exchanges = max(total.exchanges, int(str(outcome["exchanges"])))
    for name, times in faults.items():
        total.faults[name] = total.faults.get(name, 0) + int(times)
    total.wrong += [f"seed {outcome['seed']}: {words}" for words in wrong]


def _share(size: Size, folder: Path, names: tuple[str, ...]) -> tuple[Found, Total]:
    total = rounds(size, folder)
    met = {name: total.faults.get(name, 0) for name in names}
    found = Found(
        figures=met
        | {
            "rounds with some fault, all together": total.rounds,
            "events lost": total.lost,
            "events doubled": total.doubled,
            "invariants broken at the end": len(total.wrong),
        },
        wrong=total.wrong[:10],
    )
    found.must(size.quick or sum(met.values()) > 0, "the fault never took place")
    found.must(total.lost == 0, f"{total.lost} events lost")
    found.must(total.doubled == 0, f"{total.doubled} events doubled")
    found.must(total.rounds >= size.of(9_000, 60), "too few rounds")
    return found, total


def put_back(size: Size, folder: Path) -> Found:
    """A counter's data folder is put back to an old copy, and works on; often, and nothing else."""
    found, total = _share(size, folder, ("counter put back",))
    often = _rounds(size, folder, size.of(20, 2), size.of(25, 5), only="counter put back")
    times = often.faults.get("counter put back", 0)
    found.figures["counters put back, one after another"] = times
    found.figures["events lost or doubled by that"] = often.lost + often.doubled
    found.must(times >= size.of(500, 5), "too few were put back")
    found.must(not often.lost + often.doubled, f"{often.lost} events lost, {often.doubled} doubled")
    found.wrong += often.wrong[:10]
    found.figures["events their machine and the server had both lost"] = total.gone
    return found


def server_put_back(size: Size, folder: Path) -> Found:
    """The server's database is put back to what it was at an earlier restart."""
    found, total = _share(size, folder, ("server put back",))
    found.figures["exchanges until the counters had filled it again, most"] = total.exchanges
    found.must(total.exchanges <= _EXCHANGES, f"not quiet after {total.exchanges} exchanges")
    return found


def bad_line(size: Size, folder: Path) -> Found:
    """Every fault of the line."""
    found, total = _share(size, folder, LINE_FAULTS)
    found.figures["exchanges until all was quiet after mending, most"] = total.exchanges
    return found


def repeated(size: Size, folder: Path) -> Found:
    """What was sent comes twice, late, or again after others."""
    return _share(size, folder, _AGAIN)[0]


def add_share(size: Size, folder: Path, name: str, found: Found) -> None:
    """Add the share of the rounds that belongs to a row which does more."""
    other, _total = _share(size, folder, (name,))
    found.figures |= {f"rounds: {words}": figure for words, figure in other.figures.items()}
    found.wrong += other.wrong
