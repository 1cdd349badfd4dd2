"""Opens a session: compares the device's chain with the server's, and gives a token for the other calls.

A session request is signed but holds no number the server gave, so one somebody recorded could be sent again.
It would yield a token of that device and nothing else: the line is TLS, so who could record the request could
have recorded the token; a push needs a signature of its own; and a token ends at once when the device is
revoked. The request's clock is therefore told and never judged: a PC whose battery is dead must be able to
report.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from counter_protocol.chain import MAX_CHECKPOINTS, ChainState, compare, newest_common
from counter_protocol.events import GENESIS_HASH
from counter_protocol.messages import Place, SessionReply, SessionRequest, Signed
from counter_protocol.moments import utc_text
from counter_protocol.refusals import Refusal
from counter_protocol.signing import SESSION, BadSignature, verify
from counter_protocol.version import CAPABILITIES, OLDEST_PULL, program_version
from counter_server.blocks.leasing import blocks_of_device
from counter_server.checked_values import checked_number, checked_text
from counter_server.context import ServerContext
from counter_server.devices.audit_tips import check_tips, countersign, tell
from counter_server.devices.authentication import active_device
from counter_server.devices.tokens import Bearer, token_of
from counter_server.events.forks import is_forked, note_fork
from counter_server.events.pull import log_changed
from counter_server.packs.publishing import offers_for
from counter_server.wire_body import Refused, message_of

if TYPE_CHECKING:
    from counter_server.database.connections import Connection

_END = """
SELECT last_seq, last_hash, (SELECT seq FROM office_log WHERE unit = $1) AS office_seq FROM (SELECT 1) AS one
LEFT JOIN chain ON unit = $1 AND device_id = $2 AND epoch = $3
"""
_HASHES = "SELECT seq, hash FROM event WHERE unit = $1 AND device_id = $2 AND epoch = $3 AND seq = ANY($4)"
_SEEN = """
UPDATE device SET seen_at = $3, app_version = $4, clock_ahead_s = $5, cursor = $6
WHERE unit = $1 AND device_id = $2
"""
_MAX_AHEAD_S = 2**31 - 1


async def open_session(context: ServerContext, signed: Signed) -> SessionReply:
    """Answer a signed `SessionRequest`.

    Raises:
        Refused: ``not_a_message``, ``device_unknown``, ``device_revoked``, ``bad_signature``.
    """
    request = message_of(signed.payload, SessionRequest)
    if request.device_id != signed.device_id:
        raise Refused(Refusal.BAD_SIGNATURE, "signed by another device")
    check_request(request)
    now = context.now()
    async with context.database.office(request.unit_code) as connection:
        device = await active_device(connection, request.unit_code, request.device_id)
        try:
            verify(SESSION, device.public_key, signed.payload, signed.signature)
        except BadSignature:
            raise Refused(Refusal.BAD_SIGNATURE) from None
        await connection.execute(
            _SEEN,
            device.unit,
            device.device_id,
            now,
            request.app_version,
            _ahead_s(request.now, now),
            request.cursor,
        )
        standing = await compare_chains(connection, request)
        audit = await countersign(context, connection, request, standing.chain, now)
        packs = await offers_for(connection, device.unit)
        blocks = await blocks_of_device(connection, device.unit, device.device_id, now)
    if standing.chain is ChainState.FORKED:
        await note_fork(context, device.unit, device.device_id, request.epoch)
    if audit.flag is not None:
        await tell(context, device.unit, audit.flag)
    seconds = context.settings.token_seconds
    bearer = Bearer(device.unit, device.device_id, int(now.timestamp()) + seconds, request.protocol)
    return SessionReply(
        chain=standing.chain.value,
        ack=standing.ack,
        common_seq=standing.common_seq,
        token=token_of(context.secrets.tokens, bearer),
        expires_in=seconds,
        now=utc_text(now),
        office_seq=standing.office_seq,
        log_changed=standing.log_changed,
        packs=packs,
        blocks=blocks,
        oldest_pull=OLDEST_PULL,
        capabilities=sorted(CAPABILITIES),
        server_version=program_version(),
        lookup_url=_lookup_url(context.settings.public_url),
        audit_proof=audit.proof,
    )


def _lookup_url(public_url: str) -> str:
    return f"{public_url.rstrip('/')}/tra-cuu" if public_url else ""


def check_request(request: SessionRequest) -> None:
    """Refuse values the database could not hold: ``not_a_message``."""
    for text in (
        request.unit_code,
        request.device_id,
        request.app_version,
        request.audit_tip,
        request.cursor_event,
    ):
        checked_text(text)
    places = [request.last, *request.checkpoints]
    for number in (request.epoch, request.acked_seq, request.cursor, *(place.seq for place in places)):
        checked_number(number)
    if len(places) > MAX_CHECKPOINTS + 1:
        raise Refused(Refusal.NOT_A_MESSAGE, "too many checkpoints")
    check_tips(request)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a counter's chain and the log as it knows it stand to the server's.

    ``ack`` is the server's last place, ``common_seq`` the newest one both have, ``office_seq`` the log's end;
    ``log_changed``: another event has the number of the counter's cursor.
    """

    chain: ChainState
    ack: Place
    common_seq: int
    office_seq: int
    log_changed: bool


async def compare_chains(connection: "Connection", request: SessionRequest) -> Standing:
    """Compare what a counter says of itself with what is here; Refused ``wrong_office``."""
    unit, device_id, epoch = request.unit_code, request.device_id, request.epoch
    end = await connection.fetchrow(_END, unit, device_id, epoch)
    if end is None or end["office_seq"] is None:
        raise Refused(Refusal.WRONG_OFFICE)
    ack = Place(seq=end["last_seq"] or 0, hash=end["last_hash"] or GENESIS_HASH)
    named = {place.seq: place.hash for place in (*request.checkpoints, request.last)}
    rows = await connection.fetch(_HASHES, unit, device_id, epoch, list(named))
    hashes = {row["seq"]: row["hash"] for row in rows}
    chain = compare(
        counter_seq=request.last.seq,
        counter_hash=request.last.hash,
        acked_seq=request.acked_seq,
        server_seq=ack.seq,
        server_hash=ack.hash,
        server_hash_at_counter=hashes.get(request.last.seq),
        counter_hash_at_server=_counter_hash_at(ack, named, hashes),
    )
    if chain in (ChainState.OK, ChainState.SERVER_BEHIND) and await is_forked(
        connection, unit, device_id, epoch
    ):
        chain = ChainState.FORKED
    common = newest_common(list(named.items()), hashes)
    changed = await log_changed(connection, unit, request.cursor, request.cursor_event)
    return Standing(chain, ack, common, end["office_seq"], changed)


def _counter_hash_at(ack: Place, named: dict[int, bytes], hashes: dict[int, bytes]) -> bytes | None:
    """Return the counter's hash at the server's last place.

    Its checkpoints grow sparse, so the place may not be among them. When the nearest earlier one agrees the
    chains are taken for the same; should they not be, the next push says so (`forks`).
    """
    if ack.seq in named:
        return named[ack.seq]
    nearest = max((seq for seq in named if 0 < seq < ack.seq), default=0)
    return ack.hash if nearest == 0 or named[nearest] == hashes.get(nearest) else None


def _ahead_s(claimed: str, now: datetime) -> int:
    """Return the counter's clock minus ours in seconds; 0 when it says nothing readable."""
    try:
        moment = datetime.fromisoformat(claimed)
        ahead = round((moment - now).total_seconds())
    except (ValueError, TypeError):
        return 0
    return max(-_MAX_AHEAD_S, min(_MAX_AHEAD_S, ahead))
