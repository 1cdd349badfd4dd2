"""Does one act with a dossier: checked, changed, numbered, told to history, audit and outbox in one go.

Papers are printed only afterwards, from what was committed.
"""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import (
    ActRequest,
    Circumstances,
    GiveResult,
    after,
    allowed_acts,
    refusal_of,
)
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.procedure import SupplementPolicy
from counter_app.services.acts.act_records import FOR_THIS_OFFICE, record_of
from counter_app.services.acts.holder import holding_counter
from counter_app.services.clock_check import require_clock
from counter_app.services.definitions import procedure_of
from counter_app.services.desk import Desk
from counter_app.services.dossier_events import tell
from counter_app.services.ports import AuditEntry, HistoryEntry, Queries, Transaction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from counter_protocol.events import EventKind

__all__ = ["allowed_acts", "load", "perform", "perform_in", "record", "refusal_of", "require_own"]


def perform(
    desk: Desk,
    dossier_id: str,
    request: ActRequest,
    *,
    clerk: str = "",
    seen_rev: int | None = None,
    clock_confirmed: bool = False,
) -> Dossier:
    """Do the act and return the dossier once it is durable.

    Args:
        desk: The counter.
        dossier_id: The dossier.
        request: What to do.
        clerk: Who does it; the clerk of the settings when "".
        seen_rev: The `Life.rev` the clerk saw; another one means somebody acted meanwhile.
        clock_confirmed: The clerk said that the clock, which seems set back, is right.

    Raises:
        RuleRefusal: ``clock_set_back``, ``dossier_changed_meanwhile``, ``dossier_of_other_counter``, and as
            `dossier_acts.after`.
        BadInput: ``dossier_unknown``, and as `dossier_acts.after`.
        EnvironmentProblem: as `Store.writing`, ``definition_missing``.
    """
    at = desk.clock.now().replace(microsecond=0)
    with desk.store.writing() as transaction:
        if not clock_confirmed:
            require_clock(transaction, at)
        dossier = load(transaction, dossier_id, seen_rev)
        return perform_in(transaction, desk, dossier, request, clerk=clerk or desk.clerk, at=at)


def perform_in(
    transaction: Transaction,
    desk: Desk,
    dossier: Dossier,
    request: ActRequest,
    *,
    clerk: str,
    at: datetime,
    also: "Mapping[str, object] | None" = None,
) -> Dossier:
    """Do the act as part of a larger one; `also` joins its history (a list's id). Errors as `perform`."""
    refusal = refusal_of(dossier, type(request))
    if refusal is not None:
        raise refusal
    if not isinstance(request, GiveResult):
        require_own(transaction, dossier)
    kind = record_of(request)
    number = (
        transaction.take_paper_number(kind.series, at.year, desk.settings.counter.number)
        if kind.series
        else 0
    )
    procedure = procedure_of(transaction, dossier)
    case = procedure.case(dossier.procedure.case_id)
    now = Circumstances(
        at=at,
        clerk=clerk,
        calendar=desk.calendar(),
        number=number,
        policy=case.supplement_policy if case else SupplementPolicy.RESET,
        result_name=procedure.results[0].name if procedure.results else "",
        part_names={part.part_id: part.name for part in case.parts} if case else None,
    )
    changed = after(dossier, request, now)
    detail = kind.detail(changed, request)
    if changed.promise is not dossier.promise:
        changed = replace(changed, calendar_definition=transaction.keep_definition(now.calendar))
    transaction.change_dossier(changed)
    record(
        transaction,
        desk,
        changed,
        act=kind.history,
        event=kind.event,
        detail={**detail, **(also or {})},
        data={key: value for key, value in detail.items() if key not in FOR_THIS_OFFICE},
        clerk=clerk,
        at=at,
        before=dossier,
    )
    return changed


def require_own(queries: Queries, dossier: Dossier) -> None:
    """Refuse to change what another counter works on: RuleRefusal ``dossier_of_other_counter`` (counter)."""
    if dossier.owner:
        counter = holding_counter(dossier, queries.history(dossier.dossier_id))
        raise RuleRefusal("dossier_of_other_counter", dossier_code=dossier.dossier_code, counter=counter)


def load(transaction: Transaction, dossier_id: str, seen_rev: int | None = None) -> Dossier:
    """Return the dossier to act on.

    Raises:
        BadInput: ``dossier_unknown``.
        RuleRefusal: ``dossier_changed_meanwhile`` when it is no longer the one the clerk saw.
    """
    dossier = transaction.dossier(dossier_id)
    if dossier is None:
        raise BadInput("dossier_unknown", dossier_code=dossier_id[:40])
    if seen_rev is not None and dossier.life.rev != seen_rev:
        raise RuleRefusal("dossier_changed_meanwhile", dossier_code=dossier.dossier_code)
    return dossier


def record(
    transaction: Transaction,
    desk: Desk,
    dossier: Dossier,
    *,
    act: str,
    event: "EventKind",
    detail: "Mapping[str, object]",
    clerk: str,
    at: datetime,
    before: Dossier | None = None,
    data: "Mapping[str, object] | None" = None,
) -> None:
    """Tell history, audit and server of an act; `data` is what the server learns besides the change.

    `before` lets the act be undone. The audit names the act and its number, none of its words.
    """
    transaction.append_history(
        dossier.dossier_id, HistoryEntry(at=at, clerk=clerk, act=act, detail=detail), before
    )
    number = {"number": detail["number"]} if isinstance(detail.get("number"), int) else {}
    transaction.append_audit(
        AuditEntry(at=at, clerk=clerk, act=f"dossier_{act}", subject_id=dossier.dossier_id, detail=number)
    )
    told = detail if data is None else data
    tell(transaction, desk, event, dossier, act=act, clerk=clerk, at=at, data=told)
