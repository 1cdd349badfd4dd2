"""Keys the database had before, each sealed under the one it has now: for backups of their time."""

import secrets
from collections.abc import Mapping

from counter_app.storage import key_record, key_store
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.key_places import fingerprint
from counter_app.storage.key_record import Record

_MOST = 20
_NONCE_BYTES = 12


def former_key(folder: DataFolder, print_of_key: str) -> bytes | None:
    """Return a key this folder had before, or None when it never had it or its copy is damaged.

    Raises:
        EnvironmentProblem: as `key_store.load`.
    """
    key = key_store.load(folder).secret
    return _opened(key_record.read(folder), key).get(print_of_key)


def sealed_anew(record: Mapping[str, object], old: bytes | None, new: bytes) -> list[Record]:
    """Return the old key and those before it, the newest first, as a record keeps them under the new."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if old is None:
        return []
    keys = {fingerprint(old): old} | _opened(record, old)
    sealed: list[Record] = []
    for told, key in list(keys.items())[:_MOST]:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        closed = nonce + AESGCM(new).encrypt(nonce, key, _covered(told))
        sealed.append({"fingerprint": told, "sealed": closed.hex()})
    return sealed


def _opened(record: Mapping[str, object], key: bytes) -> dict[str, bytes]:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    found = record.get("former")
    opened: dict[str, bytes] = {}
    for each in found if isinstance(found, list) else []:
        try:
            told, closed = str(each["fingerprint"]), bytes.fromhex(str(each["sealed"]))
            former = AESGCM(key).decrypt(closed[:_NONCE_BYTES], closed[_NONCE_BYTES:], _covered(told))
        except (InvalidTag, KeyError, TypeError, ValueError):
            continue
        if fingerprint(former) == told:
            opened[told] = former
    return opened


def _covered(print_of_key: str) -> bytes:
    return b"one-stop-counter/former-key/1\x00" + print_of_key.encode("utf-8")
