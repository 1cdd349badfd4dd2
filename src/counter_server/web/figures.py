"""The figures of offices, of one or of all a viewer may see."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import asyncpg

from counter_server.database.connections import Database
from counter_server.web import figures_sql as sql
from counter_server.web.period import Period, day_begins
from counter_server.web.words import OFFICE_ZONE

DUE_SOON_DAYS = 3
LOAD_DAYS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which offices: ``unit`` names one, else those of the ``province``, or all where that is "" too."""

    unit: str = ""
    province: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterContact:
    """When the server last heard of a counter, its clock's seconds ahead, its audit log's end."""

    counter: int
    seen_at: datetime | None
    clock_ahead_s: int
    audit_tip: str = ""
    audit_seq: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFigures:
    """One office. Open, overdue, due soon and flags are as of now, the rest is of the period.

    ``figures`` are what counters reported by day: ``rating.<score>``, ``guidance.<kind of notice>``.
    """

    unit: str
    name: str
    province: str
    received: int
    assisted: int
    open: int
    overdue: int
    due_soon: int
    resolved: int
    in_time: int
    returned: int
    flags: int
    counters: tuple[CounterContact, ...] = ()
    figures: Mapping[str, int] = field(default_factory=dict)

    @property
    def ratings(self) -> int:
        """How many citizens rated."""
        return sum(count for name, count in self.figures.items() if name.startswith("rating."))

    @property
    def satisfied(self) -> int:
        """How many of them were satisfied or very satisfied."""
        return self.ratings - self.figures.get("rating.unsatisfied", 0)

    @property
    def guidance(self) -> int:
        """How many requests for papers and refusals were written before a receipt."""
        return sum(count for name, count in self.figures.items() if name.startswith("guidance."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What came, was done with and went on a day, or in a month."""

    day: date
    received: int
    resolved: int
    late: int
    returned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeDetail:
    """What one office's page has more: rows as the database gives them."""

    sectors: tuple[asyncpg.Record, ...]
    channels: tuple[asyncpg.Record, ...]
    overdue: tuple[asyncpg.Record, ...]


async def offices(database: Database, scope: Scope, period: Period, now: datetime) -> list[OfficeFigures]:
    """Return the figures of each office, by name."""
    today = day_begins(now.astimezone(OFFICE_ZONE).date())
    within = (scope.unit, scope.province)
    async with database.leader() as connection:
        rows = await connection.fetch(
            sql.OFFICES,
            *within,
            period.begins_at,
            period.ends_at,
            today,
            today + timedelta(days=DUE_SOON_DAYS),
        )
        counters = await connection.fetch(sql.COUNTERS, *within)
        reported = await connection.fetch(sql.DAY_FIGURES, *within, period.first, period.last)
    contacts: dict[str, list[CounterContact]] = {}
    for each in counters:
        contacts.setdefault(each["unit"], []).append(
            CounterContact(
                counter=each["counter"],
                seen_at=each["seen_at"],
                clock_ahead_s=each["clock_ahead_s"],
                audit_tip=each["audit_tip"],
                audit_seq=each["audit_seq"],
            )
        )
    figures: dict[str, dict[str, int]] = {}
    for each in reported:
        figures.setdefault(each["unit"], {})[each["name"]] = each["value"]
    return [
        OfficeFigures(
            **dict(row),
            counters=tuple(contacts.get(row["unit"], ())),
            figures=figures.get(row["unit"], {}),
        )
        for row in rows
    ]


async def movements(database: Database, scope: Scope, period: Period) -> list[Movement]:
    """Return the days of the period on which anything moved."""
    rows = await _fetch(database, sql.DAYS, scope, period.begins_at, period.ends_at)
    return [Movement(**dict(row)) for row in rows]


def by_month(days: list[Movement]) -> list[Movement]:
    """Return the same summed by month, each under its first day."""
    sums: dict[date, list[int]] = {}
    for each in days:
        sum_of = sums.setdefault(each.day.replace(day=1), [0, 0, 0, 0])
        for index, value in enumerate((each.received, each.resolved, each.late, each.returned)):
            sum_of[index] += value
    return [
        Movement(day=month, received=came, resolved=done, late=late, returned=went)
        for month, (came, done, late, went) in sorted(sums.items())
    ]


async def due_load(database: Database, scope: Scope, now: datetime) -> dict[date, int]:
    """Return how many running dossiers are due on each of the coming days, today first."""
    today = now.astimezone(OFFICE_ZONE).date()
    days = [today + timedelta(days=ahead) for ahead in range(LOAD_DAYS)]
    ends = day_begins(days[-1] + timedelta(days=1))
    rows = await _fetch(database, sql.DUE_LOAD, scope, day_begins(today), ends)
    counted = {row["day"]: int(row["count"]) for row in rows}
    return {each: counted.get(each, 0) for each in days}


async def detail(database: Database, scope: Scope, period: Period, now: datetime) -> OfficeDetail:
    """Return what one office's page has more."""
    today = day_begins(now.astimezone(OFFICE_ZONE).date())
    return OfficeDetail(
        sectors=tuple(await _fetch(database, sql.SECTORS, scope, period.begins_at, period.ends_at)),
        channels=tuple(await _fetch(database, sql.CHANNELS, scope, period.begins_at, period.ends_at)),
        overdue=tuple(await _fetch(database, sql.OVERDUE, scope, today)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the page of many offices shows."""

    offices: list[OfficeFigures]
    load: dict[date, int]
    movements: list[Movement]


async def overview(database: Database, scope: Scope, period: Period, now: datetime) -> Overview:
    """Return the figures of many offices, read side by side."""
    known, load, moved = await asyncio.gather(
        offices(database, scope, period, now),
        due_load(database, scope, now),
        movements(database, scope, period),
    )
    return Overview(offices=known, load=load, movements=moved)


async def _fetch(database: Database, query: str, scope: Scope, *values: Any) -> list[asyncpg.Record]:
    async with database.leader() as connection:
        found: list[asyncpg.Record] = await connection.fetch(query, scope.unit, scope.province, *values)
    return found
