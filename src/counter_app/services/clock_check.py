"""Whether the computer's clock was set back: a wrong hour must not reach paper unnoticed."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from counter_app.domain.errors import RuleRefusal

if TYPE_CHECKING:
    from counter_app.services.ports import Queries

# Two PCs' clocks and a changed battery differ by seconds; more is a clock set back.
TOLERANCE = timedelta(minutes=5)


def later_moment(queries: "Queries", now: datetime) -> datetime | None:
    """Return the newest moment anything was written when it lies after `now`, else None."""
    latest = queries.latest_moment()
    return latest if latest is not None and now < latest - TOLERANCE else None


def require_clock(queries: "Queries", now: datetime) -> None:
    """Refuse to write a stamp of the past; RuleRefusal ``clock_set_back`` (``now``, ``latest``)."""
    latest = later_moment(queries, now)
    if latest is not None:
        raise RuleRefusal("clock_set_back", now=now, latest=latest)
