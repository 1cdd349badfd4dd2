"""What a citizen was told before anything was received: what is missing, why refused, how to apply online.

Asked once and completely for what is missing: Nghị định 61/2018/NĐ-CP Điều 17 (read 2026-11, to be
compared with Nghị định 118/2025/NĐ-CP).
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from counter_app.domain.dossier import ProcedureRef
from counter_app.domain.person import Person


class NoticeKind(StrEnum):
    """What was told."""

    SUPPLEMENT = "supplement"  # Mẫu 02
    REFUSAL = "refusal"  # Mẫu 03
    ONLINE_GUIDANCE = "online_guidance"  # by word of mouth, no paper


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeNotice:
    """One notice. ``items`` are what is missing, or the grounds of a refusal.

    ``draft_id`` is the visit it was made in, "" for guidance outside one; ``number`` is 0 without a paper.
    ``repeat_reason`` says why the same visit is asked again.
    """

    notice_id: str
    kind: NoticeKind
    number: int
    counter: int
    at: datetime
    clerk: str
    procedure: ProcedureRef
    applicant: Person = field(default_factory=lambda: Person(full_name=""))
    draft_id: str = ""
    items: tuple[str, ...] = ()
    reason: str = ""
    repeat_reason: str = ""
    office_definition: str = ""
    training: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeCount:
    """How many notices of a kind there were for one procedure."""

    kind: NoticeKind
    sector: str
    procedure_id: str
    procedure_name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceCount:
    """How many citizens were shown how to apply online for one procedure."""

    sector: str
    procedure_id: str
    procedure_name: str
    count: int
