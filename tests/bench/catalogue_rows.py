"""Opening the catalogue from its compiled cache, and finding a procedure by two or three letters."""

import statistics
from pathlib import Path

from tests.bench.row import Row, elapsed_ms, in_turns, p99, row
from tests.helpers.builders import MORNING

from counter_app.bootstrap import open_catalogue

TYPED = (
    *("ks", "ksi", "khai sinh", "dang ky kh", "kh", "ket hon", "ct", "chung thuc", "sao y", "khai tu"),
    *("dat", "tro giup"),
)


def catalogue_rows(folder: Path) -> list[Row]:
    """Measure with the shipped data."""
    data_dir = folder / "catalogue"
    (data_dir / "cache").mkdir(parents=True)
    cold_ms = elapsed_ms(lambda: open_catalogue(data_dir))
    (warm,) = in_turns([lambda: open_catalogue(data_dir)], rounds=40)
    catalogue = open_catalogue(data_dir)
    today = MORNING.date()
    searches = in_turns([lambda typed=typed: catalogue.search(typed, today) for typed in TYPED], rounds=40)  # type: ignore[misc]
    every = [ms for times in searches for ms in times]
    return [
        row(
            "catalogue load, warm",
            statistics.median(warm),
            "ms",
            below=150,
            note=f"compiled from YAML: {cold_ms:.0f} ms",
        ),
        row(
            "procedure search, p99",
            p99(every),
            "ms",
            below=5,
            note=f"median {statistics.median(every):.2f} ms",
        ),
    ]
