"""What SQLite's result codes mean to a clerk."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from counter_app.domain.errors import EnvironmentProblem

_NOT_A_DATABASE = 26  # SQLITE_NOTADB
_CODES = {
    5: "database_busy",  # SQLITE_BUSY
    6: "database_busy",  # SQLITE_LOCKED
    8: "database_read_only",  # SQLITE_READONLY
    10: "disk_failed",  # SQLITE_IOERR
    11: "database_damaged",  # SQLITE_CORRUPT
    13: "disk_full",  # SQLITE_FULL
    14: "database_unreachable",  # SQLITE_CANTOPEN
    _NOT_A_DATABASE: "database_damaged",  # after a good start this is a damaged first page
}


def problem_of(error: BaseException) -> EnvironmentProblem | None:
    """Return the problem behind a database error, or None when the error is our own mistake."""
    code = _CODES.get(_result_code(error))
    return EnvironmentProblem(code) if code else None


def is_not_a_database(error: BaseException) -> bool:
    """Tell whether not even the first page could be read: wrong key, other file, or damage there."""
    return _result_code(error) == _NOT_A_DATABASE


def _result_code(error: BaseException) -> int:
    cause = error.orig if isinstance(error, DBAPIError) else error
    # The low byte is the primary code; the rest says where in SQLite it arose.
    return int(getattr(cause, "sqlite_errorcode", 0) or 0) & 0xFF


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
