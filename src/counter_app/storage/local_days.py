"""Days of office time in SQL: the database keeps UTC, the office counts days.

Viet Nam has kept UTC+7 without summer time since 1976, so a fixed shift is exact for every dossier.
"""

from collections.abc import Mapping

from counter_app.domain.period import Period
from counter_app.storage import moments


def day(column: str) -> str:
    """Return the SQL of the day a moment falls on in office time; NULL stays NULL."""
    return f"date({column}, '+7 hours')"


def bounds(period: Period) -> Mapping[str, str]:
    """Return the parameters ``begins`` (included) and ``ends`` (excluded) of a period."""
    return {"begins": moments.to_text(period.begins_at), "ends": moments.to_text(period.ends_at)}
