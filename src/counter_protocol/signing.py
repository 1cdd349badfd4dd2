"""Ed25519 signatures over what a device or the server says; each purpose signs under its own tag."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from counter_protocol.messages import Signed

SESSION = b"one-stop-counter/session/1\x00"
PUSH = b"one-stop-counter/push/1\x00"
CARRY_UP = b"one-stop-counter/carry-up/1\x00"
CARRY_DOWN = b"one-stop-counter/carry-down/1\x00"
AUDIT_TIP = b"one-stop-counter/audit-tip/1\x00"


class BadSignature(Exception):
    """Somebody else said it, or it was changed on the way."""


def new_private_key() -> bytes:
    """Return a new Ed25519 private key, 32 bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key_of(private_key: bytes) -> bytes:
    """Return the 32-byte public key; ValueError when `private_key` is none."""
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def sign(purpose: bytes, private_key: bytes, content: bytes) -> bytes:
    """Return the 64-byte signature of `content` for a purpose."""
    return Ed25519PrivateKey.from_private_bytes(private_key).sign(purpose + content)


def verify(purpose: bytes, public_key: bytes, content: bytes, signature: bytes) -> None:
    """Check a signature.

    Raises:
        BadSignature: it is not that key's, not of this purpose, or not of this content.
    """
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, purpose + content)
    except (InvalidSignature, ValueError) as error:
        raise BadSignature from error


def signed(purpose: bytes, private_key: bytes, device_id: str, payload: bytes) -> Signed:
    """Return a payload with its signature."""
    return Signed(device_id=device_id, payload=payload, signature=sign(purpose, private_key, payload))
