"""Talking to the central server: taking, giving, poor lines, storms; the real server on a real PostgreSQL."""

import os
import statistics
from collections.abc import Callable
from pathlib import Path

from tests.bench import sync_line_rows, sync_push_rows, sync_storm_rows
from tests.bench.row import Row, elapsed_ms, p99, row
from tests.bench.sync_day import a_day
from tests.bench.sync_server import postgres, serving
from tests.server.seaweed import BUCKET, seaweed

from counter_app.bootstrap import open_desk

_LOOKS = 300
_WAITING = 1_000


def sync_rows(folder: Path, tell: Callable[[str], None]) -> list[Row]:
    """Measure in `folder`; PostgreSQL's own files lie on the system's temporary folder."""
    rows: list[Row] = []
    with postgres() as database_url:
        with serving(database_url, folder / "server") as served:
            tell("measuring: pushes …")
            rows += sync_push_rows.push_rows(served, a_day(folder / "day"), first=3_000)
        with serving(database_url, folder / "lines") as served:
            tell("measuring: poor lines …")
            rows.append(sync_line_rows.backlog_row(served, folder))
            rows.append(sync_line_rows.pull_row(served, folder))
            rows.append(sync_line_rows.scan_row(served, folder, "local folder", 1))
        with (
            seaweed(folder / "weed") as weed,
            serving(
                database_url,
                folder / "weeds",
                objects=f"s3://{BUCKET}",
                environment={**os.environ, **weed.environment},
            ) as served,
        ):
            rows.append(sync_line_rows.scan_row(served, folder, "SeaweedFS", 2))
        with serving(database_url, folder / "storm") as served:
            tell("measuring: a storm …")
            rows += sync_storm_rows.storm_rows(served, folder, first=20_001)
    return rows


def badge_row(folder: Path, dossiers: int) -> Row:
    """What the badge asks, on the counter filled in `folder`, all but a thousand events confirmed."""
    desk = open_desk(folder)
    with desk.store.writing() as transaction:
        end = transaction.chain_end()
        transaction.mark_acked(end.epoch, end.seq - _WAITING, {})

    def look() -> None:
        with desk.store.reading() as queries:
            assert queries.sync_state().waiting == _WAITING

    look()
    times = [elapsed_ms(look) for _ in range(_LOOKS)]
    desk.store.close()
    name = f"badge at {dossiers:,} dossiers, {_WAITING:,} waiting, p99"
    return row(name, p99(times), "ms", below=5, note=f"median {statistics.median(times):.2f} ms")
