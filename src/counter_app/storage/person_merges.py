"""Which records stand for one person: merges in force, followed when records are read."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from counter_app.services.kinship_port import Merge
from counter_app.storage import moments
from counter_app.storage.sql import Sql

_COLUMNS = "merge_id, keep_id, other_id, reason, merged_at, clerk, undone_at"
_ABOVE = (
    "SELECT other_id, keep_id FROM person_merge "
    "WHERE undone_at IS NULL AND other_id IN (SELECT value FROM json_each(?))"
)
_BELOW = (
    "SELECT other_id FROM person_merge WHERE undone_at IS NULL "
    "AND keep_id IN (SELECT value FROM json_each(?)) ORDER BY merged_at, merge_id"
)
_ADD = f"INSERT INTO person_merge ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - constants of this module
_END = "UPDATE person_merge SET undone_at = ? WHERE merge_id = ?"
_LOAD = f"SELECT {_COLUMNS} FROM person_merge WHERE merge_id = ?"  # noqa: S608 - constants of this module
_AROUND = (
    f"SELECT {_COLUMNS} FROM person_merge WHERE undone_at IS NULL "  # noqa: S608
    "AND other_id IN (SELECT value FROM json_each(?)) ORDER BY merged_at DESC, merge_id DESC"
)


def kept_ids(sql: Sql, personal_ids: Iterable[str]) -> dict[str, str]:
    """Return for each id the id of the record it is shown under: mostly its own."""
    roots = {personal_id: personal_id for personal_id in personal_ids}
    while above := dict(_pairs(sql, roots.values())):
        roots = {personal_id: above.get(root, root) for personal_id, root in roots.items()}
    return roots


def together(sql: Sql, personal_id: str) -> tuple[str, ...]:
    """Return all ids shown as one person, the kept record's first."""
    found = level = [kept_ids(sql, (personal_id,))[personal_id]]
    while level := [row[0] for row in sql.rows(_BELOW, (json.dumps(level),))]:
        found = [*found, *level]
    return tuple(found)


def add(sql: Sql, merge: Merge) -> None:
    """Write a merge."""
    at = moments.to_text(merge.merged_at)
    undone = None if merge.undone_at is None else moments.to_text(merge.undone_at)
    values = (merge.merge_id, merge.keep_id, merge.other_id, merge.reason, at, merge.clerk, undone)
    sql.run(_ADD, values)


def end(sql: Sql, merge_id: str, at: datetime) -> None:
    """Let a merge no longer hold."""
    sql.run(_END, (moments.to_text(at), merge_id))


def load(sql: Sql, merge_id: str) -> Merge | None:
    """Return a merge, or None."""
    row = sql.row(_LOAD, (merge_id,))
    return None if row is None else _merge(row)


def around(sql: Sql, personal_id: str) -> list[Merge]:
    """Return the merges in force that make up a person, newest first."""
    ids = together(sql, personal_id)
    return [] if len(ids) == 1 else [_merge(row) for row in sql.rows(_AROUND, (json.dumps(ids),))]


def _pairs(sql: Sql, ids: Iterable[str]) -> list[Any]:
    return [(row[0], row[1]) for row in sql.rows(_ABOVE, (json.dumps(sorted(set(ids))),))]


def _merge(row: Any) -> Merge:
    return Merge(
        merge_id=row["merge_id"],
        keep_id=row["keep_id"],
        other_id=row["other_id"],
        reason=row["reason"],
        merged_at=moments.from_text(row["merged_at"]),
        clerk=row["clerk"],
        undone_at=None if row["undone_at"] is None else moments.from_text(row["undone_at"]),
    )
