"""Time limits of procedures: 5wd (working days), 8wh (working hours), 15d (calendar days)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.errors import BadInput


class TimeUnit(StrEnum):
    """How a limit is counted; the value is the suffix used in data and on the command line."""

    WORKING_DAY = "wd"
    WORKING_HOUR = "wh"
    CALENDAR_DAY = "d"


@dataclass(frozen=True, slots=True)
class ProcessingTime:
    """A limit of `amount` units; half working days are 4 working hours."""

    amount: int
    unit: TimeUnit

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    @classmethod
    def parse(cls, text: str) -> "ProcessingTime":
        """Read "5wd", "8wh" or "15d".

        Raises:
            BadInput: ``bad_processing_time`` when the text is anything else.
        """
        match = re.fullmatch(r"(\d{1,4})(wd|wh|d)", text.strip())
        if match is None or int(match[1]) == 0:
            raise BadInput("bad_processing_time", text=text[:20])
        return cls(int(match[1]), TimeUnit(match[2]))
