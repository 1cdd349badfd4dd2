"""Who may read the figures: logging in, staying so for half a day while the pages are used, logging out.

A wrong guess is counted before the password is even looked at, so that guesses sent side by side count too.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from counter_server.database.connections import Database
from counter_server.web import passwords

if TYPE_CHECKING:
    from counter_server.database.connections import Connection

LASTS = timedelta(hours=12)
IDLE = timedelta(hours=1)
FREE_FAILURES, MOST_FAILURES = 3, 10
LOCKED = timedelta(minutes=15)

_TRY = """
UPDATE leader SET failures = failures + 1, locked_until = CASE
    WHEN failures + 1 >= $3 THEN $2::timestamptz + $5
    WHEN failures + 1 > $4 THEN $2::timestamptz + make_interval(secs => power(2, failures - $4))
    END
WHERE name = $1 AND (locked_until IS NULL OR locked_until <= $2) RETURNING unit, password
"""
_FORGIVE = "UPDATE leader SET failures = 0, locked_until = NULL WHERE unit = $1 AND name = $2"
_KEEP = "SELECT change_leader_password($1, $2, $3, $4)"
_CLOSE_ALL = "DELETE FROM leader_session WHERE unit = $1 AND name = $2"
_TIDY = "DELETE FROM leader_session WHERE expires_at <= $1 OR used_at <= $2"
_OPEN = """
INSERT INTO leader_session (unit, token_hash, name, expires_at, used_at) VALUES ($1, $2, $3, $4, $5)
"""
_USE = """
UPDATE leader_session SET used_at = $2 FROM leader
WHERE token_hash = $1 AND expires_at > $2 AND used_at > $3
    AND leader.unit = leader_session.unit AND leader.name = leader_session.name
RETURNING leader.unit, leader.name, leader.province
"""
_CLOSE = "DELETE FROM leader_session WHERE token_hash = $1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who reads: the head of the office `unit`, or, where it is "", of a `province` ("": of all)."""

    name: str
    unit: str
    province: str


async def log_in(database: Database, name: str, password: str, now: datetime) -> str | None:
    """Return a new session's token, or None: the name is unknown, locked, or the password wrong."""
    proven = await _proven(database, name, password, now)
    if proven is None:
        return None
    async with database.leader() as connection:
        await connection.execute(_FORGIVE, proven.unit, name)
        return await _open(connection, proven.unit, name, now)


async def change_password(
    database: Database, viewer: Viewer, present: str, new: str, now: datetime
) -> str | None:
    """Return a new session's token, all others being over, or None: locked, or the present one is wrong."""
    proven = await _proven(database, viewer.name, present, now)
    if proven is None:
        return None
    kept = await passwords.hashed_aside(new)
    async with database.leader() as connection:
        if not await connection.fetchval(_KEEP, viewer.unit, viewer.name, proven.kept, kept):
            return None  # changed meanwhile
        await connection.execute(_FORGIVE, viewer.unit, viewer.name)
        await connection.execute(_CLOSE_ALL, viewer.unit, viewer.name)
        return await _open(connection, viewer.unit, viewer.name, now)


@dataclass(frozen=True, slots=True, repr=False)
class _Proven:
    """The unit of a name whose password was right, and what is kept of that password."""

    unit: str
    kept: str


async def _proven(database: Database, name: str, password: str, now: datetime) -> _Proven | None:
    """Return who it is when the password is right; each try stays counted until it is forgiven."""
    async with database.leader() as connection:
        row = await connection.fetchrow(_TRY, name, now, MOST_FAILURES, FREE_FAILURES, LOCKED)
    right = await passwords.matches(password, row["password"] if row else passwords.NOBODYS)
    return _Proven(row["unit"], row["password"]) if row is not None and right else None


async def _open(connection: "Connection", unit: str, name: str, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    await connection.execute(_TIDY, now, now - IDLE)
    await connection.execute(_OPEN, unit, _hash(token), name, now + LASTS, now)
    return token


async def viewer_of(database: Database, token: str, now: datetime) -> Viewer | None:
    """Return whose session it is, or None when there is none (any more)."""
    if not token:
        return None
    async with database.leader() as connection:
        row = await connection.fetchrow(_USE, _hash(token), now, now - IDLE)
    return Viewer(name=row["name"], unit=row["unit"], province=row["province"]) if row else None


async def log_out(database: Database, token: str) -> None:
    """End a session."""
    async with database.leader() as connection:
        await connection.execute(_CLOSE, _hash(token))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
