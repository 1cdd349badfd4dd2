"""What the office decided, in the order it was entered; the database forbids changing any of it."""

from datetime import date

from counter_app.services.ports import OfficeValue
from counter_app.storage import moments
from counter_app.storage.json_columns import from_json, to_json
from counter_app.storage.sql import Sql

_APPEND = (
    "INSERT INTO office_value (key, value, valid_from, entered_at, clerk, basis) VALUES (?, ?, ?, ?, ?, ?)"
)
_ALL = "SELECT key, value, valid_from, entered_at, clerk, basis FROM office_value ORDER BY seq"


def append(sql: Sql, entry: OfficeValue) -> None:
    """Add a decision, or with the value None the end of one."""
    values = (
        entry.key,
        to_json(entry.value),
        entry.valid_from.isoformat(),
        moments.to_text(entry.entered_at),
        entry.clerk,
        entry.basis,
    )
    sql.run(_APPEND, values)


def load_all(sql: Sql) -> list[OfficeValue]:
    """Return every decision, the first entered first."""
    return [
        OfficeValue(
            key=row["key"],
            value=from_json(row["value"], object),
            valid_from=date.fromisoformat(row["valid_from"]),
            entered_at=moments.from_text(row["entered_at"]),
            clerk=row["clerk"],
            basis=row["basis"],
        )
        for row in sql.rows(_ALL)
    ]
