"""Measures every promised figure against its floor and writes them as JSON.

    python -m tests.bench.run out/bench.json [--dossiers N]

A missed target is printed as MISSED and the exit code stays 0: the figures are for people to judge.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench.row import Row

# Set before the first keyring is looked for: a benchmark leaves nothing in its user's keyring.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def measure(folder: Path, dossiers: int, tell: Callable[[str], None]) -> list[Row]:
    """Return every row; `folder` is worked in and should lie on a real disk."""
    from tests.bench import (
        catalogue_rows,
        figure_rows,
        paper_rows,
        promise_rows,
        receive_row,
        search_rows,
        sync_rows,
        trust_rows,
        window_rows,
        work_rows,
    )

    rows: list[Row] = []
    steps: tuple[tuple[str, Callable[[], Sequence[Row]]], ...] = (
        ("start", lambda: [window_rows.start_row(folder), window_rows.sign_in_row(folder / "sign-in")]),
        ("receive", lambda: receive_row.receive_rows(folder)),
        ("people and encryption", lambda: trust_rows.trust_rows(folder / "trust")),
        ("papers", lambda: paper_rows.paper_rows(folder)),
        ("catalogue", lambda: catalogue_rows.catalogue_rows(folder)),
        ("administrative units", catalogue_rows.admin_unit_rows),
        (f"search among {dossiers:,} dossiers", lambda: search_rows.search_rows(folder / "years", dossiers)),
        (f"moved promises among {dossiers:,}", lambda: promise_rows.promise_rows(folder, dossiers)),
        (f"reports among {dossiers:,}", lambda: figure_rows.figure_rows(folder, dossiers)),
        (f"lists of work among {dossiers:,}", lambda: work_rows.work_rows(folder, dossiers)),
        ("the badge", lambda: [sync_rows.badge_row(folder / "years", dossiers)]),
        ("sync", lambda: sync_rows.sync_rows(folder / "sync", tell)),
        ("memory", lambda: window_rows.memory_rows(folder / "years", dossiers)),
    )
    for name, step in steps:
        tell(f"measuring: {name} …")
        rows += step()
    return rows


def as_table(rows: Sequence[Row]) -> str:
    """Return the rows as lines a person can read."""
    lines = [f"{'what':<62}{'value':>12}{'floor':>10}{'ratio':>7}  target"]
    for each in rows:
        floor = "" if each.floor is None else f"{each.floor:.2f}"
        ratio = "" if each.ratio is None else f"{each.ratio:.2f}"
        kept = "kept" if each.met else "MISSED"
        lines.append(
            f"{each.name:<62}{each.value:>9.2f} {each.unit:<2}{floor:>10}{ratio:>7}  {each.target}: {kept}"
        )
        if each.note:
            lines.append(f"    {each.note}")
    return "\n".join(lines)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Measure, write, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run")
    parser.add_argument("out", type=Path)
    parser.add_argument("--dossiers", type=int, default=100_000)
    arguments = parser.parse_args()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=arguments.out.parent, prefix="bench-") as folder:
        rows = measure(Path(folder).resolve(), arguments.dossiers, _say)
    content = json.dumps([each.as_json() for each in rows], ensure_ascii=False, indent=2)
    arguments.out.write_text(content + "\n", encoding="utf-8")
    _say(as_table(rows))


if __name__ == "__main__":
    main()
