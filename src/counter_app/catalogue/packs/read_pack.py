"""Reads a pack file against the trusted root: signature, every name, every digest, then unpacks it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tuf.api.metadata import TargetFile

from counter_app.catalogue.packs.archive import MAX_ENTRY, PackArchive, opened
from counter_app.catalogue.packs.entry_names import TARGETS, root_number, shown
from counter_app.catalogue.packs.manifest import MAX_TARGETS, info_of, read_targets
from counter_app.catalogue.packs.safe_files import sync_folder, write_and_sync, writing_packs
from counter_app.catalogue.packs.trust import MAX_ROOT, check_signed, newest_root
from counter_app.domain.data_pack import PackInfo
from counter_app.domain.errors import BadInput


@dataclass(frozen=True, slots=True)
class VerifiedPack:
    """A pack whose signature and digests hold; its files lie in ``folder``. ``root`` vouches for it."""

    info: PackInfo
    folder: Path
    root: bytes


def unpack(path: Path, trusted_root: bytes, folder: Path) -> VerifiedPack:
    """Check a pack file and write its files below `folder`, which must not exist yet.

    Raises:
        BadInput: ``pack_not_a_pack``, ``pack_too_big``, ``pack_bad_path``, ``pack_changed``,
            ``pack_bad_root``, ``pack_bad_data``.
        RuleRefusal: ``pack_wrong_key``, ``pack_newer_format``, ``pack_kind_unknown``.
        EnvironmentProblem: ``pack_unreadable``, ``pack_not_written``.
    """
    with opened(path) as archive:
        if TARGETS not in archive.names:
            raise BadInput("pack_not_a_pack", file=path.name)
        raw = archive.read(TARGETS, MAX_TARGETS)
        targets = read_targets(raw)
        root = newest_root(trusted_root, _chain(archive))
        # Signed by somebody first: an unsigned word about kind or format is not worth answering.
        check_signed(root, targets, None, "")
        info = info_of(targets.signed, raw, path.name)
        check_signed(root, targets, info.kind, info.unit)
        _check_complete(archive, targets.signed.targets)
        with writing_packs():
            folder.mkdir(parents=True)
            write_and_sync(folder / TARGETS, raw)
        for name, target in targets.signed.targets.items():
            _unpack_one(archive, name, target, folder / name)
        with writing_packs():
            _sync_folders(folder)
    return VerifiedPack(info, folder, root)


def _chain(archive: PackArchive) -> dict[int, bytes]:
    numbers = {root_number(name): name for name in archive.names}
    return {number: archive.read(name, MAX_ROOT) for number, name in numbers.items() if number is not None}


def _check_complete(archive: PackArchive, targets: Mapping[str, TargetFile]) -> None:
    """Every file is listed and every listed file is there: neither smuggled in nor left out."""
    content = {name for name in archive.names if name != TARGETS and root_number(name) is None}
    for name in sorted(content ^ targets.keys()):
        raise BadInput("pack_changed", name=shown(name))


def _unpack_one(archive: PackArchive, name: str, target: TargetFile, path: Path) -> None:
    content = archive.read(name, MAX_ENTRY)
    if len(content) != target.length or hashlib.sha256(content).hexdigest() != target.hashes["sha256"]:
        raise BadInput("pack_changed", name=shown(name))
    with writing_packs():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_and_sync(path, content)


def _sync_folders(folder: Path) -> None:
    for inner in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        sync_folder(inner)
