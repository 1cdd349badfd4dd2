"""Lets nothing through to what lies under the cover: no key, no click, no dialog."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

_KEPT_BACK = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.ContextMenu,
        QEvent.Type.ToolTip,
        QEvent.Type.DragEnter,
        QEvent.Type.DragMove,
        QEvent.Type.Drop,
    }
)

_OVER = (Qt.WindowType.Popup, Qt.WindowType.Tool, Qt.WindowType.ToolTip)


class CoverGuard(QObject):
    """Between `begin` and `end` only `cover` and what is in it takes part.

    Dialogs that are open are hidden and come back at the end; a file dialog is called off, for it would
    show the names of files to whoever is next.
    """

    def __init__(self, cover: QWidget, take_keyboard: Callable[[], None]) -> None:
        super().__init__(cover)
        self._cover = cover
        self._take_keyboard = take_keyboard
        self._put_by: list[QDialog] = []
        self._on = False

    def begin(self) -> None:
        """Keep everything back from now on."""
        application = QApplication.instance()
        if self._on or not isinstance(application, QApplication):
            return
        self._on = True
        for widget in application.topLevelWidgets():
            if widget.isVisible() and _lies_over(widget):
                self._put_away(widget)
        self._cover.window().activateWindow()
        application.installEventFilter(self)
        application.focusChanged.connect(self._focus_changed)

    def end(self, *, same_person: bool) -> None:
        """Let everything through again; dialogs of somebody else are closed for good."""
        application = QApplication.instance()
        if not self._on or not isinstance(application, QApplication):
            return
        self._on = False
        application.removeEventFilter(self)
        application.focusChanged.disconnect(self._focus_changed)
        put_by, self._put_by = self._put_by, []
        for dialog in put_by:
            if same_person:
                dialog.show()
            else:
                dialog.reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt)
        """Swallow what is not for the cover; put away what opens meanwhile."""
        kind = event.type()
        if kind not in _KEPT_BACK and kind is not QEvent.Type.Show:
            return False
        if not isinstance(watched, QWidget) or watched is self._cover or self._cover.isAncestorOf(watched):
            return False
        if kind is QEvent.Type.Show:
            if _lies_over(watched) and not self._belongs_to_cover(watched):
                QCoreApplication.postEvent(self, _PutAway(watched))
            return False
        return not self._belongs_to_cover(watched)

    def customEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt)
        """Put away a dialog that has opened under the cover."""
        if isinstance(event, _PutAway) and self._on and event.widget.isVisible():
            self._put_away(event.widget)
            self._cover.window().activateWindow()
            self._take_keyboard()

    def _belongs_to_cover(self, widget: QWidget) -> bool:
        """Tell whether a menu or list was opened from the cover."""
        return self._cover.isAncestorOf(widget.window().parentWidget() or widget)

    def _put_away(self, widget: QWidget) -> None:
        if isinstance(widget, QFileDialog):
            widget.reject()
        elif isinstance(widget, QDialog):
            widget.hide()
            self._put_by.append(widget)
        else:
            widget.close()

    def _focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Give no widget below the keyboard: a program can set the focus where no mouse can."""
        window = self._cover.window()
        if now is None:
            below = QApplication.activeWindow() is window
        else:
            below = now.window() is window and now is not self._cover and not self._cover.isAncestorOf(now)
        if below:
            self._take_keyboard()


def _lies_over(widget: QWidget) -> bool:
    """Tell dialogs, menus, open lists and tips, which lie above the cover and may hold the keyboard."""
    return widget.isWindow() and (isinstance(widget, QDialog) or widget.windowType() in _OVER)


class _PutAway(QEvent):
    """A dialog is shown once this is read: hiding it while it opens would leave it half open."""

    KIND = QEvent.Type(QEvent.registerEventType())

    def __init__(self, widget: QWidget) -> None:
        super().__init__(self.KIND)
        self.widget = widget
