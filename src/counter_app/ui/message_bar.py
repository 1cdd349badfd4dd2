"""Messages that never take the focus; errors stay until read, the rest leave by themselves.

They lie over the top bar, in room of nobody else: no button may move under the mouse when one comes.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from counter_app.i18n import _
from counter_app.ui.icons import pixmap_of
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import row
from counter_app.ui.widgets.properties import restyle
from counter_app.ui.workspace import Notice

_STAYS_MS = {"info": 8_000, "ok": 12_000, "warn": 20_000}
_STAYS_WITH_ACTION_MS = 30_000
_ICONS = {"info": "info", "ok": "check", "warn": "warning", "bad": "warning"}


class MessageBar(QFrame):
    """Shows the newest notice. An offered action can also be reached with Alt+Z."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._notice: Notice | None = None
        self.setProperty("frame", "info")
        self._icon = PlainLabel()
        self._text = PlainLabel(wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._action = Button("", key="Alt Z", clicked=self._act)
        self._close = Button("×", variant="quiet", clicked=self.hide)
        self._close.setAccessibleName(_("Đóng thông báo"))
        self._close.setFixedWidth(36)
        for button in (self._action, self._close):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = row(self._icon, self._text, self._action, self._close, margins=(14, 5, 6, 5), spacing=10)
        inner.setStretchFactor(self._text, 1)
        self.setLayout(inner)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._over: QWidget | None = None
        self._spared: QWidget | None = None
        self.hide()

    def lie_over(self, bar: QWidget, spared: QWidget) -> None:
        """Lie over `bar`, and below it while `spared`, a field in it, is typed into."""
        self._over, self._spared = bar, spared
        self.setParent(bar.parentWidget())
        self.hide()
        bar.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt)
        """Follow the bar."""
        if watched is self._over and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return super().eventFilter(watched, event)

    def leave(self) -> None:
        """Go away with the citizen it was about; what failed and can still be mended stays."""
        notice = self.notice
        if notice is not None and not (notice.tone == "bad" and notice.action is not None):
            self.hide()

    def _place(self) -> None:
        bar, spared = self._over, self._spared
        if bar is None or spared is None or self.isHidden():
            return
        width = bar.width()
        height = max(self.heightForWidth(width), self.sizeHint().height(), bar.height())
        top = bar.y() + (bar.height() if spared.hasFocus() else 0)
        self.setGeometry(bar.x(), top, width, height)
        self.raise_()

    @property
    def notice(self) -> Notice | None:
        """The notice on show, or None."""
        return self._notice if not self.isHidden() else None

    def show_notice(self, notice: Notice) -> None:
        """Show `notice` in place of the one before."""
        self._notice = notice
        restyle(self, "frame", notice.tone)
        colour = self._theme.tokens.colours[f"{notice.tone}_text"]
        self._icon.setPixmap(pixmap_of(_ICONS[notice.tone], colour, 20))
        self._text.setText(notice.text)
        self._action.setVisible(notice.action is not None)
        if notice.action is not None:
            self._action.set_text(notice.label)
        self.setAccessibleName(notice.text)
        self.show()
        self._place()
        if notice.tone in _STAYS_MS:
            stays = _STAYS_MS[notice.tone]
            self._timer.start(stays if notice.action is None else max(stays, _STAYS_WITH_ACTION_MS))
        else:
            self._timer.stop()

    def act(self) -> bool:
        """Do what the notice offers; False when it offers nothing."""
        if self.notice is None or self.notice.action is None:
            return False
        self._act()
        return True

    def _act(self) -> None:
        notice = self._notice
        self.hide()
        if notice is not None and notice.action is not None:
            notice.action()
