"""Buttons with their key drawn on them; Enter of a scanner never reaches them (see scan/scan_filter)."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from counter_app.ui.widgets.labels import KeyHint


class Button(QPushButton):
    """A push button.

    Args:
        text: The words on it; shown as given (``&`` is doubled so that it is no mnemonic).
        key: A key hint drawn at its right, e.g. "F9"; only a hint, the window handles the key.
        variant: primary, quiet, danger, link, or "" for the ordinary look.
        clicked: Called when it is pressed.
    """

    def __init__(
        self,
        text: str,
        *,
        key: str = "",
        variant: str = "",
        clicked: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("variant", variant)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._hint: KeyHint | None = None
        if key:
            # The style sheet keeps room for the key cap by how many letters it has.
            self.setProperty("room", "s" if len(key) < 4 else "m" if len(key) < 7 else "l")
            self._hint = KeyHint(key, on_primary=variant == "primary", parent=self)
            self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inner = QHBoxLayout(self)
            inner.setContentsMargins(0, 0, 11, 0)
            inner.addStretch(1)
            inner.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignVCenter)
        self.set_text(text)
        if clicked is not None:
            self.clicked.connect(lambda _checked=False: clicked())

    def set_text(self, text: str) -> None:
        """Change the words; also what a screen reader says."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt)
        """Room for the words and the key hint."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), 34))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt)
        """Never narrower than its words."""
        return self.sizeHint()


def primary_button(text: str, *, key: str = "", clicked: Callable[[], object] | None = None) -> Button:
    """Return the one primary button of a screen."""
    return Button(text, key=key, variant="primary", clicked=clicked)


class OptionButton(Button):
    """One answer of a choice, chosen by its number key or the mouse."""

    def __init__(self, number: int, text: str, parent: QWidget | None = None) -> None:
        super().__init__(f"{number}  {text}" if 1 <= number <= 9 else text, variant="option", parent=parent)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt)
        """Keep room for the bold letters of the chosen one."""
        hint, bold = super().sizeHint(), QFont(self.font())
        bold.setBold(True)
        more = QFontMetrics(bold).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(
            self.text()
        )
        return QSize(hint.width() + max(0, more), hint.height())
