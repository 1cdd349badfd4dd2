"""Opening the catalogue from its compiled cache, and finding a procedure by two or three letters."""

import statistics
import tempfile
from pathlib import Path

from tests.bench.row import Row, elapsed_ms, in_turns, p99, row
from tests.helpers.builders import MORNING

from counter_app.bootstrap import open_catalogue
from counter_app.catalogue.admin_unit_files import load_admin_units

TYPED = (
    *("ks", "ksi", "khai sinh", "dang ky kh", "kh", "ket hon", "ct", "chung thuc", "sao y", "khai tu"),
    *("dat", "tro giup"),
)

COMMUNES = (
    "t",
    "ttr",
    "tan",
    "hoa binh",
    "xuan huong da lat",
    "p 1",
    "m'drak",
    "an phu thanh pho ho chi minh",
)
OLDER_ADDRESS = "Tổ 5, Phường Phương Lâm, TP Hòa Bình, Hòa Bình"


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


def admin_unit_rows() -> list[Row]:
    """Measure opening the shipped units from their cache, finding a commune, reading an older address."""
    root = Path(__file__).parents[2] / "resources" / "admin-units"
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "units.cache"
        cold_ms = elapsed_ms(lambda: load_admin_units(root, cache).former)
        (warm,) = in_turns([lambda: load_admin_units(root, cache)], rounds=20)
        units = load_admin_units(root, cache)
        first_ms = elapsed_ms(lambda: units.propose(OLDER_ADDRESS, MORNING.date()))
    today = MORNING.date()
    finds = in_turns([lambda typed=typed: units.find_communes(typed, today) for typed in COMMUNES], rounds=20)  # type: ignore[misc]
    (proposals,) = in_turns([lambda: units.propose(OLDER_ADDRESS, today)], rounds=40)
    note = f"compiled from CSV: {cold_ms:.0f} ms"
    return [
        row("communes load, warm", statistics.median(warm), "ms", below=30, note=note),
        row("commune search, p99", p99([ms for times in finds for ms in times]), "ms", below=5),
        row("older address", p99(proposals), "ms", below=5, note=f"the first one: {first_ms:.0f} ms"),
    ]
