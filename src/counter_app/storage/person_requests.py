"""Citizens' requests about their data, as the database keeps them."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from counter_app.domain.personal_data import Outcome, PersonRequest, RequestKind
from counter_app.storage import moments
from counter_app.storage.sql import Sql

_COLUMNS = (
    *("request_id", "person_number", "kind", "asked_at", "answer_by", "note", "clerk"),
    *("answered_at", "answered_by", "outcome", "answer"),
)
_PUT = (
    f"INSERT INTO person_request ({', '.join(_COLUMNS)}) "  # noqa: S608 - own names
    f"VALUES ({', '.join(f':{name}' for name in _COLUMNS)}) ON CONFLICT (request_id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS[1:])
)
_LIST = (
    "SELECT * FROM person_request WHERE (:any OR person_number IN (SELECT value FROM json_each(:records))) "
    "AND (NOT :open_only OR answered_at IS NULL) "
    "ORDER BY answered_at IS NOT NULL, CASE WHEN answered_at IS NULL THEN answer_by END, asked_at DESC"
)


def put(sql: Sql, request: PersonRequest) -> None:
    """Insert or change a request."""
    values = {
        "request_id": request.request_id,
        "person_number": request.person_number,
        "kind": request.kind.value,
        "asked_at": moments.to_text(request.asked_at),
        "answer_by": request.answer_by.isoformat(),
        "note": request.note,
        "clerk": request.clerk,
        "answered_at": None if request.answered_at is None else moments.to_text(request.answered_at),
        "answered_by": request.answered_by,
        "outcome": "" if request.outcome is None else request.outcome.value,
        "answer": request.answer,
    }
    sql.run(_PUT, values)


def load(sql: Sql, request_id: str) -> PersonRequest | None:
    """Return one request, or None."""
    row = sql.row("SELECT * FROM person_request WHERE request_id = ?", (request_id,))
    return None if row is None else _request(row)


def load_all(sql: Sql, record_numbers: Sequence[int], *, open_only: bool) -> list[PersonRequest]:
    """Return the requests of these records, of everybody when there are none."""
    values = {
        "any": int(not record_numbers),
        "records": json.dumps(list(record_numbers)),
        "open_only": int(open_only),
    }
    return [_request(row) for row in sql.rows(_LIST, values)]


def _request(row: Any) -> PersonRequest:
    answered = row["answered_at"]
    return PersonRequest(
        request_id=row["request_id"],
        person_number=row["person_number"],
        kind=RequestKind(row["kind"]),
        asked_at=moments.from_text(row["asked_at"]),
        answer_by=date.fromisoformat(row["answer_by"]),
        note=row["note"],
        clerk=row["clerk"],
        answered_at=None if answered is None else moments.from_text(answered),
        answered_by=row["answered_by"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        answer=row["answer"],
    )
