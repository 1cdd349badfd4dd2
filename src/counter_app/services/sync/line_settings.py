"""What an office says about its line: how fast and when scans go; entered in the settings."""

from dataclasses import replace
from typing import TYPE_CHECKING

from counter_app.services import sync_settings
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.sync_port import Enrolment
    from counter_app.services.sync_settings import SyncSettings


def read_line(desk: "Desk") -> "tuple[SyncSettings, Enrolment | None]":
    """Return the settings, and the identity towards the server if there is one."""
    with desk.store.reading() as queries:
        return sync_settings.load(queries), queries.enrolment()


def save_line(desk: "Desk", wanted: "SyncSettings") -> "SyncSettings":
    """Store the settings as one act and return them as kept; whether sync is paused stays as it is.

    Raises:
        BadInput: ``sync_bad_rate``, ``sync_bad_window``.
        EnvironmentProblem: as `Store.writing`.
    """
    with desk.store.writing() as transaction:
        kept = replace(wanted, paused=sync_settings.load(transaction).paused)
        sync_settings.store(transaction, kept)
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=desk.clerk,
                act="sync_settings_changed",
                subject_id=desk.settings.counter.device_id,
            )
        )
    return kept
