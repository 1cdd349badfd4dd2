"""The database key: random, in the system's keyring, or in a private file where there is none.

``key.json`` in the data folder records where the key is, so a later start looks there and nowhere
else: a keyring that is gone means "unlock it" or "recover the key", never a new key over an old database.
The record also holds a fingerprint of the key, which tells a wrong key from a damaged file, and whether a
database was ever opened with it, which tells a lost database from a first set-up that was interrupted.
While a change of the key is on its way the record names both keys, and the database says which is its own.
"""

import contextlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage import key_places, key_record
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.key_places import KEY_BYTES, SERVICE, KeyPlace, fingerprint
from counter_app.storage.key_probe import key_fits

__all__ = ["SERVICE", "DatabaseKey", "KeyPlace", "fingerprint", "load", "obtain"]

_NAMES = ("where", "entry", "fingerprint")


@dataclass(frozen=True, slots=True)
class DatabaseKey:
    """The key and where it came from; its text never shows the key."""

    secret: bytes = field(repr=False)
    where: KeyPlace


def recorded_fingerprint(folder: DataFolder) -> str | None:
    """Return the fingerprint of the key the folder was set up with, or None when none is recorded."""
    return None if not folder.key_record.exists() else place_in(key_record.read(folder))["fingerprint"]


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
    secret, place = make(folder, use_keyring=use_keyring)
    key_record.write(folder, {"version": key_record.VERSION, **place})
    return DatabaseKey(secret, KeyPlace(place["where"]))


def make(folder: DataFolder, *, use_keyring: bool = True) -> tuple[bytes, dict[str, str]]:
    """Make a random key, keep it, and return it with what a record says of its place."""
    secret = secrets.token_bytes(KEY_BYTES)
    return secret, keep(folder, secret, use_keyring=use_keyring)


def keep(folder: DataFolder, secret: bytes, *, use_keyring: bool = True) -> dict[str, str]:
    """Put a key where this machine keeps keys, and return what a record says of its place."""
    entry = f"database-{secrets.token_hex(8)}"
    where = key_places.put(folder, entry, secret, use_keyring=use_keyring)
    return {"entry": entry, "fingerprint": fingerprint(secret), "where": where.value}


def adopt(folder: DataFolder, secret: bytes, wraps: list[dict[str, object]]) -> DatabaseKey:
    """Let the folder have a key from elsewhere, with its sealed copies: what a restore brings along.

    The caller holds the folder's lock and replaces the database. A record that was there before is
    replaced; its key stays where it lies.
    """
    place = keep(folder, secret)
    record: dict[str, object] = {"version": key_record.VERSION, "wraps": wraps, **place}
    key_record.write(folder, record)
    return DatabaseKey(secret, KeyPlace(place["where"]))


def had_database(folder: DataFolder) -> bool:
    """Tell whether a database was ever opened with the recorded key."""
    return folder.key_record.exists() and bool(key_record.read(folder).get("database_made"))


def record_database(folder: DataFolder) -> None:
    """Note in the record that the folder has a database now; nothing happens without a record.

    The database is open and works, so a record that cannot be written is left for the next start.
    """
    if not folder.key_record.exists() or had_database(folder):
        return
    with contextlib.suppress(EnvironmentProblem):
        key_record.change(folder, database_made=True)


def load(folder: DataFolder) -> DatabaseKey:
    """Return the key from the recorded place.

    Raises:
        EnvironmentProblem: ``not_set_up`` when no key was ever made here; ``database_key_missing``
            with ``where`` when the recorded place has no key, another one, or cannot be opened.
    """
    record = key_record.read(folder)
    place = place_in(record)
    for other in _others(record):
        other_key = _found(folder, other)
        if other_key is not None and key_fits(folder.database, other_key):
            return DatabaseKey(other_key, KeyPlace(other["where"]))
    found = _found(folder, place)
    if found is None:
        raise EnvironmentProblem("database_key_missing", where=place["where"])
    return DatabaseKey(found, KeyPlace(place["where"]))


def place_in(record: Mapping[str, object]) -> dict[str, str]:
    """Return what a record says of the place of its key.

    Raises:
        EnvironmentProblem: ``database_key_missing``.
    """
    place = {name: str(record.get(name) or "") for name in _NAMES}
    if place["where"] not in list(KeyPlace) or not place["fingerprint"]:
        raise EnvironmentProblem("database_key_missing", where="")
    return place


def next_place(record: Mapping[str, object]) -> dict[str, str] | None:
    """Return the place of the key that is to take over, once its sheet was printed; else None."""
    coming = record.get("next")
    if not isinstance(coming, dict) or coming.get("ready") is not True:
        return None
    return place_in(coming)


def _others(record: Mapping[str, object]) -> list[dict[str, str]]:
    """Return the places of keys that may be the database's own while a change is on its way."""
    coming, retired = next_place(record), record.get("retired")
    places = [coming] if coming is not None else []
    return [*places, place_in(retired)] if isinstance(retired, dict) else places


def _found(folder: DataFolder, place: Mapping[str, str]) -> bytes | None:
    return key_places.find(folder, place["where"], place["entry"], place["fingerprint"])
