"""The bar above every screen: search, scanner, what is not yet sent, who is at the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from counter_app.i18n import _
from counter_app.ui.icons import pixmap_of
from counter_app.ui.quick_search import Hit
from counter_app.ui.search_box import SearchBox
from counter_app.ui.widgets.labels import ElidedLabel, PlainLabel
from counter_app.ui.widgets.layouts import row
from counter_app.ui.widgets.properties import restyle
from counter_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from counter_app.services.ports import OutboxState


class Pill(QFrame):
    """An icon and a few words in a rounded box; the words carry the meaning, colour only helps."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pill")
        self._icon_name = icon
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


class TopBar(QWidget):
    """Search on the left, states in the middle, the clerk on the right."""

    def __init__(self, workspace: Workspace, opened: Callable[[Hit], None]) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace = workspace
        self._scanner_state = ("", "")
        self._outbox: tuple[OutboxState, datetime] | None = None
        self.search = SearchBox(workspace, opened)
        self.search.setMinimumWidth(240)
        self.search.setMaximumWidth(480)
        self._scanner = Pill("scanner")
        self._sync = Pill("sync")
        self._clerk = ElidedLabel(type="small")
        self._clerk.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        bar = row(self.search, self._scanner, self._sync, self._clerk, margins=(16, 8, 16, 8), spacing=12)
        bar.setStretchFactor(self.search, 3)
        bar.setStretchFactor(self._clerk, 2)
        self.setLayout(bar)
        self.show_scanner(_("Chờ quét thẻ"), "")
        self._sync.hide()
        workspace.theme.changed.connect(self._repaint)

    def show_scanner(self, text: str, tone: str) -> None:
        """Say how the scanner does."""
        self._scanner_state = (text, tone)
        self._scanner.say(text, tone, self._colour(tone))

    def show_outbox(self, state: OutboxState, now: datetime) -> None:
        """Say how much the server has not got yet, and since when."""
        self._outbox = (state, now)
        tone = "warn" if state.waiting else "ok"
        self._sync.say(outbox_words(state, now), tone, self._colour(tone))
        self._sync.show()

    def show_clerk(self, clerk: str, counter: int) -> None:
        """Name the clerk and the counter."""
        self._clerk.setText(_("{clerk} · Quầy {counter}").format(clerk=clerk, counter=counter))

    def _colour(self, tone: str) -> str:
        return self._workspace.theme.tokens.colours[f"{tone or 'neutral'}_text"]

    def _repaint(self) -> None:
        self.show_scanner(*self._scanner_state)
        if self._outbox is not None:
            self.show_outbox(*self._outbox)


def outbox_words(state: OutboxState, now: datetime) -> str:
    """Return "Đã gửi hết", or "Chưa gửi: 12 · 3 phút"."""
    if not state.waiting:
        return _("Đã gửi hết")
    words = _("Chưa gửi: {count}").format(count=state.waiting)
    if state.oldest_at is None:
        return words
    minutes = max(int((now - state.oldest_at).total_seconds() // 60), 0)
    if minutes < 1:
        return words
    if minutes < 60:
        return f"{words} · " + _("{n} phút").format(n=minutes)
    if minutes < 24 * 60:
        return f"{words} · " + _("{n} giờ").format(n=minutes // 60)
    return f"{words} · " + _("{n} ngày").format(n=minutes // (24 * 60))


def training_banner() -> QWidget:
    """Return the strip that says nothing printed here is valid."""
    banner = QWidget()
    banner.setObjectName("training")
    banner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    text = PlainLabel(_("CHẾ ĐỘ TẬP HUẤN — giấy in ra không có giá trị"))
    text.setAlignment(Qt.AlignmentFlag.AlignCenter)
    banner.setLayout(row(text, margins=(8, 3, 8, 3)))
    return banner
