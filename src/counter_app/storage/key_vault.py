# ruff: noqa: D102 - the port says what each method promises
"""The keys of one data folder behind `services.keys_port.KeyVault`: the record, the places, sealed copies."""

import secrets
import threading
from datetime import datetime
from pathlib import Path

from counter_app.domain.errors import EnvironmentProblem
from counter_app.domain.recovery_code import RANDOM_BYTES, code_from
from counter_app.services.keys_port import KeyChange, KeyStanding, NewCode, WrapKind
from counter_app.storage import key_change, key_record, key_store, key_wraps
from counter_app.storage.data_folder import DataFolder
from counter_app.storage.key_places import KeyPlace
from counter_app.storage.key_record import Record


class FolderKeys:
    """Implements `services.keys_port.KeyVault`; nothing is read before it is asked."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = DataFolder(data_dir)
        self._changing = threading.Lock()  # the window asks from two threads

    def standing(self) -> KeyStanding:
        record = key_record.read(self._folder)
        place, coming = key_store.place_in(record), key_store.next_place(record)
        infos = (key_wraps.info(wrap) for wrap in key_wraps.wraps_in(record))
        return KeyStanding(
            fingerprint=place["fingerprint"],
            in_keyring=place["where"] == KeyPlace.KEYRING,
            wraps=tuple(info for info in infos if info is not None),
            change_to=coming["fingerprint"] if coming is not None else "",
            change_problem=str(record.get("change_problem") or ""),
        )

    def wraps(self) -> bytes:
        return key_wraps.document(key_record.read(self._folder))

    def opens(self, kind: WrapKind, secret: str) -> bool:
        return self._unsealed(key_record.read(self._folder), kind, secret) is not None

    def put_passphrase(self, passphrase: str, at: datetime) -> None:
        with self._changing:
            wrap = key_wraps.seal(self._key(), WrapKind.PASSPHRASE, passphrase, at)
            others = [each for each in self._wraps() if each.get("kind") != WrapKind.PASSPHRASE.value]
            key_record.change(self._folder, wraps=[*others, wrap])

    def add_code(self, at: datetime) -> NewCode:
        with self._changing:
            made, wrap = _new_code(self._key(), at)
            key_record.change(self._folder, wraps=[*self._wraps(), wrap])
            return made

    def keep_code(self, wrap_id: str) -> None:
        with self._changing:
            kept = [
                each
                for each in self._wraps()
                if each.get("kind") != WrapKind.RECOVERY.value or each.get("id") == wrap_id
            ]
            key_record.change(self._folder, wraps=kept)

    def drop_code(self, wrap_id: str) -> None:
        with self._changing:
            key_record.change(
                self._folder, wraps=[each for each in self._wraps() if each.get("id") != wrap_id]
            )

    def recover(self, kind: WrapKind, secret: str) -> bool:
        with self._changing:
            record = key_record.read(self._folder)
            key = self._unsealed(record, kind, secret)
            if key is not None:
                key_record.change(self._folder, **key_store.keep(self._folder, key))
                return True
            # While a change is on its way the sheet of the next key is printed already.
            coming = record.get("next")
            key = self._unsealed(coming, kind, secret) if isinstance(coming, dict) else None
            if key is None or not isinstance(coming, dict):
                return False
            key_record.change(self._folder, next=coming | key_store.keep(self._folder, key))
            return True

    def failures(self) -> tuple[int, datetime | None]:
        tries = key_record.read(self._folder).get("tries")
        try:
            return int(tries["wrong"]), datetime.fromisoformat(tries["last"])  # type: ignore[index]
        except (KeyError, TypeError, ValueError):
            return 0, None

    def note_try(self, at: datetime, *, right: bool) -> None:
        with self._changing:
            (wrong, _last) = self.failures()
            if right and not wrong:
                return
            tries = None if right else {"wrong": wrong + 1, "last": at.isoformat()}
            key_record.change(self._folder, tries=tries)

    def room_needed(self) -> int:
        return key_change.room_lacking(self._folder)

    def begin_change(self, passphrase: str, at: datetime) -> NewCode:
        with self._changing:
            key_change.cancel(self._folder)
            secret, place = key_store.make(self._folder, use_keyring=self.standing().in_keyring)
            made, wrap = _new_code(secret, at)
            wraps = [wrap]
            if passphrase:
                wraps.append(key_wraps.seal(secret, WrapKind.PASSPHRASE, passphrase, at))
            key_record.change(self._folder, next={**place, "wraps": wraps, "ready": False})
            return made

    def settle_change(self) -> None:
        with self._changing:
            coming = key_record.read(self._folder).get("next")
            if not isinstance(coming, dict):
                raise EnvironmentProblem("database_key_missing", where="")
            key_record.change(self._folder, next=coming | {"ready": True}, change_problem=None)

    def cancel_change(self) -> None:
        with self._changing:
            key_change.cancel(self._folder)

    def change_done(self) -> KeyChange | None:
        done = key_record.read(self._folder).get("changed")
        if not isinstance(done, dict):
            return None
        return KeyChange(before=str(done.get("before")), after=str(done.get("after")))

    def change_noted(self) -> None:
        with self._changing:
            key_record.change(self._folder, changed=None)

    def _key(self) -> bytes:
        return key_store.load(self._folder).secret

    def _wraps(self) -> list[Record]:
        return key_wraps.wraps_in(key_record.read(self._folder))

    @staticmethod
    def _unsealed(record: Record, kind: WrapKind, secret: str) -> bytes | None:
        """Return the key of a record a secret opens; a copy of another key is none of it."""
        key = key_wraps.first_opened(key_wraps.wraps_in(record), kind, secret)
        wanted = key_store.place_in(record)["fingerprint"]
        return key if key is not None and key_store.fingerprint(key) == wanted else None


def _new_code(key: bytes, at: datetime) -> tuple[NewCode, Record]:
    code = code_from(secrets.token_bytes(RANDOM_BYTES))
    wrap = key_wraps.seal(key, WrapKind.RECOVERY, code, at)
    return NewCode(wrap_id=str(wrap["id"]), fingerprint=str(wrap["fingerprint"]), code=code), wrap
