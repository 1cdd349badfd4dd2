"""Where a dossier stands, for whoever holds its slip: the code and the secret printed on it.

An unknown code and a wrong secret get the same answer after the same work, and five of either within an hour
close the code until the oldest is an hour old. Codes are compared by their letters and digits only, as people
type them; the first codes, official numbers given later and provisional ones all stand in ``dossier_alias``.
"""

import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

from counter_server.database.connections import Database

MOST_WRONG = 5
REMEMBERED = timedelta(hours=1)
_LONGEST = 64
_TIDY_EVERY = 50
_NO_SECRET = "0000"  # noqa: S105 - in no secret's alphabet

# Guesses at one code wait for each other, so that none slips past the count.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('lookup:' || $1, 0))"
_WRONG = "SELECT count(*) FROM lookup_failure WHERE unit = '' AND code = $1 AND failed_at > $2"
_FIND = """
SELECT d.lookup_secret, d.status, d.procedure_name, d.received_at, d.due_at, o.name AS office
FROM dossier_alias a JOIN dossier d USING (unit, dossier_id) JOIN office o USING (unit)
WHERE regexp_replace(upper(a.code), '[^0-9A-Z]', '', 'g') = $1 ORDER BY d.received_at DESC
"""
_FAILED = "INSERT INTO lookup_failure (unit, code, failed_at) VALUES ('', $1, $2) RETURNING id"
_TIDY = "DELETE FROM lookup_failure WHERE failed_at <= $1"


class TooManyWrong(Exception):
    """The code was tried with wrong secrets too often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the holder of the slip is told."""

    office: str
    procedure_name: str
    status: str
    received_at: datetime
    due_at: datetime | None


def typed(code: str, secret: str) -> tuple[str, str]:
    """Return both as they are compared; a whole QR text in the field of the code is taken apart."""
    code, secret = code.strip(), secret.strip()
    if not secret and "/" in code:
        code, secret = code.rstrip("/").split("/")[-2:]
    return _plain(code), _plain(secret)


def _plain(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", re.sub(r"[a-z]", lambda found: found[0].upper(), text))[:_LONGEST]


async def look_up(database: Database, code: str, secret: str, now: datetime) -> Standing | None:
    """Return where the dossier stands; None when the code is unknown or the secret another's.

    Args:
        database: read as the public, who sees no column that names anybody.
        code: as `typed` returns it.
        secret: likewise; of several dossiers with one code it decides.
        now: the moment.

    Raises:
        TooManyWrong: the code is closed for a while.
    """
    async with database.public() as connection:
        await connection.execute(_ONE_AT_A_TIME, code)
        wrong = await connection.fetchval(_WRONG, code, now - REMEMBERED)
        rows = await connection.fetch(_FIND, code)
        found = _with_secret(rows, secret)
        if wrong >= MOST_WRONG:
            raise TooManyWrong
        if found is None:
            await _remember(connection, code, now)
            return None
    return Standing(
        office=found["office"],
        procedure_name=found["procedure_name"],
        status=found["status"],
        received_at=found["received_at"],
        due_at=found["due_at"],
    )


def _with_secret(rows: list[asyncpg.Record], secret: str) -> asyncpg.Record | None:
    fits = hmac.compare_digest(secret.encode(), _NO_SECRET.encode())
    found = None
    for row in rows:
        fits = hmac.compare_digest(secret.encode(), row["lookup_secret"].encode())
        found = row if fits and found is None else found
    return found


async def _remember(
    connection: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]", code: str, now: datetime
) -> None:
    number = await connection.fetchval(_FAILED, code, now)
    if number % _TIDY_EVERY == 0:
        await connection.execute(_TIDY, now - REMEMBERED)
