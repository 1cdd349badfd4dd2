"""Search as the clerk types: codes, names without diacritics, personal ids, phones; newest first.

The index holds folded words and a query is made of folded, quoted words only, so nothing a person
types can be read as a search operator.
"""

import re
from collections.abc import Sequence

from counter_app.domain.person import Person
from counter_app.services.ports import DossierRow
from counter_app.storage import dossiers, people, word_index
from counter_app.storage.search_words import (
    compact_code,
    person_expressions,
    procedure_expressions,
    query_words,
)
from counter_app.storage.sql import Sql

LONGEST_QUERY = 200
CODE_START = re.compile(r"[A-Za-z]\d{2}[0-9A-Za-z.\-]*|\d{3}\.\d{2}\.[0-9A-Za-z.\-]+")

_BY_CODE = (
    f"SELECT {dossiers.ROW_COLUMNS} FROM dossier d WHERE d.number IN ("  # noqa: S608
    "SELECT c.number FROM dossier_code c WHERE c.compact >= :first AND c.compact < :last "
    "ORDER BY c.compact DESC LIMIT :limit) ORDER BY d.number DESC"
)


def find(sql: Sql, text: str, limit: int) -> list[DossierRow]:
    """Return the dossiers that match; with too little typed, the newest ones.

    A query needs two letters or four digits. What looks like a code is looked up as one, with or
    without punctuation. Otherwise every word must occur and the last one may be unfinished. Dossiers
    that have the words as whole words of the person come first, then beginnings. The procedure's name
    is looked into only when no person or code has the words: else the surname Đặng, rare as it is,
    would fill the list with everybody's "Đăng ký …".
    """
    text = text[:LONGEST_QUERY]
    if CODE_START.fullmatch(text.strip()) and (found := _by_code(sql, text, limit)):
        return found
    words = query_words(text)
    if not words:
        return dossiers.newest(sql, limit)
    return dossiers.by_numbers(sql, _numbers(sql, words, limit))


def _numbers(sql: Sql, words: Sequence[str], limit: int) -> list[int]:
    """Return the numbers of the dossiers, best first; their rows are read only once, afterwards."""
    of_person, of_procedure = person_expressions(words), procedure_expressions(words)
    return _in_turn(sql, of_person, limit) or _in_turn(sql, of_procedure, limit)


def _in_turn(sql: Sql, expressions: Sequence[str], limit: int) -> list[int]:
    numbers: dict[int, None] = {}
    # A finished common word ("nguyen") is answered from its own list; as a prefix the database would
    # first merge the lists of every word that starts with it.
    for expression in expressions:
        if len(numbers) < limit:
            numbers |= dict.fromkeys(word_index.dossiers_with(sql, expression, limit))
    return list(numbers)[:limit]


def find_people(sql: Sql, text: str, limit: int) -> list[Person]:
    """Return the citizens that match a name, personal id, old id or phone, newest acquaintance first."""
    words = query_words(text[:LONGEST_QUERY])
    if not words:
        return []
    _, begun = person_expressions(words)
    return people.by_numbers(sql, word_index.people_with(sql, begun, limit))


def _by_code(sql: Sql, text: str, limit: int) -> list[DossierRow]:
    first = compact_code(text)
    values = {"first": first, "last": first + "~", "limit": limit}  # "~" sorts after letters and digits
    return dossiers.rows(sql, _BY_CODE, values)
