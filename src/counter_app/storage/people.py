"""Citizens we met before: one record a personal id; what was replaced is kept."""

import json
from collections.abc import Sequence
from datetime import datetime

from counter_app.domain.person import Person
from counter_app.domain.same_person import filled_up
from counter_app.services.kinship_port import EarlierValue, StoredPerson
from counter_app.services.ports import PersonRecord
from counter_app.storage import dossiers, moments, person_merges, word_index
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
_IDS = "SELECT number, personal_id FROM person WHERE number IN (SELECT value FROM json_each(?))"
_STORED = (
    "SELECT number, personal_id, record, seen_at, source FROM person "
    "WHERE personal_id IN (SELECT value FROM json_each(?))"
)
_EARLIER = (
    "SELECT p.personal_id, h.field, h.old_value, h.replaced_at, h.source, coalesce(c.reason, '') AS reason "
    "FROM person p JOIN person_history h ON h.person_number = p.number "
    "LEFT JOIN person_correction c ON c.person_number = p.number AND c.corrected_at = h.replaced_at "
    "AND h.source = ? WHERE p.personal_id IN (SELECT value FROM json_each(?)) ORDER BY h.number DESC"
)
_CORRECTED = "INSERT INTO person_correction (person_number, corrected_at, clerk, reason) VALUES (?, ?, ?, ?)"
CORRECTION = "correction"  # the source of what a clerk changed by hand
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
    _replace(sql, known["number"], before, after, at, source)
    sql.run(_UPDATE, (to_json(after), seen, source, known["number"]))


def correct(sql: Sql, person: Person, corrected_at: datetime, clerk: str, reason: str) -> None:
    """Write a known citizen exactly as given, emptied fields too; the values of before are kept."""
    at = moments.to_text(corrected_at)
    known = sql.row(_FIND, (person.personal_id,))
    if known is None:
        return
    _replace(sql, known["number"], from_json(known["record"], Person), person, at, CORRECTION)
    sql.run(_UPDATE, (to_json(person), known["seen_at"], CORRECTION, known["number"]))
    sql.run(_CORRECTED, (known["number"], at, clerk, reason))


def _replace(sql: Sql, number: int, before: Person, after: Person, at: str, source: str) -> None:
    for field in _FIELDS:
        old = getattr(before, field)
        if old not in ("", None) and old != getattr(after, field):
            sql.run(_KEEP_OLD, (number, field, str(old), at, source))
    if person_words(before) != person_words(after):
        word_index.replace_person(sql, number, person_words(after))


def load(sql: Sql, personal_id: str) -> PersonRecord | None:
    """Return the citizen with the visits as applicant, newest first; None when never met.

    A record merged into another is shown as that one, with the visits of both.
    """
    records = stored(sql, person_merges.together(sql, personal_id))
    if not records:
        return None
    first, *others = records
    return PersonRecord(
        person=filled_up(first.person, *(each.person for each in others)),
        seen_at=max(each.seen_at for each in records),
        visits=tuple(dossiers.of_applicant(sql, personal_id)),
    )


def stored(sql: Sql, personal_ids: Sequence[str]) -> list[StoredPerson]:
    """Return the own records of these ids in the order given."""
    found = {row["personal_id"]: row for row in sql.rows(_STORED, (json.dumps(list(personal_ids)),))}
    return [
        StoredPerson(
            number=row["number"],
            person=from_json(row["record"], Person),
            seen_at=moments.from_text(row["seen_at"]),
            source=row["source"],
        )
        for row in (found[each] for each in personal_ids if each in found)
    ]


def shown(sql: Sql, personal_ids: Sequence[str]) -> list[Person]:
    """Return these citizens as they are shown, what is merged into them included; kept records only."""
    groups = {each: person_merges.together(sql, each) for each in personal_ids}
    wanted = [member for group in groups.values() for member in group]
    records = {each.person.personal_id: each.person for each in stored(sql, wanted)}
    found = ([records[each] for each in group if each in records] for group in groups.values())
    return [filled_up(*group) for group in found if group]


def by_numbers(sql: Sql, numbers: Sequence[int]) -> list[Person]:
    """Return these citizens in the order given, records merged together once."""
    ids = dict(sql.rows(_IDS, (json.dumps(numbers),)))
    kept = person_merges.kept_ids(sql, ids.values())
    return shown(sql, list(dict.fromkeys(kept[ids[number]] for number in numbers if number in ids)))


def id_of(sql: Sql, number: int) -> str:
    """Return the personal id of a record, "" when there is none of that number."""
    return str(sql.value("SELECT personal_id FROM person WHERE number = ?", (number,)) or "")


def earlier_values(sql: Sql, personal_ids: Sequence[str]) -> list[EarlierValue]:
    """Return what these records said before, newest first."""
    return [
        EarlierValue(
            personal_id=row["personal_id"],
            field=row["field"],
            value=row["old_value"],
            replaced_at=moments.from_text(row["replaced_at"]),
            source=row["source"],
            reason=row["reason"],
        )
        for row in sql.rows(_EARLIER, (CORRECTION, json.dumps(list(personal_ids))))
    ]


def _merged(before: Person, now: Person) -> Person:
    values = {field: getattr(now, field) or getattr(before, field) for field in _FIELDS}
    return Person(personal_id=before.personal_id, **values)
