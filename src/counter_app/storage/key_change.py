"""Carries out a change of the key at a start, in steps of which each may be the last before a power cut.

1. The record names both keys, ready (`key_vault`); the database is still under the old one.
2. A copy under the new key is made and checked beside the database (`rekey`).
3. The copy takes the database's name in one rename. From here on the new key is the one that fits.
4. The record names the new key; the old one is retired, and lies in it sealed for older backups.
5. At a later start, when nothing can undo the rename any more, the retired key leaves its place and the
   old file is overwritten and removed.

Killed anywhere, the next start sees which key fits the file of that name and goes on from there; also where
a power cut undid the rename and kept what was written after it.
"""

import contextlib
import shutil
from collections.abc import Mapping

from sqlcipher3 import dbapi2

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage import former_keys, key_places, key_record, key_store, key_wraps, rekey
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.key_probe import key_fits
from counter_app.storage.key_record import Record

_SPARE_BYTES = 16 * 1024 * 1024


def carry_out(folder: DataFolder) -> bool:
    """Let the next key take over when the record names one; tell whether it did.

    The caller holds the folder's lock and nothing of this program has the database open. A change
    nobody confirmed is forgotten: its sheet may never have come out.

    Raises:
        EnvironmentProblem: ``key_change_needs_room`` (needed_mb), ``key_change_failed`` (the copy was
            not what the database is), ``database_busy``, ``database_damaged``, ``disk_failed``; the old
            key goes on to be the one.
    """
    record = _retire(folder, _as_the_database_says(folder, key_record.read(folder)))
    coming = record.get("next")
    if not isinstance(coming, dict):
        rekey.clear_away(folder, keep_old="retired" in record)
        return False
    if coming.get("ready") is not True:
        cancel(folder)
        return False
    place, next_place = key_store.place_in(record), key_store.place_in(coming)
    old, new = (key_at(folder, each) for each in (place, next_place))
    if new is None:
        raise EnvironmentProblem("key_change_failed")
    if not key_fits(folder.database, new):
        if old is None:
            raise EnvironmentProblem("database_key_missing", where=place["where"])
        _require_room(folder)
        rekey.copy_under(folder, old, new)
        rekey.swap(folder)
    _settle(folder, record, coming, old, new)
    return True


def try_to_carry_out(folder: DataFolder) -> None:
    """As `carry_out`, but what keeps it from happening only goes into the record: work goes on."""
    try:
        carry_out(folder)
        return
    except EnvironmentProblem as problem:
        code = problem.code
    except OSError:
        code = "disk_failed"
    except dbapi2.Error:
        code = "key_change_failed"
    rekey.clear_away(folder, keep_old=True)
    if code not in ("not_set_up", "database_key_missing"):
        with contextlib.suppress(EnvironmentProblem):
            key_record.change(folder, change_problem=code)


def require_none_ordered(folder: DataFolder) -> None:
    """Refuse to write without the folder's lock while the file may be replaced at any start.

    Raises:
        EnvironmentProblem: ``database_busy``.
    """
    if isinstance(key_record.read(folder).get("next"), dict):
        raise EnvironmentProblem("database_busy")


def cancel(folder: DataFolder) -> None:
    """Forget the key that was to take over; nothing happens when there is none."""
    record = key_record.read(folder)
    coming = record.get("next")
    if not isinstance(coming, dict):
        return
    place = key_store.place_in(coming)
    key = key_at(folder, place)
    if key is not None and key_fits(folder.database, key):
        raise EnvironmentProblem("key_change_failed")  # it has taken over already
    key_record.change(folder, next=None, change_problem=None)
    key_places.forget(folder, place["where"], place["entry"], place["fingerprint"])
    rekey.clear_away(folder)


def room_lacking(folder: DataFolder) -> int:
    """Return how many bytes a change needs and the disk lacks; 0 when there is room."""
    try:
        needed = folder.database.stat().st_size + _SPARE_BYTES
        return max(0, needed - shutil.disk_usage(folder.root).free)
    except OSError as error:
        raise EnvironmentProblem("database_unreachable") from error


def _settle(folder: DataFolder, record: Record, coming: Record, old: bytes | None, new: bytes) -> None:
    """Step 4."""
    before, after = key_store.place_in(record), key_store.place_in(coming)
    formers = former_keys.sealed_anew(record, old, new)
    kept = {name: value for name, value in record.items() if name not in ("next", "change_problem")}
    changed = {"before": before["fingerprint"], "after": after["fingerprint"]}
    retired = {**before, "wraps": key_wraps.wraps_in(record)}
    kept |= {"wraps": key_wraps.wraps_in(coming), "former": formers, "changed": changed, "retired": retired}
    key_record.write(folder, kept | after)


def _retire(folder: DataFolder, record: Record) -> Record:
    """Step 5, and what the record says after it; nothing happens while the new key does not fit."""
    retired = record.get("retired")
    if not isinstance(retired, dict):
        return record
    new = key_at(folder, key_store.place_in(record))
    if new is None or not key_fits(folder.database, new):
        return record
    place = key_store.place_in(retired)
    key_places.forget(folder, place["where"], place["entry"], place["fingerprint"])
    key_record.change(folder, retired=None)
    rekey.clear_away(folder)
    return key_record.read(folder)


def _as_the_database_says(folder: DataFolder, record: Record) -> Record:
    """Return the record, set back to before step 4 where the database was set back to before step 3."""
    retired = record.get("retired")
    if not isinstance(retired, dict):
        return record
    place = key_store.place_in(record)
    old, new = (key_at(folder, each) for each in (key_store.place_in(retired), place))
    if old is None or (new is not None and key_fits(folder.database, new)):
        return record
    if not key_fits(folder.database, old):
        return record  # neither fits: a damaged file, which opening tells
    coming = {**place, "wraps": key_wraps.wraps_in(record), "ready": True}
    kept = {name: value for name, value in record.items() if name not in ("retired", "changed")}
    kept |= key_store.place_in(retired) | {"wraps": key_wraps.wraps_in(retired), "next": coming}
    key_record.write(folder, kept)
    return kept


def key_at(folder: DataFolder, place: Mapping[str, str]) -> bytes | None:
    """Return the key of a place, or None when it is not there."""
    return key_places.find(folder, place["where"], place["entry"], place["fingerprint"])


def _require_room(folder: DataFolder) -> None:
    lacking = room_lacking(folder)
    if lacking:
        raise EnvironmentProblem("key_change_needs_room", needed_mb=lacking // 1_000_000 + 1)
