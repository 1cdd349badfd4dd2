"""The strip that says how many slips a new calendar moves, on every screen until all are decided."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame

from counter_app.i18n import _
from counter_app.ui.promise_changes.presenter import affected_count
from counter_app.ui.promise_changes.words import banner_words
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import row
from counter_app.ui.workspace import Workspace

_SETTLES_MS = 400  # a run of acts is counted once


class PromiseBanner(QFrame):
    """Hidden while nobody must be told; counts again when data changed."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.setProperty("frame", "warn")
        self._text = PlainLabel("", wrap=True)
        self.open = Button(_("Xem danh sách"), clicked=self._open)
        inner = row(self._text, self.open, margins=(16, 5, 16, 5), spacing=10)
        inner.setStretchFactor(self._text, 1)
        self.setLayout(inner)
        self.hide()
        self._timer = QTimer(self, interval=_SETTLES_MS, singleShot=True)
        self._timer.timeout.connect(self._settled)
        workspace.operations.data_changed.connect(self._timer.start)

    @property
    def text(self) -> str:
        """What it says; "" while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def count(self) -> None:
        """Count now."""
        affected_count(self._workspace, self._show)

    def _settled(self) -> None:
        if self.window().isVisible():  # a closed window's operations take no more questions
            self.count()

    def _show(self, count: int) -> None:
        self._text.setText(banner_words(count))
        self.setAccessibleName(self._text.text())
        self.setVisible(count > 0)

    def _open(self) -> None:
        self._workspace.shell.open_screen("promise_changes")
