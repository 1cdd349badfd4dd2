"""How the blocks of a carry file are sealed: a content key for the recipient, numbered blocks under it."""

import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from counter_protocol.carry import SEAL_TAG, CarryProblem, CarryRefused

_KEY_BYTES = 32
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class BlockSeal:
    """Seals or opens the blocks of one file, each once and in order."""

    def __init__(self, content_key: bytes, head: bytes) -> None:
        self._cipher = ChaCha20Poly1305(content_key)
        self._bound_to = hashlib.sha256(head).digest()
        self._number = 0

    def seal(self, block: bytes, *, last: bool) -> bytes:
        """Return the next block, sealed."""
        return self._cipher.encrypt(self._nonce(last=last), block, self._bound_to)

    def open(self, sealed: bytes, *, last: bool) -> bytes:
        """Return the next block.

        Raises:
            CarryRefused: it is not the next one, or changed; or it is the last one and should not be.
        """
        try:
            return self._cipher.decrypt(self._nonce(last=last), sealed, self._bound_to)
        except InvalidTag:
            raise CarryRefused(CarryProblem.DAMAGED) from None

    def _nonce(self, *, last: bool) -> bytes:
        nonce = self._number.to_bytes(8, "big") + int(last).to_bytes(4, "big")
        self._number += 1
        return nonce


def new_seal(recipient_key: bytes, head: bytes) -> tuple[bytes, BlockSeal]:
    """Return a new content key sealed for an X25519 public key, and the seal it makes."""
    content_key = secrets.token_bytes(_KEY_BYTES)
    public_key = X25519PublicKey.from_public_bytes(recipient_key)
    return _SUITE.encrypt(content_key, public_key, info=SEAL_TAG + head), BlockSeal(content_key, head)


def opened_seal(sealed_key: bytes, private_key: bytes, head: bytes) -> BlockSeal:
    """Return the seal of a file for the holder of an X25519 private key.

    Raises:
        CarryRefused: it was sealed for somebody else, or under another head.
    """
    try:
        key = X25519PrivateKey.from_private_bytes(private_key)
        return BlockSeal(_SUITE.decrypt(sealed_key, key, info=SEAL_TAG + head), head)
    except (InvalidTag, ValueError):
        raise CarryRefused(CarryProblem.WRONG_RECIPIENT) from None
