"""Who is asking: the token of a session, and the device it names as it stands now."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counter_protocol.refusals import Refusal
from counter_server.context import ServerContext
from counter_server.devices.tokens import Bearer, bearer_of
from counter_server.wire_body import AnyRequest, Refused

if TYPE_CHECKING:
    from counter_server.database.connections import Connection

_SCHEME = "Bearer "
_DEVICE = """
SELECT counter, public_key, sealing_key, state, clock_ahead_s FROM device WHERE unit = $1 AND device_id = $2
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """An active device; ``clock_ahead_s`` is its clock minus ours at its last session."""

    unit: str
    device_id: str
    counter: int
    public_key: bytes = field(repr=False)
    sealing_key: bytes = field(repr=False)
    clock_ahead_s: int


def context_of(request: AnyRequest) -> ServerContext:
    """Return what the server works with."""
    context: ServerContext = request.app.state.context
    return context


def bearer_in(request: AnyRequest) -> Bearer:
    """Return whom the request's token names, without asking the database.

    Raises:
        Refused: ``token_missing``, ``token_expired``.
    """
    header = request.headers.get("authorization", "")
    if not header.startswith(_SCHEME):
        raise Refused(Refusal.TOKEN_MISSING)
    context = context_of(request)
    return bearer_of(context.secrets.tokens, header[len(_SCHEME) :], context.now().timestamp())


async def active_device(connection: "Connection", unit: str, device_id: str) -> Device:
    """Return a device of the connection's office.

    Raises:
        Refused: ``device_unknown``, ``device_revoked``.
    """
    row = await connection.fetchrow(_DEVICE, unit, device_id)
    if row is None:
        raise Refused(Refusal.DEVICE_UNKNOWN)
    if row["state"] != "active":
        raise Refused(Refusal.DEVICE_REVOKED)
    return Device(
        unit=unit,
        device_id=device_id,
        counter=row["counter"],
        public_key=row["public_key"],
        sealing_key=row["sealing_key"] or b"",
        clock_ahead_s=row["clock_ahead_s"],
    )


async def device_in(request: AnyRequest) -> Device:
    """Return the active device a request comes from.

    Raises:
        Refused: ``token_missing``, ``token_expired``, ``device_unknown``, ``device_revoked``.
    """
    bearer = bearer_in(request)
    async with context_of(request).database.office(bearer.unit) as connection:
        return await active_device(connection, bearer.unit, bearer.device_id)
