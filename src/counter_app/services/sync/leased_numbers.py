"""Numbers the server leased to this counter, as they come over the line or on a stick."""

from collections.abc import Sequence
from datetime import date

from counter_app.domain.dossier_code import NumberBlock, blocks_of
from counter_app.domain.errors import BadInput
from counter_app.services.sync_port import LeasedBlock
from counter_protocol.messages import NumberBlock as BlockMessage


def leased_blocks(counter: int, blocks: Sequence[BlockMessage]) -> list[LeasedBlock]:
    """Return the leased blocks as the store keeps them; the counter's own is its own without a lease.

    A number this program could not print must not be given, so a block with such numbers is left out.
    """
    leased: list[LeasedBlock] = []
    for block in blocks:
        try:
            numbers = NumberBlock(block.first, block.last)
            until = date.fromisoformat(block.until_day) if block.until_day else None
            kept = LeasedBlock(block=numbers, from_day=date.fromisoformat(block.from_day), until_day=until)
        except (BadInput, ValueError):
            continue
        if numbers not in blocks_of(counter):
            leased.append(kept)
    return leased
