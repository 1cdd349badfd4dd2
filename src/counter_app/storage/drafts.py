"""Half-done visits, saved on every keystroke."""

from counter_app.services.ports import Draft
from counter_app.storage import moments
from counter_app.storage.json_columns import from_json, to_json
from counter_app.storage.sql import Sql

_COLUMNS = "draft_id, procedure_id, procedure_name, applicant_name, updated_at, clerk, state"
_SAVE = (
    f"INSERT INTO draft ({_COLUMNS}) "  # noqa: S608 - constants of this module
    "VALUES (:draft_id, :procedure_id, :procedure_name, :applicant_name, :updated_at, :clerk, :state) "
    "ON CONFLICT (draft_id) DO UPDATE SET procedure_id = excluded.procedure_id, "
    "procedure_name = excluded.procedure_name, applicant_name = excluded.applicant_name, "
    "updated_at = excluded.updated_at, clerk = excluded.clerk, state = excluded.state"
)
_ALL = f"SELECT {_COLUMNS} FROM draft ORDER BY updated_at DESC, draft_id DESC"  # noqa: S608
_ONE = f"SELECT {_COLUMNS} FROM draft WHERE draft_id = ?"  # noqa: S608


def save(sql: Sql, draft: Draft) -> None:
    """Insert the draft or replace its earlier state."""
    values = {
        "draft_id": draft.draft_id,
        "procedure_id": draft.procedure_id,
        "procedure_name": draft.procedure_name,
        "applicant_name": draft.applicant_name,
        "updated_at": moments.to_text(draft.updated_at),
        "clerk": draft.clerk,
        "state": to_json(draft.state),
    }
    sql.run(_SAVE, values)


def delete(sql: Sql, draft_id: str) -> None:
    """Remove the draft; nothing happens when there is none."""
    sql.run("DELETE FROM draft WHERE draft_id = ?", (draft_id,))


def load(sql: Sql, draft_id: str) -> Draft | None:
    """Return the draft, or None."""
    row = sql.row(_ONE, (draft_id,))
    return None if row is None else _draft(*row)


def load_all(sql: Sql) -> list[Draft]:
    """Return every draft, last touched first."""
    return [_draft(*row) for row in sql.rows(_ALL)]


def _draft(
    draft_id: str,
    procedure_id: str,
    procedure_name: str,
    applicant_name: str,
    updated_at: str,
    clerk: str,
    state: str,
) -> Draft:
    return Draft(
        draft_id=draft_id,
        procedure_id=procedure_id,
        procedure_name=procedure_name,
        applicant_name=applicant_name,
        updated_at=moments.from_text(updated_at),
        clerk=clerk,
        state=from_json(state, dict),
    )
