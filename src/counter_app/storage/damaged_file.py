"""Reads what can be read of a damaged database: every row whose pages still have their seal.

A page that fails its seal raises, and never gives a wrong value; after that SQLCipher answers nothing more
on the connection, so each failure costs a new one (a tenth of a millisecond). A table is read from its
beginning and from its end; what lies between is looked for by jumping into the middle, again and again.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from counter_app.storage.engine import connect

_MOST_JUMPS = 800  # a table; each costs one or two milliseconds
_TEXT_BYTES = 24  # how much of a text key is looked at when jumping
_ROWID = ("rowid",)
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Keys after ``low`` (or from it on, when ``from_low``) and before ``high``; None is the table's end."""

    low: Key | None
    high: Key | None
    from_low: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableShape:
    """A table's columns and the columns it is ordered by."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


@dataclass(slots=True)
class ReadTable:
    """The rows that could be read, by key, and the stretches that could not."""

    rows: dict[Key, tuple[Any, ...]] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)


class DamagedFile:
    """A copy of a damaged database, opened again after each page that cannot be read."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._connection: dbapi2.Connection | None = None

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def readable(self) -> bool:
        """Tell whether even the list of tables can be read; without it nothing can."""
        return next(self._rows("SELECT count(*) FROM sqlite_master", ()), None) is not None

    def table_names(self) -> frozenset[str]:
        """Return the names of the tables the file has."""
        found = self._rows("SELECT name FROM sqlite_master WHERE type = 'table'", ())
        return frozenset(row[0] for row in found)

    def value(self, statement: str) -> Any:
        """Return the first value, or None when there is none or it cannot be read."""
        row = next(self._rows(statement, ()), None)
        return None if row is None else row[0]

    def read(self, table: TableShape) -> ReadTable:
        """Read a table as far as that is possible."""
        done = ReadTable()
        if self._walk(table, done, None, None):
            return done
        first_part = max(done.rows, default=None)
        self._walk(table, done, first_part, None, backward=True)
        later = [key for key in done.rows if first_part is None or key > first_part]
        self._search(table, done, Gap(first_part, min(later, default=None)))
        done.gaps = _joined(done.gaps)
        return done

    def between(self, table: TableShape, gap: Gap) -> Iterator[tuple[Key, tuple[Any, ...]]]:
        """Yield the rows strictly within a gap of another file, until one cannot be read."""
        width = len(table.key)
        statement = _statement(table, gap.low, gap.high, inclusive=gap.from_low)
        for row in self._rows(*statement):
            yield tuple(row[:width]), tuple(row[width:])

    def _search(self, table: TableShape, done: ReadTable, whole: Gap) -> None:
        waiting, jumps = deque([whole]), 0
        while waiting:
            gap = waiting.popleft()
            low, high = gap.low, gap.high
            middle = _middle(table, gap) if jumps < _MOST_JUMPS else None
            if middle is None:
                if not _is_empty(table, gap):
                    done.gaps.append(gap)
                continue
            jumps += 1
            found: list[Key] = []
            reached = self._walk(table, done, (middle,), high, inclusive=True, found=found)
            if reached and not found:
                waiting.append(Gap(low, (middle,), gap.from_low))
                continue
            if not found:
                waiting.extend((Gap(low, (middle,), gap.from_low), Gap((middle,), high, from_low=True)))
                continue
            if not reached:
                waiting.append(Gap(found[-1], high))
            before: list[Key] = []
            bounds = {"backward": True, "inclusive": gap.from_low}
            if not self._walk(table, done, low, found[0], found=before, **bounds):
                waiting.append(Gap(low, before[-1] if before else found[0], gap.from_low))

    def _walk(
        self,
        table: TableShape,
        done: ReadTable,
        low: Key | None,
        high: Key | None,
        *,
        backward: bool = False,
        inclusive: bool = False,
        found: list[Key] | None = None,
    ) -> bool:
        """Keep rows in order until the end or a page that cannot be read; tell whether it was the end."""
        width = len(table.key)
        self._failed = False
        statement = _statement(table, low, high, backward=backward, inclusive=inclusive)
        for row in self._rows(*statement):
            key = tuple(row[:width])
            done.rows[key] = tuple(row[width:])
            if found is not None:
                found.append(key)
        return not self._failed

    def _rows(self, statement: str, values: Sequence[Any]) -> Iterator[Any]:
        try:
            if self._connection is None:
                self._connection = connect(self._path, self._key, "immutable")
                self._connection.row_factory = None
            yield from self._connection.execute(statement, values)
        except (dbapi2.Error, UnicodeDecodeError):
            # What the driver says may hold a citizen's data; that it failed is all we need.
            self._failed = True
            self.close()


