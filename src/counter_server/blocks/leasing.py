"""Which device may give which dossier numbers of a day: no number of a day is two devices'.

Counter N owns N001-N999; more is leased from 0001-0999, which is no counter's, then from desks nobody sits
at, the last first. Everything that changes who owns what holds the lock of the office's log. A block given
back ends with the day, because numbers of it may be on paper, and is free from the next day on.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from counter_protocol.messages import NumberBlock
from counter_protocol.refusals import Refusal
from counter_server.events.office_log import OfficeLog
from counter_server.office_day import day_of
from counter_server.wire_body import Refused

if TYPE_CHECKING:
    from counter_server.database.connections import Connection

_PER_COUNTER = 999
_NOBODYS = (1, 999)
_COUNTERS = range(1, 10)
_LAST = 9999
_MAX_LEASED = 5  # blocks of one device at a time; a counter that asks in a loop must not take them all
_OF_DEVICE = """
SELECT first, last, from_day, until_day FROM number_block
WHERE unit = $1 AND device_id = $2 AND (until_day IS NULL OR until_day >= $3) ORDER BY from_day, first
"""
_TAKEN = """
SELECT device_id, first, last FROM number_block
WHERE unit = $1 AND (until_day IS NULL OR until_day >= $2) ORDER BY first
"""
_ADD = "INSERT INTO number_block (unit, device_id, first, last, from_day) VALUES ($1, $2, $3, $4, $5)"
_END = """
UPDATE number_block SET until_day = $6
WHERE unit = $1 AND device_id = $2 AND first = $3 AND last = $4 AND from_day = $5 AND until_day IS NULL
"""
_KNOWN = """
SELECT EXISTS (SELECT 1 FROM number_block
WHERE unit = $1 AND device_id = $2 AND first = $3 AND last = $4 AND from_day = $5)
"""
_END_ALL = "UPDATE number_block SET until_day = $3 WHERE unit = $1 AND device_id = $2 AND until_day IS NULL"
_FORGET = "DELETE FROM number_block WHERE unit = $1 AND device_id = $2 AND first = $3 AND from_day >= $4"
_CUT = """
UPDATE number_block SET until_day = $4
WHERE unit = $1 AND device_id = $2 AND first = $3 AND (until_day IS NULL OR until_day > $4)
"""
_SEATED = "SELECT counter FROM device WHERE unit = $1 AND state = 'active'"


async def blocks_of_device(
    connection: "Connection", unit: str, device_id: str, now: datetime
) -> list[NumberBlock]:
    """Return the blocks that are the device's today or later."""
    rows = await connection.fetch(_OF_DEVICE, unit, device_id, day_of(now))
    return [
        NumberBlock(
            first=row["first"],
            last=row["last"],
            from_day=row["from_day"].isoformat(),
            until_day=row["until_day"].isoformat() if row["until_day"] else "",
        )
        for row in rows
    ]


async def give_default_block(log: OfficeLog, device_id: str, counter: int, now: datetime) -> None:
    """Give a device the numbers of the desk it now sits at; those of a desk it sat at before end.

    Raises:
        Refused: ``counter_taken`` while another device has a lease on some of them.
    """
    today, first = day_of(now), counter * 1000 + 1
    last = first + _PER_COUNTER - 1
    rows = await log.connection.fetch(_TAKEN, log.unit, today)
    if any(row["device_id"] == device_id and row["first"] == first for row in rows):
        return
    if any(row["first"] <= last and row["last"] >= first for row in rows):
        raise Refused(Refusal.COUNTER_TAKEN, "numbers of this counter are leased")
    await log.connection.execute(_END_ALL, log.unit, device_id, today)
    await log.connection.execute(_ADD, log.unit, device_id, first, last, today)


async def take_blocks_back(log: OfficeLog, device_id: str, now: datetime) -> None:
    """Take a replaced device's numbers: its desk's pass on today, leased ones end with the day."""
    today = day_of(now)
    for row in await log.connection.fetch(_OF_DEVICE, log.unit, device_id, today):
        first = row["first"]
        if _is_a_desks(first, row["last"]):
            await log.connection.execute(_FORGET, log.unit, device_id, first, today)
            await log.connection.execute(_CUT, log.unit, device_id, first, today - timedelta(days=1))
    await log.connection.execute(_END_ALL, log.unit, device_id, today)


async def lease(log: OfficeLog, device_id: str, size: int, now: datetime) -> None:
    """Lease a block of `size` numbers to a device, from today until it gives it back.

    Raises:
        Refused: ``block_refused`` when there is none, or the device has enough.
    """
    today = day_of(now)
    rows = await log.connection.fetch(_TAKEN, log.unit, today)
    leased = [
        row for row in rows if row["device_id"] == device_id and not _is_a_desks(row["first"], row["last"])
    ]
    if not 1 <= size <= _PER_COUNTER or len(leased) >= _MAX_LEASED:
        raise Refused(Refusal.BLOCK_REFUSED)
    seated = {row["counter"] for row in await log.connection.fetch(_SEATED, log.unit)}
    first = free_first(size, [(row["first"], row["last"]) for row in rows], seated)
    if first is None:
        raise Refused(Refusal.BLOCK_REFUSED)
    await log.connection.execute(_ADD, log.unit, device_id, first, first + size - 1, today)


async def give_back(log: OfficeLog, device_id: str, block: NumberBlock, now: datetime) -> None:
    """End a lease with the day; one that ended is left as it is.

    Raises:
        Refused: ``block_refused`` when it is not the device's, or is its desk's own.
    """
    if not 1 <= block.first <= block.last <= _LAST:
        raise Refused(Refusal.BLOCK_REFUSED)
    key = (log.unit, device_id, block.first, block.last, _day(block.from_day))
    known = await log.connection.fetchval(_KNOWN, *key)
    if not known or _is_a_desks(block.first, block.last):
        raise Refused(Refusal.BLOCK_REFUSED)
    await log.connection.execute(_END, *key, day_of(now))


def free_first(size: int, taken: Iterable[tuple[int, int]], seated: Iterable[int]) -> int | None:
    """Return the first number of a free run of `size`, or None.

    Args:
        size: how many.
        taken: blocks of today or later, both ends included.
        seated: the counters somebody sits at; their numbers are theirs, whatever was written down.
    """
    sitting = set(seated)
    blocks = sorted([*taken, *((n * 1000 + 1, n * 1000 + _PER_COUNTER) for n in sitting)])
    for low, high in _areas(sitting):
        found = _gap(size, low, high, blocks)
        if found is not None:
            return found
    return None


def _areas(seated: set[int]) -> Iterator[tuple[int, int]]:
    yield _NOBODYS
    for counter in reversed(_COUNTERS):
        if counter not in seated:
            yield counter * 1000 + 1, counter * 1000 + _PER_COUNTER


def _gap(size: int, low: int, high: int, blocks: Sequence[tuple[int, int]]) -> int | None:
    at = low
    for first, last in blocks:
        if last < at:
            continue
        if first - at >= size:
            break
        at = last + 1
    return at if at + size - 1 <= high else None


def _is_a_desks(first: int, last: int) -> bool:
    return first % 1000 == 1 and first > 1000 and last == first + _PER_COUNTER - 1


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(Refusal.NOT_A_MESSAGE, "from_day") from None
