"""Running numbers: one counter a day and desk, handed out without gaps and never twice."""

from datetime import date

from counter_app.storage.sql import Sql

_TAKE = (
    "INSERT INTO code_counter (day, counter, last_number) VALUES (?, ?, 1) "
    "ON CONFLICT (day, counter) DO UPDATE SET last_number = last_number + 1 RETURNING last_number"
)


def take(sql: Sql, day: date, counter: int) -> int:
    """Return the counter's next running number of that day; it comes back only if the act fails."""
    return int(sql.value(_TAKE, (day.isoformat(), counter)))
