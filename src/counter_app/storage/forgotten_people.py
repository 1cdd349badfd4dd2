"""Deletes the records of citizens nothing refers to any more, after dossiers were purged."""

import json
from collections.abc import Sequence

from counter_app.storage.sql import Sql

# Whoever stands in a dossier, a letter, a notice, a draft or an open request is still needed.
_NEEDED = (
    "SELECT EXISTS (SELECT 1 FROM dossier WHERE applicant_id = :id) "
    "OR EXISTS (SELECT 1 FROM authorisation WHERE giver_id = :id OR delegate_id = :id) "
    "OR EXISTS (SELECT 1 FROM intake_notice WHERE applicant_id = :id) "
    "OR EXISTS (SELECT 1 FROM person_request WHERE person_number = :number AND answered_at IS NULL) "
    "OR EXISTS (SELECT 1 FROM draft WHERE instr(state, :id)) "
    "OR EXISTS (SELECT 1 FROM dossier_content WHERE instr(people, :id) OR instr(forms, :id) "
    "OR instr(applicant, :id) OR instr(life, :id))"
)
_RECORDS = (
    "SELECT number, personal_id FROM person WHERE personal_id IN (SELECT value FROM json_each(?)) "
    "ORDER BY number"
)
_STATEMENTS = (
    "DELETE FROM person_history WHERE person_number = :number",
    "DELETE FROM person_correction WHERE person_number = :number",
    "DELETE FROM person_link WHERE person_id = :id OR relative_id = :id",
    "DELETE FROM person_merge WHERE keep_id = :id OR other_id = :id",
    # That a request was made and answered stays; what was said in it goes.
    "UPDATE person_request SET note = '', answer = '' WHERE person_number = :number",
    "DELETE FROM word_index WHERE rowid = -:number",
    "DELETE FROM person WHERE number = :number",
)
_GROUP = (
    "SELECT keep_id, other_id FROM person_merge WHERE (keep_id = :id OR other_id = :id) AND undone_at IS NULL"
)


def forget(sql: Sql, personal_ids: Sequence[str]) -> int:
    """Delete what is kept of these citizens where nothing needs it; return how many records went.

    Records merged together go together or not at all.
    """
    gone = 0
    for number, personal_id in sql.rows(_RECORDS, (json.dumps(list(personal_ids)),)):
        values = {"number": number, "id": personal_id}
        merged = {each for row in sql.rows(_GROUP, values) for each in row} - {personal_id}
        if _needed(sql, number, personal_id) or any(_id_needed(sql, other) for other in merged):
            continue
        for statement in _STATEMENTS:
            sql.run(statement, values)
        gone += 1
    return gone


def _needed(sql: Sql, number: int, personal_id: str) -> bool:
    return bool(sql.value(_NEEDED, {"number": number, "id": personal_id}))


def _id_needed(sql: Sql, personal_id: str) -> bool:
    number = sql.value("SELECT number FROM person WHERE personal_id = ?", (personal_id,))
    return number is not None and _needed(sql, number, personal_id)
