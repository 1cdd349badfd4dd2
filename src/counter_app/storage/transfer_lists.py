# ruff: noqa: D102 - the ports say what each method promises
"""The database's side of hand-over and postal lists."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from counter_app.domain.dossier_life import Holder
from counter_app.domain.transfer_list import ListKind, ListSummary, TransferItem, TransferList
from counter_app.storage import moments
from counter_app.storage.json_columns import from_json, to_json
from counter_app.storage.sql import Sql

_ADD = (
    "INSERT INTO transfer_list (list_id, kind, number, year, counter, at, clerk, taker, agency, note, "
    "training, office_definition, acknowledged_at, acknowledged_by) VALUES (:list_id, :kind, :number, "
    ":year, :counter, :at, :clerk, :taker, :agency, :note, :training, :office_definition, NULL, '')"
)
_ADD_ITEM = (
    "INSERT INTO transfer_item (list_id, position, dossier_id, content, taken_off) VALUES (?, ?, ?, ?, 0)"
)
_ITEMS = "SELECT content, taken_off FROM transfer_item WHERE list_id = ? ORDER BY position"
_SUMMARY = (
    "SELECT t.*, (SELECT count(*) FROM transfer_item i WHERE i.list_id = t.list_id AND NOT i.taken_off) "
    "AS dossiers FROM transfer_list t "
)
_OF_KIND = _SUMMARY + "WHERE :kind IS NULL OR kind = :kind ORDER BY at DESC, list_id DESC LIMIT :limit"
_OF_DOSSIER = (
    _SUMMARY + "WHERE list_id IN (SELECT list_id FROM transfer_item WHERE dossier_id = ? "  # noqa: S608
    "AND NOT taken_off) "
    "ORDER BY at DESC, list_id DESC"
)
_BY_NUMBER = "SELECT * FROM transfer_list WHERE kind = ? AND year = ? AND counter = ? AND number = ?"
# Dossiers handed over one by one have takers too: whoever works on an open dossier now.
_TAKERS = (
    "SELECT taker, max(agency) AS agency, max(at) AS last FROM (SELECT taker, agency, at FROM transfer_list "
    "WHERE kind = :kind UNION ALL SELECT holder, 0, max(handed_over_at) FROM dossier WHERE ended_at IS NULL "
    "AND status = 'processing' AND holder <> '' AND :kind = 'hand_over' GROUP BY holder) "
    "GROUP BY taker ORDER BY last DESC LIMIT :limit"
)
_ACKNOWLEDGE = "UPDATE transfer_list SET acknowledged_at = ?, acknowledged_by = ? WHERE list_id = ?"
_ACKNOWLEDGED = "SELECT 1 FROM transfer_list WHERE list_id = ? AND acknowledged_at IS NOT NULL"
_TAKE_OFF = "UPDATE transfer_item SET taken_off = 1 WHERE list_id = ? AND dossier_id = ?"


class SqlTransferListQueries:
    """Implements `services.transfer_lists_port.TransferListQueries`."""

    _sql: Sql

    def transfer_list(self, list_id: str) -> TransferList | None:
        return self._whole(self._sql.row("SELECT * FROM transfer_list WHERE list_id = ?", (list_id,)))

    def transfer_list_by_number(
        self, kind: ListKind, number: int, year: int, counter: int
    ) -> TransferList | None:
        return self._whole(self._sql.row(_BY_NUMBER, (kind.value, year, counter, number)))

    def transfer_lists(self, kind: ListKind | None = None, limit: int = 100) -> Sequence[ListSummary]:
        values = {"kind": kind.value if kind else None, "limit": limit}
        return [_summary(row) for row in self._sql.rows(_OF_KIND, values)]

    def lists_of_dossier(self, dossier_id: str) -> Sequence[ListSummary]:
        return [_summary(row) for row in self._sql.rows(_OF_DOSSIER, (dossier_id,))]

    def list_acknowledged(self, list_id: str) -> bool:
        return self._sql.row(_ACKNOWLEDGED, (list_id,)) is not None

    def recent_takers(self, kind: ListKind, limit: int = 12) -> Sequence[Holder]:
        rows = self._sql.rows(_TAKERS, {"kind": kind.value, "limit": limit})
        return [Holder(name=row["taker"], agency=bool(row["agency"])) for row in rows]

    def _whole(self, row: Any) -> TransferList | None:
        if row is None:
            return None
        items = tuple(
            _item(content, taken_off) for content, taken_off in self._sql.rows(_ITEMS, (row["list_id"],))
        )
        return TransferList(
            **_common(row),
            items=items,
            office_definition=row["office_definition"],
            note=row["note"],
            training=bool(row["training"]),
        )


class SqlTransferListWrites(SqlTransferListQueries):
    """Implements `services.transfer_lists_port.TransferListWrites`."""

    def add_transfer_list(self, made: TransferList) -> None:
        values = {
            "list_id": made.list_id,
            "kind": made.kind.value,
            "number": made.number,
            "year": moments.local(made.at).year,
            "counter": made.counter,
            "at": moments.to_text(made.at),
            "clerk": made.clerk,
            "taker": made.to.name,
            "agency": int(made.to.agency),
            "note": made.note,
            "training": int(made.training),
            "office_definition": made.office_definition,
        }
        self._sql.run(_ADD, values)
        for position, item in enumerate(made.items, start=1):
            self._sql.run(_ADD_ITEM, (made.list_id, position, item.dossier_id, _content(item)))

    def acknowledge_list(self, list_id: str, at: datetime, by: str) -> None:
        self._sql.run(_ACKNOWLEDGE, (moments.to_text(at), by, list_id))

    def take_off_list(self, list_id: str, dossier_id: str) -> None:
        self._sql.run(_TAKE_OFF, (list_id, dossier_id))


def _content(item: TransferItem) -> str:
    due = moments.utc(item.due_at) if item.due_at else None
    return to_json(replace(item, due_at=due))


def _item(content: str, taken_off: int) -> TransferItem:
    item = from_json(content, TransferItem)
    due = moments.local(item.due_at) if item.due_at else None
    return replace(item, due_at=due, taken_off=bool(taken_off))


def _summary(row: Any) -> ListSummary:
    return ListSummary(**_common(row), count=row["dossiers"])


def _common(row: Mapping[str, Any]) -> dict[str, Any]:
    noted = row["acknowledged_at"]
    return {
        "list_id": row["list_id"],
        "kind": ListKind(row["kind"]),
        "number": row["number"],
        "counter": row["counter"],
        "at": moments.from_text(row["at"]),
        "clerk": row["clerk"],
        "to": Holder(name=row["taker"], agency=bool(row["agency"])),
        "acknowledged_at": moments.from_text(noted) if noted else None,
        "acknowledged_by": row["acknowledged_by"],
    }
