"""The server's own keys: made once, kept in its database."""

import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from counter_protocol.signing import new_private_key, public_key_of
from counter_server.database.connections import Database

_READ = "SELECT name, value FROM server_secret"
_KEEP = "INSERT INTO server_secret (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING"


@dataclass(frozen=True, slots=True, repr=False)
class ServerSecrets:
    """``signing`` Ed25519, ``sealing`` X25519 private keys; ``tokens`` and ``enrolment`` keys of HMACs."""

    signing: bytes
    sealing: bytes
    tokens: bytes
    enrolment: bytes

    @property
    def signing_public(self) -> bytes:
        """The key counters check carry files with."""
        return public_key_of(self.signing)

    @property
    def sealing_public(self) -> bytes:
        """The key counters seal carry files for."""
        return X25519PrivateKey.from_private_bytes(self.sealing).public_key().public_bytes_raw()


async def load(database: Database) -> ServerSecrets:
    """Return the keys; whichever process comes first makes them."""
    made = {
        "signing": new_private_key(),
        "sealing": X25519PrivateKey.generate().private_bytes_raw(),
        "tokens": secrets.token_bytes(32),
        "enrolment": secrets.token_bytes(32),
    }
    async with database.admin() as connection:
        await connection.executemany(_KEEP, list(made.items()))
        kept = {row["name"]: bytes(row["value"]) for row in await connection.fetch(_READ)}
    return ServerSecrets(**{name: kept[name] for name in made})
