"""Where a value of law comes from and how sure we are of it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Source of a rule. ``verified`` is False for anything recalled, inferred or copied second-hand."""

    source: str
    verified: bool = False
    checked_on: date | None = None
    note: str = ""
