"""Takes the content out of dossiers whose time is over, and leaves the proof that they were there.

The proof is written first: only then do the triggers of the schema let history and outbox be emptied. Hashes
and places of both chains stay, so they verify as before; an emptied event is told to a server that lost it as
a bare place. What is deleted here is gone from the file once it was scrubbed (`SqlStore.scrub`).
"""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any

from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.purged_dossier import PurgedDossier, emptied
from counter_app.domain.transfer_list import TransferItem
from counter_app.services.personal_data_port import EndedDossier
from counter_app.storage import dossiers, moments, word_index
from counter_app.storage.dossier_record import to_record
from counter_app.storage.json_columns import from_json, to_json
from counter_app.storage.search_words import code_words, procedure_words
from counter_app.storage.sql import Sql

_PROOF = (
    *("dossier_id", "dossier_code", "procedure_id", "received_at", "ended_at"),
    *("status", "content_digest", "basis", "purged_at", "clerk"),
)
_PUT = (
    f"INSERT INTO purged_dossier ({', '.join(_PROOF)}) "  # noqa: S608 - own names
    f"VALUES ({', '.join(f':{name}' for name in _PROOF)})"
)
_ENROLLED = "EXISTS (SELECT 1 FROM sync_enrolment)"
_ENDED = (
    "SELECT d.dossier_id, d.dossier_code, d.procedure_id, d.procedure_name, d.applicant_id, "  # noqa: S608 - constants
    "c.procedure ->> '$.definition' AS definition, d.status, d.ended_at, d.originals_held, "
    f"{_ENROLLED} AND (EXISTS (SELECT 1 FROM outbox_event o WHERE o.dossier_id = d.dossier_id "
    "AND o.state <> 'acked') OR EXISTS (SELECT 1 FROM attachment a WHERE a.dossier_id = d.dossier_id "
    "AND a.dossier_id <> '' AND a.removed_at IS NULL AND d.training = 0 AND d.owner = '' "
    "AND NOT EXISTS (SELECT 1 FROM scan_upload u "
    "WHERE u.attachment_id = a.attachment_id AND u.state = 'acked')) "
    "OR EXISTS (SELECT 1 FROM log_entry l WHERE l.dossier_id = d.dossier_id AND l.dossier_id <> '' "
    "AND l.problem <> '')) AS unsent "
    "FROM dossier d JOIN dossier_content c USING (number) WHERE d.ended_at < :before "
    "AND (:dossier_id = '' OR d.dossier_id = :dossier_id) "
    "AND NOT EXISTS (SELECT 1 FROM purged_dossier p WHERE p.dossier_id = d.dossier_id) "
    "ORDER BY d.ended_at, d.number"
)
# What a purge takes out besides the dossier's own two rows.
_TAKEN = (
    "SELECT step, detail, state_before FROM history WHERE dossier_id = ? ORDER BY step",
    "SELECT event_id, body FROM outbox_event WHERE dossier_id = ? ORDER BY seq",
    "SELECT event_id, body FROM log_entry WHERE dossier_id = ? AND dossier_id <> '' ORDER BY arrival",
    "SELECT attachment_id, part_name, sha256 FROM attachment WHERE dossier_id = ? AND dossier_id <> '' "
    "ORDER BY attachment_id",
    "SELECT receipt_id, payer, note, over_reason, void_reason FROM receipt WHERE dossier_id = ? "
    "ORDER BY written",
    "SELECT list_id, position, content FROM transfer_item WHERE dossier_id = ? ORDER BY list_id, position",
)
_SCANS = "SELECT attachment_id FROM attachment WHERE dossier_id = ? AND dossier_id <> ''"
_ITEMS = "SELECT list_id, position, content FROM transfer_item WHERE dossier_id = ?"
_EMPTY_ITEM = "UPDATE transfer_item SET content = ? WHERE list_id = ? AND position = ?"
_LETTERS = "SELECT attachment_id FROM authorisation WHERE scope = 'dossier' AND subject = ?"
_STATEMENTS = (
    "UPDATE history SET detail = '{}', state_before = NULL WHERE dossier_id = ?",
    "UPDATE outbox_event SET body = x'' WHERE dossier_id = ? AND dossier_id <> ''",
    "UPDATE receipt SET payer = '', note = '', over_reason = '', "
    "void_reason = CASE WHEN voided_at IS NULL THEN '' ELSE '…' END WHERE dossier_id = ?",
    "UPDATE print_log SET detail = '' WHERE dossier_id = ?",
    "UPDATE sync_notice SET params = '{}' WHERE dossier_id = ?",
    "DELETE FROM scan_upload WHERE attachment_id IN "
    "(SELECT attachment_id FROM attachment WHERE dossier_id = ?1 AND dossier_id <> '')",
    "DELETE FROM attachment WHERE dossier_id = ? AND dossier_id <> ''",
    "DELETE FROM authorisation WHERE scope = 'dossier' AND subject = ?",
)
_EMPTY_LOG = "UPDATE log_entry SET body = x'' WHERE dossier_id = ? AND dossier_id <> ''"
_CORRECTING = "DELETE FROM draft WHERE instr(state, ?)"


