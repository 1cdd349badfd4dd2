"""Tokens of a session: who it is and until when, under the server's key. Nothing is kept about them.

A token is bound to its device; whether the device is still welcome is asked at each request, so that a lost
or replaced machine is out at once and not when its token expires.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from counter_protocol.refusals import Refusal
from counter_server.wire_body import Refused

_TAG = b"one-stop-counter/token/1\x00"
_MAC = 32


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who a token names. ``expires_at`` in seconds since 1970; ``protocol`` is what the counter speaks."""

    unit: str
    device_id: str
    expires_at: int
    protocol: int


_decoder = msgspec.msgpack.Decoder(Bearer)


def token_of(key: bytes, bearer: Bearer) -> str:
    """Return the token."""
    content = msgspec.msgpack.encode(bearer)
    return urlsafe_b64encode(_mac(key, content) + content).decode("ascii")


def bearer_of(key: bytes, token: str, now: float) -> Bearer:
    """Return whom a token names.

    Raises:
        Refused: ``token_missing`` when it is none of ours, ``token_expired``.
    """
    try:
        raw = urlsafe_b64decode(token.encode("ascii"))
    except ValueError:
        raise Refused(Refusal.TOKEN_MISSING) from None
    mac, content = raw[:_MAC], raw[_MAC:]
    if not hmac.compare_digest(mac, _mac(key, content)):
        raise Refused(Refusal.TOKEN_MISSING)
    bearer = _decoder.decode(content)
    if bearer.expires_at <= now:
        raise Refused(Refusal.TOKEN_EXPIRED)
    return bearer


def _mac(key: bytes, content: bytes) -> bytes:
    return hmac.digest(key, _TAG + content, sha256)
