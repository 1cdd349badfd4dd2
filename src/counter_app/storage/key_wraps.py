"""Sealed copies of the database key: AES-256-GCM under a passphrase (Argon2id) or a recovery code (HKDF).

The seal covers the key's fingerprint, the kind and the version, and what comes out must have that
fingerprint: whatever is changed in a copy, it opens nothing rather than another key. How a passphrase was
stretched stands beside each copy, so that stronger settings leave older copies readable; bounds keep a
changed record from asking for a machine's whole memory.
"""

import hmac
import json
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime

from counter_app.domain.errors import BadInput, EnvironmentProblem
from counter_app.domain.recovery_code import read_code
from counter_app.services.keys_port import WrapInfo, WrapKind
from counter_app.storage.key_places import KEY_BYTES, fingerprint

VERSION = 1
MOST = 32  # sealed copies in one record
_SALT_BYTES = 16
_NONCE_BYTES = 12
_ARGON2 = {"name": "argon2id", "memory_kib": 64 * 1024, "passes": 3, "lanes": 4}
_MOST = {"memory_kib": 1024 * 1024, "passes": 20, "lanes": 16}
_HKDF = {"name": "hkdf-sha256"}
_INFO = b"one-stop-counter/recovery-code/1"

Wrap = Mapping[str, object]


def seal(key: bytes, kind: WrapKind, secret: str, at: datetime) -> dict[str, object]:
    """Return a sealed copy of the key as a part of the record.

    Raises:
        BadInput: as `recovery_code.read_code` for a code.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    settings = dict(_ARGON2 if kind is WrapKind.PASSPHRASE else _HKDF)
    settings["salt"] = secrets.token_hex(_SALT_BYTES)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealing = _stretched(kind, secret, settings)
    sealed = AESGCM(sealing).encrypt(nonce, key, _covered(kind, fingerprint(key)))
    return {
        "id": secrets.token_hex(8),
        "kind": kind.value,
        "version": VERSION,
        "fingerprint": fingerprint(key),
        "made_at": at.isoformat(),
        "kdf": settings,
        "nonce": nonce.hex(),
        "sealed": sealed.hex(),
    }


def unseal(wrap: Wrap, secret: str) -> bytes | None:
    """Return the key, or None when the secret is another one or the copy is damaged.

    A code with a slip in it is another one too: ask `recovery_code.read_code` first to tell where.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        kind, told = WrapKind(str(wrap["kind"])), str(wrap["fingerprint"])
        nonce, sealed = bytes.fromhex(str(wrap["nonce"])), bytes.fromhex(str(wrap["sealed"]))
        settings = wrap["kdf"]
        if wrap["version"] != VERSION or not isinstance(settings, Mapping):
            return None
        key = AESGCM(_stretched(kind, secret, settings)).decrypt(nonce, sealed, _covered(kind, told))
    except (InvalidTag, KeyError, MemoryError, TypeError, ValueError, BadInput):
        return None
    if len(key) != KEY_BYTES or not hmac.compare_digest(fingerprint(key).encode(), told.encode("utf-8")):
        return None
    return key


def first_opened(wraps: Iterable[Wrap], kind: WrapKind, secret: str) -> bytes | None:
    """Return the key of the first copy of that kind the secret opens, or None."""
    keys = (unseal(wrap, secret) for wrap in wraps if wrap.get("kind") == kind.value)
    return next((key for key in keys if key is not None), None)


def wraps_in(record: Mapping[str, object]) -> list[dict[str, object]]:
    """Return the sealed copies a record or a document holds; what is none is passed over.

    No more than `MOST` are looked at: each may cost an Argon2 run, and a stick may bring any number.
    """
    found = record.get("wraps")
    return [dict(each) for each in found[:MOST] if isinstance(each, dict)] if isinstance(found, list) else []


def info(wrap: Wrap) -> WrapInfo | None:
    """Return what may be told of a sealed copy, or None for one of a kind this version does not know."""
    try:
        return WrapInfo(
            wrap_id=str(wrap["id"]),
            kind=WrapKind(str(wrap["kind"])),
            made_at=datetime.fromisoformat(str(wrap["made_at"])),
        )
    except (KeyError, ValueError):
        return None


def document(record: Mapping[str, object]) -> bytes:
    """Return the sealed copies for a backup of a database that opens with the record's key."""
    told = {"version": VERSION, "fingerprint": record.get("fingerprint"), "wraps": wraps_in(record)}
    return json.dumps(told, sort_keys=True).encode("utf-8")


def key_of_document(content: bytes, kind: WrapKind, secret: str) -> bytes | None:
    """Return the key of a backup's sealed copies, or None when the secret does not open them.

    Raises:
        EnvironmentProblem: ``key_record_damaged``: it is no such document.
    """
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise EnvironmentProblem("key_record_damaged") from None
    if not isinstance(told, dict):
        raise EnvironmentProblem("key_record_damaged")
    key = first_opened(wraps_in(told), kind, secret)
    return key if key is not None and fingerprint(key) == told.get("fingerprint") else None


def _covered(kind: WrapKind, told: str) -> bytes:
    return b"\x00".join(
        (b"one-stop-counter/key-wrap", str(VERSION).encode(), kind.value.encode(), told.encode("utf-8"))
    )


def _stretched(kind: WrapKind, secret: str, settings: Mapping[str, object]) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    salt = bytes.fromhex(str(settings["salt"]))
    if kind is WrapKind.RECOVERY:
        # 140 random bits: there is nothing to stretch.
        if settings["name"] != _HKDF["name"]:
            raise ValueError("another derivation")
        return HKDF(SHA256(), KEY_BYTES, salt, _INFO).derive(read_code(secret).encode("ascii"))
    numbers = {name: settings[name] for name in _MOST}
    if settings["name"] != _ARGON2["name"] or not _are_sane(numbers):
        raise ValueError("another derivation")
    return Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=int(str(numbers["passes"])),
        lanes=int(str(numbers["lanes"])),
        memory_cost=int(str(numbers["memory_kib"])),
    ).derive(same_letters(secret).encode("utf-8"))


def same_letters(passphrase: str) -> str:
    """Return a passphrase as every keyboard and input method would have given it."""
    return unicodedata.normalize("NFKC", passphrase).strip()


def _are_sane(numbers: Mapping[str, object]) -> bool:
    return all(type(value) is int and 0 < value <= _MOST[name] for name, value in numbers.items())
