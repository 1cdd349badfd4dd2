# ruff: noqa: D102 - the port says what each method promises
"""Argon2id with the settings RFC 9106 names second: 64 MiB, three passes, four lanes (0.1 to 0.3 s here)."""

import secrets
from collections.abc import Sequence
from functools import cached_property

_SALT_BYTES = 16
_LENGTH = 32
_ITERATIONS = 3
_LANES = 4
_MEMORY_KIB = 64 * 1024
_SETTINGS = f"$argon2id$v=19$m={_MEMORY_KIB},t={_ITERATIONS},p={_LANES}$"


class Argon2Hasher:
    """Implements `services.accounts_port.PasswordHasher`; the library is loaded when it is first asked."""

    def hash(self, password: str) -> str:
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

        argon2 = Argon2id(
            salt=secrets.token_bytes(_SALT_BYTES),
            length=_LENGTH,
            iterations=_ITERATIONS,
            lanes=_LANES,
            memory_cost=_MEMORY_KIB,
        )
        return argon2.derive_phc_encoded(password.encode("utf-8"))

    def matches(self, password: str, kept: str) -> bool:
        from cryptography.exceptions import InvalidKey
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

        try:
            Argon2id.verify_phc_encoded(password.encode("utf-8"), kept or self._nobodys)
        except (InvalidKey, ValueError):
            return False
        return bool(kept)

    def is_dated(self, kept: str) -> bool:
        return not kept.startswith(_SETTINGS)

    def strength(self, password: str, known_words: Sequence[str]) -> int:
        from zxcvbn import zxcvbn

        return int(zxcvbn(password, user_inputs=list(known_words))["score"])

    @cached_property
    def _nobodys(self) -> str:
        """A hash no account has, so that an unknown name takes as long as a known one."""
        return self.hash(secrets.token_urlsafe(_SALT_BYTES))
