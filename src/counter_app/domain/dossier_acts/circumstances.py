"""What an act needs to know besides dossier and request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.procedure import SupplementPolicy
from counter_app.domain.working_calendar import WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """When, by whom, with which calendar; ``number`` is that of the paper the act makes, 0 for none.

    ``policy``, ``part_names`` (the checklist by part id, None: any paper) and ``result_name`` are the
    case's and the procedure's, as they were at the receipt.
    """

    at: datetime
    clerk: str
    calendar: WorkingCalendar
    number: int = 0
    policy: SupplementPolicy = SupplementPolicy.RESET
    result_name: str = ""
    part_names: Mapping[str, str] | None = None
