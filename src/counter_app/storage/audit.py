# ruff: noqa: D102 - the ports say what each method promises
"""The audit log: a chain of hashes the database lets nobody change, and the tips that were told."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from counter_app.domain.audit_chain import GENESIS, Anchor, AnchorKind, StoredEntry, Tip, entry_hash
from counter_app.services.audit_port import AuditFilter, NumberedEntry
from counter_app.services.ports import AuditEntry
from counter_app.storage import moments
from counter_app.storage.json_columns import from_json, to_json
from counter_app.storage.sql import Sql

_HEAD = "SELECT seq, hash FROM audit_head"
_MOVE_HEAD = (
    "INSERT INTO audit_head (only, seq, hash) VALUES (1, ?, ?) "
    "ON CONFLICT (only) DO UPDATE SET seq = excluded.seq, hash = excluded.hash"
)
_ADD = (
    "INSERT INTO audit_entry (seq, at, clerk, act, subject_id, detail, prev_hash, hash) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
# As bytes: a row somebody else wrote may hold what is no text.
_COLUMNS = (
    "seq, CAST(at AS BLOB) AS at, CAST(clerk AS BLOB) AS clerk, CAST(act AS BLOB) AS act, "
    "CAST(subject_id AS BLOB) AS subject_id, CAST(detail AS BLOB) AS detail, prev_hash, hash"
)
_ROWS = f"SELECT {_COLUMNS} FROM audit_entry WHERE seq > ? ORDER BY seq LIMIT 1000"  # noqa: S608
_BEFORE_FIRST = -(2**63)
_CLERKS = "SELECT clerk, max(seq) AS newest FROM audit_entry GROUP BY clerk ORDER BY newest DESC LIMIT 200"
# What was done here, not told by the office's log: acts that can be undone, and receipts.
_HISTORY_ACTS = (
    "SELECT dossier_id, act, count(*) FROM history WHERE state_before IS NOT NULL "
    "OR (act = 'received' AND detail ->> 'procedure_id' IS NOT NULL) GROUP BY dossier_id, act"
)
_BEFORE = f"SELECT {_COLUMNS} FROM audit_entry WHERE seq < ? ORDER BY seq DESC LIMIT 1"  # noqa: S608
_AFTER = f"SELECT {_COLUMNS} FROM audit_entry WHERE seq > ? ORDER BY seq LIMIT 1"  # noqa: S608
_NO_MOMENT = moments.from_text("1970-01-01T00:00:00.000000Z")
_CODE = "SELECT dossier_code FROM dossier WHERE dossier_id = ?"
_LAST_ANCHOR = "SELECT * FROM audit_anchor WHERE kind = ? AND reference = ? ORDER BY place DESC LIMIT 1"
_ADD_ANCHOR = "INSERT INTO audit_anchor (seq, hash, at, kind, reference, proof) VALUES (?, ?, ?, ?, ?, ?)"


def append(sql: Sql, entry: AuditEntry) -> None:
    """Add an entry to the end of the chain, in the caller's transaction."""
    tip = _head(sql)
    seq = tip.seq + 1
    texts = (moments.to_text(entry.at), entry.clerk, entry.act, entry.subject_id, to_json(entry.detail))
    value = entry_hash(tip.hash, seq, *texts)
    sql.run(_ADD, (seq, *texts, tip.hash, value))
    sql.run(_MOVE_HEAD, (seq, value))


