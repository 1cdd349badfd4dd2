"""The office's and the program's settings: text by key."""

from counter_app.storage.sql import Sql

_PUT = "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


def put(sql: Sql, key: str, value: str) -> None:
    """Write one setting."""
    sql.run(_PUT, (key, value))


def get(sql: Sql, key: str) -> str | None:
    """Return one setting, or None."""
    value: str | None = sql.value("SELECT value FROM setting WHERE key = ?", (key,))
    return value


def get_all(sql: Sql) -> dict[str, str]:
    """Return every setting by key."""
    return {row[0]: row[1] for row in sql.rows("SELECT key, value FROM setting")}
