"""Receiving a dossier, durable, against a bare SQLCipher transaction that writes the same bytes."""

import itertools
import statistics
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.bench.row import Row, in_turns, row
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import make_desk
from tests.helpers.raw_database import select
from tests.helpers.visits import BIRTH, CHILD_ANSWERS, GRANDMOTHER

from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.engine import _PRAGMAS, _WRITER_PRAGMAS, connect
from counter_app.storage.key_store import load
from counter_app.storage.search_words import dossier_words, person_words

ROUNDS = 400
# What one receipt writes. The floor inserts the same values, all of them, into plain tables of the same
# cipher and durability: no key, no index, no search, no trigger, nothing read, nothing worked out. Three
# citizens are written (two of them known already), and the searched words of dossier and newcomer.
WRITTEN = {
    "dossier": 1,
    "dossier_content": 1,
    "dossier_code": 1,
    "person": 3,
    "history": 1,
    "audit_entry": 1,
    "outbox_event": 1,
    "code_counter": 1,
    "latest_moment": 1,
}


def receive_rows(folder: Path) -> list[Row]:
    """Measure in `folder`, which should lie on the disk the counter would use."""
    desk = make_desk(folder / "receive", MORNING)
    act = receipts(desk)
    act()
    bare = _BareDatabase(folder / "bare.db", load(DataFolder(folder / "receive")).secret, _last_rows(desk))
    subject, same_rows, one_blob = in_turns(
        (act, bare.write_rows, bare.write_blob), rounds=ROUNDS, warm_up=20
    )
    desk.store.close()
    bare.close()
    value, floor = statistics.median(subject), statistics.median(same_rows)
    note = (
        f"{bare.bytes_written} bytes in {len(bare.rows)} rows; p99 {sorted(subject)[-ROUNDS // 100]:.2f} ms; "
        f"as one blob in one row the floor is {statistics.median(one_blob):.3f} ms"
    )
    return [row("receive, p50", value, "ms", floor=floor, at_most_ratio=2.0, note=note)]


def receipts(desk: Desk) -> Callable[[], object]:
    """Return what receives one more newcomer's birth registration each time it is called."""
    numbers = itertools.count(1)
    clock = desk.clock
    assert isinstance(clock, FixedClock)

    def act() -> None:
        number = next(numbers)
        visit = replace(
            BIRTH,
            applicant=replace(GRANDMOTHER, personal_id=f"000159{number:06d}", phone=f"09{number:08d}"),
            fields={"ht-khai-sinh": CHILD_ANSWERS},
        )
        receive(desk, visit, clerk=desk.clerk)

    return act


def _last_rows(desk: Desk) -> list[tuple[str, tuple[Any, ...]]]:
    """Return the rows a receipt has just written: the newest of each table, and the words indexed."""
    rows = []
    for table, count in WRITTEN.items():
        order = "1" if table in ("dossier_code", "history", "code_counter") else "rowid"
        newest = select(desk, f"SELECT * FROM {table} ORDER BY {order} DESC LIMIT {count}")
        rows += [(table, values) for values in newest]
    with desk.store.reading() as queries:
        (found,) = queries.newest(1)
        dossier = queries.dossier(found.dossier_id)
    assert dossier is not None
    words = (dossier_words(dossier), person_words(dossier.applicant))
    rows += [("words", (number, " ".join(said))) for number, said in enumerate(words)]
    return rows


class _BareDatabase:
    """The same cipher, key and pragmas, tables without a single index."""

    def __init__(self, path: Path, key: bytes, rows: list[tuple[str, tuple[Any, ...]]]) -> None:
        self.rows = rows
        self._connection = connect(path, key, "rwc")
        for pragma in (*_PRAGMAS, *_WRITER_PRAGMAS):
            self._connection.execute(f"PRAGMA {pragma}")
        self._inserts = []
        for table, values in rows:
            columns = ", ".join(f"c{n}" for n in range(len(values)))
            self._connection.execute(f"CREATE TABLE IF NOT EXISTS bare_{table} ({columns})")
            marks = ", ".join("?" * len(values))
            self._inserts.append((f"INSERT INTO bare_{table} VALUES ({marks})", values))
        self._connection.execute("CREATE TABLE blob (body)")
        sizes = [len(v) if isinstance(v, bytes) else len(str(v).encode()) for _, vs in rows for v in vs]
        self.bytes_written = sum(sizes)
        self._blob = bytes(self.bytes_written)

    def write_rows(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        for statement, values in self._inserts:
            self._connection.execute(statement, values)
        self._connection.commit()

    def write_blob(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("INSERT INTO blob VALUES (?)", (self._blob,))
        self._connection.commit()

    def close(self) -> None:
        self._connection.close()
