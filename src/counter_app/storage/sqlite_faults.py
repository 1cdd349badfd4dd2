"""What SQLite's result codes mean to a clerk."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from counter_app.domain.errors import EnvironmentProblem

_CODES = {
    5: "database_busy",  # SQLITE_BUSY
    6: "database_busy",  # SQLITE_LOCKED
    8: "database_read_only",  # SQLITE_READONLY
    10: "disk_failed",  # SQLITE_IOERR
    11: "database_damaged",  # SQLITE_CORRUPT
    13: "disk_full",  # SQLITE_FULL
    14: "database_unreachable",  # SQLITE_CANTOPEN
    26: "database_damaged",  # SQLITE_NOTADB: after a good start this is a damaged first page
}


def problem_of(error: BaseException) -> EnvironmentProblem | None:
    """Return the problem behind a database error, or None when the error is our own mistake."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, dbapi2.Error):
        return None
    # The low byte is the primary code; the rest says where in SQLite it arose.
    code = _CODES.get(int(getattr(cause, "sqlite_errorcode", 0) or 0) & 0xFF)
    return EnvironmentProblem(code) if code else None


@contextmanager
def known_problems() -> Iterator[None]:
    """Turn disk and database failures into EnvironmentProblem; let every other error through."""
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        problem = problem_of(error)
        if problem is None:
            raise
        # Not chained: the driver's error may quote the values of the statement.
        raise problem from None
