"""What the server has, straight from its database."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg

_EVENTS = "SELECT count(*) AS n FROM event WHERE device_id <> 'server'"
_DOUBLED = """
SELECT count(*) AS n FROM (
    SELECT event_id FROM event WHERE body <> '' GROUP BY unit, event_id HAVING count(*) > 1
) AS twice
"""
_RECEIPTS = "SELECT dossier_code, count(*) AS n FROM dossier GROUP BY dossier_code"
_SCANS = "SELECT sha256 FROM scan ORDER BY sha256"


@dataclass(frozen=True)
class ServerView:
    """Reads as the owner of the database: all offices."""

    url: str

    def rows(self, statement: str) -> Sequence[Any]:
        """Return the rows of a statement."""

        async def read() -> Sequence[Any]:
            connection = await asyncpg.connect(self.url)
            try:
                return list(await connection.fetch(statement))
            finally:
                await connection.close()

        return asyncio.run(read())

    def events(self) -> int:
        """Return how many places of the counters' chains it has."""
        return int(self.rows(_EVENTS)[0]["n"])

    def doubled(self) -> int:
        """Return how many events are there more than once."""
        return int(self.rows(_DOUBLED)[0]["n"])

    def receipts(self) -> dict[str, int]:
        """Return how often each dossier code is there."""
        return {row["dossier_code"]: row["n"] for row in self.rows(_RECEIPTS)}

    def scan_sums(self) -> list[str]:
        """Return the SHA-256 of every scan that is stored whole."""
        return [row["sha256"] for row in self.rows(_SCANS)]
