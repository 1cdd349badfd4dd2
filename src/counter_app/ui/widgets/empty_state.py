"""What a screen shows when there is nothing to show: why, and the next step."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counter_app.ui.icons import pixmap_of
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column, row


class EmptyState(QWidget):
    """An icon, a line, a sentence and perhaps a button, in the middle of the room there is."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        *,
        label: str = "",
        key: str = "",
        clicked: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        picture = PlainLabel()
        picture.setPixmap(pixmap_of(icon, "#7b8c93", 40))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = PlainLabel(title, type="strong", wrap=True)
        self._text = PlainLabel(text, tone="muted", wrap=True)
        for line in (self._title, self._text):
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            line.setMaximumWidth(520)
            line.setMinimumWidth(320)
        box = column(None, picture, row(None, self._title, None), row(None, self._text, None), spacing=10)
        if label and clicked is not None:
            box.addLayout(row(None, Button(label, key=key, clicked=clicked), None))
        box.addStretch(2)
        self.setLayout(box)
        self._text.setVisible(bool(text))  # only now: shown without a parent it would be a window

    def say(self, title: str, text: str = "") -> None:
        """Change the words."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
