"""Fuzzes every decoder for a bounded time: `python -m tests.hostile.fuzz.run [--seconds N] [--only NAME]`.

Each target has an equal share of the time in a process of its own, at most 4 GB of memory and 20 seconds an
input. Inputs that broke something lie in out/fuzz/crashes afterwards; put them under
tests/hostile/corpus/found/<target>/ with the mend, and they are tried by every run of the tests.
"""

import argparse
import ctypes
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import atheris

# The program's code is instrumented as it is imported, so the fuzzer sees which bytes lead to new branches.
_OURS = ["counter_app", "counter_protocol"]
with redirect_stderr(StringIO()), atheris.instrument_imports(include=_OURS, enable_loader_override=False):
    from tests.hostile.fuzz import seeds
    from tests.hostile.fuzz.targets import TARGETS, Target

_ROOT = Path(__file__).parents[3]
_MEMORY_MB = 4096
_SLOWEST_S = 20
_LONGEST_INPUT = 65_536
_BROKE = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one target: its exit code, how many inputs it tried, the end of what it said."""

    name: str
    exit_code: int
    runs: int
    said: str

    def __str__(self) -> str:
        words = "held" if self.exit_code == 0 else f"BROKE (exit {self.exit_code})\n{self.said}"
        return f"{self.name:16} {self.runs:>9} inputs: {words}"


def fuzz(target: Target, seconds: int, out: Path, chance: int) -> int:
    """Start fuzzing one target for so long in a process of its own; return its id."""
    process = os.fork()
    if process:
        return process
    try:
        _become_fuzzer(target, seconds, out, chance)
    finally:
        # As C ends a program: nothing of this process is cleared up twice, and libFuzzer keeps its input.
        ctypes.CDLL(None).exit(_BROKE)


def _become_fuzzer(target: Target, seconds: int, out: Path, chance: int) -> None:
    crashes, begin = out / "crashes" / target.name, out / "seeds" / target.name
    learnt = out / "corpus" / target.name
    for folder in (crashes, begin, learnt):
        folder.mkdir(parents=True, exist_ok=True)
    log = os.open(out / f"{target.name}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    for number, seed in enumerate((*target.seeds(), *seeds.found_before(target.name))):
        (begin / f"seed-{number:03d}").write_bytes(seed)
    options = [
        f"-max_total_time={seconds}",
        f"-seed={chance}",
        f"-artifact_prefix={crashes}/",
        f"-rss_limit_mb={_MEMORY_MB}",
        f"-timeout={_SLOWEST_S}",
        f"-max_len={_LONGEST_INPUT}",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(learnt), str(begin)], target.attack)
    atheris.Fuzz()


def fuzz_all(
    chosen: Sequence[Target], seconds: int, out: Path, jobs: int = 1, chance: int = 0
) -> list[Outcome]:
    """Fuzz the targets, `jobs` at a time, and tell of each as it ends; `chance` 0 is another every time."""
    waiting, running, outcomes = list(chosen), dict[int, Target](), list[Outcome]()
    while waiting or running:
        while waiting and len(running) < jobs:
            target = waiting.pop(0)
            running[fuzz(target, seconds, out, chance)] = target
        process, status = os.wait()
        outcomes.append(_outcome(running.pop(process), os.waitstatus_to_exitcode(status), out))
        sys.stdout.write(f"{outcomes[-1]}\n")
        sys.stdout.flush()
    return outcomes


def _outcome(target: Target, exit_code: int, out: Path) -> Outcome:
    said = (out / f"{target.name}.log").read_text(encoding="utf-8", errors="replace")
    told = [line for line in said.splitlines() if "stat::number_of_executed_units" in line]
    runs = int(told[-1].split()[-1]) if told else 0
    return Outcome(name=target.name, exit_code=exit_code, runs=runs, said=said[-3000:])


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz, print a line a target, return 1 when something broke or nothing was tried."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=600, help="of work, for all targets together")
    parser.add_argument("--jobs", type=int, default=1, help="targets at a time")
    parser.add_argument("--chance", type=int, default=0, help="the seed; 0 for another every time")
    parser.add_argument("--only", choices=sorted(TARGETS), action="append")
    parser.add_argument("--out", type=Path, default=_ROOT / "out" / "fuzz")
    said = parser.parse_args(arguments)
    chosen = [TARGETS[name] for name in said.only or TARGETS]
    out = said.out.absolute()
    shutil.rmtree(out / "seeds", ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=memory) as aside:
        tempfile.tempdir = aside  # fuzzers end without clearing up
        os.chdir(aside)  # a decoder that wrote somewhere would write here
        share = max(1, said.seconds // len(chosen))
        outcomes = fuzz_all(chosen, share, out, said.jobs, said.chance)
        os.chdir(_ROOT)
        tempfile.tempdir = None
    sys.stdout.write(f"{len(outcomes)} decoders in {time.monotonic() - begun:.0f} s\n")
    return 0 if all(each.exit_code == 0 and each.runs for each in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
