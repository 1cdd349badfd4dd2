"""Citizens we met before: one record a personal id; what was replaced is kept."""

import json
from collections.abc import Sequence
from datetime import datetime

from counter_app.domain.person import Person
from counter_app.services.ports import PersonRecord
from counter_app.storage import dossiers, moments, word_index
from counter_app.storage.json_columns import from_json, to_json
from counter_app.storage.search_words import person_words
from counter_app.storage.sql import Sql

_FIND = "SELECT number, record, seen_at FROM person WHERE personal_id = ?"
_ADD = "INSERT INTO person (personal_id, record, seen_at, source) VALUES (?, ?, ?, ?)"
_SEEN = "UPDATE person SET seen_at = ?, source = ? WHERE number = ?"
_UPDATE = "UPDATE person SET record = ?, seen_at = ?, source = ? WHERE number = ?"
_KEEP_OLD = (
    "INSERT INTO person_history (person_number, field, old_value, replaced_at, source) VALUES (?, ?, ?, ?, ?)"
)
_BY_NUMBERS = "SELECT number, record FROM person WHERE number IN (SELECT value FROM json_each(?))"
_FIELDS = tuple(name for name in Person.__dataclass_fields__ if name != "personal_id")


def remember(sql: Sql, person: Person, seen_at: datetime, source: str) -> None:
    """Insert or update the citizen; empty values never replace known ones.

    A person without a personal id (a newborn child) cannot be told from namesakes and is not kept.
    """
    if not person.personal_id:
        return
    at = moments.to_text(seen_at)
    known = sql.row(_FIND, (person.personal_id,))
    if known is None:
        added = sql.run(_ADD, (person.personal_id, to_json(person), at, source))
        word_index.add_person(sql, added.lastrowid, person_words(person))
        return
    before = from_json(known["record"], Person)
    after = _merged(before, person)
    seen = max(at, known["seen_at"])
    if after == before:
        sql.run(_SEEN, (seen, source, known["number"]))
        return
    for field in _FIELDS:
        old = getattr(before, field)
        if old not in ("", None) and old != getattr(after, field):
            sql.run(_KEEP_OLD, (known["number"], field, str(old), at, source))
    sql.run(_UPDATE, (to_json(after), seen, source, known["number"]))
    if person_words(before) != person_words(after):
        word_index.replace_person(sql, known["number"], person_words(after))


def load(sql: Sql, personal_id: str) -> PersonRecord | None:
    """Return the citizen with the visits as applicant, newest first; None when never met."""
    known = sql.row(_FIND, (personal_id,))
    if known is None:
        return None
    visits = dossiers.of_applicant(sql, personal_id)
    return PersonRecord(
        person=from_json(known["record"], Person),
        seen_at=moments.from_text(known["seen_at"]),
        visits=tuple(visits),
    )


def by_numbers(sql: Sql, numbers: Sequence[int]) -> list[Person]:
    """Return these citizens in the order given."""
    found = dict(sql.rows(_BY_NUMBERS, (json.dumps(numbers),)))
    return [from_json(found[number], Person) for number in numbers]


def _merged(before: Person, now: Person) -> Person:
    values = {field: getattr(now, field) or getattr(before, field) for field in _FIELDS}
    return Person(personal_id=before.personal_id, **values)
