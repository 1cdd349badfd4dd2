"""What is not finished when somebody's shift ends; nothing of it holds them back."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from counter_app.services.day_close import day_now
from counter_app.services.intake_drafts import drafts, is_anothers
from counter_app.services.sync.overview import read_badge
from counter_app.services.work_lists import pressing

if TYPE_CHECKING:
    from counter_app.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOpen:
    """Counts; ``day`` is the first day on which something happened and that is not closed, if any."""

    own_drafts: int
    pressing: int  # late or due today
    unsent: int
    held: int  # the server could not take them
    day: date | None


def left_open(desk: "Desk") -> LeftOpen:
    """Return what is open now; errors as `Store.reading`."""
    badge, day = read_badge(desk), day_now(desk)
    return LeftOpen(
        own_drafts=sum(not is_anothers(desk, draft) for draft in drafts(desk)),
        pressing=pressing(desk),
        unsent=badge.waiting,
        held=badge.held,
        day=None if day.closed is not None else day.first_open,
    )
