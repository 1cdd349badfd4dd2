"""Which fees and exemptions are in force on a day, and which soon end: they have dates of their own."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from counter_app.domain.fee import FeeRule, in_force
from counter_app.domain.procedure import Procedure


def fees_on(rules: Iterable[FeeRule], on: date) -> tuple[FeeRule, ...]:
    """Return the fees in force on day `on`, each with the exemptions in force."""
    return tuple(
        replace(rule, exemptions=tuple(each for each in rule.exemptions if in_force(each, on)))
        for rule in rules
        if in_force(rule, on)
    )


def with_fees_on(procedure: Procedure, on: date) -> Procedure:
    """Return the procedure with the fees in force on day `on` only, as papers and lists of that day say."""
    cases = tuple(replace(case, fees=fees_on(case.fees, on)) for case in procedure.cases)
    return procedure if cases == procedure.cases else replace(procedure, cases=cases)


def fees_ending(
    procedures: Iterable[Procedure], on: date, days: int
) -> tuple[tuple[Procedure, FeeRule], ...]:
    """Return the fees in force on day `on` whose last day is at most `days` away, the soonest first.

    A fee that ends with its procedure is not named: the procedure is.
    """
    last = on + timedelta(days=days)
    found = {
        (procedure.procedure_id, rule.fee_id): (procedure, rule)
        for procedure in procedures
        for case in procedure.cases
        for rule in fees_on(case.fees, on)
        if rule.valid_to is not None and rule.valid_to <= last and rule.valid_to != procedure.valid_to
    }
    return tuple(sorted(found.values(), key=lambda each: (each[1].valid_to or last, each[0].name)))
