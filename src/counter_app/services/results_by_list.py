"""Results that come back together: entered for several dossiers in one act."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.dossier_acts import EnterResult
from counter_app.services.clock_check import require_clock
from counter_app.services.desk import Desk
from counter_app.services.transfer_lists import (
    LeftOut,
    ListEntry,
    checked_entries,
    do_all,
    refuse_or_go_on,
)

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredResults:
    """The codes of the dossiers that have their result now, and what was left out by consent."""

    dossier_codes: tuple[str, ...]
    left_out: tuple[LeftOut, ...] = ()


def enter_results(
    desk: Desk,
    entries: Sequence[ListEntry],
    *,
    clerk: str = "",
    leave_out_refused: bool = False,
    clock_confirmed: bool = False,
) -> EnteredResults:
    """Note that these results are there, each called as its procedure calls it; `entry` is its number.

    Raises:
        BadInput: ``list_empty``, ``list_too_long``, ``dossier_unknown``, ``entry_too_long``.
        RuleRefusal: ``list_has_refused``, ``clock_set_back``.
        EnvironmentProblem: as `Store.writing`, ``definition_missing``.
    """
    wanted = checked_entries(entries)
    at = desk.clock.now().replace(microsecond=0)

    def request(_dossier: "Dossier", number: str) -> EnterResult:
        return EnterResult(number=number)

    with desk.store.writing() as transaction:
        if not clock_confirmed:
            require_clock(transaction, at)
        done, left_out = do_all(transaction, desk, wanted, request, clerk=clerk or desk.clerk, at=at)
        refuse_or_go_on(done, left_out, leave_out_refused=leave_out_refused)
    codes = tuple(dossier.dossier_code for dossier, _number in done)
    return EnteredResults(dossier_codes=codes, left_out=left_out)
