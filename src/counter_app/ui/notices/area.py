"""The strip under the top bar: the most pressing notice, the others behind a button."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from counter_app.i18n import _
from counter_app.services import daily_notices
from counter_app.services.daily_notices import DailyNotice
from counter_app.ui.icons import pixmap_of
from counter_app.ui.notices.words import NoticeLine, notice_line
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import ElidedLabel, PlainLabel
from counter_app.ui.widgets.layouts import clear, column, row
from counter_app.ui.widgets.properties import restyle
from counter_app.ui.widgets.tooltips import set_tooltip
from counter_app.ui.workspace import Workspace

_SETTLES_MS = 300  # several changes at once are looked at once


class NoticeArea(QFrame):
    """Hidden while there is nothing to know; put aside, it comes back the next day."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._open = False
        self.lines: tuple[NoticeLine, ...] = ()
        self._box = QVBoxLayout()
        self._box.setSpacing(2)
        self.setLayout(column(self._box, margins=(16, 3, 6, 3)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()
        self._timer = QTimer(self, interval=_SETTLES_MS, singleShot=True)
        self._timer.timeout.connect(self.look)
        workspace.theme.changed.connect(self._rebuild)

    def look_soon(self) -> None:
        """Look again when things have settled."""
        self._timer.start()

    def look(self) -> None:
        """Ask what is to be told today, off the UI thread."""
        desk = self._workspace.desk
        self._workspace.operations.run_query(
            lambda: daily_notices.daily_notices(desk), done=self._show, failed=lambda _error: self._show(())
        )

    def put_aside(self) -> None:
        """Tell nothing more today of what stands here."""
        desk, kinds = self._workspace.desk, [line.kind for line in self.lines]
        self._show(())
        self._workspace.operations.run_command(
            lambda: daily_notices.put_aside(desk, kinds), failed=lambda _error: None, changes=False
        )

    def _show(self, notices: Sequence[DailyNotice]) -> None:
        self.lines = tuple(map(notice_line, notices))
        self._open = self._open and len(self.lines) > 1
        self._rebuild()

    def _rebuild(self) -> None:
        clear(self._box)
        self.setVisible(bool(self.lines))
        if not self.lines:
            return
        restyle(self, "frame", "warn" if self.lines[0].tone == "warn" else "info")
        for number, line in enumerate(self.lines if self._open else self.lines[:1]):
            self._box.addWidget(self._line(line, first=number == 0))

    def _line(self, line: NoticeLine, *, first: bool) -> QWidget:
        icon, text = PlainLabel(), ElidedLabel(line.text)
        colour = self._workspace.theme.tokens.colours[f"{line.tone}_text"]
        icon.setPixmap(pixmap_of("warning" if line.tone == "warn" else "info", colour, 18))
        set_tooltip(text, line.text)
        go = _quiet(Button(line.label, variant="link", clicked=partial(self._go, line)))
        go.setAccessibleName(f"{line.label}: {line.text}")
        parts = row(icon, text, go, spacing=10)
        parts.setStretchFactor(text, 1)
        if first:
            if len(self.lines) > 1:
                more = _("Còn {count} việc ▾").format(count=len(self.lines) - 1)
                words = _("Thu gọn ▴") if self._open else more
                parts.addWidget(_quiet(Button(words, variant="link", clicked=self._fold)))
            close = _quiet(Button("×", variant="quiet", clicked=self.put_aside))
            close.setAccessibleName(_("Để sang ngày mai nhắc lại"))
            close.setToolTip(_("Để sang ngày mai nhắc lại"))
            close.setFixedWidth(36)
            parts.addWidget(close)
        holder = QWidget()
        holder.setLayout(parts)
        return holder

    def _fold(self) -> None:
        self._open = not self._open
        self._rebuild()

    def _go(self, line: NoticeLine) -> None:
        self._workspace.shell.open_screen(line.screen_id, **line.request)


def _quiet(button: Button) -> Button:
    """Return a button the mouse can press without taking the keyboard from the clerk."""
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
