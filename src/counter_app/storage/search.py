"""Search as the clerk types: codes, names without diacritics, personal ids, phones; newest first.

The index holds folded words, and the query is folded and quoted, so nothing a person types can be
read as a search operator.
"""

import re
from collections.abc import Sequence

from counter_app.domain.person import Person
from counter_app.domain.vietnamese_text import fold
from counter_app.services.ports import DossierRow
from counter_app.storage import dossiers
from counter_app.storage.json_columns import from_json
from counter_app.storage.sql import Sql

LONGEST_QUERY = 200
MOST_WORDS = 8
_CODE_START = re.compile(r"[A-Za-z]\d{2}[0-9A-Za-z.\-]*|\d{3}\.\d{2}\.[0-9A-Za-z.\-]+")
_NOT_WORD = re.compile(r"[^0-9a-z]+")

_BY_WORDS = (
    f"SELECT {dossiers.ROW_COLUMNS} FROM dossier_search s JOIN dossier d ON d.number = s.rowid "  # noqa: S608
    "WHERE dossier_search MATCH :match ORDER BY s.rowid DESC LIMIT :limit"
)
_BY_CODE = (
    f"SELECT {dossiers.ROW_COLUMNS} FROM dossier d WHERE d.number IN ("  # noqa: S608
    "SELECT c.number FROM dossier_code c WHERE c.compact >= :first AND c.compact < :last "
    "ORDER BY c.compact DESC LIMIT :limit) ORDER BY d.number DESC"
)
_PEOPLE = (
    "SELECT p.record FROM person_search s JOIN person p ON p.number = s.rowid "
    "WHERE person_search MATCH :match ORDER BY s.rowid DESC LIMIT :limit"
)


def find(sql: Sql, text: str, limit: int) -> list[DossierRow]:
    """Return the dossiers that match; with too little typed, the newest ones.

    A query needs two letters or four digits. What looks like a code is looked up as one, with or
    without punctuation. Otherwise every word must occur and the last one may be unfinished; dossiers
    that have it as a whole word come before those that only start with it.
    """
    text = text[:LONGEST_QUERY]
    if _CODE_START.fullmatch(text.strip()) and (found := _by_code(sql, text, limit)):
        return found
    words = query_words(text)
    if not words:
        return dossiers.newest(sql, limit)
    # A finished common word ("nguyen") is answered from its own list; as a prefix the database would
    # first merge the lists of every word that starts with it.
    found = _by_words(sql, words, limit, prefix=False)
    if len(found) < limit:
        seen = {row.dossier_id for row in found}
        more = _by_words(sql, words, limit, prefix=True)
        found = (found + [row for row in more if row.dossier_id not in seen])[:limit]
    return found


def find_people(sql: Sql, text: str, limit: int) -> list[Person]:
    """Return the citizens that match a name, personal id, old id or phone, newest acquaintance first."""
    words = query_words(text[:LONGEST_QUERY])
    if not words:
        return []
    values = {"match": match_expression(words, prefix=True), "limit": limit}
    return [from_json(row[0], Person) for row in sql.rows(_PEOPLE, values)]


def query_words(text: str) -> tuple[str, ...]:
    """Return the folded words worth searching, none when too little was typed.

    Single letters are left out beside longer words: as prefixes they cost a walk through a third of
    the index and narrow nothing, and the result stays a superset of what was meant. A number typed
    in groups (0912 345 678) is one word.
    """
    words = fold(text).split()
    if words and all(word.isdigit() for word in words):
        words = ["".join(words)]
    long_words = [word for word in words if len(word) > 1]
    kept = tuple(dict.fromkeys(long_words))[:MOST_WORDS]
    letters = sum(character.isalpha() for word in kept for character in word)
    digits = sum(character.isdigit() for word in kept for character in word)
    return kept if letters >= 2 or digits >= 4 else ()


def match_expression(words: Sequence[str], *, prefix: bool) -> str:
    """Return the FTS5 expression that wants every word, each quoted; the last may be a prefix."""
    quoted = ['"' + _NOT_WORD.sub("", word) + '"' for word in words]
    return " AND ".join(quoted) + ("*" if prefix else "")


def _by_words(sql: Sql, words: Sequence[str], limit: int, *, prefix: bool) -> list[DossierRow]:
    values = {"match": match_expression(words, prefix=prefix), "limit": limit}
    return dossiers.rows(sql, _BY_WORDS, values)


def _by_code(sql: Sql, text: str, limit: int) -> list[DossierRow]:
    first = dossiers.compact_code(text)
    values = {"first": first, "last": first + "~", "limit": limit}  # "~" sorts after letters and digits
    return dossiers.rows(sql, _BY_CODE, values)
