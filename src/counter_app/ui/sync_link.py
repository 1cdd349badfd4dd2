"""Between the window and the exchange with the server: starts it in idle time, wakes it, hears from it.

The exchange runs in a thread of its own; what it says crosses by a queued signal, and several words within a
moment are one look at the database.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from counter_app.services.sync_port import SyncState
from counter_app.ui.operations import Operations, Ticket

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.sync_control import SyncControl

_GATHER_MS = 500
_STOP_S = 2.0


class SyncLink(QObject):
    """Lives as long as the window; `close` ends the exchange."""

    _heard = Signal()

    def __init__(self, parent: QObject, desk: "Desk", control: "SyncControl", operations: Operations) -> None:
        super().__init__(parent)
        self._desk, self._control, self._operations = desk, control, operations
        self._known: tuple[object, ...] | None = None
        self._telling = False
        self._ticket: Ticket | None = None
        self._gather = QTimer(self, interval=_GATHER_MS, singleShot=True)
        self._gather.timeout.connect(self.look)
        self._heard.connect(self._gather_words, Qt.ConnectionType.QueuedConnection)
        operations.data_changed.connect(self._something_written)
        control.on_change(self._heard.emit)
        control.start()

    def close(self) -> None:
        """End the exchange; it may end with the program when the line hangs."""
        self._gather.stop()
        self._control.stop(_STOP_S)

    def look(self) -> None:
        """Let the screens look again when the exchange changed what they show."""
        desk = self._desk

        def read() -> SyncState:
            with desk.store.reading() as queries:
                return queries.sync_state()

        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self._operations.run_query(read, done=self._compare, failed=lambda _error: None)

    def _gather_words(self) -> None:
        if not self._gather.isActive():
            self._gather.start()

    def _something_written(self) -> None:
        if not self._telling:  # what the exchange itself brought need not be sent
            self._control.wake()

    def _compare(self, state: SyncState) -> None:
        found = (
            state.enrolled,
            state.waiting,
            state.quarantined,
            state.scans_waiting,
            state.notices_open,
            state.parked,
            state.cursor,
            tuple((lane.lane, lane.answer) for lane in state.lanes),
        )
        if found == self._known:
            return
        self._known = found
        self._telling = True
        try:
            self._operations.data_changed.emit()
        finally:
            self._telling = False
