"""Goes on with what could be saved of a damaged database; the damaged one is set aside as it is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.services.backup.restore import restore

if TYPE_CHECKING:
    from counter_app.services.backup.backup_port import BackupShelf, PreparedSalvage, SalvageReport
    from counter_app.services.ports import Clock, Ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """A counter that goes on with what was saved; ``set_aside`` names the folder of the damaged file."""

    report: "SalvageReport"
    set_aside: str


def salvage(shelf: "BackupShelf", clock: "Clock", ids: "Ids", *, slip: str = "") -> Salvaged:
    """Save and put in place in one go; errors as `BackupShelf.salvage` and `restore`."""
    return go_on_with(shelf.salvage(clock.now()), clock, ids, slip=slip)


def go_on_with(
    saved: "PreparedSalvage", clock: "Clock", ids: "Ids", *, slip: str = "", clerk: str = ""
) -> Salvaged:
    """Put a saved database in place, as a restore does: what was lost may include numbers given."""
    report = saved.report
    done = restore(saved, clock, ids, slip=slip, clerk=clerk)
    return Salvaged(report=report, set_aside=done.set_aside)
