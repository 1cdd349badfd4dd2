"""Lets backups be made in idle time: soon after the start, every half hour if one is due, and on closing."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from counter_app.services.backup.automatic import AutomaticBackup, keep_safe

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.ui.operations import Operations

log = logging.getLogger(__name__)
_FIRST_AFTER_MS = 60_000  # the first citizens of the day come first
_THEN_EVERY_MS = 30 * 60_000  # also how soon a stick that came back is noticed


class BackupKeeper(QObject):
    """Works beside the clerk's acts; a failure is noted where the self-check finds it, and tried again."""

    def __init__(self, desk: "Desk", operations: "Operations", parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._operations = operations
        self._busy = self._stopped = False
        self._timer = QTimer(self, interval=_FIRST_AFTER_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Make what is due; nothing happens while the last one is still being made."""
        self._timer.setInterval(_THEN_EVERY_MS)
        if not self._busy and not self._stopped:
            self._begin(closing=False)

    def at_close(self) -> None:
        """Make one more when something was done since the last; closing the operations waits for it."""
        self._timer.stop()
        if not self._stopped:
            self._begin(closing=True)

    def pause(self, *, paused: bool) -> None:
        """Make none while the data is being put back: it is no longer ours."""
        self._stopped = paused

    def _begin(self, *, closing: bool) -> None:
        self._busy = True
        desk = self._desk
        self._operations.beside().run_command(
            lambda: keep_safe(desk, closing=closing), done=self._done, failed=self._failed, changes=False
        )

    def _done(self, done: AutomaticBackup) -> None:
        self._busy = False
        if done.problem is not None:
            log.warning("backup failed: %s", done.problem.code)
        elif done.made is not None or done.copied is not None:
            self._operations.data_changed.emit()

    def _failed(self, _error: object) -> None:
        self._busy = False
