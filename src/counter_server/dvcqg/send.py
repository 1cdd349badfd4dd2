"""Sends an export: for each dossier look it up, insert or update it, then tell its new steps.

A dossier the gateway refuses is reported and does not keep the others back. What was taken is in the book, so
a run that broke off is repeated as a whole and sends what is left. Dossiers are told apart by MaHoSo only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from counter_server.dvcqg.gateway import Answer, Gateway
from counter_server.dvcqg.messages import HoSo, TienTrinh
from counter_server.dvcqg.sent import SentBook
from counter_server.dvcqg.write import DOSSIERS, STEPS, Manifest, read_dossiers, read_manifest, read_steps

LOOK_UP = "TraCuuHoSo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What the gateway did not take, and why."""

    unit: str
    dossier_code: str
    service: str
    answer: Answer


@dataclass(slots=True)
class Outcome:
    """How it went; the counts are of this run."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    outdated: int = 0
    steps: int = 0
    refused: list[Refused] = field(default_factory=list)


async def send(folder: Path, gateway: Gateway, book: SentBook, outcome: Outcome) -> None:
    """Send an export; `outcome` is kept up to date, also when it breaks off.

    Raises:
        LoginRefused, GatewayUnreachable: as `Gateway.call`; what follows was not sent.
        OSError, ValueError, msgspec.MsgspecError: the folder holds no export, or not what was written.
    """
    manifest = read_manifest(folder)
    steps = _steps_by_dossier(folder, manifest)
    for batch in manifest.batches:
        if batch.service != DOSSIERS:
            continue
        for dossier in read_dossiers(folder, batch):
            as_of = manifest.as_of.get(dossier.MaHoSo, 0)
            if book.is_newer(dossier.MaHoSo, as_of):
                outcome.outdated += 1
            elif await _tell_dossier(batch.madonvi, dossier, as_of, gateway, book, outcome):
                for lot in steps.get(dossier.MaHoSo, ()):
                    await _tell_steps(batch.madonvi, lot, gateway, book, outcome)


def _steps_by_dossier(folder: Path, manifest: Manifest) -> Mapping[str, list[list[TienTrinh]]]:
    lots: dict[str, list[list[TienTrinh]]] = {}
    for batch in manifest.batches:
        if batch.service == STEPS:
            lot = read_steps(folder, batch)
            lots.setdefault(lot[0].MaHoSo, []).append(lot)
    return lots


async def _tell_dossier(
    unit: str, dossier: HoSo, as_of: int, gateway: Gateway, book: SentBook, outcome: Outcome
) -> bool:
    """Tell a dossier and return whether the gateway has it now as we do."""
    if book.knows(dossier):
        outcome.unchanged += 1
        return True
    updating = (await gateway.call(unit, LOOK_UP, {"mahoso": dossier.MaHoSo})).found
    answer = await _put(unit, dossier, gateway, updating=updating)
    if answer.exists and not updating:
        updating = True
        answer = await _put(unit, dossier, gateway, updating=True)
    if not answer.ok:
        outcome.refused.append(
            Refused(unit=unit, dossier_code=dossier.MaHoSo, service=DOSSIERS, answer=answer)
        )
        return False
    book.took(dossier, as_of)
    if updating:
        outcome.updated += 1
    else:
        outcome.inserted += 1
    return True


async def _put(unit: str, dossier: HoSo, gateway: Gateway, *, updating: bool) -> Answer:
    body = {"isUpdating": "true" if updating else "false", "data": [msgspec.to_builtins(dossier)]}
    return await gateway.call(unit, DOSSIERS, body)


async def _tell_steps(
    unit: str, lot: list[TienTrinh], gateway: Gateway, book: SentBook, outcome: Outcome
) -> None:
    new = book.new_steps(lot)
    if not new:
        return
    answer = await gateway.call(unit, STEPS, {"data": [msgspec.to_builtins(step) for step in new]})
    if not answer.ok:
        outcome.refused.append(Refused(unit=unit, dossier_code=new[0].MaHoSo, service=STEPS, answer=answer))
        return
    for step in new:
        book.took(step)
    outcome.steps += len(new)
