"""Goes on with what could be saved of a damaged database; the damaged one is set aside as it is."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from counter_app.services.backup.rebuild import rebuild
from counter_app.services.backup.restore import restore

if TYPE_CHECKING:
    from counter_app.services.backup.backup_port import BackupShelf, PreparedSalvage, SalvageReport
    from counter_app.services.ports import Clock, Ids


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedData:
    """What was saved, beside the damaged data, which is untouched; to go on with or to discard."""

    prepared: "PreparedSalvage"
    report: "SalvageReport"


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """A counter that goes on with what was saved; ``set_aside`` names the folder of the damaged file."""

    report: "SalvageReport"
    set_aside: str


def save_what_is_left(shelf: "BackupShelf", clock: "Clock") -> SavedData:
    """Read what can be read, and rebuild dossiers from their events; errors as `BackupShelf.salvage`."""
    prepared = shelf.salvage(clock.now())
    report = prepared.report
    try:
        if report.lost:
            store = prepared.store()
            try:
                with store.writing() as transaction:
                    own = transaction.setting("counter.device_id") or ""
                    rebuilt = rebuild(transaction, own, report.lost)
            finally:
                store.close()
            lost = {each: code for each, code in report.lost.items() if each not in rebuilt}
            report = replace(report, lost=lost, dossiers=report.dossiers + len(rebuilt))
    except BaseException:
        prepared.discard()
        raise
    return SavedData(prepared=prepared, report=report)


def go_on_with(saved: SavedData, clock: "Clock", ids: "Ids", *, slip: str = "", clerk: str = "") -> Salvaged:
    """Put what was saved in place, as a restore does: what was lost may include numbers given."""
    done = restore(saved.prepared, clock, ids, slip=slip, clerk=clerk)
    return Salvaged(report=saved.report, set_aside=done.set_aside)


def salvage(shelf: "BackupShelf", clock: "Clock", ids: "Ids", *, slip: str = "", clerk: str = "") -> Salvaged:
    """Save and put in place in one go; errors as `BackupShelf.salvage` and `restore`."""
    return go_on_with(save_what_is_left(shelf, clock), clock, ids, slip=slip, clerk=clerk)
