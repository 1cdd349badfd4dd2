"""Asks for more dossier numbers before today's run out; a counter without any gives provisional ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_app.domain.dossier_code import blocks_of
from counter_app.services.sync.leased_numbers import leased_blocks
from counter_app.sync.answers import Refused
from counter_protocol.messages import BlockReply, BlockRequest
from counter_protocol.refusals import ErrorClass

if TYPE_CHECKING:
    from counter_app.sync.link import Link

BLOCK_SIZE = 200
_USED_UP = 0.8


def ask_when_short(link: Link) -> bool:
    """Lease a block once more than four fifths of today's numbers are given; tell whether it did.

    Raises:
        Refused: by anything but the server having none to give; it is not asked again that day.
    """
    desk = link.desk
    today, counter = desk.clock.now().date(), desk.settings.counter.number
    if link.block_refused_on == today:
        return False
    with desk.store.reading() as queries:
        taken = queries.numbers_taken(today, counter)
        has = sum(len(block) for block in (*blocks_of(counter), *queries.leased_blocks(today)))
    if taken <= _USED_UP * has:
        return False
    wanted = BlockRequest(size=BLOCK_SIZE, today=today.isoformat())
    try:
        reply = link.ask(lambda token: link.gateway.post("/v1/blocks", wanted, BlockReply, token=token))
    except Refused as refused:
        if refused.answer.error_class is not ErrorClass.POISON:
            raise
        link.block_refused_on = today
        return False
    with desk.store.writing() as transaction:
        for leased in leased_blocks(counter, reply.blocks):
            transaction.put_block(leased)
    return True
