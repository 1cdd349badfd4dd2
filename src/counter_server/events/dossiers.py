"""What dossiers become by new entries of the log: read once, folded in order, written once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec

from counter_protocol.dossier_state import State
from counter_protocol.events import EventEnvelope, decode_event
from counter_protocol.fold import FlagKind, changes_state, fold_anyway
from counter_server.events import known
from counter_server.events.dossier_columns import COLUMNS, row_of, text_of
from counter_server.events.flags import Flag
from counter_server.events.office_log import OfficeLog

_NAMES = ", ".join(name for name, _kind in COLUMNS)
_VALUES = ", ".join(f"new.{name}" for name, _kind in COLUMNS)
_NEW = ", ".join(f"EXCLUDED.{name}" for name, _kind in COLUMNS)
# Names are read as they were before this statement.
_WRITE = f"""
WITH written AS (
    INSERT INTO dossier (unit, {_NAMES})
    SELECT $1, {_VALUES} FROM unnest($4::dossier[]) AS new
    ON CONFLICT (unit, dossier_id) DO UPDATE SET ({_NAMES}) = ROW({_NEW})),
named AS (
    INSERT INTO dossier_alias (unit, code, dossier_id)
    SELECT $1, new.* FROM unnest($2::text[], $3::text[]) AS new ON CONFLICT DO NOTHING)
SELECT code, dossier_id FROM dossier_alias WHERE unit = $1 AND code = ANY($2)
"""  # noqa: S608 - constants
# Each of these is another mistake each time; of the others one a device is enough to look at.
_EACH_TIME = frozenset({FlagKind.RETURNED_TWICE, FlagKind.RECEIVED_TWICE})
_MAX_CODE = 60
_state_decoder = msgspec.json.Decoder(dict[str, Any])


class Entry(NamedTuple):
    """An event with its number in the office's log."""

    office_seq: int
    event: EventEnvelope


@dataclass(slots=True)
class _Changed:
    """A dossier as it becomes; ``last`` is the entry that changed it last.

    ``early`` are entries that had their numbers before the receipt; they are folded right after it.
    """

    state: State | None
    last: Entry | None = None
    names: list[str] = field(default_factory=list)
    early: list[Entry] = field(default_factory=list)


async def fold_entries(
    log: OfficeLog, entries: Sequence[Entry], before: known.Known | None = None
) -> list[tuple[Entry, Flag]]:
    """Fold entries into their dossiers and write these; return what asks for a human, by entry.

    Args:
        log: the locked log.
        entries: in the log's order.
        before: what is known of the entries' dossiers; None: it is read here.
    """
    telling = [entry for entry in entries if changes_state(entry.event)]
    if not telling:
        return []
    ids = list(dict.fromkeys(entry.event.dossier_id for entry in telling))
    before = before or await known.of_dossiers(log, ids)
    states = before.states
    dossiers = {one: _Changed(_state_decoder.decode(states[one]) if one in states else None) for one in ids}
    _lay_by(dossiers, before.early, until=entries[0].office_seq)
    flags: list[tuple[Entry, Flag]] = []
    for entry in telling:
        flags += ((entry, flag) for flag in _fold_one(dossiers[entry.event.dossier_id], entry))
    return flags + await _write(log, dossiers)


def _lay_by(dossiers: Mapping[str, _Changed], early: Sequence[tuple[int, bytes]], *, until: int) -> None:
    """Keep ready what came before its receipt; a late event has its row already."""
    for number, body in sorted(early):
        try:
            event = decode_event(body)
        except ValueError:
            continue  # no counter can read it either
        if number < until and changes_state(event) and event.dossier_id in dossiers:
            dossiers[event.dossier_id].early.append(Entry(number, event))


def _fold_one(dossier: _Changed, entry: Entry) -> list[Flag]:
    """Fold an entry, and what waited for it; as `fold.fold_all` does with the whole log."""
    flags = _fold_in(dossier, entry)
    if dossier.state is None:
        if FlagKind.RECEIPT_MISSING in (flag.kind for flag in flags):
            dossier.early.append(entry)
        return flags
    waiting, dossier.early = dossier.early, []
    for before in waiting:
        flags += _fold_in(dossier, before)
    if waiting:
        dossier.last = entry
    return flags


def _fold_in(dossier: _Changed, entry: Entry) -> list[Flag]:
    event, before = entry.event, dossier.state
    folded = fold_anyway(before, event, entry.office_seq)
    if folded.state is not None and folded.state is not before:
        dossier.names += _new_names(before, folded.state)
        dossier.state, dossier.last = folded.state, entry
    if folded.flag is None:
        return []
    about = event.event_id if folded.flag in _EACH_TIME else event.device_id
    return [
        Flag(
            kind=folded.flag,
            subject=f"{folded.flag}:{event.dossier_id}:{about}",
            dossier_id=event.dossier_id,
            params=folded.params,
        )
    ]


def _new_names(before: State | None, after: State) -> list[str]:
    if before and all(before.get(name) is after.get(name) for name in ("dossier_code", "aliases")):
        return []  # nearly always: a patch that does not name them leaves the very same values
    known = set(_names_in(before)) if before else set()
    return [name for name in _names_in(after) if name not in known]


def _names_in(state: State) -> list[str]:
    """Return the codes a dossier is asked for by: its own and the official ones."""
    aliases = state.get("aliases")
    named = [state.get("dossier_code"), *(aliases if isinstance(aliases, list) else ())]
    return [name for name in map(text_of, named) if 0 < len(name) <= _MAX_CODE]


async def _write(log: OfficeLog, dossiers: dict[str, _Changed]) -> list[tuple[Entry, Flag]]:
    """Write the dossiers and their new names; return a flag for each name another dossier has too."""
    rows = [
        (log.unit, *row_of(dossier_id, one.last.office_seq, one.state, one.last.event.at))
        for dossier_id, one in dossiers.items()
        if one.state is not None and one.last is not None
    ]
    if not rows:
        return []
    new = [(name, dossier_id) for dossier_id, one in dossiers.items() for name in one.names]
    codes, ids = [name for name, _id in new], [dossier_id for _name, dossier_id in new]
    bearers: dict[str, set[str]] = {}
    for record in await log.connection.fetch(_WRITE, log.unit, codes, ids, rows):
        bearers.setdefault(record["code"], set()).add(record["dossier_id"])
    flags: list[tuple[Entry, Flag]] = []
    for code, dossier_id in new:
        others = bearers.setdefault(code, set())
        last = dossiers[dossier_id].last
        if last is not None and others - {dossier_id}:
            flags.append((last, _duplicate(code, dossier_id, last)))
        others.add(dossier_id)
    return flags


def _duplicate(code: str, dossier_id: str, last: Entry) -> Flag:
    return Flag(
        kind=FlagKind.DUPLICATE_CODE,
        subject=f"{FlagKind.DUPLICATE_CODE}:{code}:{dossier_id}",
        dossier_id=dossier_id,
        params={"code": code, "counter": last.event.counter},
    )
