"""Labels that show exactly what they are given: no markup, no mnemonics."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from counter_app.ui.widgets.properties import restyle


class PlainLabel(QLabel):
    """A label for any text: a name with ``<b>`` or ``&`` in it is shown as it was typed.

    Args:
        text: What to show.
        type: display, title, strong, section, small, caption, or "" for body text.
        tone: muted, primary, warn, bad, ok, or "".
        wrap: Whether long text breaks into lines.
        selectable: Whether the mouse can select and copy the text.
    """

    def __init__(
        self,
        text: str = "",
        *,
        type: str = "",  # noqa: A002  (the word of the style sheet)
        tone: str = "",
        wrap: bool = False,
        bold: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if type:
            self.setProperty("type", type)
        if tone:
            self.setProperty("tone", tone)
        if bold:
            self.setProperty("weight", "bold")
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Change the tone: muted, primary, warn, bad, ok, or ""."""
        restyle(self, "tone", tone)


class ElidedLabel(PlainLabel):
    """A one-line label that ends in … when there is no room; its tooltip-free full text is `text()`."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt)
        """Allow shrinking to a few letters."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), 40), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002  (Qt)
        """Draw the text that fits."""
        painter = QPainter(self)
        metrics = QFontMetrics(self.font())
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(self.alignment() | Qt.AlignmentFlag.AlignVCenter),
            self.palette(),
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )


class Chip(PlainLabel):
    """A small coloured word: a status, a source. ``kind``: neutral, info, ok, warn, bad, count."""

    def __init__(self, text: str = "", kind: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(text, parent=parent)
        self.setProperty("chip", kind)
        self.setIndent(0)  # or Qt adds half a letter to the style sheet's padding
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_as(self, text: str, kind: str) -> None:
        """Change word and colour together."""
        self.setText(text)
        restyle(self, "chip", kind)


class KeyHint(PlainLabel):
    """A key drawn like a key cap: F9, Ctrl K."""

    def __init__(self, keys: str, *, on_primary: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(keys, parent=parent)
        self.setProperty("keyhint", "onPrimary" if on_primary else "true")
        self.setIndent(0)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


def fact_row(label: str, value: str, *, label_width: int = 140) -> QWidget:
    """Return "label   value" on one line, the value wrapping and selectable."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    name = PlainLabel(label, tone="muted")
    name.setFixedWidth(label_width)
    name.setWordWrap(True)
    name.setAlignment(Qt.AlignmentFlag.AlignTop)
    text = PlainLabel(value, wrap=True, selectable=True)
    text.setAlignment(Qt.AlignmentFlag.AlignTop)
    layout.addWidget(name, 0)
    layout.addWidget(text, 1)
    return row
