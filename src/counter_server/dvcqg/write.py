"""Writes messages as batches into a folder: everything or nothing, and nobody's name in a file's name."""

import hashlib
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec

from counter_server.dvcqg.build import Told
from counter_server.dvcqg.coding import Problem
from counter_server.dvcqg.messages import HoSo, TienTrinh

DOSSIERS_A_BATCH = 50
STEPS_A_BATCH = 10  # the gateway's own limit, seen in public code
DOSSIERS, STEPS = "DongBoHoSoMC", "CapNhatTienDoHoSoMC"
MANIFEST, UNMAPPED = "manifest.json", "unmapped.json"
_FORMAT = 1
_Item = TypeVar("_Item")


class FolderTaken(Exception):
    """There is something at that place already; an export never overwrites one."""


class BatchFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of an export: an array for one service and one office. Steps are those of one dossier."""

    file: str
    service: str
    madonvi: str
    count: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an export holds, in the order it is to be sent; ``as_of`` by MaHoSo as `Told` has it."""

    format: int
    from_day: date
    to_day: date
    batches: tuple[BatchFile, ...]
    as_of: dict[str, int]


def write(
    folder: Path, told: Sequence[Told], problems: Sequence[Problem], *, first: date, last: date
) -> Manifest:
    """Write an export to a new folder only its owner can read; it appears when it is complete.

    Args:
        folder: Where to; must not exist.
        told: The messages.
        problems: Why dossiers were left out, written to ``unmapped.json`` when there are any.
        first: The first day of the export.
        last: The last day.

    Raises:
        FolderTaken: the folder exists.
        OSError: it cannot be written; nothing is left of it.
    """
    if folder.exists():
        raise FolderTaken(str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        unfinished.mkdir(mode=0o700)
        manifest = Manifest(
            format=_FORMAT,
            from_day=first,
            to_day=last,
            batches=tuple(_batches(unfinished, told)),
            as_of={each.dossier.MaHoSo: each.as_of for each in told},
        )
        if problems:
            (unfinished / UNMAPPED).write_bytes(_json([msgspec.to_builtins(_row(each)) for each in problems]))
        (unfinished / MANIFEST).write_bytes(_json(manifest))
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """Return what an export holds.

    Raises:
        OSError: it cannot be read.
        msgspec.MsgspecError: it is no export.
    """
    return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)


def read_dossiers(folder: Path, batch: BatchFile) -> list[HoSo]:
    """Return the dossiers of a batch; OSError, or ValueError when it is not what the manifest says."""
    return msgspec.json.decode(_checked(folder, batch), type=list[HoSo])


def read_steps(folder: Path, batch: BatchFile) -> list[TienTrinh]:
    """Return the steps of a batch; errors as `read_dossiers`."""
    return msgspec.json.decode(_checked(folder, batch), type=list[TienTrinh])


def _batches(folder: Path, told: Sequence[Told]) -> list[BatchFile]:
    batches: list[BatchFile] = []
    for unit in dict.fromkeys(each.unit for each in told):
        of_unit = [each for each in told if each.unit == unit]
        for number, some in enumerate(_lots(of_unit, DOSSIERS_A_BATCH), 1):
            name = f"{unit}-hoso-{number:04d}.json"
            batches.append(_write(folder, name, DOSSIERS, unit, [each.dossier for each in some]))
        number = 0
        for each in of_unit:
            for steps in _lots(each.steps, STEPS_A_BATCH):
                number += 1
                name = f"{unit}-tientrinh-{number:06d}.json"
                batches.append(_write(folder, name, STEPS, unit, list(steps)))
    return batches


def _lots(items: Sequence[_Item], size: int) -> list[Sequence[_Item]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def _write(folder: Path, name: str, service: str, unit: str, messages: Sequence[object]) -> BatchFile:
    body = _json(messages)
    (folder / name).write_bytes(body)
    return BatchFile(
        file=name,
        service=service,
        madonvi=unit,
        count=len(messages),
        sha256=hashlib.sha256(body).hexdigest(),
    )


def _checked(folder: Path, batch: BatchFile) -> bytes:
    if Path(batch.file).name != batch.file:
        raise ValueError("a batch lies in the folder of its export")
    body = (folder / batch.file).read_bytes()
    if hashlib.sha256(body).hexdigest() != batch.sha256:
        raise ValueError(f"{batch.file} was changed")
    return body


def _row(problem: Problem) -> dict[str, str]:
    return {
        "MaHoSo": problem.dossier_code,
        "madonvi": problem.unit,
        "field": problem.field,
        "value": problem.value,
        "reason": problem.reason,
    }


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1)
