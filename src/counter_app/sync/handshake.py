"""Opens a session: says where the counter's chain stands, and puts right what the comparison shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.domain.dossier_code import is_lookup_url
from counter_app.services.audit.countersigned import keep_countersignature
from counter_app.services.sync.leased_numbers import leased_blocks
from counter_app.services.sync.settle_chain import Compared, settle_chain
from counter_app.services.sync.standing_place import standing_place
from counter_protocol import signing, wire
from counter_protocol.messages import SessionReply

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.sync_port import Enrolment
    from counter_app.sync.gateway import Gateway


def ask(desk: Desk, enrolment: Enrolment, gateway: Gateway) -> SessionReply:
    """Return the server's answer to where this counter stands; Refused."""
    with desk.store.reading() as queries:
        request = standing_place(desk, queries, enrolment)
    payload = wire.to_bytes(request)
    message = signing.signed(signing.SESSION, enrolment.private_key, enrolment.device_id, payload)
    reply = gateway.post("/v1/session", message, SessionReply)
    keep_countersignature(desk, enrolment, request.audit_end, reply)
    return reply


def settle(desk: Desk, reply: SessionReply, *, just_begun: bool = False) -> bool:
    """Take in what the answer says beside the chain, then `settle_chain`; returns what that does."""
    compared = Compared(
        chain=reply.chain,
        ack_seq=reply.ack.seq,
        common_seq=reply.common_seq,
        office_seq=reply.office_seq,
        log_changed=reply.log_changed,
    )
    with desk.store.writing() as transaction:
        ahead = clock_ahead_s(desk.clock.now(), reply.now)
        if ahead is not None:
            transaction.note_clock(ahead)
        for leased in leased_blocks(desk.settings.counter.number, reply.blocks):
            transaction.put_block(leased)
        agreed = settle_chain(transaction, desk, compared, just_begun=just_begun)
    _keep_lookup_url(desk, reply.lookup_url)
    return agreed


def _keep_lookup_url(desk: Desk, lookup_url: str) -> None:
    """Let slips from now on lead to the public page; older ones keep what was printed on them."""
    settings = desk.settings
    if lookup_url != settings.office.lookup_url and (not lookup_url or is_lookup_url(lookup_url)):
        changed = replace(settings, office=replace(settings.office, lookup_url=lookup_url))
        desk.save_settings(changed, act="server_address_learned")  # nobody at the desk did it


def clock_ahead_s(own: datetime, server: str) -> int | None:
    """Return by how many seconds the own clock is ahead; None when the server's time cannot be read."""
    try:
        there = datetime.fromisoformat(server)
    except ValueError:
        return None
    return round((own - there).total_seconds()) if there.tzinfo is not None else None
