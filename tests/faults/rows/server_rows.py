"""Rows 1 (the sync half), 16, 17 and 18: kills on both sides, a storm, and scans over a poor line."""

from contextlib import redirect_stdout
from pathlib import Path

from tests.bench import sync_line_rows, sync_storm_rows
from tests.bench.sync_server import postgres, serving
from tests.faults.rows.row import Found, Size
from tests.faults.sync_kills import Kills, kill_counters, kill_servers


def kill_exchanging(size: Size, folder: Path, found: Found) -> None:
    """Kill a counter in its exchange."""
    with (folder / "server.log").open("w") as log, redirect_stdout(log):
        outcome = kill_counters(size.of(200, 5))
    _kills(found, "a counter in its exchange", outcome)


def database_killed(size: Size, folder: Path) -> Found:
    """Kill the server under load, and stop PostgreSQL at once."""
    found = Found()
    with (folder / "server.log").open("w") as log, redirect_stdout(log):
        outcome = kill_servers(size.of(200, 5), stop_postgres_each=size.of(5, 2))
    _kills(found, "the server under load", outcome)
    found.figures["of these with PostgreSQL stopped at once"] = outcome.kills // size.of(5, 2)
    return found


def _kills(found: Found, whom: str, outcome: Kills) -> None:
    found.figures |= {
        f"kills of {whom}": outcome.kills,
        f"events confirmed before ({whom})": outcome.acked,
        f"of these missing ({whom})": outcome.missing,
        f"events doubled ({whom})": outcome.doubled,
    }
    found.must(outcome.acked > 0, f"{whom}: nothing was confirmed")
    found.must(not outcome.missing, f"{whom}: {outcome.missing} confirmed events are missing")
    found.must(not outcome.doubled, f"{whom}: {outcome.doubled} events are there twice")
    found.wrong += outcome.wrong[:10]


def storm(size: Size, folder: Path) -> Found:
    """Two thousand counters come back at once, with what each did meanwhile."""
    found = Found()
    with postgres() as database_url, serving(database_url, folder / "storm") as served:
        counters = size.of(2_000, 100)
        for row in sync_storm_rows.storm_rows(served, folder, first=20_001, counters=counters):
            found.figures[f"{row.name}, {row.unit}"] = row.value
            if row.note:
                found.figures[f"{row.name}: what was answered"] = row.note
            found.must(row.met, f"{row.name}: {row.value} {row.unit}, promised {row.target}")
    return found


def poor_line(size: Size, folder: Path) -> Found:
    """A scan of 20 MB over a line that breaks each minute, all of it twenty times faster."""
    found = Found()
    with postgres() as database_url, serving(database_url, folder / "line") as served:
        for number in range(1, size.of(3, 1) + 1):
            row = sync_line_rows.scan_row(served, folder, f"scan {number}", number)
            found.figures[f"scan {number}: bytes sent, by its size"] = row.value
            found.figures[f"scan {number}"] = row.note
            found.must(row.met, f"{row.value} times its size was sent")
    return found
