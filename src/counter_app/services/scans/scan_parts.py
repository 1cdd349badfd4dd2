"""Which papers of a dossier may have a file, and their places in its name."""

from collections.abc import Iterable
from dataclasses import dataclass

from counter_app.domain.checklist import ChecklistLine
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput, EnvironmentProblem
from counter_app.domain.procedure import RequiredPart
from counter_app.services.definitions import procedure_of
from counter_app.services.ports import Queries

RESULT = "ket_qua"  # what came of the dossier may be scanned before it is given away


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanPart:
    """A paper by its place on the checklist, from 1."""

    part_id: str
    name: str
    order: int


def parts_of_checklist(lines: Iterable[ChecklistLine]) -> tuple[ScanPart, ...]:
    """Return the papers of a visit still being made."""
    return tuple(
        ScanPart(part_id=line.part.part_id, name=line.part.name, order=order)
        for order, line in enumerate(lines, start=1)
    )


def parts_of_dossier(queries: Queries, dossier: Dossier) -> tuple[ScanPart, ...]:
    """Return the papers a dossier has: those handed in or shown, the signed forms, and the result."""
    brought = {part.part_id for part in dossier.parts}
    filled = {form.form_id for form in dossier.forms}
    return tuple(
        part
        for part, form_id in _all(queries, dossier)
        if part.part_id in brought
        or form_id in filled
        or (part.part_id == RESULT and dossier.life.result is not None)
    )


def part_of_dossier(queries: Queries, dossier: Dossier, part_id: str) -> ScanPart:
    """Return one paper its case knows or that was handed in; BadInput ``part_unknown``."""
    for part, _form_id in _all(queries, dossier):
        if part.part_id == part_id:
            return part
    raise BadInput("part_unknown", part=part_id[:40])


def _all(queries: Queries, dossier: Dossier) -> list[tuple[ScanPart, str]]:
    """Return the papers of the case in its order, then others handed in, then the result."""
    known = {part.part_id: (part.name, part.form_id) for part in _of_case(queries, dossier)}
    for part in dossier.parts:
        known.setdefault(part.part_id, (part.name, ""))
    known.setdefault(RESULT, ("Kết quả giải quyết", ""))
    return [
        (ScanPart(part_id=part_id, name=name, order=order), form_id)
        for order, (part_id, (name, form_id)) in enumerate(known.items(), start=1)
    ]


def _of_case(queries: Queries, dossier: Dossier) -> tuple[RequiredPart, ...]:
    try:
        case = procedure_of(queries, dossier).case(dossier.procedure.case_id)
    except EnvironmentProblem:
        return ()  # a damaged definition must not keep scans away
    return case.parts if case else ()
