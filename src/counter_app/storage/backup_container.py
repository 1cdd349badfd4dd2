"""The file of a backup: a ZIP whose members are stored as they are, with a manifest and its seal.

``counter.db`` (encrypted), ``scans/<2>/<id>.bin`` (encrypted, each under its own key), ``packs/…`` (data of
law, signed), ``manifest.json`` and ``manifest.seal``: an HMAC-SHA256 under a key made of the database's.
Nothing is compressed, so nothing can inflate; no name out of a file is ever used as a path before it fits
the few shapes that are allowed. What is wrong is refused before anything of it is unpacked.
"""

import hashlib
import hmac
import json
import re
import struct
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from counter_app.domain.audit_chain import Tip
from counter_app.domain.errors import BadInput, EnvironmentProblem, RuleRefusal
from counter_app.services.backup.backup_port import BackupContent, BackupManifest, BackupMember

FORMAT = 1
DATABASE = "counter.db"
_KIND = "one-stop-counter-backup"
_MANIFEST = "manifest.json"
_SEAL = "manifest.seal"
_SEAL_DOMAIN = b"one-stop-counter/backup-seal/1"
_LARGEST_MANIFEST = 64 * 1024 * 1024
_PIECE = 1024 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)
# What zipfile says of bytes that are no archive, a name in no coding and an offset nobody can go to included.
_DAMAGE = (zipfile.BadZipFile, EOFError, KeyError, ValueError, RuntimeError, struct.error)
_ALLOWED = re.compile(
    r"counter\.db|scans/[0-9A-Za-z-]{1,2}/[0-9A-Za-z-]{1,64}\.bin"
    r"|packs/(?:[0-9A-Za-z_-][0-9A-Za-z._-]{0,120}/){0,8}[0-9A-Za-z_-][0-9A-Za-z._-]{0,120}"
)


def may_be_inside(name: str) -> bool:
    """Tell whether a member may have this name."""
    return _ALLOWED.fullmatch(name) is not None


def write(
    file: IO[bytes], members: Iterable[tuple[str, Path]], manifest: BackupManifest, key: bytes
) -> BackupManifest:
    """Write a backup and return its manifest with the members; OSError when a file cannot be read or written.

    A member that is gone meanwhile (a scan of a discarded draft) is left out.
    """
    written: list[BackupMember] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name, path in members:
            try:
                source = path.open("rb")
            except FileNotFoundError:
                if name == DATABASE:
                    raise
                continue
            with source, archive.open(zipfile.ZipInfo(name, _EPOCH), "w", force_zip64=True) as target:
                written.append(_copied(source, target, name))
        whole = BackupManifest(
            created=manifest.created,
            program=manifest.program,
            fingerprint=manifest.fingerprint,
            content=manifest.content,
            with_scans=manifest.with_scans,
            members=written,
            wraps=manifest.wraps,
        )
        body = _to_bytes(whole)
        archive.writestr(zipfile.ZipInfo(_MANIFEST, _EPOCH), body)
        archive.writestr(zipfile.ZipInfo(_SEAL, _EPOCH), _seal(key, body))
    return whole


