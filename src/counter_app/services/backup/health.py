"""What the self-check says of backups, and what it mends by itself."""

from typing import TYPE_CHECKING

from counter_app.services.backup.automatic import keep_safe
from counter_app.services.backup.standing import backup_standing

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

Finding = tuple[bool, str, dict[str, object]]


def backup_finding(desk: "Desk") -> Finding:
    """Return whether there is a good backup young enough; on its first day a counter needs none yet."""
    standing = backup_standing(desk)
    if standing.last_good is None:
        today = desk.clock.now().date()
        with desk.store.reading() as queries:
            first = queries.first_open_day(None, today)
        return first is None or first >= today, "health_backup_none", {}
    if standing.old:
        return False, "health_backup_old", {"at": standing.last_good}
    if standing.second_place == "away":
        return True, "health_backup_second_away", {}
    return True, "health_backup", {"at": standing.last_good}


def mend_backups(desk: "Desk") -> list[tuple[str, str, dict[str, object]]]:
    """Make the backup that is due, let the second place catch up and old ones go.

    Returns (name, message code, params) of what was done, or of what was in the way.
    """
    done = keep_safe(desk)
    told: list[tuple[str, str, dict[str, object]]] = []
    if done.made is not None:
        told.append(("backup", "health_backup", {"at": done.made.at}))
    if done.copied is not None:
        told.append(("backup", "mended_second_place", {}))
    if done.problem is not None:
        told.append(("backup", done.problem.code, dict(done.problem.params)))
    return told
