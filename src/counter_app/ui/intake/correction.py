"""A received dossier being corrected: what it was, what it would become, and why; plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from counter_app.domain.errors import KnownError

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.services.desk import Desk
    from counter_app.services.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """``after`` is what saving would make of ``before``; None while the visit cannot be worked out.

    ``due_day`` is another promised day the clerk decided on ("2026-11-30", or what was typed), "" for
    the case's own; ``problem`` says why that day will not do.
    """

    before: Dossier
    reason: str = ""
    due_day: str = ""
    due_reason: str = ""
    after: Dossier | None = None
    problem: KnownError | None = None

    @property
    def changed(self) -> tuple[str, ...]:
        """Which parts of the dossier would change."""
        from counter_app.services.acts.correct_intake import changed_in

        return () if self.after is None else changed_in(self.before, self.after)

    @property
    def due_at(self) -> datetime | None:
        """The moment of the decided day: at the hour promised before, or at the close of work."""
        day = day_of(self.due_day)
        if day is None:
            return None
        promised = self.before.due_at or self.before.received_at.replace(hour=17, minute=0, second=0)
        return promised.replace(year=day.year, month=day.month, day=day.day)

    @property
    def lacking(self) -> str:
        """What the strip still wants: reason, due_day, due_reason, change, or ""."""
        if not self.changed:
            return "due_day" if self.due_day and self.due_at is None else "change"
        if self.due_day and self.due_at is None:
            return "due_day"
        if self.due_day and not self.due_reason.strip():
            return "due_reason"
        return "" if self.reason.strip() else "reason"

    @property
    def whole_reason(self) -> str:
        """The reason for the history: of the correction, and of the other day."""
        own = self.reason.strip()
        return " – ".join(part for part in (own, self.due_reason.strip() if self.due_day else "") if part)


def day_of(text: str) -> date | None:
    """Return the day of "2026-11-30"; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def weighed(desk: Desk, correction: Correction, visit: Visit) -> Correction:
    """Return the correction with what the visit would make of the dossier."""
    from counter_app.services.acts.correct_intake import preview_correction
    from counter_app.services.place_people import without_waiting

    try:
        after = preview_correction(desk, correction.before, without_waiting(visit), correction.due_at)
    except KnownError as problem:
        return replace(correction, after=None, problem=problem)
    return replace(correction, after=after, problem=None)


def to_json(correction: Correction | None) -> dict[str, object]:
    """Return what a draft keeps of it: never enough to become a second dossier."""
    if correction is None:
        return {}
    return {
        "dossier_id": correction.before.dossier_id,
        "dossier_code": correction.before.dossier_code,
        "rev": correction.before.life.rev,
        "reason": correction.reason,
        "due_day": correction.due_day,
        "due_reason": correction.due_reason,
    }


def code_in(state: Mapping[str, Any]) -> str:
    """Return the code of the dossier a draft corrects, "" for an ordinary draft."""
    return _text(_part(state), "dossier_code")


def dossier_in(state: Mapping[str, Any]) -> str:
    """Return the id of the dossier a draft corrects, "" for an ordinary draft."""
    return _text(_part(state), "dossier_id")


def taken_up(state: Mapping[str, Any], before: Dossier) -> tuple[Correction, bool]:
    """Return the correction a draft holds, and whether the dossier changed since."""
    kept = _part(state)
    correction = Correction(
        before=before,
        reason=_text(kept, "reason"),
        due_day=_text(kept, "due_day"),
        due_reason=_text(kept, "due_reason"),
    )
    return correction, kept.get("rev") != before.life.rev


def draft_id_of(dossier_id: str) -> str:
    """Return the one draft a dossier's correction is kept in."""
    return f"correction-{dossier_id}"


def _part(state: Mapping[str, Any]) -> Mapping[str, Any]:
    kept = state.get("correcting")
    return kept if isinstance(kept, Mapping) else {}


def _text(kept: Mapping[str, Any], key: str) -> str:
    value = kept.get(key)
    return value if isinstance(value, str) else ""
