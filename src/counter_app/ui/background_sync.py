"""Lets the exchange with the central server run behind the window, from its first idle moment to its end."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_app.ui.operations import Operations

if TYPE_CHECKING:
    from counter_app.services.sync_control import SyncControl

_STOP_WITHIN_S = 2.0


class BackgroundSync(QObject):
    """Wakes the exchange after every act, and `look` after whatever the exchange changed."""

    _changed = Signal()  # emitted from the exchange's thread, heard in the window's

    def __init__(
        self, parent: QObject, control: "SyncControl", operations: Operations, look: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self._control = control
        self._changed.connect(look)
        operations.data_changed.connect(control.wake)
        control.on_change(self._changed.emit)
        control.start()

    def stop(self) -> None:
        """End it; what is on the line is sent again at the next start."""
        self._control.stop(_STOP_WITHIN_S)
