"""Does one act with several dossiers: each its own transaction, so that one refusal stops no other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput, KnownError, RuleRefusal

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.domain.dossier_acts import ActRequest
    from counter_app.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDone:
    """A dossier the act was refused for, and why."""

    dossier_code: str
    error: KnownError


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneToMany:
    """What became of it. ``done`` holds ids, for what follows: papers, undo."""

    done: tuple[str, ...]
    not_done: tuple[NotDone, ...] = ()


def act_on_many(
    desk: "Desk", dossier_ids: Sequence[str], request: "ActRequest", *, clerk: str = ""
) -> DoneToMany:
    """Do the act with each dossier in turn.

    Raises:
        RuleRefusal: ``clock_set_back``: nothing was done.
        EnvironmentProblem: the disk or the database refused; what was done before stays done.
    """
    from counter_app.services.acts.perform import perform

    return _each(desk, dossier_ids, lambda dossier: perform(desk, dossier.dossier_id, request, clerk=clerk))


def undo_many(desk: "Desk", dossier_ids: Sequence[str], *, clerk: str = "") -> DoneToMany:
    """Take the last act of each dossier back; errors as `act_on_many`."""
    from counter_app.services.acts.undo import undo

    return _each(desk, dossier_ids, lambda dossier: undo(desk, dossier.dossier_id, clerk=clerk))


def print_for_many(desk: "Desk", dossier_ids: Sequence[str], paper: str) -> DoneToMany:
    """Print one paper of each dossier; one that has no such paper is not done.

    Raises:
        EnvironmentProblem: ``printer_failed`` and the like: a printer that fails would fail for all.
    """
    from counter_app.services.print_papers import print_paper

    return _each(desk, dossier_ids, lambda dossier: print_paper(desk, dossier, paper))


def _each(desk: "Desk", dossier_ids: Sequence[str], act: "Callable[[Dossier], object]") -> DoneToMany:
    done: list[str] = []
    not_done: list[NotDone] = []
    for dossier_id in dict.fromkeys(dossier_ids):
        with desk.store.reading() as queries:
            dossier = queries.dossier(dossier_id)
        if dossier is None:
            not_done.append(
                NotDone(dossier_code=dossier_id, error=BadInput("dossier_unknown", dossier_code=dossier_id))
            )
            continue
        try:
            act(dossier)
        except (BadInput, RuleRefusal) as refusal:
            if refusal.code == "clock_set_back":
                raise
            not_done.append(NotDone(dossier_code=dossier.dossier_code, error=refusal))
        else:
            done.append(dossier_id)
    return DoneToMany(done=tuple(done), not_done=tuple(not_done))
