"""Inspects, installs and takes back data packs (`services.ports.DataPacks`)."""

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.catalogue.packs.installed_packs import InstalledPacks
from counter_app.catalogue.packs.pointer import (
    POINTER,
    PackRecord,
    Pointer,
    folder_name,
    read_pointer,
    write_pointer,
)
from counter_app.catalogue.packs.safe_files import remove_folder, sync_folder, write_whole, writing_packs
from counter_app.catalogue.packs.unpacked import is_whole
from counter_app.domain.data_pack import InstalledPack, PackInfo, PackKind, PackPreview, PackVersion
from counter_app.domain.errors import EnvironmentProblem, RuleRefusal

if TYPE_CHECKING:
    from counter_app.catalogue.packs.read_pack import VerifiedPack

ROOT = "root.json"
_PART = ".part-"
_MB = 1_000_000
# As much as the database's emergency reserve: what was given back for dossiers is not for packs.
_SPARE_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PackStore:
    """The packs of one counter. The libraries of signatures and archives are imported when a pack comes."""

    source: InstalledPacks
    shipped_root: Path
    cache_file: Path | None = None
    given_root: bytes | None = None

    @property
    def folder(self) -> Path:
        """The folder of packs in the counter's data folder."""
        return self.source.packs

    def trusted_root(self) -> bytes:
        """Return the newest root we have verified, or the one the program came with."""
        if self.given_root is not None:
            return self.given_root
        own = self.folder / ROOT
        root = own if own.is_file() else self.shipped_root
        try:
            return root.read_bytes()
        except OSError as problem:
            raise EnvironmentProblem("pack_unreadable", file=ROOT, reason=problem.strerror or "") from problem

    def root_digest(self) -> str:
        """Return the SHA-256 of the trusted root in hex, to be compared with the record of its making."""
        return hashlib.sha256(self.trusted_root()).hexdigest()

    def require_room(self, file: Path) -> None:
        """Refuse a pack the disk has no room for, before anything is written.

        Raises:
            EnvironmentProblem: ``pack_needs_room`` (``free_mb``, ``needed_mb``); as `inspect` for a file
                that is no pack.
        """
        from counter_app.catalogue.packs.archive import opened

        with opened(file) as archive:
            needed = archive.total + _SPARE_BYTES
        place = next(folder for folder in (self.folder, *self.folder.parents) if folder.is_dir())
        free = shutil.disk_usage(place).free
        if free < needed:
            raise EnvironmentProblem("pack_needs_room", free_mb=free // _MB, needed_mb=-(-needed // _MB))

    def inspect(self, file: Path) -> PackInfo:
        """Check a pack file as an installation would, short of what depends on this counter."""
        from counter_app.catalogue.packs.candidate import read_candidate

        with self._unpacked_aside(file) as pack:
            read_candidate(pack.info, pack.folder, self.source.current())
            return pack.info

    def preview(self, file: Path) -> PackPreview:
        """Return what installing would change."""
        with self._unpacked_aside(file) as pack:
            return self._previewed(pack)

    def stage(self, file: Path, unit_code: str) -> PackPreview:
        """Check a pack and lay it, unpacked, beside the others; it does not count yet.

        Raises:
            RuleRefusal: ``pack_older``, ``pack_for_other_unit``; the rest as `preview`.
            EnvironmentProblem: ``pack_not_written``, ``pack_needs_room``; nothing has changed.
        """
        from counter_app.catalogue.packs.read_pack import unpack

        with writing_packs():
            self.folder.mkdir(parents=True, exist_ok=True)
        self._clear_leftovers()
        self.require_room(file)
        part = self.folder / f"{_PART}{os.getpid()}"
        try:
            pack = unpack(file, self.trusted_root(), part)
            _check_unit(pack.info, unit_code)
            self._check_newer(pack.info)
            preview = self._previewed(pack)
            with writing_packs():
                # A root is kept as soon as it is verified, as TUF clients do: it only ever moves on.
                if pack.root != self.trusted_root():
                    write_whole(self.folder / ROOT, pack.root)
                self._put_in_place(pack)
        finally:
            remove_folder(part)
        return preview

    def activate(self, info: PackInfo, at: datetime) -> InstalledPack:
        """Point to a staged pack; EnvironmentProblem ``pack_not_written`` leaves the data of before."""
        pointer = (read_pointer(self.folder) or Pointer()).with_pack(info, at)
        write_pointer(self.folder, pointer)
        return InstalledPack(info=info, installed_at=at, active=True)

    def installed(self) -> Sequence[InstalledPack]:
        """Return the packs on this counter, the last installed first."""
        pointer = read_pointer(self.folder) or Pointer()
        in_use = {record.digest for record in self.source.in_use()}
        return tuple(_shown(record, record.digest in in_use) for record in reversed(pointer.packs))

    def roll_back(self, kind: PackKind, unit: str = "") -> InstalledPack | None:
        """Take the last pack of a kind back; return the one before it, None when there is none."""
        pointer, counting = self._counting(kind, unit)
        write_pointer(self.folder, pointer.without(counting[-1]))
        return _shown(counting[-2], self.source.whole(counting[-2])) if len(counting) > 1 else None

    def preview_roll_back(self, kind: PackKind, unit: str = "") -> PackPreview:
        """Return the pack `roll_back` would take back, and what that would change."""
        from counter_app.catalogue.catalogue import FileCatalogue
        from counter_app.catalogue.packs.roll_back_preview import previewed_without

        _pointer, counting = self._counting(kind, unit)
        return previewed_without(counting[-1], self.source, FileCatalogue.of(self.source, self.cache_file))

    def _counting(self, kind: PackKind, unit: str) -> tuple[Pointer, list[PackRecord]]:
        pointer = read_pointer(self.folder) or Pointer()
        counting = [record for record in pointer.of(kind, unit) if self.source.counts(record)]
        if not counting:
            raise RuleRefusal("pack_no_rollback", kind=kind.value, unit=unit)
        return pointer, counting

    def trust(self, root: bytes) -> int:
        """Take another root as the one to trust; return its version.

        Raises:
            BadInput: ``pack_bad_root``.
            RuleRefusal: ``pack_root_refused``: packs are or were installed, and the root of before has not
                signed this one as its next version.
        """
        from counter_app.catalogue.packs.trust import read_root, succeeds

        new = read_root(root)
        pointer = read_pointer(self.folder)
        nothing_installed = pointer is not None and not pointer.packs and not pointer.ever_installed
        if not nothing_installed and not succeeds(new, read_root(self.trusted_root())):
            raise RuleRefusal("pack_root_refused", version=new.signed.version)
        with writing_packs():
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(self.folder / ROOT, root)
        return new.signed.version

    def state(self) -> bytes | None:
        """Return the pointer, to be put back when the act it is part of fails."""
        path = self.folder / POINTER
        return path.read_bytes() if path.is_file() else None

    def restore(self, state: bytes | None) -> None:
        """Put the pointer back."""
        path = self.folder / POINTER
        with writing_packs():
            if state is not None:
                if self.state() != state:
                    write_whole(path, state)
            elif path.is_file():
                path.unlink()
                sync_folder(self.folder)

    @contextmanager
    def _unpacked_aside(self, file: Path) -> "Iterator[VerifiedPack]":
        import tempfile

        from counter_app.catalogue.packs.read_pack import unpack

        with writing_packs():
            aside = tempfile.TemporaryDirectory(prefix="qmcpack-")
        with aside as folder:
            yield unpack(file, self.trusted_root(), Path(folder) / "pack")

    def _previewed(self, pack: "VerifiedPack") -> PackPreview:
        from counter_app.catalogue.catalogue import FileCatalogue
        from counter_app.catalogue.packs.candidate import previewed, read_candidate, require_agreement

        then = read_candidate(pack.info, pack.folder, self.source.current())
        now = FileCatalogue.of(self.source, self.cache_file)
        require_agreement(pack.info, pack.folder, now)
        return previewed(pack.info, now, then)

    def _check_newer(self, info: PackInfo) -> None:
        pointer = read_pointer(self.folder) or Pointer()
        # A damaged pack may be installed once more.
        whole = filter(self.source.whole, pointer.of(info.kind, info.unit))
        there = [PackVersion.parse(record.version) for record in whole]
        if info.kind is PackKind.NATIONAL and self.source.bundled.version is not None:
            there.append(self.source.bundled.version)
        newest = max(there, default=None)
        if newest is not None and info.version <= newest:
            raise RuleRefusal("pack_older", version=str(info.version), installed=str(newest))

    def _put_in_place(self, pack: "VerifiedPack") -> None:
        final = self.folder / folder_name(pack.info.kind, str(pack.info.version), pack.info.digest)
        if final.exists():
            # Left by an installation that did not come to its end.
            if is_whole(final, pack.info.digest):
                return
            remove_folder(final)
        pack.folder.rename(final)
        sync_folder(self.folder)

    def _clear_leftovers(self) -> None:
        """Remove what a killed installation left, and packs nothing points to; never on a broken pointer."""
        pointer = read_pointer(self.folder)
        if pointer is None:
            return
        kept = {record.folder for record in pointer.packs}
        for path in self.folder.iterdir():
            is_pack = path.name.startswith((_PART, *(f"{kind.value}-" for kind in PackKind)))
            if path.is_dir() and is_pack and path.name not in kept:
                remove_folder(path)


def _check_unit(info: PackInfo, unit_code: str) -> None:
    from counter_app.catalogue.packs.trust import unit_within

    own = info.kind is PackKind.NATIONAL or (
        unit_code == info.unit if info.kind is PackKind.OFFICE else unit_within(unit_code, info.unit)
    )
    if not own:
        raise RuleRefusal("pack_for_other_unit", unit=info.unit, own=unit_code)


def _shown(record: PackRecord, active: bool) -> InstalledPack:
    return InstalledPack(info=record.info, installed_at=record.installed_at, active=active)
