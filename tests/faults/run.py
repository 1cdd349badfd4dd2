"""Runs the fault table and writes what came of it.

    python -m tests.faults.run out/faults.json [--rows 1,2,6] [--quick] [--processes N]

The file is ``{at, rows}``; each row ``{row, fault, how, must_hold, figures, held, wrong, seconds, quick}``.
A row run whole before stays when it is now run in small only.
``held`` is null where the product has nothing that could fail so. The exit code is 1 when a row did not
hold: here a figure is a promise, not a measure. Rows 4 and 5 mount small disks and need root.
"""

import argparse
import json
import os
import sys
import tempfile
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

# Set before the first keyring is looked for: the suite leaves nothing in its user's keyring.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
# Programs die here, never the machine: files may lie in memory, where a commit costs no turn of a disk.
if Path("/dev/shm").is_dir():
    os.environ.setdefault("TMPDIR", "/dev/shm")


def run_row(number: int, *, quick: bool, processes: int) -> dict[str, object]:
    """Run one row in a folder of its own and return it as it is written."""
    from tests.faults.rows.registry import FAULTS
    from tests.faults.rows.row import Found, Size
    from tests.faults.rows.suites import run_suite
    from tests.faults.rows.sync_rows import add_share

    fault = next(each for each in FAULTS if each.number == number)
    size, found, begun = Size(quick=quick, processes=processes), Found(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix=f"fault{number}-") as folder:
        try:
            if fault.run is not None:
                found = fault.run(size, Path(folder))
            for name, arguments in fault.suites.items():
                run_suite(found, name, arguments, Path(folder))
            if fault.share:
                add_share(size, Path(folder), fault.share, found)
        except Exception as error:  # noqa: BLE001 - a row that breaks must not hide the others
            found.wrong.append(f"broke off: {type(error).__name__}")
            traceback.print_exc()
    return {
        "row": number,
        "fault": fault.fault,
        "how": fault.how,
        "must_hold": fault.must_hold,
        "figures": found.figures,
        "held": found.held if fault.applies else None,
        "wrong": found.wrong,
        "seconds": round(time.monotonic() - begun, 1),
        "quick": quick,
    }


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _tell(row: dict[str, object]) -> None:
    word = {True: "held", False: "NOT HELD", None: "not applicable"}[row["held"]]  # type: ignore[index]
    _say(f"{row['row']:>2} {row['fault']}: {word} ({row['seconds']} s)")
    figures, wrong = row["figures"], row["wrong"]
    assert isinstance(figures, dict)
    assert isinstance(wrong, list)
    for name, value in figures.items():
        _say(f"     {name}: {value}")
    for words in wrong:
        _say(f"     ! {words}")


def _merged(out: Path, rows: list[dict[str, object]]) -> dict[str, object]:
    """Return the whole table: rows run now, and those of an earlier run that were not, or not whole."""
    old = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
    table = {row["row"]: row for row in old.get("rows", ())}
    for row in rows:
        before = table.get(row["row"])
        if before is None or before["quick"] or not row["quick"]:
            table[row["row"]] = row
    return {
        "at": datetime.now(UTC).date().isoformat(),  # noqa: TID251 - the day the suite was run
        "rows": sorted(table.values(), key=lambda row: int(str(row["row"]))),
    }


def main() -> None:
    from tests.faults.rows.registry import FAULTS

    parser = argparse.ArgumentParser(prog="python -m tests.faults.run")
    parser.add_argument("out", type=Path)
    parser.add_argument("--rows", default="", help="numbers, with commas between; all without it")
    parser.add_argument("--quick", action="store_true", help="just enough to see that each row works")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    wanted = [int(each) for each in arguments.rows.split(",") if each] or [each.number for each in FAULTS]
    rows: list[dict[str, object]] = []
    for number in wanted:
        row = run_row(number, quick=arguments.quick, processes=arguments.processes)
        _tell(row)
        rows.append(row)
        # After each row: a suite that is broken off leaves what it had.
        arguments.out.parent.mkdir(parents=True, exist_ok=True)
        table = json.dumps(_merged(arguments.out, rows), ensure_ascii=False, indent=2)
        arguments.out.write_text(table + "\n", encoding="utf-8")
    sys.exit(0 if all(row["held"] is not False for row in rows) else 1)


if __name__ == "__main__":
    main()
