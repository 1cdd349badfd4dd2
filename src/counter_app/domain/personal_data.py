"""A citizen's requests about the data kept of them: what may be asked, and until when it is answered.

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 Điều 4 names the rights (read in the law's text as published and in
the press, 2026-11-21). That a request is answered within two working days is Nghị định 356/2025/NĐ-CP as
secondary sources give it: not yet compared with the decree itself, and said so wherever it is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

ANSWER_WITHIN_WORKING_DAYS = 2  # [V2]: secondary sources on Nghị định 356/2025/NĐ-CP


class RequestKind(StrEnum):
    """What a citizen asks for."""

    COPY = "copy"  # what is kept of me
    CORRECT = "correct"
    DELETE = "delete"
    RESTRICT = "restrict"
    OBJECT = "object"
    ACCESS_REPORT = "access_report"  # who looked at it


class Outcome(StrEnum):
    """How a request ended."""

    ANSWERED = "answered"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRequest:
    """One request. ``person_number`` is the number of the citizen's record; ``outcome`` None: open."""

    request_id: str
    person_number: int
    kind: RequestKind
    asked_at: datetime
    answer_by: date
    note: str
    clerk: str
    answered_at: datetime | None = None
    answered_by: str = ""
    outcome: Outcome | None = None
    answer: str = ""


class Place(StrEnum):
    """Where something about a citizen lies."""

    PERSON = "person"
    EARLIER_VALUE = "earlier_value"
    FAMILY = "family"
    MERGE = "merge"
    LETTER = "letter"
    DOSSIER = "dossier"
    CONTENT = "content"  # forms, people, papers of a dossier
    HISTORY = "history"
    RECEIPT = "receipt"
    PRINT = "print"
    SCAN = "scan"
    LIST = "list"
    DRAFT = "draft"
    NOTICE = "notice"  # requests and refusals before a receipt
    REQUEST = "request"
    DAY_CLOSE = "day_close"
    OUTBOX = "outbox"
    INBOX = "inbox"
    SYNC_NOTICE = "sync_notice"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One place where a citizen occurs.

    ``key`` is the row's own key, ``dossier_id`` "" where no dossier is concerned. ``certain`` says that a
    number of theirs stands there; otherwise only the name does, and a namesake may be meant.
    """

    place: Place
    key: str
    dossier_id: str = ""
    at: datetime | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """By what a citizen is looked for: the records, every number they ever had, every name."""

    record_numbers: tuple[int, ...]
    numbers: tuple[str, ...]
    names: tuple[str, ...] = ()


def counted(traces: Sequence[Trace]) -> dict[Place, tuple[int, int]]:
    """Return how many traces each place has, certain and possible ones, in the order of `Place`."""
    found: dict[Place, tuple[int, int]] = {}
    for place in Place:
        here = [trace for trace in traces if trace.place is place]
        if here:
            certain = sum(trace.certain for trace in here)
            found[place] = certain, len(here) - certain
    return found
