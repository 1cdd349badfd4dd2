"""Authorisation letters in the database."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from counter_app.domain.authorisation import Authorisation, Scope
from counter_app.storage import moments
from counter_app.storage.sql import Sql

_COLUMNS = (
    "authorisation_id, giver_id, delegate_id, scope, subject, paper_number, signed_on, certified_by, "
    "valid_until, attachment_id, note, entered_at, clerk, ended_at, end_reason"
)
_ADD = f"INSERT INTO authorisation ({_COLUMNS}) VALUES ({', '.join('?' for _ in _COLUMNS.split(','))})"  # noqa: S608
_LOAD = f"SELECT {_COLUMNS} FROM authorisation WHERE authorisation_id = ?"  # noqa: S608
_OF = (
    f"SELECT {_COLUMNS} FROM authorisation WHERE giver_id IN (SELECT value FROM json_each(:ids)) "  # noqa: S608
    "OR delegate_id IN (SELECT value FROM json_each(:ids)) ORDER BY entered_at DESC, authorisation_id DESC"
)
_END = "UPDATE authorisation SET ended_at = ?, end_reason = ? WHERE authorisation_id = ?"


def add(sql: Sql, letter: Authorisation) -> None:
    """Write a letter."""
    values = (
        letter.authorisation_id,
        letter.giver_id,
        letter.delegate_id,
        letter.scope.value,
        letter.subject,
        letter.paper_number,
        letter.signed_on and letter.signed_on.isoformat(),
        letter.certified_by,
        letter.valid_until and letter.valid_until.isoformat(),
        letter.attachment_id,
        letter.note,
        moments.to_text(letter.entered_at),
        letter.clerk,
        letter.ended_at and moments.to_text(letter.ended_at),
        letter.end_reason,
    )
    sql.run(_ADD, values)


def end(sql: Sql, authorisation_id: str, at: datetime, reason: str) -> None:
    """Mark a letter as ended."""
    sql.run(_END, (moments.to_text(at), reason, authorisation_id))


def load(sql: Sql, authorisation_id: str) -> Authorisation | None:
    """Return a letter, or None."""
    row = sql.row(_LOAD, (authorisation_id,))
    return None if row is None else _letter(row)


def of(sql: Sql, personal_ids: Sequence[str]) -> list[Authorisation]:
    """Return the letters given or received under any of these ids, newest first."""
    return [_letter(row) for row in sql.rows(_OF, {"ids": json.dumps(list(personal_ids))})]


def _letter(row: Any) -> Authorisation:
    return Authorisation(
        authorisation_id=row["authorisation_id"],
        giver_id=row["giver_id"],
        delegate_id=row["delegate_id"],
        scope=Scope(row["scope"]),
        subject=row["subject"],
        paper_number=row["paper_number"],
        signed_on=_day(row["signed_on"]),
        certified_by=row["certified_by"],
        valid_until=_day(row["valid_until"]),
        attachment_id=row["attachment_id"],
        note=row["note"],
        entered_at=moments.from_text(row["entered_at"]),
        clerk=row["clerk"],
        ended_at=None if row["ended_at"] is None else moments.from_text(row["ended_at"]),
        end_reason=row["end_reason"],
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