def shapes(database: Path, key: bytes) -> list[TableShape]:
    """Return the tables of a whole database that hold data of the counter, parents before children."""
    connection = connect(database, key, "ro")
    try:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
        tables = [
            (name, sql)
            for name, sql in map(tuple, found)
            if not name.startswith(("sqlite_", "word_index", "alembic_"))
        ]
        return [_shape(connection, name, sql) for name, sql in tables]
    finally:
        connection.close()


def _shape(connection: Any, name: str, sql: str) -> TableShape:
    info = [tuple(row) for row in connection.execute(f"PRAGMA table_info({name})")]
    key = [column for _place, column in sorted((row[5], row[1]) for row in info if row[5])]
    keyed = "WITHOUT ROWID" in sql.upper()
    columns = tuple(row[1] for row in info)
    return TableShape(name=name, columns=columns, key=tuple(key) if keyed else _ROWID)


def _statement(
    table: TableShape,
    low: Key | None,
    high: Key | None,
    *,
    backward: bool = False,
    inclusive: bool = False,
) -> tuple[str, tuple[Any, ...]]:
    conditions: list[str] = []
    values: list[Any] = []
    for bound, sign in ((low, ">=" if inclusive else ">"), (high, "<")):
        if bound is not None:
            names = ", ".join(table.key[: len(bound)])
            conditions.append(f"({names}) {sign} ({', '.join('?' * len(bound))})")
            values += bound
    where = f"WHERE {' AND '.join(conditions)} " if conditions else ""
    order = ", ".join(f"{name} {'DESC' if backward else 'ASC'}" for name in table.key)
    columns = ", ".join((*table.key, *table.columns))
    # Names of our own schema.
    return f"SELECT {columns} FROM {table.name} {where}ORDER BY {order}", tuple(values)  # noqa: S608


def _joined(gaps: list[Gap]) -> list[Gap]:
    """Join gaps that touch each other."""
    joined: list[Gap] = []
    for gap in sorted(gaps, key=lambda each: (each.low is not None, each.low or (), each.from_low)):
        if joined and gap.from_low and joined[-1].high == gap.low:
            joined[-1] = Gap(joined[-1].low, gap.high, joined[-1].from_low)
        else:
            joined.append(gap)
    return joined


def _is_empty(table: TableShape, gap: Gap) -> bool:
    """Tell whether no key can lie in a gap."""
    if table.key != _ROWID or gap.low is None or gap.high is None:
        return False
    return bool(gap.high[0] - gap.low[0] <= (0 if gap.from_low else 1))


def _middle(table: TableShape, gap: Gap) -> Any:
    """Return a first column within a gap, None when there is none left to try."""
    low, high = gap.low, gap.high
    if table.key == _ROWID:
        first = 0 if low is None else int(low[0])
        last = 2 * first + 10_000 if high is None else int(high[0])
        return (first + last) // 2 if last - first > 1 else None
    start, end = _number("" if low is None else low[0]), _number(None if high is None else high[0])
    middle = ((start + end) // 2).to_bytes(_TEXT_BYTES, "big").rstrip(b"\0")
    text = bytes(min(byte, 0x7F) for byte in middle).decode("ascii")
    return text if start < _number(text) < end else None


def _number(text: str | None) -> int:
    """Return the beginning of a text as a number that orders as the text does."""
    whole = b"\x7f" * _TEXT_BYTES if text is None else text.encode("utf-8")[:_TEXT_BYTES]
    return int.from_bytes(whole.ljust(_TEXT_BYTES, b"\0"), "big")
