"""Fuzzes every decoder for a bounded time: `python -m tests.hostile.fuzz.run [--seconds N] [--only NAME]`.

Each target gets an equal share of the time in a process of its own, at most 4 GB of memory and 20 seconds an
input. Inputs that broke something lie in out/fuzz/crashes afterwards; put them under
tests/hostile/corpus/found/<target>/ with the mend, and they are tried by every run of the tests.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.fuzz import seeds
from tests.hostile.fuzz.targets import TARGETS, Target

_ROOT = Path(__file__).parents[3]
_MEMORY_MB = 4096
_SLOWEST_S = 20
_LONGEST_INPUT = 65_536
_GRACE_S = 120  # to start, to instrument, to run the last input


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one target: its exit code, what it said last, how many inputs it tried."""

    name: str
    exit_code: int
    runs: int
    said: str

    @property
    def held(self) -> bool:
        return self.exit_code == 0


def fuzz(target: Target, seconds: int, out: Path) -> Outcome:
    """Run one target for so long; new inputs that reach new code are kept below `out`."""
    crashes, learnt = out / "crashes" / target.name, out / "corpus" / target.name
    for folder in (crashes, learnt):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        for number, seed in enumerate((*target.seeds(), *seeds.found_before(target.name))):
            (Path(place) / f"seed-{number:03d}").write_bytes(seed)
        options = (
            f"-max_total_time={seconds}",
            f"-artifact_prefix={crashes}/",
            f"-rss_limit_mb={_MEMORY_MB}",
            f"-timeout={_SLOWEST_S}",
            f"-max_len={_LONGEST_INPUT}",
            "-print_final_stats=1",
        )
        command = [sys.executable, "-m", "tests.hostile.fuzz.one", target.name, *options, str(learnt), place]
        done = subprocess.run(
            command, cwd=_ROOT, capture_output=True, timeout=seconds + _GRACE_S, check=False
        )
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    (out / f"{target.name}.log").write_text(said, encoding="utf-8")
    return Outcome(name=target.name, exit_code=done.returncode, runs=_runs_in(said), said=said[-2000:])


def _runs_in(said: str) -> int:
    told = [line for line in said.splitlines() if "stat::number_of_executed_units" in line]
    return int(told[-1].split()[-1]) if told else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz, print a line a target, return 1 when something broke."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=600, help="for all targets together")
    parser.add_argument("--only", choices=sorted(TARGETS), action="append")
    parser.add_argument("--out", type=Path, default=_ROOT / "out" / "fuzz")
    said = parser.parse_args(arguments)
    chosen = [TARGETS[name] for name in said.only or TARGETS]
    share = max(1, said.seconds // len(chosen))
    outcomes = []
    for target in chosen:
        outcome = fuzz(target, share, said.out)
        outcomes.append(outcome)
        words = "held" if outcome.held else f"BROKE (exit {outcome.exit_code})\n{outcome.said}"
        sys.stdout.write(f"{target.name:16} {outcome.runs:>9} inputs in {share} s: {words}\n")
        sys.stdout.flush()
    return 0 if all(outcome.held for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
