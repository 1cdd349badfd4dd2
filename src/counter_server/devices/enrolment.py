"""Makes a counter known: a one-time code for a desk, exchanged for the device's public keys.

The code is kept as an HMAC only. A counter whose answer was lost asks again with the same code and the same
key and is answered the same. Whatever is wrong with a code is told in one way.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from counter_protocol.events import SERVER
from counter_protocol.messages import EnrolReply, EnrolRequest
from counter_protocol.moments import utc_text
from counter_protocol.refusals import Refusal
from counter_server.blocks.leasing import blocks_of_device, give_default_block, take_blocks_back
from counter_server.checked_values import checked_text
from counter_server.context import ServerContext
from counter_server.events.office_log import OfficeLog
from counter_server.wire_body import Refused

if TYPE_CHECKING:
    from counter_server.database.connections import Connection

_ALPHABET = "34679CDFGHJKMNPQRTWXY"  # nothing two eyes or ears confuse
_LENGTH = 12  # 21^12: 52 bits
_VALID = timedelta(days=7)
_COUNTERS = range(1, 10)
_KEY = 32
_ADD_CODE = """
INSERT INTO enrol_code (unit, code_hash, counter, made_at, expires_at, replaces)
VALUES ($1, $2, $3, $4, $5, $6)
"""
_CODE = """
SELECT counter, expires_at, replaces, used_by FROM enrol_code WHERE unit = $1 AND code_hash = $2 FOR UPDATE
"""
_USE = "UPDATE enrol_code SET used_by = $3 WHERE unit = $1 AND code_hash = $2"
_HOLDER = """
SELECT device_id FROM device WHERE unit = $1 AND counter = $2 AND state = 'active' AND device_id <> $3
"""
_KNOWN_AS = "SELECT counter, public_key FROM device WHERE unit = $1 AND device_id = $2"
_KEYS = "SELECT public_key FROM device WHERE unit = $1 AND device_id = $2 AND state = 'active'"
_REVOKE = "UPDATE device SET state = 'revoked' WHERE unit = $1 AND device_id = $2"
_ADD_DEVICE = """
INSERT INTO device (unit, device_id, counter, public_key, sealing_key, app_version, enrolled_at, seen_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
ON CONFLICT (unit, device_id) DO UPDATE SET counter = EXCLUDED.counter,
    public_key = EXCLUDED.public_key, sealing_key = EXCLUDED.sealing_key,
    app_version = EXCLUDED.app_version, enrolled_at = EXCLUDED.enrolled_at,
    seen_at = EXCLUDED.seen_at, state = 'active'
"""


class UnknownOffice(Exception):
    """There is no such office."""


@dataclass(frozen=True, slots=True)
class EnrolCode:
    """A code as it is handed over, ``expires_at`` aware."""

    code: str
    expires_at: datetime


async def make_code(context: ServerContext, unit: str, counter: int, *, replaces: bool = False) -> EnrolCode:
    """Return a new one-time code for a desk of an office.

    Args:
        context: the server.
        unit: the office.
        counter: the desk, 1-9.
        replaces: whether a device that sits at that desk now is to be revoked when the code is used.

    Raises:
        UnknownOffice: there is no such office.
    """
    raw = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    now = context.now()
    made = EnrolCode("-".join((raw[:4], raw[4:8], raw[8:])), now + _VALID)
    async with context.database.admin() as connection:
        if not await connection.fetchval("SELECT EXISTS (SELECT 1 FROM office WHERE unit = $1)", unit):
            raise UnknownOffice
        code_hash = _hash(context, unit, raw)
        await connection.execute(_ADD_CODE, unit, code_hash, counter, now, made.expires_at, replaces)
    return made


async def enrol(context: ServerContext, request: EnrolRequest) -> EnrolReply:
    """Make the counter known.

    Raises:
        Refused: ``enrol_code_refused``; ``counter_taken`` when another device sits at the desk and the code
            does not replace it, or the desk's numbers are leased; ``not_a_message``.
    """
    _check(request)
    unit, now = request.unit_code, context.now()
    async with context.database.office(unit) as connection:
        code_hash = _hash(context, unit, request.code)
        code = await connection.fetchrow(_CODE, unit, code_hash)
        if code is None or code["counter"] != request.counter or code["expires_at"] <= now:
            raise Refused(Refusal.ENROL_CODE_REFUSED)
        if code["used_by"] is None:
            await _seat(await OfficeLog.lock(connection, unit), request, now, replaces=code["replaces"])
            await connection.execute(_USE, unit, code_hash, request.device_id)
        elif not await _same_device(connection, request, code["used_by"]):
            raise Refused(Refusal.ENROL_CODE_REFUSED)
        office = await connection.fetchrow("SELECT name, province FROM office WHERE unit = $1", unit)
        return EnrolReply(
            office_name=office["name"],
            province=office["province"],
            signing_key=context.secrets.signing_public,
            sealing_key=context.secrets.sealing_public,
            blocks=await blocks_of_device(connection, unit, request.device_id, now),
            now=utc_text(now),
        )


async def _same_device(connection: "Connection", request: EnrolRequest, used_by: str) -> bool:
    key = await connection.fetchval(_KEYS, request.unit_code, request.device_id)
    return used_by == request.device_id and key is not None and hmac.compare_digest(key, request.public_key)


async def _seat(log: OfficeLog, request: EnrolRequest, now: datetime, *, replaces: bool) -> None:
    """Give the desk to the device; whoever sat there goes, with its numbers."""
    unit, connection = request.unit_code, log.connection
    known = await connection.fetchrow(_KNOWN_AS, unit, request.device_id)
    if known and known["counter"] != request.counter and known["public_key"] != request.public_key:
        raise Refused(Refusal.COUNTER_TAKEN, "the device sits at another desk, with another key")
    holder = await connection.fetchval(_HOLDER, unit, request.counter, request.device_id)
    if holder is not None:
        if not replaces:
            raise Refused(Refusal.COUNTER_TAKEN)
        await connection.execute(_REVOKE, unit, holder)
        await take_blocks_back(log, holder, now)
    await connection.execute(
        _ADD_DEVICE,
        unit,
        request.device_id,
        request.counter,
        request.public_key,
        request.sealing_key or None,
        request.app_version,
        now,
    )
    await give_default_block(log, request.device_id, request.counter, now)


def _check(request: EnrolRequest) -> None:
    for text in (request.unit_code, request.device_id, request.app_version, request.code):
        checked_text(text)
    keys = len(request.public_key) == _KEY and len(request.sealing_key) in (0, _KEY)
    # The fold believes whatever the server's own device says.
    named = request.device_id not in ("", SERVER)
    if not named or not keys or request.counter not in _COUNTERS:
        raise Refused(Refusal.NOT_A_MESSAGE, "device, keys or counter")


def _hash(context: ServerContext, unit: str, code: str) -> bytes:
    """Return what is kept of a code; case, spaces and dashes do not matter."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hmac.digest(context.secrets.enrolment, f"{unit}\x00{plain}".encode(), sha256)
