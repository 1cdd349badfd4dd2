"""Data packs: look into one, install it, take it back; each an act in the audit log."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from counter_app.domain.data_pack import InstalledPack, PackKind, PackPreview
from counter_app.services.clock_check import require_clock
from counter_app.services.desk import Desk
from counter_app.services.ports import AuditEntry, Transaction

BUNDLED = "bundled"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackInstallation:
    """An installed pack and what it changed."""

    pack: InstalledPack
    preview: PackPreview


def preview_pack(desk: Desk, file: Path) -> PackPreview:
    """Return what a pack is and what it would change; errors as `DataPacks.inspect`."""
    return desk.packs.preview(file)


def install_pack(desk: Desk, file: Path, *, clock_confirmed: bool = False) -> PackInstallation:
    """Install a pack: from now on its data counts, each version from its own first day.

    Raises:
        RuleRefusal: ``clock_set_back``, unless somebody looked at the clock and said it is right.
        BadInput, RuleRefusal, EnvironmentProblem: as `DataPacks.stage` and `Store.writing`; the data
            of before still counts, whole.
    """
    _check_clock(desk, confirmed=clock_confirmed)
    preview = desk.packs.stage(file, desk.settings.office.unit_code)
    info, changes, values = preview.info, preview.changes, preview.values
    detail = {
        "digest": info.digest,
        "added": len(changes.added()) + len(values.added),
        "changed": len(changes.changed()) + len(values.changed),
        "removed": len(changes.removed()) + len(values.removed),
    }
    with _changing_packs(desk) as transaction:
        _note(desk, transaction, "pack_installed", info.kind, info.unit, str(info.version), detail)
        # Last before the commit: what the database refuses is put back, what is killed here is whole.
        pack = desk.packs.activate(info, desk.clock.now())
    desk.catalogue.reload()
    return PackInstallation(pack=pack, preview=preview)


def preview_roll_back(desk: Desk, kind: PackKind, unit: str = "") -> PackPreview:
    """Return the pack that would be taken back and what that would change; errors as `roll_back_pack`."""
    return desk.packs.preview_roll_back(kind, unit)


def roll_back_pack(
    desk: Desk, kind: PackKind, unit: str = "", *, clock_confirmed: bool = False
) -> InstalledPack | None:
    """Take the last pack of a kind back; return the one that counts now, None for the bundled data.

    Raises:
        RuleRefusal: ``pack_no_rollback``, ``clock_set_back`` as `install_pack`.
        EnvironmentProblem: as `Store.writing`, ``pack_not_written``; nothing has changed.
    """
    _check_clock(desk, confirmed=clock_confirmed)
    taken = next(
        (one.info for one in desk.packs.installed() if (one.info.kind, one.info.unit) == (kind, unit)), None
    )
    with _changing_packs(desk) as transaction:
        now = desk.packs.roll_back(kind, unit)
        version = str(now.info.version) if now else BUNDLED
        detail = {"taken_back": str(taken.version) if taken else "", "digest": now.info.digest if now else ""}
        _note(desk, transaction, "pack_rolled_back", kind, unit, version, detail)
    desk.catalogue.reload()
    return now


def trust_root(desk: Desk, root: bytes, *, clock_confirmed: bool = False) -> int:
    """Take another root of trust; return its version. Errors as `DataPacks.trust`, `install_pack`."""
    _check_clock(desk, confirmed=clock_confirmed)
    with desk.store.writing() as transaction:
        version = desk.packs.trust(root)
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=desk.clerk,
                act="pack_root_trusted",
                subject_id=f"root-{version}",
            )
        )
    return version


def _check_clock(desk: Desk, *, confirmed: bool) -> None:
    """Before anything is unpacked: a stamp of the past would stand in the audit log for good."""
    if not confirmed:
        with desk.store.reading() as queries:
            require_clock(queries, desk.clock.now())


@contextmanager
def _changing_packs(desk: Desk) -> Iterator[Transaction]:
    before = desk.packs.state()
    try:
        with desk.store.writing() as transaction:
            yield transaction
    except BaseException:
        desk.packs.restore(before)
        raise


def _note(
    desk: Desk,
    transaction: Transaction,
    act: str,
    kind: PackKind,
    unit: str,
    version: str,
    detail: Mapping[str, object],
) -> None:
    transaction.append_audit(
        AuditEntry(
            at=desk.clock.now(),
            clerk=desk.clerk,
            act=act,
            subject_id=f"{kind.value}-{version}",
            detail={"kind": kind.value, "unit": unit, "version": version, **detail},
        )
    )