def ended(sql: Sql, before: datetime, dossier_id: str = "") -> list[EndedDossier]:
    """Return the dossiers, or that one, that ended before a moment and still have their content."""
    return [
        EndedDossier(
            dossier_id=row["dossier_id"],
            dossier_code=row["dossier_code"],
            procedure_id=row["procedure_id"],
            procedure_name=row["procedure_name"],
            applicant_id=row["applicant_id"],
            definition=row["definition"] or "",
            status=DossierStatus(row["status"]),
            ended_at=moments.from_text(row["ended_at"]),
            originals_held=row["originals_held"],
            unsent=bool(row["unsent"]),
        )
        for row in sql.rows(_ENDED, {"before": moments.to_text(before), "dossier_id": dossier_id})
    ]


def digest(sql: Sql, dossier_id: str) -> str:
    """Return the SHA-256 of everything `purge` takes out of a dossier, in a fixed order.

    Raises:
        ValueError: there is no such dossier.
    """
    dossier = dossiers.by_id(sql, dossier_id)
    if dossier is None:
        raise ValueError("no such dossier")
    whole = hashlib.sha256(to_json(to_record(dossier)).encode("utf-8"))
    for statement in _TAKEN:
        for row in sql.rows(statement, (dossier_id,)):
            for value in row:
                part = value if isinstance(value, bytes) else str(value).encode("utf-8")
                whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def purge(sql: Sql, proof: PurgedDossier) -> list[str]:
    """Keep the proof, take the content out, and return the ids of scans whose files are to go.

    Raises:
        ValueError: there is no such dossier.
    """
    dossier_id = proof.dossier_id
    dossier = dossiers.by_id(sql, dossier_id)
    if dossier is None:
        raise ValueError("no such dossier")
    sql.run(_PUT, _values(proof))
    left = emptied(dossier)
    scans = [row[0] for row in sql.rows(_SCANS, (dossier_id,))]
    scans += [row[0] for row in sql.rows(_LETTERS, (dossier_id,)) if row[0]]
    for list_id, position, content in sql.rows(_ITEMS, (dossier_id,)):
        sql.run(_EMPTY_ITEM, (_emptied_item(content), list_id, position))
    for statement in _STATEMENTS:
        sql.run(statement, (dossier_id,))
    empty_log(sql, dossier_id)
    for code in (dossier.dossier_code, *dossier.aliases):
        sql.run(_CORRECTING, (code,))
    dossiers.change(sql, left)
    number = sql.value("SELECT number FROM dossier WHERE dossier_id = ?", (dossier_id,))
    words = (*code_words(left), procedure_words(left.procedure.name))
    word_index.replace_dossier(sql, number, words)
    return scans


def empty_log(sql: Sql, dossier_id: str) -> None:
    """Take the content out of what came down about a dossier."""
    sql.run(_EMPTY_LOG, (dossier_id,))


def proof_of(sql: Sql, dossier_id: str) -> PurgedDossier | None:
    """Return the proof of a purged dossier, or None."""
    row = sql.row("SELECT * FROM purged_dossier WHERE dossier_id = ?", (dossier_id,))
    return None if row is None else _proof(row)


def proofs(sql: Sql, limit: int) -> list[PurgedDossier]:
    """Return the proofs, newest first."""
    statement = "SELECT * FROM purged_dossier ORDER BY purged_at DESC, dossier_code LIMIT ?"
    return [_proof(row) for row in sql.rows(statement, (limit,))]


def _emptied_item(content: str) -> str:
    item = from_json(content, TransferItem)
    return to_json(replace(item, person="", address="", phone="", content="", entry=""))


def _values(proof: PurgedDossier) -> dict[str, object]:
    values = {name: getattr(proof, name) for name in _PROOF}
    times = {name: moments.to_text(values[name]) for name in ("received_at", "ended_at", "purged_at")}
    return values | times | {"status": proof.status.value}


def _proof(row: Any) -> PurgedDossier:
    values = {name: row[name] for name in _PROOF}
    times = {name: moments.from_text(row[name]) for name in ("received_at", "ended_at", "purged_at")}
    return PurgedDossier(**values | times | {"status": DossierStatus(row["status"])})
