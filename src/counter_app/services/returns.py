"""Gives results to citizens: fee, result and originals in one act, also while the citizen waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.dossier_acts import EnterResult, GiveResult
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.errors import RuleRefusal
from counter_app.services.acts.act_facts import ActFacts, facts_of
from counter_app.services.acts.perform import load, perform_in
from counter_app.services.clock_check import require_clock
from counter_app.services.look_up import open_dossier
from counter_app.services.receipts import Payment, collect_in

if TYPE_CHECKING:
    from counter_app.domain.authorisation import Authorisation
    from counter_app.domain.dossier import Dossier
    from counter_app.domain.person import Person
    from counter_app.domain.receipt import Receipt
    from counter_app.services.desk import Desk
    from counter_app.services.ports import DossierRow
    from counter_app.services.worklists_port import WorkRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """One press of the return screen.

    ``result`` enters the result first: a dossier solved while the citizen waits. ``payment`` takes what
    is still due.
    """

    give: GiveResult
    result: EnterResult | None = None
    payment: Payment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What became of it; ``receipt`` None when no money was taken."""

    dossier: "Dossier"
    receipt: "Receipt | None" = None


def give(
    desk: "Desk", dossier_id: str, giving: Giving, *, clerk: str = "", seen_rev: int | None = None
) -> Given:
    """Take the money, enter the result where it just came, give it: all or nothing.

    Raises:
        RuleRefusal: ``already_returned`` (at), ``clock_set_back``, and as `perform`
            and `collect`.
        BadInput: as `perform` and `collect`.
    """
    at, by = desk.clock.now().replace(microsecond=0), clerk or desk.clerk
    with desk.store.writing() as transaction:
        require_clock(transaction, at)
        dossier = load(transaction, dossier_id)
        if dossier.life.returned is not None:
            raise RuleRefusal("already_returned", at=dossier.life.returned.at)
        load(transaction, dossier_id, seen_rev)
        receipt = None
        if giving.payment is not None:
            receipt, dossier = collect_in(transaction, desk, dossier, giving.payment, clerk=by, at=at)
        if giving.result is not None and dossier.status is not DossierStatus.RESOLVED:
            dossier = perform_in(transaction, desk, dossier, giving.result, clerk=by, at=at)
        dossier = perform_in(transaction, desk, dossier, giving.give, clerk=by, at=at)
    return Given(dossier=dossier, receipt=receipt)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnFile:
    """A dossier at the return desk, with the letters by which others may take its result."""

    facts: ActFacts
    delegates: "tuple[tuple[Person, Authorisation], ...]" = ()


def open_return(desk: "Desk", dossier_code: str) -> ReturnFile:
    """Return the dossier of a slip; BadInput ``dossier_unknown``."""
    from counter_app.services.people.authorisations import delegates_for

    dossier = open_dossier(desk, dossier_code).dossier
    return ReturnFile(
        facts=facts_of(desk, dossier), delegates=delegates_for(desk, dossier, desk.clock.now().date())
    )


def waiting_of(desk: "Desk", personal_id: str) -> "Sequence[DossierRow]":
    """Return a citizen's dossiers whose result waits, newest first."""
    with desk.store.reading() as queries:
        known = queries.person(personal_id)
    return [row for row in known.visits if row.status is DossierStatus.RESOLVED] if known else []


def waiting_results(desk: "Desk", limit: int = 100) -> "Sequence[WorkRow]":
    """Return the results that wait for their owners, as on the list of today's work."""
    from counter_app.domain.work_lists import WorkList, work_day
    from counter_app.services.worklists_port import Narrowing

    day = work_day(desk.clock.now(), desk.calendar())
    with desk.store.reading() as queries:
        return queries.work_page(WorkList.RESULTS_READY, day, Narrowing(), limit=limit)
