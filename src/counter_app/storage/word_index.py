"""The index of words, one for dossiers and citizens: an act that writes both changes it once.

Dossiers stand in it under their number, citizens under theirs below nought; of each, the newest lie
farthest from nought and are walked first. Positions and columns are not kept: every word of a query
must occur, wherever.
"""

from collections.abc import Iterable

from counter_app.storage.sql import Sql

_ADD = "INSERT INTO word_index (rowid, words) VALUES (?, ?)"
_REPLACE = "INSERT OR REPLACE INTO word_index (rowid, words) VALUES (?, ?)"
_DOSSIERS = "SELECT rowid FROM word_index WHERE word_index MATCH ? AND rowid > 0 ORDER BY rowid DESC LIMIT ?"
_PEOPLE = "SELECT -rowid FROM word_index WHERE word_index MATCH ? AND rowid < 0 ORDER BY rowid LIMIT ?"


def add_dossier(sql: Sql, number: int, words: Iterable[str]) -> None:
    """Index a new dossier."""
    sql.run(_ADD, (number, " ".join(words)))


def add_person(sql: Sql, number: int, words: Iterable[str]) -> None:
    """Index a citizen met for the first time."""
    sql.run(_ADD, (-number, " ".join(words)))


def replace_dossier(sql: Sql, number: int, words: Iterable[str]) -> None:
    """Index a dossier anew that was received wrongly."""
    sql.run(_REPLACE, (number, " ".join(words)))


def replace_person(sql: Sql, number: int, words: Iterable[str]) -> None:
    """Index a citizen anew whose name or numbers changed."""
    sql.run(_REPLACE, (-number, " ".join(words)))


def dossiers_with(sql: Sql, expression: str, limit: int) -> list[int]:
    """Return the numbers of the newest dossiers an FTS5 expression finds, newest first."""
    return [row[0] for row in sql.rows(_DOSSIERS, (expression, limit))]


def people_with(sql: Sql, expression: str, limit: int) -> list[int]:
    """Return the numbers of the citizens an FTS5 expression finds, newest acquaintance first."""
    return [row[0] for row in sql.rows(_PEOPLE, (expression, limit))]
