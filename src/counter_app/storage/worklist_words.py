"""The condition a narrowing of a list makes."""

from counter_app.services.worklists_port import Narrowing
from counter_app.storage.search import CODE_START, LONGEST_QUERY
from counter_app.storage.search_words import (
    compact_code,
    person_expressions,
    procedure_expressions,
    query_words,
)

_OF_CODE = (
    "WITH found AS MATERIALIZED (SELECT c.number FROM dossier_code c "
    "WHERE c.compact >= :code_first AND c.compact < :code_last) "
)
# Found once, before anything else: asked again for every row the index of words would take minutes.
_OF_WORDS = (
    "WITH found AS MATERIALIZED (SELECT rowid AS number FROM word_index "
    "WHERE word_index MATCH :words AND rowid > 0) "
)
# The plus keeps the database from walking all that was found for every row of the list.
_FOUND = " AND +d.number IN (SELECT number FROM found)"


def narrowed(narrowing: Narrowing) -> tuple[str, str, dict[str, str]]:
    """Return SQL to put before a query over ``d``, SQL to append to its condition, and their values."""
    before, values = _text(narrowing.text[:LONGEST_QUERY])
    condition = _FOUND if before else ""
    exact = {
        "sector": narrowing.sector or None,
        "clerk": narrowing.clerk or None,
        "channel": narrowing.channel or None,
        "holder": narrowing.holder,
    }
    for name, value in exact.items():
        if value is not None:
            condition += f" AND d.{name} = :{name}"
            values[name] = value
    return before, condition, values


def _text(text: str) -> tuple[str, dict[str, str]]:
    if CODE_START.fullmatch(text.strip()):
        first = compact_code(text)
        return _OF_CODE, {"code_first": first, "code_last": first + "~"}  # "~" sorts after letters, digits
    words = query_words(text)
    if not words:
        return "", {}
    # As a finished word or begun; of the procedure's name too: a list is short, nothing gets buried.
    expressions = procedure_expressions(words) or person_expressions(words)
    return _OF_WORDS, {"words": expressions[-1]}
