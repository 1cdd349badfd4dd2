"""Runs SQL text on one driver connection.

Statements of an act go to the driver directly: SQLAlchemy's engine keeps the connections, its tables
describe the schema, but its execution layer would cost more than the encryption of an act.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

Values = Sequence[object] | Mapping[str, object]


class Sql:
    """One connection inside a transaction; every value is passed as a parameter, never as text."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def run(self, statement: str, values: Values = ()) -> Any:
        """Execute and return the driver's cursor (``lastrowid``, ``rowcount``)."""
        return self._connection.execute(statement, values)

    def rows(self, statement: str, values: Values = ()) -> list[Any]:
        """Return every row; columns by position or by name."""
        found: list[Any] = self._connection.execute(statement, values).fetchall()
        return found

    def row(self, statement: str, values: Values = ()) -> Any:
        """Return the first row, or None."""
        return self._connection.execute(statement, values).fetchone()

    def value(self, statement: str, values: Values = ()) -> Any:
        """Return the first column of the first row, or None."""
        row = self._connection.execute(statement, values).fetchone()
        return None if row is None else row[0]

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what is written within, and nothing else, when it fails."""
        self._connection.execute("SAVEPOINT apart")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK TO apart")
            raise
        finally:
            self._connection.execute("RELEASE apart")
