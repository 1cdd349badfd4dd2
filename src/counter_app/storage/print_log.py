"""Every paper that left the program, and every one of which nobody knows whether it did."""

from counter_app.services.ports import PrintRecord
from counter_app.storage import moments
from counter_app.storage.sql import Sql

_NEXT = "SELECT coalesce(max(step), 0) + 1 FROM print_log WHERE dossier_id = ?"
_ADD = (
    "INSERT INTO print_log (dossier_id, step, paper, copy_no, at, clerk, outcome, detail, of_step) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_SETTLE = (
    "UPDATE print_log SET outcome = ?, detail = ? WHERE dossier_id = ? AND step = ? AND outcome = 'sending'"
)
_PRINTS = (
    "SELECT dossier_id, paper, copy_no, at, clerk, outcome, detail, of_step FROM print_log "
    "WHERE dossier_id = ? ORDER BY step"
)
# A failed print put nothing into anybody's hands, so the next try is the same copy.
_NEXT_COPY = (
    "SELECT coalesce(max(copy_no), 0) + 1 FROM print_log "
    "WHERE dossier_id = ? AND paper = ? AND outcome <> 'failed'"
)


def add(sql: Sql, record: PrintRecord) -> int:
    """Add a paper and return its place among those of its dossier, from 1."""
    place = int(sql.value(_NEXT, (record.dossier_id,)))
    values = (
        record.dossier_id,
        place,
        record.paper,
        record.copy_no,
        moments.to_text(record.at),
        record.clerk,
        record.outcome,
        record.detail,
        record.of_step,
    )
    sql.run(_ADD, values)
    return place


def settle(sql: Sql, dossier_id: str, place: int, outcome: str, detail: str) -> None:
    """Say what became of a paper that was on its way."""
    sql.run(_SETTLE, (outcome, detail, dossier_id, place))


def prints(sql: Sql, dossier_id: str) -> list[PrintRecord]:
    """Return the papers of a dossier in the order they were made."""
    return [
        PrintRecord(
            dossier_id=row["dossier_id"],
            paper=row["paper"],
            copy_no=row["copy_no"],
            at=moments.from_text(row["at"]),
            clerk=row["clerk"],
            outcome=row["outcome"],
            detail=row["detail"],
            of_step=row["of_step"],
        )
        for row in sql.rows(_PRINTS, (dossier_id,))
    ]


def next_copy_no(sql: Sql, dossier_id: str, paper: str) -> int:
    """Return 1 for a paper that never left, else one more than the last copy that did."""
    return int(sql.value(_NEXT_COPY, (dossier_id, paper)))
