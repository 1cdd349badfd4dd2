"""The checklist of one visit: which papers this case needs, what was brought, what is missing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.condition import holds
from counter_app.domain.dossier import SubmittedPart
from counter_app.domain.procedure import PartUse, ProcedureCase, RequiredPart


class PartState(StrEnum):
    """How one line of the checklist stands."""

    PROVIDED = "provided"
    MISSING = "missing"
    OPTIONAL = "optional"  # not brought, and the dossier is complete without it
    NOT_NEEDED = "not_needed"  # a database answers instead


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistLine:
    """One paper that applies to this visit, with what was brought of it."""

    part: RequiredPart
    state: PartState
    submitted: SubmittedPart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistState:
    """The whole checklist of a visit, in the order of the data."""

    lines: tuple[ChecklistLine, ...]

    @property
    def done(self) -> int:
        """How many lines are settled: brought, printed here, or not needed."""
        return self._count(PartState.PROVIDED) + self._count(PartState.NOT_NEEDED)

    @property
    def missing(self) -> int:
        """How many papers a supplement request would have to name."""
        return self._count(PartState.MISSING)

    @property
    def optional(self) -> int:
        """How many papers were not brought and need not be."""
        return self._count(PartState.OPTIONAL)

    @property
    def complete(self) -> bool:
        """Whether nothing required is missing."""
        return self.missing == 0

    @property
    def missing_parts(self) -> tuple[RequiredPart, ...]:
        """All missing papers, for ONE complete supplement request (NĐ 61/2018 Điều 17)."""
        return tuple(line.part for line in self.lines if line.state is PartState.MISSING)

    def _count(self, state: PartState) -> int:
        return sum(line.state is state for line in self.lines)


def required_parts(case: ProcedureCase, values: Mapping[str, object]) -> tuple[RequiredPart, ...]:
    """Return the papers of the case whose condition holds for this visit."""
    return tuple(part for part in case.parts if holds(part.when, values))


def checklist_state(
    case: ProcedureCase,
    values: Mapping[str, object],
    submitted: tuple[SubmittedPart, ...],
    *,
    not_needed: Collection[str] = (),
) -> ChecklistState:
    """Compare what the case needs with what was brought.

    Args:
        case: The case the visit is received under.
        values: Answers and facts of the visit.
        submitted: The papers ticked and counted so far; those of other cases are ignored.
        not_needed: Part ids the clerk found in a database; only a part whose data says which
            database makes it superfluous can be waived so.
    """
    brought = {part.part_id: part for part in submitted}
    return ChecklistState(
        lines=tuple(
            ChecklistLine(
                part=part,
                state=_state(part, brought.get(part.part_id), waived=part.part_id in not_needed),
                submitted=brought.get(part.part_id),
            )
            for part in required_parts(case, values)
        )
    )


def is_provided(part: RequiredPart, submitted: SubmittedPart | None) -> bool:
    """Tell whether enough was brought of a paper.

    A paper this program prints is always there. An electronic copy stands for an original, and an
    original for a copy; a paper that must be handed in is not provided by showing it.
    """
    if part.form_id:
        return True
    if submitted is None:
        return False
    originals = submitted.original + submitted.electronic
    everything = originals + submitted.copy
    if part.use is PartUse.PRESENT:
        return submitted.presented or everything > 0
    return originals >= part.original and everything >= max(1, part.original + part.copy)


def _state(part: RequiredPart, submitted: SubmittedPart | None, *, waived: bool) -> PartState:
    if is_provided(part, submitted):
        return PartState.PROVIDED
    if waived and part.not_needed_if:
        return PartState.NOT_NEEDED
    return PartState.OPTIONAL if part.optional else PartState.MISSING
