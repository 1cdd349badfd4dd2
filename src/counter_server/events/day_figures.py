"""Figures by day that counters report: ratings by score, guidance given, the closing of the day.

Names: ``rating.<score>``, ``guidance`` and ``guidance.<kind of notice>``, ``closed`` (the revision; 0 when
taken back), ``closed.<count>``. Nothing of a training counter, nothing that names anybody.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from counter_protocol.events import EventEnvelope, EventKind
from counter_server.events.dossier_columns import text_of
from counter_server.events.office_log import OfficeLog
from counter_server.office_day import day_of

# A sum grows with each report; what a closing says replaces what was said before.
_ADD = """
INSERT INTO day_figure (unit, device_id, day, name, value)
SELECT $1, new.* FROM unnest($2::text[], $3::date[], $4::text[], $5::int[]) AS new
ON CONFLICT (unit, device_id, day, name) DO UPDATE SET value = day_figure.value + EXCLUDED.value
"""
_SET = """
INSERT INTO day_figure (unit, device_id, day, name, value)
SELECT $1, new.* FROM unnest($2::text[], $3::date[], $4::text[], $5::int[]) AS new
ON CONFLICT (unit, device_id, day, name) DO UPDATE SET value = EXCLUDED.value
"""
_KINDS = frozenset(
    {EventKind.RATING_GIVEN, EventKind.GUIDANCE_GIVEN, EventKind.DAY_CLOSED, EventKind.ACT_UNDONE}
)
_MAX_VALUE = 1_000_000  # a count beyond it is a mistake
_MAX_NAMES = 40


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a day; ``adds`` to what was there, or replaces it."""

    device_id: str
    day: date
    name: str
    value: int
    adds: bool


async def write_figures(log: OfficeLog, events: Sequence[EventEnvelope]) -> None:
    """Count what the events report, in their order."""
    sums: defaultdict[tuple[str, date, str], int] = defaultdict(int)
    values: dict[tuple[str, date, str], int] = {}
    for event in events:
        for figure in figures_of(event):
            key = (figure.device_id, figure.day, figure.name)
            if figure.adds:
                sums[key] += figure.value
            else:
                values[key] = figure.value
    for statement, figures in ((_ADD, sums), (_SET, values)):
        if figures:
            rows = [(*key, value) for key, value in figures.items()]
            await log.connection.execute(statement, log.unit, *map(list, zip(*rows, strict=True)))


def figures_of(event: EventEnvelope) -> Iterator[Figure]:
    """Return the figures an event reports; none for an event that cannot be read."""
    data = event.data
    if event.kind not in _KINDS or data.get("training") is True:
        return
    if event.kind == EventKind.GUIDANCE_GIVEN:
        for name in ("guidance", f"guidance.{text_of(data.get('notice'))[:40]}"):
            yield Figure(event.device_id, day_of(event.at), name, 1, adds=True)
        return
    day = _day(data.get("day"))
    if day is None:
        return
    if event.kind == EventKind.RATING_GIVEN:
        yield from _ratings(event, day)
    elif event.kind == EventKind.DAY_CLOSED:
        yield from _closing(event, day)
    elif data.get("undone") == "closed":
        yield Figure(event.device_id, day, "closed", 0, adds=False)


def _ratings(event: EventEnvelope, day: date) -> Iterator[Figure]:
    ratings = event.data.get("ratings")
    for rating in ratings if isinstance(ratings, list) else ():
        score = text_of(rating.get("score")) if isinstance(rating, Mapping) else ""
        if score:
            yield Figure(event.device_id, day, f"rating.{score[:40]}", 1, adds=True)


def _closing(event: EventEnvelope, day: date) -> Iterator[Figure]:
    counts = event.data.get("counts")
    named = {"closed": event.data.get("revision")}
    if isinstance(counts, Mapping):
        named |= {f"closed.{text_of(name)[:40]}": counts[name] for name in list(counts)[:_MAX_NAMES]}
    for name, value in named.items():
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MAX_VALUE:
            yield Figure(event.device_id, day, name, value, adds=False)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
