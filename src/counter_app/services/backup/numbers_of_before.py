"""What the data that is about to be replaced gave: where it can still be read, its numbers are certain.

The jump of `domain.numbers_after_restore` is an estimate, which a clerk who takes several dossiers in a
minute outruns, and which ends in the evening.
"""

from typing import TYPE_CHECKING

from counter_app.domain.dossier_code import blocks_of
from counter_app.domain.errors import EnvironmentProblem
from counter_app.services import office_settings
from counter_app.services.paper_number import ALL_SERIES

if TYPE_CHECKING:
    from datetime import date

    from counter_app.services.backup.backup_port import PreparedRestore
    from counter_app.services.ports import Queries, Transaction


def pass_numbers_of_before(transaction: "Transaction", prepared: "PreparedRestore", day: "date") -> None:
    """Give nothing the data of before gave on the day or in its year; damaged data tells nothing."""
    settings = office_settings.load(transaction)
    unit, counter = settings.office.unit_code, settings.counter.number
    try:
        store = prepared.present()
        if store is None:
            return
        try:
            with store.reading() as before:
                if office_settings.load(before).office.unit_code != unit:
                    return
                provisional = before.numbers_taken(day, counter) - _regular(before, counter, day)
                papers = {series: before.numbered_until(series, day.year, counter) for series in ALL_SERIES}
        finally:
            store.close()
    except EnvironmentProblem:
        return
    if provisional > 0:
        transaction.raise_numbers(day, counter, _regular(transaction, counter, day) + provisional, 0)
    for series, given in papers.items():
        if given:
            transaction.raise_paper_number(series, day.year, counter, given)


def _regular(queries: "Queries", counter: int, day: "date") -> int:
    return sum(map(len, (*blocks_of(counter), *queries.leased_blocks(day))))
