"""Opens a session: says where the counter's chain stands, and puts right what the comparison shows.

A counter that was put back goes on in a new epoch and gets its own lost events from the log; a server that
was put back is told again what it lost. Neither loses anything, because every event keeps its id.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib import metadata
from typing import TYPE_CHECKING

from counter_app.domain.dossier_code import NumberBlock, blocks_of
from counter_app.domain.errors import BadInput
from counter_app.services.sync_port import LeasedBlock
from counter_protocol import signing, wire
from counter_protocol.chain import ChainState, checkpoint_places
from counter_protocol.messages import NumberBlock as BlockMessage
from counter_protocol.messages import PackHeld, Place, SessionReply, SessionRequest
from counter_protocol.version import CAPABILITIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from counter_app.domain.data_pack import PackVersion
    from counter_app.services.desk import Desk
    from counter_app.services.sync_port import Enrolment
    from counter_app.sync.gateway import Gateway

_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
_EPOCH_STEP = 2**24  # two machines with one identity must not choose the same new epoch


def ask(desk: Desk, enrolment: Enrolment, gateway: Gateway) -> SessionReply:
    """Return the server's answer to where this counter stands; Refused."""
    with desk.store.reading() as queries:
        end = queries.chain_end()
        places = queries.chain_places(checkpoint_places(end.seq))
        acked, cursor = queries.acked_seq(), queries.cursor()
    request = SessionRequest(
        unit_code=enrolment.unit_code,
        device_id=enrolment.device_id,
        epoch=end.epoch,
        last=Place(seq=end.seq, hash=end.hash),
        acked_seq=acked,
        cursor=cursor,
        now=utc_text(desk.clock.now()),
        checkpoints=[Place(seq=place.seq, hash=place.hash) for place in places],
        packs=[
            PackHeld(kind=pack.info.kind, version=number_of(pack.info.version), unit=pack.info.unit)
            for pack in desk.packs.installed()
        ],
        app_version=app_version(),
        capabilities=sorted(CAPABILITIES),
    )
    payload = wire.to_bytes(request)
    message = signing.signed(signing.SESSION, enrolment.private_key, enrolment.device_id, payload)
    return gateway.post("/v1/session", message, SessionReply)


def settle(desk: Desk, reply: SessionReply, *, just_begun: bool = False) -> bool:
    """Do what the answer asks for; False when the chains must be compared once more.

    ``just_begun``: the epoch was begun in this exchange, so the server was not put back since.
    """
    with desk.store.writing() as transaction:
        ahead = clock_ahead_s(desk.clock.now(), reply.now)
        if ahead is not None:
            transaction.note_clock(ahead)
        for leased in leased_blocks(desk.settings.counter.number, reply.blocks):
            transaction.put_block(leased)
        if reply.chain == ChainState.SERVER_BEHIND:
            transaction.unack(reply.ack.seq)
            transaction.rewind_cursor()
            return False
        if reply.chain in (ChainState.COUNTER_BEHIND, ChainState.FORKED):
            transaction.begin_epoch(_new_epoch(desk, transaction.chain_end().epoch), reply.common_seq)
            return False
        if reply.office_seq < transaction.cursor():
            transaction.rewind_cursor()
            transaction.unack(reply.ack.seq)
        elif reply.ack.seq == 0 and not just_begun:
            # Of an epoch that is not yet there, nobody can tell whether the earlier ones still are.
            transaction.unack(0)
    return True


def leased_blocks(counter: int, blocks: Sequence[BlockMessage]) -> list[LeasedBlock]:
    """Return the leased blocks as the store keeps them; the counter's own is its own without a lease."""
    leased: list[LeasedBlock] = []
    for block in blocks:
        try:
            numbers = NumberBlock(block.first, block.last)
            until = date.fromisoformat(block.until_day) if block.until_day else None
            kept = LeasedBlock(block=numbers, from_day=date.fromisoformat(block.from_day), until_day=until)
        except (BadInput, ValueError):
            continue  # a number this program could not print must not be given
        if numbers not in blocks_of(counter):
            leased.append(kept)
    return leased


def clock_ahead_s(own: datetime, server: str) -> int | None:
    """Return by how many seconds the own clock is ahead; None when the server's time cannot be read."""
    try:
        there = datetime.fromisoformat(server)
    except ValueError:
        return None
    return round((own - there).total_seconds()) if there.tzinfo is not None else None


def utc_text(moment: datetime) -> str:
    """Return a moment as it travels."""
    return moment.astimezone(UTC).strftime(_MOMENT)


def number_of(version: PackVersion) -> int:
    """Return a pack's version as one number that orders as versions do."""
    return version.year * 1_000_000 + version.month * 10_000 + version.number


def app_version() -> str:
    """Return the program's version, "" where it was not installed as a package."""
    try:
        return metadata.version("quay-mot-cua")
    except metadata.PackageNotFoundError:
        return ""


def _new_epoch(desk: Desk, present: int) -> int:
    return present + 1 + int.from_bytes(desk.ids.new_salt()[-4:], "big") % _EPOCH_STEP
