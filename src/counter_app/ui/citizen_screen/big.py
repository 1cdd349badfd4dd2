"""Big type: everything on the citizen's screen grows with the screen, readable from a metre away."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from counter_app.ui.widgets.labels import PlainLabel

SMALLEST = 30  # pixels at 1366×768: 22.5 points
_DESIGN = (1366, 768)


def unit_of(size: QSize) -> float:
    """Return how much larger than 1366×768 a screen is, never less than two thirds."""
    return max(min(size.width() / _DESIGN[0], size.height() / _DESIGN[1]), 0.66)


class BigLabel(PlainLabel):
    """A label of `pixels` height on a screen of 1366×768."""

    def __init__(
        self,
        text: str = "",
        *,
        pixels: int = SMALLEST,
        tone: str = "",
        strong: bool = False,
        centred: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, tone=tone, wrap=True, parent=parent)
        self.pixels = pixels
        self._strong = strong
        self.setAlignment(
            Qt.AlignmentFlag.AlignCenter
            if centred
            else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.scale(1.0)

    def scale(self, unit: float) -> None:
        """Take the size of a screen."""
        self.setFont(big_font(self.font(), self.pixels * unit, strong=self._strong))


class BigButton(QPushButton):
    """A button a finger finds: its words shown as given, `pixels` high letters."""

    def __init__(
        self,
        text: str,
        clicked: Callable[[], object],
        *,
        variant: str = "",
        pixels: int = SMALLEST,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setAccessibleName(text)
        self.setProperty("variant", variant)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.pixels = pixels
        self._unit = 1.0
        self.clicked.connect(lambda _checked=False: clicked())
        self.scale(1.0)

    def scale(self, unit: float) -> None:
        """Take the size of a screen."""
        self._unit = unit
        self.setFont(big_font(self.font(), self.pixels * unit, strong=True))
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt)
        """Room for the words and for a finger."""
        words = self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))
        return QSize(round(words + 56 * self._unit), round(self.pixels * 2.5 * self._unit))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt)
        """Never narrower than its words."""
        return self.sizeHint()


def big_font(like: QFont, pixels: float, *, strong: bool = False) -> QFont:
    """Return the font at a size in pixels."""
    font = QFont(like)
    font.setPixelSize(max(round(pixels), 12))
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font


def scale_all(page: QWidget, unit: float) -> None:
    """Let everything on a page take the size of the screen."""
    for label in page.findChildren(BigLabel):
        label.scale(unit)
    for button in page.findChildren(BigButton):
        button.scale(unit)
