"""The database key: random, in the system's keyring, or in a private file where there is none.

``key.json`` in the data folder records where the key is, so a later start looks there and nowhere
else: a keyring that is gone means "unlock it", never a new key over an old database. The record also
holds a fingerprint of the key, which tells a wrong key from a damaged file, and whether a database
was ever opened with it, which tells a lost database from a first set-up that was interrupted.
"""

import contextlib
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from enum import StrEnum

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage.data_folder import DataFolder, write_private
from counter_app.storage.engine import KEY_BYTES

SERVICE = "quay-mot-cua"


class KeyPlace(StrEnum):
    """Where the key is kept; a file protects only as well as the disk's own encryption."""

    KEYRING = "keyring"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class DatabaseKey:
    """The key and where it came from; its text never shows the key."""

    secret: bytes = field(repr=False)
    where: KeyPlace


def fingerprint(secret: bytes) -> str:
    """Return 16 hex digits that recognise the key and tell nothing about it."""
    return hashlib.sha256(b"one-stop-counter/database-key/1\x00" + secret).hexdigest()[:16]


def recorded_fingerprint(folder: DataFolder) -> str | None:
    """Return the fingerprint of the key the folder was set up with, or None when none is recorded."""
    return None if not folder.key_record.exists() else str(_record(folder)["fingerprint"])


def obtain(folder: DataFolder, *, use_keyring: bool = True) -> DatabaseKey:
    """Return the folder's key; make one first when the folder has never had one and no database.

    The caller holds the folder's lock: two programs must not make a key each.

    Raises:
        EnvironmentProblem: as `load`; ``database_key_missing`` also when a database exists without
            a record of its key; ``folder_not_writable``.
    """
    if folder.key_record.exists():
        return load(folder)
    if folder.database.exists():
        raise EnvironmentProblem("database_key_missing", where="")
    secret = secrets.token_bytes(KEY_BYTES)
    entry = f"database-{secrets.token_hex(8)}"
    where = KeyPlace.KEYRING if use_keyring and _put_in_keyring(entry, secret) else KeyPlace.FILE
    record = {"entry": entry, "fingerprint": fingerprint(secret), "version": 1, "where": where.value}
    try:
        if where is KeyPlace.FILE:
            write_private(folder.key_file, secret.hex().encode("ascii"))
        write_private(folder.key_record, json.dumps(record).encode("utf-8"))
    except OSError as error:
        raise EnvironmentProblem("folder_not_writable") from error
    return DatabaseKey(secret, where)


def had_database(folder: DataFolder) -> bool:
    """Tell whether a database was ever opened with the recorded key."""
    return folder.key_record.exists() and bool(_whole_record(folder).get("database_made"))


def record_database(folder: DataFolder) -> None:
    """Note in the record that the folder has a database now; nothing happens without a record.

    The database is open and works, so a record that cannot be written is left for the next start.
    """
    if not folder.key_record.exists() or had_database(folder):
        return
    record = _whole_record(folder) | {"database_made": True}
    with contextlib.suppress(OSError):
        write_private(folder.key_record, json.dumps(record).encode("utf-8"))


def load(folder: DataFolder) -> DatabaseKey:
    """Return the key from the recorded place.

    Raises:
        EnvironmentProblem: ``not_set_up`` when no key was ever made here; ``database_key_missing``
            with ``where`` when the recorded place has no key, another one, or cannot be opened.
    """
    if not folder.key_record.exists():
        raise EnvironmentProblem("not_set_up")
    record = _record(folder)
    where = KeyPlace(record["where"])
    text = _from_keyring(record["entry"]) if where is KeyPlace.KEYRING else _from_file(folder)
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = b""
    if len(secret) != KEY_BYTES or fingerprint(secret) != record["fingerprint"]:
        raise EnvironmentProblem("database_key_missing", where=where.value)
    return DatabaseKey(secret, where)


def _record(folder: DataFolder) -> dict[str, str]:
    record = _whole_record(folder)
    try:
        return {name: str(record[name]) for name in ("where", "entry", "fingerprint")}
    except KeyError as error:
        raise EnvironmentProblem("database_key_missing", where="") from error


def _whole_record(folder: DataFolder) -> dict[str, object]:
    try:
        record = json.loads(folder.key_record.read_bytes())
    except (OSError, ValueError) as error:
        raise EnvironmentProblem("database_key_missing", where="") from error
    if not isinstance(record, dict):
        raise EnvironmentProblem("database_key_missing", where="")
    return record


def _from_file(folder: DataFolder) -> str:
    try:
        return folder.key_file.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def _from_keyring(entry: str) -> str:
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(SERVICE, entry) or ""
    except keyring.errors.KeyringError:
        return ""


def _put_in_keyring(entry: str, secret: bytes) -> bool:
    """Store the key and read it back; False when this machine has no keyring that keeps it."""
    import keyring
    import keyring.errors

    try:
        keyring.set_password(SERVICE, entry, secret.hex())
    except keyring.errors.KeyringError:
        return False
    return _from_keyring(entry) == secret.hex()
