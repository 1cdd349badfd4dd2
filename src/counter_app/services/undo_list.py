"""Takes a whole hand-over list back while it is nowhere on paper and nobody signed for it."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from counter_app.domain.errors import RuleRefusal
from counter_app.domain.transfer_list import ListKind
from counter_app.services.act_on_many import DoneToMany, NotDone
from counter_app.services.acts.undo import list_of, undo
from counter_app.services.transfer_lists import list_there

if TYPE_CHECKING:
    from counter_app.domain.transfer_list import ListSummary, TransferItem
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries


def undoable_lists(queries: "Queries", made: "Iterable[ListSummary]", today: date) -> frozenset[str]:
    """Return the ids of the lists `undo_list` may take back: made today, neither printed nor signed."""
    return frozenset(
        each.list_id
        for each in made
        if each.kind is ListKind.HAND_OVER
        and each.count
        and each.acknowledged_at is None
        and each.at.date() == today
        and all(copy.outcome == "failed" for copy in queries.prints(each.list_id))
    )


def undo_list(desk: "Desk", list_id: str, *, clerk: str = "") -> DoneToMany:
    """Take the hand-over of each dossier of the list back, each in its own transaction.

    A dossier with which something was done since stays as it is and is named in the answer.

    Raises:
        BadInput: ``list_unknown``.
        RuleRefusal: ``clock_set_back``.
        EnvironmentProblem: as `Store.writing`; what was taken back before stays so.
    """
    with desk.store.reading() as queries:
        items = list_there(queries.transfer_list(list_id)).standing
    done: list[str] = []
    not_done: list[NotDone] = []
    for item in items:
        try:
            _take_off(desk, list_id, item, clerk)
        except RuleRefusal as refusal:
            if refusal.code == "clock_set_back":
                raise
            not_done.append(NotDone(dossier_code=item.dossier_code, error=refusal))
        else:
            done.append(item.dossier_id)
    return DoneToMany(done=tuple(done), not_done=tuple(not_done))


def _take_off(desk: "Desk", list_id: str, item: "TransferItem", clerk: str) -> None:
    with desk.store.reading() as queries:
        last = queries.last_act(item.dossier_id)
        dossier = queries.dossier(item.dossier_id)
    if last is None or dossier is None or list_of(last[0]) != list_id:
        raise RuleRefusal("nothing_to_undo")
    # The revision keeps what is done meanwhile from being taken back in its place.
    undo(desk, item.dossier_id, clerk=clerk, seen_rev=dossier.life.rev)
