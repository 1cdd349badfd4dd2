"""Takes a dossier over from another counter, so that this one may go on with it.

No line is needed, so nobody is asked: should the other counter have worked on it meanwhile, both ways are
kept and everybody is told that a human must look (`counter_protocol.fold`).
"""

from dataclasses import replace

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts.texts import needed
from counter_app.domain.errors import RuleRefusal
from counter_app.services.acts.holder import TAKEN_OVER, holding_counter
from counter_app.services.acts.perform import load, record
from counter_app.services.clock_check import require_clock
from counter_app.services.desk import Desk
from counter_protocol.events import EventKind


def take_over(
    desk: Desk,
    dossier_id: str,
    reason: str,
    *,
    clerk: str = "",
    seen_rev: int | None = None,
    clock_confirmed: bool = False,
) -> Dossier:
    """Let this counter own the dossier and return it once that is durable.

    Raises:
        RuleRefusal: ``dossier_is_own``; ``act_not_allowed`` (rule ``final_status``) when it has ended;
            ``clock_set_back``, ``dossier_changed_meanwhile``.
        BadInput: ``entry_missing`` without a reason, ``dossier_unknown``.
        EnvironmentProblem: as `Store.writing`.
    """
    at, by = desk.clock.now().replace(microsecond=0), clerk or desk.clerk
    why = needed(reason, "reason")
    with desk.store.writing() as transaction:
        if not clock_confirmed:
            require_clock(transaction, at)
        dossier = load(transaction, dossier_id, seen_rev)
        if not dossier.owner:
            raise RuleRefusal("dossier_is_own", dossier_code=dossier.dossier_code)
        if dossier.ended_at is not None:
            raise RuleRefusal("act_not_allowed", rule="final_status", status=dossier.status.value)
        before = holding_counter(dossier, transaction.history(dossier_id))
        taken = replace(dossier, owner="", life=replace(dossier.life, rev=dossier.life.rev + 1))
        transaction.change_dossier(taken)
        record(
            transaction,
            desk,
            taken,
            act=TAKEN_OVER,
            event=EventKind.DOSSIER_TAKEN_OVER,
            detail={"reason": why, "from_counter": before},
            clerk=by,
            at=at,
        )
    return taken
