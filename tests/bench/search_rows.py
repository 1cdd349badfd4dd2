"""Looking things up among a hundred thousand dossiers."""

import random
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.bench.filling import filled_desk, person
from tests.bench.row import Row, elapsed_ms, p99, row
from tests.helpers.builders import MORNING

from counter_app.domain.dossier_code import qr_payload
from counter_app.domain.scan import read_scan
from counter_app.domain.vietnamese_text import fold
from counter_app.services.desk import Desk
from counter_app.services.look_up import find, open_dossier
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.engine import _PRAGMAS, connect
from counter_app.storage.key_store import load

NAMES_TYPED = 60
SLIPS_SCANNED = 200
_BARE = "SELECT rowid FROM word_index WHERE word_index MATCH ? AND rowid > 0 ORDER BY rowid DESC LIMIT 50"


def search_rows(folder: Path, dossiers: int) -> list[Row]:
    """Measure on a counter filled in `folder`, which stays for whoever measures next."""
    desk = filled_desk(folder, dossiers)
    rows = [_search_as_you_type(desk, folder, dossiers), _scan_to_open(desk, dossiers)]
    desk.store.close()
    return rows


def _search_as_you_type(desk: Desk, folder: Path, dossiers: int) -> Row:
    connection = connect(folder / "counter.db", load(DataFolder(folder)).secret, "ro")
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    subject: list[float] = []
    floor: list[float] = []
    for turn, typed in enumerate(_typed()):
        measured = [(subject, _finding(desk, typed)), (floor, _bare_query(connection, typed))]
        for times, act in measured if turn % 2 else reversed(measured):
            times.append(elapsed_ms(act))
    connection.close()
    slowest = max(subject)
    note = (
        f"{len(subject)} beginnings of names; medians {statistics.median(subject):.2f} and "
        f"{statistics.median(floor):.2f} ms; slowest {slowest:.1f} and {max(floor):.1f} ms"
    )
    name = f"search as you type at {dossiers:,} dossiers, p99"
    return row(name, p99(subject), "ms", floor=p99(floor), at_most_ratio=2.0, note=note)


def _finding(desk: Desk, typed: str) -> Callable[[], object]:
    return lambda: find(desk, typed)


def _bare_query(connection: Any, typed: str) -> Callable[[], object]:
    *words, last = typed.split()
    expression = " AND ".join((*(f'"{word}"' for word in words), f'"{last}"*'))
    return lambda: connection.execute(_BARE, (expression,)).fetchall()


def _typed() -> Iterator[str]:
    """Yield what the search box holds after each key, from the second letter on."""
    chance = random.Random(7)
    for _ in range(NAMES_TYPED):
        name = fold(person(chance).full_name)
        for length in range(2, len(name) + 1):
            if name[length - 1] != " " and (length < 2 or name[length - 2] != " "):
                yield name[:length]


def _scan_to_open(desk: Desk, dossiers: int) -> Row:
    chance = random.Random(8)
    with desk.store.reading() as queries:
        newest = queries.newest(2000)
    codes = [row.dossier_code for row in chance.sample(list(newest), SLIPS_SCANNED)]
    times = [elapsed_ms(lambda code=code: _open(desk, code)) for code in codes]  # type: ignore[misc]
    name = f"scan of a slip to its dossier at {dossiers:,}, without window, p99"
    return row(name, p99(times), "ms", below=200, note=f"median {statistics.median(times):.2f} ms")


def _open(desk: Desk, code: str) -> object:
    scan = read_scan(qr_payload(code, "K7MX"), today=MORNING.date(), unit_code="H29.12")
    assert scan.dossier_code == code
    return open_dossier(desk, scan.dossier_code)
