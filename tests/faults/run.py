"""Runs the whole fault suite of sync and writes what came of it as JSON.

    python -m tests.faults.run out/faults.json [--rounds N] [--kills N] [--processes N]

Rows are ``{name, value, target, kept}``. The exit code is 1 when a row was not kept: here a figure is a
promise, not a measure.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path
from xml.etree import ElementTree

# Set before the first keyring is looked for: the suite leaves nothing in its user's keyring.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
# Programs die here, never the machine: files may lie in memory, where a commit costs no turn of a disk.
if Path("/dev/shm").is_dir():
    os.environ.setdefault("TMPDIR", "/dev/shm")
ROUNDS, KILLS, ROUNDS_A_SEED = 10_000, 200, 250
FIRST_SEED = 1001
_SUITES = {
    "poison events, up": ("tests/sync/test_push_poison.py",),
    "poison events, down": ("tests/services/test_several_counters.py", "-k", "bad_entry"),
    "attempts across offices": ("tests/server/test_offices_apart.py",),
    "hostile bodies": ("tests/server/test_hostile_bodies.py",),
}


@dataclass(frozen=True, kw_only=True)
class FaultRow:
    """What was counted, what was promised, and whether it was kept."""

    name: str
    value: int
    target: str
    kept: bool
    note: str = ""


def rounds(count: int, processes: int, folder: Path) -> list[FaultRow]:
    """Run the rounds, so many processes at once, each with a PostgreSQL of its own."""
    seeds = -(-count // ROUNDS_A_SEED)
    share = -(-seeds // processes)
    begun = []
    for first in range(0, seeds, share):
        out = folder / f"rounds-{first}.jsonl"
        asked = [str(out), str(FIRST_SEED + first), str(min(share, seeds - first)), str(ROUNDS_A_SEED)]
        with (folder / f"rounds-{first}.log").open("wb") as log:
            command = [sys.executable, "-m", "tests.faults.sync_rounds", *asked]
            begun.append((subprocess.Popen(command, stdout=log, stderr=log), out))
    codes = [process.wait() for process, _out in begun]
    outcomes = [
        json.loads(line)
        for _process, out in begun
        if out.exists()
        for line in out.read_text(encoding="utf-8").splitlines()
    ]
    return rounds_rows(outcomes, count, whole=not any(codes))


def rounds_rows(outcomes: Sequence[dict[str, object]], count: int, *, whole: bool) -> list[FaultRow]:
    """Return the rows of all seeds."""

    def total(name: str) -> int:
        return sum(int(str(each[name])) for each in outcomes)

    wrong = [f"seed {each['seed']}: {words}" for each in outcomes for words in _words(each["wrong"])]
    slowest = max((int(str(each["exchanges"])) for each in outcomes), default=0)
    faults: dict[str, int] = {}
    for each in outcomes:
        assert isinstance(each["faults"], dict)
        for name, times in each["faults"].items():
            faults[name] = faults.get(name, 0) + times
    spread = ", ".join(f"{name} {times}" for name, times in sorted(faults.items()))
    done = total("rounds")
    return [
        _row("rounds with a fault", done, f"≥ {count}", whole and done >= count, spread),
        _row("events written in them", total("events"), "> 0", total("events") > 0),
        _row("events lost", total("lost"), "0", total("lost") == 0),
        _row("events doubled", total("doubled"), "0", total("doubled") == 0),
        _row(
            "events their machine and the server had both lost",
            total("gone"),
            "counted",
            True,
            "a counter and the server put back behind the same event",
        ),
        _row("invariants broken at the end", len(wrong), "0", not wrong, " | ".join(wrong[:20])),
        _row("exchanges until all was quiet", slowest, "≤ 6", slowest <= 6),
    ]


def kills(count: int) -> list[FaultRow]:
    """Kill servers and counters."""
    from tests.faults.sync_kills import kill_counters, kill_servers

    rows: list[FaultRow] = []
    for name, outcome in (("server", kill_servers(count)), ("counter", kill_counters(count))):
        rows += [
            _row(f"kills of a {name}", outcome.kills, f"≥ {count}", outcome.kills >= count),
            _row(f"events a killed {name} had confirmed", outcome.acked, "> 0", outcome.acked > 0),
            _row(f"of these missing ({name})", outcome.missing, "0", outcome.missing == 0),
            _row(f"events doubled ({name} killed)", outcome.doubled, "0", outcome.doubled == 0),
            _row(
                f"invariants broken ({name} killed)",
                len(outcome.wrong),
                "0",
                not outcome.wrong,
                " | ".join(outcome.wrong[:10]),
            ),
        ]
    return rows


def suite(name: str, arguments: Iterable[str], folder: Path) -> FaultRow:
    """Run tests; the value is how many held."""
    report = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]
    subprocess.run([*command, f"--junitxml={report}", *arguments], check=False, stdout=subprocess.DEVNULL)
    found = ElementTree.parse(report).getroot().find("testsuite")
    assert found is not None
    run, bad = int(found.get("tests", "0")), int(found.get("failures", "0")) + int(found.get("errors", "0"))
    return _row(name, run - bad, f"all {run} refused or put aside alone", run > 0 and not bad)


def _row(name: str, value: int, target: str, kept: bool, note: str = "") -> FaultRow:
    return FaultRow(name=name, value=value, target=target, kept=kept, note=note)


def _words(wrong: object) -> list[str]:
    return [str(each) for each in wrong] if isinstance(wrong, list) else []


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Run everything, write, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.run")
    parser.add_argument("out", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        _say(f"{arguments.rounds:,} rounds …")
        rows = rounds(arguments.rounds, arguments.processes, Path(folder))
        for name, tests in _SUITES.items():
            _say(f"{name} …")
            rows.append(suite(name, tests, Path(folder)))
        _say(f"{arguments.kills} kills each …")
        with (Path(folder) / "server.log").open("w") as log, redirect_stdout(log):
            rows += kills(arguments.kills)
    content = json.dumps([asdict(each) for each in rows], ensure_ascii=False, indent=2)
    arguments.out.write_text(content + "\n", encoding="utf-8")
    for each in rows:
        _say(f"{each.name:<55}{each.value:>9,}  {each.target}: {'kept' if each.kept else 'MISSED'}")
        if each.note:
            _say(f"    {each.note}")
    sys.exit(0 if all(each.kept for each in rows) else 1)


if __name__ == "__main__":
    main()
