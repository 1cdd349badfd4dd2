"""Writes docs/reliability.md from what the fault suite found.

python -m tests.faults.report [out/faults.json] [docs/reliability.md]
"""

import json
import sys
from pathlib import Path
from typing import Any

from tests.faults.rows.registry import FAULTS

_HEAD = """# What the counter survives

Made by `python -m tests.faults.report` from `out/faults.json`, which `make faults` writes; do not edit
by hand. Last run on {at}. Every fault is brought about for real; how, and what must hold, stands below
with what came of it. `make faults` runs them all; `python -m tests.faults.run out/faults.json --rows 2,6`
runs some, `--quick` a little of each. Rows 4 and 5 mount small disks and need root.

| # | fault | held | run | seconds |
|---|---|---|---|---|
"""
_LIMITS = """
## What is not protected

- A disk that says it has written and has not: row 3. No program can help that; a UPS and another disk can.
- Somebody who has the key of the database and every paper, backup and server that ever saw an audit tip.
- A stolen PC that is unlocked and signed in. The data on it is encrypted, the screen in front of one is not.
- What neither the machine, nor the server, nor a backup, nor a stick has any more.
- A bit that turns over in the very last act of a log which a crash left behind: that act is gone as after a
  power cut. The other way round, a log begun anew over an older one and torn in that moment is told once as
  damaged although nothing is missing.
- Windows' own ways of writing: the power cuts are those of a POSIX system.
"""


def page(table: dict[str, Any]) -> str:
    """Return the page."""
    rows = {row["row"]: row for row in table["rows"]}
    lines = [_HEAD.format(at=table["at"])]
    for fault in FAULTS:
        row = rows.get(fault.number)
        lines.append(
            f"| {fault.number} | {fault.fault} | {_word(row)} | {_size(row)} | "
            f"{row['seconds'] if row else '–'} |\n"
        )
    for fault in FAULTS:
        lines.append(
            f"\n## {fault.number}. {fault.fault}\n\n{fault.how}\n\n**Must hold:** {fault.must_hold}\n"
        )
        if fault.not_covered:
            lines.append(f"\n**Not covered:** {fault.not_covered}\n")
        row = rows.get(fault.number)
        if row and row["figures"]:
            lines.append("\n| figure | value |\n|---|---|\n")
            lines += [f"| {name} | {_cell(value)} |\n" for name, value in row["figures"].items()]
        lines += [f"\nDid not hold: {words}\n" for words in (row["wrong"] if row else ())]
    lines.append(_LIMITS)
    return "".join(lines)


def _word(row: dict[str, Any] | None) -> str:
    if row is None:
        return "not run"
    return {True: "yes", False: "**NO**", None: "not applicable"}[row["held"]]


def _size(row: dict[str, Any] | None) -> str:
    if row is None or row["held"] is None:
        return "–"
    return "in small" if row["quick"] else "whole"


def _cell(value: object) -> str:
    text = f"{value:,}" if isinstance(value, int) else str(value)
    return text.replace("|", "\\|")


def main() -> None:
    source = Path(sys.argv[1] if sys.argv[1:] else "out/faults.json")
    target = Path(sys.argv[2] if sys.argv[2:] else "docs/reliability.md")
    target.write_text(page(json.loads(source.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
