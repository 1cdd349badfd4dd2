"""The names of the pages of the settings, one below the other, each whole at every text size."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QSizePolicy

_AROUND = 26  # the frame and room for a scroll bar, in pixels at 100 %
_ANY = 16_777_215  # Qt's own largest size: no bound


class PageList(QListWidget):
    """Arrow keys or a click choose; the first page is chosen from the start."""

    def __init__(self, name: str, pages: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)  # the frame of the chosen one takes a few pixels
        self.addItems(list(pages))
        self.setCurrentRow(0)
        self._fit()

    def lay(self, *, beside: bool) -> None:
        """Stand beside the page, or lie above it in rows where text is large."""
        if beside == (not self.isWrapping()):
            return
        self.setFlow(QListView.Flow.TopToBottom if beside else QListView.Flow.LeftToRight)
        self.setWrapping(not beside)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt)
        """Fit another size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt)
        """Be as high as the rows need."""
        super().resizeEvent(event)
        if self.isWrapping():
            self._fit()

    def _fit(self) -> None:
        self.ensurePolished()
        if not self.isWrapping():
            self.setMinimumHeight(0)
            self.setMaximumHeight(_ANY)
            self.setFixedWidth(self.sizeHintForColumn(0) + _AROUND)
            return
        self.setMinimumWidth(0)
        self.setMaximumWidth(_ANY)
        self.doItemsLayout()
        last = self.visualItemRect(self.item(self.count() - 1))
        height = last.bottom() + self.verticalOffset() + 1 + self.height() - self.viewport().height()
        if height != self.height():
            self.setFixedHeight(height)
