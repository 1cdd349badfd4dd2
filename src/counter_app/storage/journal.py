"""What happened to each dossier: the steps of its life, and the act that can be undone."""

import json
from typing import Any

from counter_app.domain.dossier import Dossier
from counter_app.services.ports import HistoryEntry
from counter_app.storage import moments
from counter_app.storage.dossier_record import from_record, to_record
from counter_app.storage.json_columns import from_json, to_json
from counter_app.storage.sql import Sql

_STEP = "(SELECT coalesce(max(step), 0) + 1 FROM {table} WHERE dossier_id = :dossier_id)"
_ADD_HISTORY = (
    "INSERT INTO history (dossier_id, step, at, clerk, act, detail, state_before) "  # noqa: S608 - constants
    f"VALUES (:dossier_id, {_STEP.format(table='history')}, :at, :clerk, :act, :detail, :state_before)"
)
_HISTORY = "SELECT at, clerk, act, detail FROM history WHERE dossier_id = ? ORDER BY step"
# Scans, ratings and money come beside the acts: an undo leaves them as they are.
_ACTS = (
    "SELECT step, act FROM history WHERE dossier_id = ? "
    "AND act NOT IN ('attached', 'attachment_removed', 'rated', 'fee_collected', 'fee_voided') ORDER BY step"
)
_STEP_AT = "SELECT at, clerk, act, detail, state_before FROM history WHERE dossier_id = ? AND step = ?"


def append_history(sql: Sql, dossier_id: str, entry: HistoryEntry, before: Dossier | None) -> None:
    """Add the next step of a dossier's life, with the dossier `before` it when it can be undone."""
    values = {
        "dossier_id": dossier_id,
        "at": moments.to_text(entry.at),
        "clerk": entry.clerk,
        "act": entry.act,
        "detail": to_json(entry.detail),
        "state_before": None if before is None else to_json(to_record(before)),
    }
    sql.run(_ADD_HISTORY, values)


def history(sql: Sql, dossier_id: str) -> list[HistoryEntry]:
    """Return the steps, newest last."""
    return [_entry(row) for row in sql.rows(_HISTORY, (dossier_id,))]


def _entry(row: Any) -> HistoryEntry:
    return HistoryEntry(
        at=moments.from_text(row["at"]),
        clerk=row["clerk"],
        act=row["act"],
        detail=from_json(row["detail"], dict),
    )


def last_act(sql: Sql, dossier_id: str) -> tuple[HistoryEntry, Dossier] | None:
    """Return the last act that stands and the dossier as it was before; None when it cannot be undone."""
    standing: list[int] = []
    for step, act in sql.rows(_ACTS, (dossier_id,)):
        if act == "undone":
            standing.pop()
        else:
            standing.append(step)
    row = sql.row(_STEP_AT, (dossier_id, standing[-1])) if standing else None
    if row is None or row["state_before"] is None:
        return None
    return _entry(row), from_record(json.loads(row["state_before"]))
