"""What ticking and counting a paper of the checklist does to the visit."""

from collections.abc import Iterable
from dataclasses import replace

from counter_app.domain.dossier import SubmittedPart
from counter_app.domain.errors import BadInput
from counter_app.domain.procedure import PartUse, ProcedureCase, RequiredPart
from counter_app.services.assess_visit import Assessment
from counter_app.services.visit import Visit, papers_of

COUNTS = ("original", "copy", "electronic")
HELD = "held"  # of the originals, those the desk gives back
MAX_COUNT = 99  # what the checklist's counters can be stepped up to


def tick(visit: Visit, case: ProcedureCase, part_id: str, *, brought: bool) -> Visit:
    """Return the visit with a paper brought in the numbers the case names, or not brought."""
    part = _part(case, part_id)
    if part is None:
        return visit
    others = [each for each in visit.parts if each.part_id != part_id]
    kept = _without(visit.not_needed, part_id)
    return replace(
        visit, parts=_in_order(case, [*others, _as_asked(part)] if brought else others), not_needed=kept
    )


def count(visit: Visit, case: ProcedureCase, part_id: str, kind: str, number: int) -> Visit:
    """Return the visit with `number` papers of a kind (original, copy, electronic; held of the originals)."""
    part = _part(case, part_id)
    if part is None or kind not in (*COUNTS, HELD) or not 0 <= number <= MAX_COUNT:
        return visit
    now = next((each for each in visit.parts if each.part_id == part_id), None)
    now = now or SubmittedPart(part_id=part_id, name=part.name, presented=part.use is PartUse.PRESENT)
    changed = _with_count(now, kind, number)
    others = [each for each in visit.parts if each.part_id != part_id]
    brought = any(getattr(changed, each) for each in COUNTS)
    kept = _without(visit.not_needed, part_id) if brought else visit.not_needed
    return replace(visit, parts=_in_order(case, [*others, changed] if brought else others), not_needed=kept)


def waive(visit: Visit, part_id: str, *, waived: bool) -> Visit:
    """Return the visit with a paper marked as answered by a database, or no longer so."""
    others = _without(visit.not_needed, part_id)
    if not waived:
        return replace(visit, not_needed=others)
    parts = tuple(each for each in visit.parts if each.part_id != part_id)
    return replace(visit, not_needed=(*others, part_id), parts=parts)


def of_case(visit: Visit, case: ProcedureCase) -> Visit:
    """Return the visit with only the papers its case knows."""
    ids = {part.part_id for part in case.parts}
    return replace(
        visit,
        parts=tuple(each for each in visit.parts if each.part_id in ids),
        not_needed=tuple(part_id for part_id in visit.not_needed if part_id in ids),
    )


def papers_received(visit: Visit, assessment: Assessment) -> tuple[SubmittedPart, ...]:
    """Return the papers the slip lists, in the order of the checklist.

    The forms this program prints are among them: the citizen signs and leaves them.

    Raises:
        BadInput: ``part_unknown`` when a paper is not on the checklist of the case, ``bad_answers`` when
            more originals are held than came.
    """
    case = assessment.case
    names = {part.part_id: part.name for part in case.parts}
    brought = papers_of(visit, case)
    for part in brought:
        if part.part_id not in names:
            raise BadInput("part_unknown", part=part.part_id[:40])
        if part.held > part.original:
            raise BadInput("bad_answers", field="parts.held")
    ids = {part.part_id for part in brought}
    printed = [
        _as_asked(line.part)
        for line in assessment.checklist.lines
        if line.part.form_id and line.part.part_id not in ids
    ]
    shown = {part.part_id for part in case.parts if part.use is PartUse.PRESENT}
    named = [
        replace(_only_shown(part) if part.part_id in shown else part, name=names[part.part_id])
        for part in brought
    ]
    return _in_order(case, [*named, *printed])


def _only_shown(part: SubmittedPart) -> SubmittedPart:
    """The citizen takes the original home again; only a copy stays with the desk."""
    brought = part.presented or any(getattr(part, kind) for kind in COUNTS)
    return replace(part, presented=brought, original=0, held=0)


def _as_asked(part: RequiredPart) -> SubmittedPart:
    asked = max(part.original, 0 if part.copy else 1)
    return SubmittedPart(
        part_id=part.part_id,
        name=part.name,
        original=asked,
        copy=part.copy,
        presented=part.use is PartUse.PRESENT,
    )


def _with_count(part: SubmittedPart, kind: str, number: int) -> SubmittedPart:
    match kind:
        case "original":
            return replace(part, original=number, held=min(part.held, number))
        case "held":
            return replace(part, held=number, original=max(part.original, number))
        case "copy":
            return replace(part, copy=number)
        case _:
            return replace(part, electronic=number)


def _part(case: ProcedureCase, part_id: str) -> RequiredPart | None:
    return next((part for part in case.parts if part.part_id == part_id), None)


def _in_order(case: ProcedureCase, parts: Iterable[SubmittedPart]) -> tuple[SubmittedPart, ...]:
    position = {part.part_id: index for index, part in enumerate(case.parts)}
    return tuple(sorted(parts, key=lambda each: position.get(each.part_id, len(position))))


def _without(ids: tuple[str, ...], part_id: str) -> tuple[str, ...]:
    return tuple(each for each in ids if each != part_id)
