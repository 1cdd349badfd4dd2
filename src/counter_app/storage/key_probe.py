"""Asks a database file whether a key is its own, without changing anything."""

from pathlib import Path

from sqlcipher3 import dbapi2

from counter_app.storage.engine import connect


def key_fits(database: Path, key: bytes) -> bool:
    """Tell whether a key opens the database's first page; False too when the file cannot be read.

    A connection that only reads writes no log back, whatever key it has.
    """
    if not database.is_file():
        return False
    try:
        connection = connect(database, key, "ro")
    except dbapi2.Error:
        return False
    try:
        connection.execute("PRAGMA schema_version").fetchone()
        return bool(connection.execute("SELECT count(*) >= 0 FROM sqlite_schema").fetchone()[0])
    except dbapi2.Error:
        return False
    finally:
        connection.close()
