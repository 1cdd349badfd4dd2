"""Finding the second record of one person, and the second dossier of one request."""

from collections.abc import Iterable
from typing import Any

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.person import Person
from counter_app.domain.same_person import likeness
from counter_app.domain.vietnamese_text import fold
from counter_app.storage import dossiers, people, person_merges
from counter_app.storage.json_columns import from_json
from counter_app.storage.search_words import compact_number
from counter_app.storage.sql import Sql

_WITH_WORDS = (
    "SELECT record FROM person WHERE number IN "
    "(SELECT -rowid FROM word_index WHERE word_index MATCH ? AND rowid < 0)"
)
_BORN_THEN = _WITH_WORDS + " AND record ->> 'birth_date' = ? ORDER BY number"
_ENDED = ", ".join(f"'{status.value}'" for status in DossierStatus if status.final)
_NAMING = (
    "SELECT dossier_id FROM dossier WHERE number IN "  # noqa: S608 - constants of this module
    "(SELECT rowid FROM word_index WHERE word_index MATCH ? AND rowid > 0) "
    f"AND procedure_id = ? AND status NOT IN ({_ENDED}) ORDER BY number DESC LIMIT ?"
)


def alike(sql: Sql, person: Person) -> list[Person]:
    """Return the citizens who may be `person`, as they are shown, the surer first."""
    own = person_merges.together(sql, person.personal_id) if person.personal_id else ()
    records = [from_json(row["record"], Person) for row in _candidates(sql, person)]
    found = {
        each.personal_id: why
        for each in records
        if each.personal_id not in own and (why := likeness(person, each)) is not None
    }
    kept = person_merges.kept_ids(sql, found)
    sure = {each: why for each, why in found.items() if kept[each] not in own}
    first = sorted(sure, key=lambda each: list(type(sure[each])).index(sure[each]))
    return people.shown(sql, list(dict.fromkeys(kept[each] for each in first)))


def open_naming(sql: Sql, name: str, procedure_id: str, limit: int) -> list[Dossier]:
    """Return unfinished dossiers of the procedure that have every word of the name."""
    expression = _all_of(fold(name).split())
    if not expression:
        return []
    ids = [row[0] for row in sql.rows(_NAMING, (expression, procedure_id, limit))]
    found = (dossiers.by_id(sql, dossier_id) for dossier_id in ids)
    return [dossier for dossier in found if dossier is not None]


def _candidates(sql: Sql, person: Person) -> list[Any]:
    numbers = [compact_number(each) for each in (person.personal_id, person.old_id) if each]
    rows = sql.rows(_WITH_WORDS, (" OR ".join(f'"{each}"' for each in numbers),)) if numbers else []
    name = _all_of(fold(person.full_name).split())
    if name and len(person.birth_date) == len("2000-01-01"):
        rows += sql.rows(_BORN_THEN, (name, person.birth_date))
    return rows


def _all_of(words: Iterable[str]) -> str:
    return " AND ".join(f'"{word}"' for word in words)
