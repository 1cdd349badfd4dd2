"""Whether a dossier was done with early, on its day or late, counted in days as statistics do."""

from datetime import datetime
from enum import StrEnum

from counter_app.domain.period import day_of


class Timeliness(StrEnum):
    """How a dossier's end compares with the day it was promised for."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


def timeliness(resolved_at: datetime, due_at: datetime | None, *, withdrawn: bool = False) -> Timeliness:
    """Compare the day a dossier was done with against the day promised.

    What the citizen took back and what has no promised day is on time ("trả lại/xin rút" is counted in
    column 9 of Biểu số II.06 by the public code of a provincial system; the rule itself is recalled,
    Thông tư 01/2020/TT-VPCP was not re-read).
    """
    if withdrawn or due_at is None:
        return Timeliness.ON_TIME
    done, due = day_of(resolved_at), day_of(due_at)
    if done == due:
        return Timeliness.ON_TIME
    return Timeliness.EARLY if done < due else Timeliness.LATE
