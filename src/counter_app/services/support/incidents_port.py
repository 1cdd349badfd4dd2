"""What the window needs to remember across a crash."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An error nobody foresaw: when, what kind, where in the code; never what it was about."""

    at: str
    kind: str
    place: str
    version: str


class Incidents(Protocol):
    """Kept beside the database, for the database may be what is broken."""

    def begin(self) -> bool:
        """Note that the program works with the data; tell whether it ended without a word last time."""
        ...

    def end(self) -> None:
        """Note that the program ended as it should."""
        ...

    def record(self, error: BaseException) -> Incident:
        """Keep a crash; where it cannot be kept it is still returned, to be shown."""
        ...

    def kept(self) -> Sequence[Incident]:
        """Return the crashes of late, the newest first."""
        ...

    def machine_findings(self) -> Sequence[tuple[str, bool, str, dict[str, object]]]:
        """Return (name, ok, message code, params) of each finding about the machine."""
        ...

    def log_texts(self) -> dict[str, str]:
        """Return the last part of each log by file name."""
        ...
