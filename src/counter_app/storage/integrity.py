"""Checks the whole database file: every page's seal, every index, every constraint."""

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from counter_app.storage.sqlite_faults import problem_of

_MOST_FINDINGS = 3


def problem(connection: Connection) -> str:
    """Return "" when all is well, else what is wrong in SQLite's words (never a citizen's data).

    Reads every page: seconds for a large database, so never on the UI's thread. Other problems than
    damage (a disk that cannot be read) are raised as they are.
    """
    try:
        seals = connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all()
        check = f"PRAGMA integrity_check({_MOST_FINDINGS})"
        findings = [text for text in connection.exec_driver_sql(check).scalars() if text != "ok"]
    except DBAPIError as error:
        known = problem_of(error)
        if known is None or known.code != "database_damaged":
            raise
        return "a page is damaged"
    return "; ".join(str(text) for text in [*seals, *findings][:_MOST_FINDINGS])
