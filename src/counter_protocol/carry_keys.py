"""The key carry files to a counter are sealed for: made from its signing key, the one secret to keep."""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_LABEL = b"one-stop-counter/carry-sealing-key/1"


def sealing_private_of(private_key: bytes) -> bytes:
    """Return the 32-byte X25519 private key that belongs to a device's Ed25519 private key."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_LABEL).derive(private_key)


def sealing_public_of(private_key: bytes) -> bytes:
    """Return the X25519 public key for `EnrolRequest.sealing_key`, from the Ed25519 private key."""
    return public_of(sealing_private_of(private_key))


def public_of(sealing_private: bytes) -> bytes:
    """Return the public half of an X25519 private key."""
    return X25519PrivateKey.from_private_bytes(sealing_private).public_key().public_bytes_raw()
