"""Does what a comparison of the counter's chain and log with the server's asks for, however it came.

A counter that was put back goes on in a new epoch and gets its own lost events from the log; a server that
was put back is told again what it lost. Neither loses anything, because every event keeps its id.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_protocol.chain import ChainState

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Ids, Queries, Transaction

_WALKED_UNTIL = "sync.walked_until"
_EPOCH_STEP = 2**24  # two machines with one identity must not choose the same new epoch


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the server said: as in `SessionReply`; ``chain`` is a `ChainState` or a newer server's word."""

    chain: str
    ack_seq: int
    common_seq: int
    office_seq: int
    log_changed: bool


def settle_chain(
    transaction: "Transaction", desk: "Desk", compared: Compared, *, just_begun: bool = False
) -> bool:
    """Put the counter right; False when the chains must be compared once more.

    ``just_begun``: the epoch was begun in this exchange, so the server was not put back since.
    """
    if compared.chain == ChainState.SERVER_BEHIND:
        transaction.unack(compared.ack_seq)
        _walk_anew(transaction, compared)
        return False
    if compared.chain in (ChainState.COUNTER_BEHIND, ChainState.FORKED):
        present = transaction.chain_end().epoch
        transaction.begin_epoch(epoch_after(desk.ids, present), compared.common_seq)
        return False
    if compared.log_changed or compared.office_seq < transaction.cursor():
        _walk_anew(transaction, compared)  # its numbers mean other events now
        transaction.unack(compared.ack_seq)
    elif compared.ack_seq == 0 and not just_begun:
        # Of an epoch that is not yet there, nobody can tell whether the earlier ones still are.
        transaction.unack(0)
    return True


def walks_anew(queries: "Queries") -> bool:
    """Tell whether the log is being read once more, own events included: they may have other numbers now.

    A request that was long on its way may have told the server again what it had lost, before we could.
    """
    return queries.cursor() < int(queries.setting(_WALKED_UNTIL) or 0)


def _walk_anew(transaction: "Transaction", compared: Compared) -> None:
    transaction.rewind_cursor()
    transaction.put_setting(_WALKED_UNTIL, str(compared.office_seq))
    transaction.unack_uploads()


def epoch_after(ids: "Ids", present: int) -> int:
    """Return the epoch to go on in after the present one; random, for another machine may choose one too."""
    return present + 1 + int.from_bytes(ids.new_salt()[-4:], "big") % _EPOCH_STEP