class BackupReader:
    """An opened backup whose shape was checked; its bytes are checked as they are read.

    Raises:
        BadInput: ``backup_not_a_backup``, ``backup_changed``.
        RuleRefusal: ``backup_newer``.
        EnvironmentProblem: ``backup_unreadable``.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
        except _DAMAGE as error:
            raise BadInput("backup_not_a_backup") from error
        except OSError as error:
            raise EnvironmentProblem("backup_unreadable") from error
        try:
            self._body, self._given_seal = self._fixed_parts(path.stat().st_size)
            self.manifest = _read_manifest(self._body)
            self._require_same_members()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()

    def __enter__(self) -> "BackupReader":
        """Return the reader."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Let go of the file."""
        self.close()

    def require_seal(self, key: bytes) -> None:
        """Refuse a manifest that was not written with this key; BadInput ``backup_changed``."""
        if not hmac.compare_digest(_seal(key, self._body), self._given_seal):
            raise BadInput("backup_changed")

    def unpack(self, member: BackupMember, target: IO[bytes] | None) -> None:
        """Write a member's bytes, or only read them when there is no target.

        Raises:
            BadInput: ``backup_changed`` when they are not those of the manifest.
            EnvironmentProblem: ``backup_unreadable``; OSError when the target cannot be written.
        """
        try:
            source = self._archive.open(member.name)
        except _DAMAGE as error:
            raise BadInput("backup_changed") from error
        except OSError as error:
            raise EnvironmentProblem("backup_unreadable") from error
        digest, size = hashlib.sha256(), 0
        with source:
            while piece := self._piece(source):
                size += len(piece)
                digest.update(piece)
                if target is not None:
                    target.write(piece)
        if size != member.size or digest.hexdigest() != member.sha256:
            raise BadInput("backup_changed")

    @staticmethod
    def _piece(source: IO[bytes]) -> bytes:
        try:
            return source.read(_PIECE)
        except _DAMAGE as error:
            raise BadInput("backup_changed") from error
        except OSError as error:
            raise EnvironmentProblem("backup_unreadable") from error

    def _fixed_parts(self, file_size: int) -> tuple[bytes, bytes]:
        listed = self._archive.infolist()
        names = [info.filename for info in listed]
        if _MANIFEST not in names:
            raise BadInput("backup_not_a_backup")
        stored = all(
            info.compress_type == zipfile.ZIP_STORED
            and info.compress_size == info.file_size
            and not info.flag_bits & 0x1
            for info in listed
        )
        if (
            not stored
            or len(set(names)) != len(names)
            or sum(info.file_size for info in listed) > file_size
            or self._archive.getinfo(_MANIFEST).file_size > _LARGEST_MANIFEST
            or _SEAL not in names
            or self._archive.getinfo(_SEAL).file_size != hashlib.sha256().digest_size
        ):
            raise BadInput("backup_changed")
        try:
            return self._archive.read(_MANIFEST), self._archive.read(_SEAL)
        except _DAMAGE as error:
            raise BadInput("backup_changed") from error
        except OSError as error:
            raise EnvironmentProblem("backup_unreadable") from error

    def _require_same_members(self) -> None:
        there = {info.filename: info.file_size for info in self._archive.infolist()}
        named = {member.name: member.size for member in self.manifest.members}
        named |= {_MANIFEST: there[_MANIFEST], _SEAL: there[_SEAL]}
        fitting = all(may_be_inside(member.name) for member in self.manifest.members)
        if there != named or not fitting or DATABASE not in there:
            raise BadInput("backup_changed")


def _copied(source: IO[bytes], target: IO[bytes], name: str) -> BackupMember:
    digest, size = hashlib.sha256(), 0
    while piece := source.read(_PIECE):
        digest.update(piece)
        size += len(piece)
        target.write(piece)
    return BackupMember(name=name, size=size, sha256=digest.hexdigest())


def _seal(key: bytes, body: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    own = HKDF(SHA256(), 32, None, _SEAL_DOMAIN).derive(key)
    return hmac.digest(own, body, "sha256")


def _to_bytes(manifest: BackupManifest) -> bytes:
    content = asdict(manifest.content)
    content["tip"] = {"seq": manifest.content.tip.seq, "hash": manifest.content.tip.hash.hex()}
    latest = manifest.content.latest
    content["latest"] = None if latest is None else latest.isoformat()
    body = {
        "kind": _KIND,
        "format": FORMAT,
        "created": manifest.created.isoformat(),
        "program": manifest.program,
        "fingerprint": manifest.fingerprint,
        "wraps": list(manifest.wraps),
        "with_scans": manifest.with_scans,
        "content": content,
        "members": [asdict(member) for member in manifest.members],
    }
    return json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8")


def _read_manifest(body: bytes) -> BackupManifest:
    try:
        read = json.loads(body)
        kind, version = read["kind"], read["format"]
    except (ValueError, RecursionError, TypeError, KeyError) as error:
        raise BadInput("backup_not_a_backup") from error
    if kind != _KIND or not isinstance(version, int):
        raise BadInput("backup_not_a_backup")
    if version > FORMAT:
        raise RuleRefusal("backup_newer", found=version, known=FORMAT)
    try:
        return _manifest(read)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise BadInput("backup_changed") from error


def _manifest(read: Mapping[str, Any]) -> BackupManifest:
    content = read["content"]
    latest, wraps = content["latest"], read["wraps"]
    if not isinstance(wraps, list) or not all(isinstance(wrap, dict) for wrap in wraps):
        raise TypeError("wraps")
    return BackupManifest(
        created=_moment(read["created"]),
        program=str(read["program"]),
        fingerprint=str(read["fingerprint"]),
        wraps=wraps,
        with_scans=bool(read["with_scans"]),
        content=BackupContent(
            schema=str(content["schema"]),
            unit_code=str(content["unit_code"]),
            office=str(content["office"]),
            device_id=str(content["device_id"]),
            training=bool(content["training"]),
            tip=Tip(seq=int(content["tip"]["seq"]), hash=bytes.fromhex(content["tip"]["hash"])),
            latest=None if latest is None else _moment(latest),
            **{name: int(content[name]) for name in _COUNTS},
        ),
        members=[
            BackupMember(name=str(one["name"]), size=int(one["size"]), sha256=str(one["sha256"]))
            for one in read["members"]
        ],
    )


_COUNTS = ("counter", "dossiers", "drafts", "people", "accounts", "scans", "flawed")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("naive moment")
    return moment
