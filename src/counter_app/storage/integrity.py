"""Checks the whole database file: every page's seal, every index, every constraint."""

from sqlcipher3 import dbapi2

from counter_app.storage.sql import Sql
from counter_app.storage.sqlite_faults import problem_of

_MOST_FINDINGS = 3


def problem(sql: Sql) -> str:
    """Return "" when all is well, else what is wrong in SQLite's words (never a citizen's data).

    Reads every page: seconds for a large database, so never on the UI's thread. Other problems than
    damage (a disk that cannot be read) are raised as they are.
    """
    try:
        seals = [row[0] for row in sql.rows("PRAGMA cipher_integrity_check")]
        check = f"PRAGMA integrity_check({_MOST_FINDINGS})"
        findings = [row[0] for row in sql.rows(check) if row[0] != "ok"]
    except dbapi2.Error as error:
        known = problem_of(error)
        if known is None or known.code != "database_damaged":
            raise
        return "a page is damaged"
    return "; ".join(str(text) for text in [*seals, *findings][:_MOST_FINDINGS])
