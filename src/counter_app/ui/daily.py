"""What the window does once a day, made in idle time after the start: notices, and the turn of the day."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from counter_app.ui.day_watch import DayWatch
from counter_app.ui.notices.area import NoticeArea
from counter_app.ui.promise_changes.banner import PromiseBanner
from counter_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from datetime import datetime

    from counter_app.ui.main_window import MainWindow


class Daily(QObject):
    """Looks at the clock when the window comes to the front, and tells all screens of a new day."""

    def __init__(self, window: "MainWindow", workspace: Workspace) -> None:
        super().__init__(window)
        self._window = window
        self._desk = workspace.desk
        self.promises = PromiseBanner(workspace)
        self.notices = NoticeArea(workspace)
        self.watch = DayWatch(self._now, self)
        self.watch.day_changed.connect(lambda _day: window.catalogue_changed())
        workspace.operations.data_changed.connect(self.notices.look_soon)
        window.installEventFilter(self)

    def look(self) -> None:
        """Look at promises and notices; their places must stand in the window by now."""
        self.promises.count()
        self.notices.look()

    def _now(self) -> "datetime":
        return self._desk.clock.now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt)
        """Look at the clock when the clerk comes back to the window."""
        if watched is self._window and event.type() is QEvent.Type.WindowActivate:
            QTimer.singleShot(0, self.watch, self.watch.check)  # Qt first gives the focus back
        return False
