"""Every procedure with what a clerk sorts it by: what is unknown of it here, what ends, what begins."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from counter_app.domain.fee import FeeSetter
from counter_app.domain.local_values import LocalValues, fee_on
from counter_app.domain.procedure import Procedure
from counter_app.domain.procedure_here import procedure_here
from counter_app.domain.vietnamese_text import fold
from counter_app.services.limit_notes import lacks_limit as lacks_limit

if TYPE_CHECKING:
    from counter_app.services.desk import Desk


class Trait(StrEnum):
    """What a list can be narrowed to; the last two are of procedures that are not in force."""

    PRINTED_FORM = "printed_form"
    EXPIRING = "expiring"
    FEE_UNKNOWN = "fee_unknown"
    TIME_UNKNOWN = "time_unknown"
    EXPIRED = "expired"
    COMING = "coming"


NOT_IN_FORCE = frozenset({Trait.EXPIRED, Trait.COMING})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureOverview:
    """A version of a procedure, with the limits decided here, and its traits on the day asked about."""

    procedure: Procedure
    traits: frozenset[Trait] = field(default_factory=frozenset)


def overviews(desk: "Desk", on: date) -> tuple[ProcedureOverview, ...]:
    """Return what is in force on a day, then what was (its last version), then what will be (its first)."""
    values = desk.local_values
    check = desk.catalogue.check(on)
    ending = {each.procedure_id for each in check.expiring}
    now = [procedure_here(each, values, on) for each in desk.catalogue.procedures(on)]
    coming = _coming(desk.catalogue.all_procedures(), on)
    return (
        *(
            ProcedureOverview(
                procedure=each, traits=_traits(each, values, on, ending=each.procedure_id in ending)
            )
            for each in now
        ),
        *(ProcedureOverview(procedure=each, traits=frozenset({Trait.EXPIRED})) for each in check.expired),
        *(ProcedureOverview(procedure=each, traits=frozenset({Trait.COMING})) for each in coming),
    )


def narrowed(
    found: Iterable[ProcedureOverview], *, trait: Trait | None = None, sector: str = ""
) -> list[ProcedureOverview]:
    """Return those of a sector ("" for all) with a trait; without one, those in force."""
    return [
        each
        for each in found
        if sector in ("", each.procedure.sector)
        and (trait in each.traits if trait is not None else not each.traits & NOT_IN_FORCE)
    ]


def trait_counts(found: Iterable[ProcedureOverview]) -> Counter[Trait]:
    """Return how many procedures have each trait."""
    return Counter(trait for each in found for trait in each.traits)


def sector_counts(found: Iterable[ProcedureOverview]) -> dict[str, int]:
    """Return how many procedures each sector has, by name."""
    return dict(sorted(Counter(each.procedure.sector for each in found).items()))


def with_words(found: Iterable[ProcedureOverview], text: str) -> list[ProcedureOverview]:
    """Return those whose names, code or keywords hold every word typed, with or without marks."""
    words = fold(text).split()
    return [each for each in found if all(word in _searched(each.procedure) for word in words)]


def versions_of(desk: "Desk", procedure_id: str) -> Sequence[Procedure]:
    """Return every version of a procedure, the newest first."""
    return tuple(reversed(desk.catalogue.versions_of(procedure_id)))


def _coming(versions: Iterable[Procedure], on: date) -> list[Procedure]:
    """Return the first version of each procedure that never was in force until `on`."""
    first: dict[str, Procedure] = {}
    for each in versions:
        before = first.get(each.procedure_id)
        if before is None or each.valid_from < before.valid_from:
            first[each.procedure_id] = each
    return [each for each in first.values() if each.valid_from > on]


def _traits(procedure: Procedure, values: LocalValues, on: date, *, ending: bool) -> frozenset[Trait]:
    by_province = {
        rule.fee_id
        for case in procedure.cases
        for rule in case.fees
        if rule.set_by is FeeSetter.PROVINCE_COUNCIL
    }
    found = {
        Trait.PRINTED_FORM: any(case.forms for case in procedure.cases),
        Trait.EXPIRING: ending,
        Trait.FEE_UNKNOWN: any(fee_on(values, fee_id, on) is None for fee_id in by_province),
        Trait.TIME_UNKNOWN: any(map(lacks_limit, procedure.cases)),
    }
    return frozenset(trait for trait, holds in found.items() if holds)


def _searched(procedure: Procedure) -> str:
    parts = (procedure.name, procedure.short_name, procedure.national_code, *procedure.keywords)
    return fold(" ".join(parts))
