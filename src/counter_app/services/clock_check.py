"""Whether the computer's clock was set back: a wrong hour must not reach paper unnoticed."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter_app.services.ports import Queries

# Two PCs' clocks and a changed battery differ by seconds; more is a clock set back.
TOLERANCE = timedelta(minutes=5)


def later_moment(queries: "Queries", now: datetime) -> datetime | None:
    """Return the newest moment anything was written when it lies after `now`, else None."""
    latest = queries.latest_moment()
    return latest if latest is not None and now < latest - TOLERANCE else None