class SqlAuditQueries:
    """Implements `services.audit_port.AuditQueries`."""

    _sql: Sql

    def audit_tip(self) -> Tip:
        return _head(self._sql)

    def audit_page(
        self, wanted: AuditFilter, *, before: int | None = None, after: int | None = None, limit: int = 200
    ) -> Sequence[NumberedEntry]:
        conditions, values = _conditions(wanted)
        for condition, place in (("seq < ?", before), ("seq > ?", after)):
            if place is not None:
                conditions.append(condition)
                values.append(place)
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        found = self._sql.rows(
            f"SELECT {_COLUMNS} FROM audit_entry {where} ORDER BY seq DESC LIMIT ?",  # noqa: S608 - own conditions
            (*values, limit),
        )
        return [_numbered(_stored(row)) for row in found]

    def audit_count(self, wanted: AuditFilter) -> int:
        conditions, values = _conditions(wanted)
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        return int(self._sql.value(f"SELECT count(*) FROM audit_entry {where}", values))  # noqa: S608

    def audit_clerks(self) -> Sequence[str]:
        return [row["clerk"] for row in self._sql.rows(_CLERKS)]

    def audit_around(self, first: int, last: int) -> tuple[StoredEntry | None, StoredEntry | None]:
        before, after = self._sql.row(_BEFORE, (first,)), self._sql.row(_AFTER, (last,))
        return before and _stored(before), after and _stored(after)

    def history_acts(self) -> Mapping[tuple[str, str], int]:
        return {(row[0], row[1]): row[2] for row in self._sql.rows(_HISTORY_ACTS)}

    def audit_rows(self) -> Iterator[StoredEntry]:
        last = _BEFORE_FIRST
        while rows := self._sql.rows(_ROWS, (last,)):
            yield from (_stored(row) for row in rows)
            last = rows[-1]["seq"]

    def audit_anchors(self) -> Sequence[Anchor]:
        return [_anchor(row) for row in self._sql.rows("SELECT * FROM audit_anchor ORDER BY place")]

    def dossier_code_of(self, dossier_id: str) -> str:
        return str(
            self._sql.value("SELECT dossier_code FROM dossier WHERE dossier_id = ?", (dossier_id,)) or ""
        )

    def last_audit_anchor(self, kind: AnchorKind, reference: str) -> Anchor | None:
        row = self._sql.row(_LAST_ANCHOR, (kind.value, reference))
        return None if row is None else _anchor(row)

    def audit_hash_at(self, seq: int) -> bytes:
        found = self._sql.value("SELECT hash FROM audit_entry WHERE seq = ?", (seq,))
        return found if isinstance(found, bytes) and len(found) == len(GENESIS) else GENESIS


class SqlAuditWrites(SqlAuditQueries):
    """Implements `services.audit_port.AuditWrites`."""

    def add_audit_anchor(self, anchor: Anchor) -> None:
        tip = anchor.tip
        self._sql.run(
            _ADD_ANCHOR, (tip.seq, tip.hash, anchor.at, anchor.kind.value, anchor.reference, anchor.proof)
        )


def _head(sql: Sql) -> Tip:
    row = sql.row(_HEAD)
    return Tip() if row is None else Tip(seq=row[0], hash=row[1])


def _conditions(wanted: AuditFilter) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    for condition, value in (
        ("clerk = ?", wanted.clerk),
        ("subject_id = ?", wanted.subject_id),
        ("at >= ?", moments.to_text(wanted.since) if wanted.since else ""),
        ("at < ?", moments.to_text(wanted.until) if wanted.until else ""),
    ):
        if value:
            conditions.append(condition)
            values.append(value)
    if wanted.acts:
        # Acts are plain ASCII words, so a beginning is everything from itself to the letter after "z".
        conditions.append(f"({' OR '.join('act >= ? AND act < ?' for _ in wanted.acts)})")
        values += [bound for act in wanted.acts for bound in (act, act + "{")]
    return conditions, values


def _numbered(stored: StoredEntry) -> NumberedEntry:
    try:
        at, detail = moments.from_text(stored.at), from_json(stored.detail, dict)
    except (ValueError, OverflowError):
        at, detail, readable = _NO_MOMENT, {}, False
    else:
        readable = True
    entry = AuditEntry(at=at, clerk=stored.clerk, act=stored.act, subject_id=stored.subject_id, detail=detail)
    return NumberedEntry(seq=stored.seq, entry=entry, readable=readable)


def _stored(row: Any) -> StoredEntry:
    at, clerk, act, subject_id, detail = (
        bytes(row[name] or b"").decode("utf-8", "replace")
        for name in ("at", "clerk", "act", "subject_id", "detail")
    )
    return StoredEntry(
        seq=row["seq"],
        at=at,
        clerk=clerk,
        act=act,
        subject_id=subject_id,
        detail=detail,
        prev_hash=row["prev_hash"] or b"",
        hash=row["hash"] or b"",
    )


def _anchor(row: Any) -> Anchor:
    return Anchor(
        tip=Tip(seq=row["seq"], hash=row["hash"]),
        at=row["at"],
        kind=AnchorKind(row["kind"]),
        reference=row["reference"],
        proof=row["proof"],
    )
