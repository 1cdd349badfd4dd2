# ruff: noqa: D102 - the ports say what each method promises
"""Which numbers the counter may give besides its own, and which it gave in a life it does not remember."""

from collections.abc import Sequence
from datetime import date

from counter_app.domain.dossier_code import NumberBlock
from counter_app.services.sync_port import LeasedBlock
from counter_app.storage import numbers
from counter_app.storage.sql import Sql

_OF_DAY = (
    "SELECT first, last FROM number_block WHERE from_day <= :day "
    "AND (until_day IS NULL OR until_day >= :day) ORDER BY place"
)
_PUT = (
    "INSERT INTO number_block (first, last, from_day, until_day) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (first, from_day) DO UPDATE SET last = excluded.last, until_day = excluded.until_day"
)
_TAKEN = "SELECT last_number FROM code_counter WHERE day = ? AND counter = ?"
_RAISE = (
    "INSERT INTO code_counter (day, counter, last_number) VALUES (?, ?, ?) "
    "ON CONFLICT (day, counter) DO UPDATE SET last_number = max(last_number, excluded.last_number)"
)


class SqlNumberBlockQueries:
    """Implements the reads of numbers in `services.sync_port.SyncQueries`."""

    _sql: Sql

    def leased_blocks(self, day: date) -> Sequence[NumberBlock]:
        return [NumberBlock(*row) for row in self._sql.rows(_OF_DAY, {"day": day.isoformat()})]

    def numbers_taken(self, day: date, counter: int) -> int:
        return int(self._sql.value(_TAKEN, (day.isoformat(), counter)) or 0)


class SqlNumberBlocks(SqlNumberBlockQueries):
    """Implements the writes of numbers in `services.sync_port.SyncWrites`."""

    def put_block(self, leased: LeasedBlock) -> None:
        until = None if leased.until_day is None else leased.until_day.isoformat()
        block = leased.block
        self._sql.run(_PUT, (block.first, block.last, leased.from_day.isoformat(), until))

    def raise_numbers(self, day: date, counter: int, at_least: int, register_no: int) -> None:
        if at_least > 0:
            self._sql.run(_RAISE, (day.isoformat(), counter, at_least))
        numbers.raise_paper(self._sql, "register", day.year, counter, register_no)
