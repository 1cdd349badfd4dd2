"""The bar above every screen: search, scanner, what is not yet sent, who is at the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from counter_app.i18n import _
from counter_app.ui.icons import pixmap_of
from counter_app.ui.quick_search import Hit
from counter_app.ui.search_box import SearchBox
from counter_app.ui.widgets.labels import ElidedLabel, PlainLabel
from counter_app.ui.widgets.layouts import row
from counter_app.ui.widgets.properties import restyle
from counter_app.ui.widgets.tooltips import set_tooltip
from counter_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from counter_app.services.sync.overview import SyncBadge

_PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Pill(QFrame):
    """An icon and a few words in a rounded box; the words carry the meaning, colour only helps.

    With ``pressed`` it is a button too: the mouse, Enter and Space press it.
    """

    def __init__(
        self, icon: str, *, pressed: Callable[[], None] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pill")
        self._icon_name = icon
        self._pressed = pressed
        if pressed is not None:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icon = PlainLabel()
        self._text = PlainLabel(type="small")
        self.setLayout(row(self._icon, self._text, margins=(11, 3, 13, 3), spacing=6))
        self.setMinimumHeight(30)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, text: str, tone: str, colour: str) -> None:
        """Show `text` in a tone: ok, warn, bad or ""."""
        self._text.setText(text)
        self._icon.setPixmap(pixmap_of(self._icon_name, colour, 16))
        self.setAccessibleName(text)
        restyle(self, "tone", tone)
        for label in (self._text, self._icon):
            self.style().unpolish(label)
            self.style().polish(label)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt)
        """Press."""
        super().mouseReleaseEvent(event)
        if self._pressed is not None and self.rect().contains(event.position().toPoint()):
            self._pressed()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Press."""
        if self._pressed is not None and event.key() in _PRESSING:
            self._pressed()
        else:
            super().keyPressEvent(event)


class NameButton(ElidedLabel):
    """Who is at the desk; the mouse, Enter and Space open their shift."""

    def __init__(self, pressed: Callable[[], None]) -> None:
        super().__init__(type="small")
        self._pressed = pressed
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt)
        """Press."""
        if self.rect().contains(event.position().toPoint()):
            self._pressed()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Press."""
        if event.key() in _PRESSING:
            self._pressed()
        else:
            super().keyPressEvent(event)


class TopBar(QWidget):
    """Search on the left, states in the middle, the clerk on the right."""

    def __init__(self, workspace: Workspace, opened: Callable[[Hit], None]) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace = workspace
        self._scanner_state = ("", "")
        self._badge: tuple[SyncBadge, datetime] | None = None
        self.search = SearchBox(workspace, opened)
        self.search.setMinimumWidth(240)
        self.search.setMaximumWidth(480)
        self._scanner = Pill("scanner")
        self.sync = Pill("sync", pressed=lambda: workspace.shell.open_screen("sync"))
        self._clerk = NameButton(lambda: workspace.shell.open_screen("shift"))
        self.lock = Pill("lock", pressed=workspace.shell.lock)
        set_tooltip(self.lock, _("Khóa màn hình (Ctrl L); việc đang làm dở được giữ nguyên"))
        pills = (self._scanner, self.sync, self._clerk, self.lock)
        bar = row(self.search, *pills, margins=(16, 8, 16, 8), spacing=12)
        bar.setStretchFactor(self.search, 3)
        bar.setStretchFactor(self._clerk, 2)
        self.setLayout(bar)
        self.show_scanner(_("Chờ quét thẻ"), "")
        self.sync.hide()
        self.lock.hide()
        workspace.theme.changed.connect(self._repaint)

    def show_scanner(self, text: str, tone: str) -> None:
        """Say how the scanner does."""
        self._scanner_state = (text, tone)
        self._scanner.say(text, tone, self._colour(tone))

    def show_sync(self, badge: SyncBadge, now: datetime) -> None:
        """Say how much the server has not got yet, and since when."""
        from counter_app.ui.sync_status.words import badge_words

        self._badge = (badge, now)
        text, tone = badge_words(badge, now)
        self.sync.say(text, tone, self._colour(tone))
        self.sync.setAccessibleName(_("Đồng bộ: {state}").format(state=text))
        self.sync.show()

    def show_clerk(self, clerk: str, counter: int, *, signed_in: bool = False) -> None:
        """Name the clerk and the counter; who signed in can lock the screen."""
        text = _("{clerk} · Quầy {counter}").format(clerk=clerk, counter=counter)
        self._clerk.setText(text)
        self._clerk.setAccessibleName(_("Ca làm việc: {who}").format(who=text))
        self._show_lock()
        self.lock.setVisible(signed_in)

    def _show_lock(self) -> None:
        self.lock.say(_("Khóa"), "", self._colour(""))

    def _colour(self, tone: str) -> str:
        return self._workspace.theme.tokens.colours[f"{tone or 'neutral'}_text"]

    def _repaint(self) -> None:
        self.show_scanner(*self._scanner_state)
        self._show_lock()
        if self._badge is not None:
            self.show_sync(*self._badge)


def training_banner() -> QWidget:
    """Return the strip that says nothing printed here is valid."""
    banner = QWidget()
    banner.setObjectName("training")
    banner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    text = PlainLabel(_("CHẾ ĐỘ TẬP HUẤN — giấy in ra không có giá trị"))
    text.setAlignment(Qt.AlignmentFlag.AlignCenter)
    banner.setLayout(row(text, margins=(8, 3, 8, 3)))
    return banner
