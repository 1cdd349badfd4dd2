"""What the screen of the audit log shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from counter_app.domain.audit_chain import Tip
from counter_app.services.audit_port import NumberedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which entries are wanted; "" and () ask for all."""

    first: date
    last: date
    clerk: str = ""
    acts: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditState:
    """Entries so far, newest first, with the codes of the dossiers they are about. ``error`` is a message."""

    rows: tuple[NumberedEntry, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    loading: bool = False
    more: bool = False
    error: str = ""
    tip: Tip = field(default_factory=Tip)
    clerks: tuple[str, ...] = ()
