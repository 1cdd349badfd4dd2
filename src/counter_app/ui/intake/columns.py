"""Three columns side by side; two where the window is narrow, the outcome then under the people."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.ui.theme import Theme
from counter_app.ui.widgets.layouts import Scroll, column

# Of this widget's own width, in pixels at text size 100 %.
_TWO_BELOW = 1130
_DESIGNED = 1180
_LEFT, _LEFT_OF_TWO, _RIGHT = 264, 300, 322


class Columns(QWidget):
    """Lays out people and papers, the form, and what will come out.

    Args:
        theme: Its text scale widens the side columns.
        left: Panels always at the left.
        middle: The form, which takes what room there is.
        outcome: Panels at the right, or below the left ones.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        left: Sequence[QWidget],
        middle: QWidget,
        outcome: Sequence[QWidget],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._lefts, self._outcomes = tuple(left), tuple(outcome)
        self._picture: QWidget | None = None
        self._left_box, self._right_box = column(spacing=10), column(spacing=10)
        sides = []
        for inner in (self._left_box, self._right_box):
            holder = QWidget()
            holder.setLayout(inner)
            sides.append(Scroll(holder))
        self._left, self._right = sides
        box = QHBoxLayout(self)
        box.setContentsMargins(14, 12, 14, 12)
        box.setSpacing(12)
        box.addWidget(self._left)
        box.addWidget(middle, 1)
        box.addWidget(self._right)
        self.are_two: bool | None = None
        self.reflow()

    def take(self, *, left: Sequence[QWidget], picture: QWidget, outcome: Sequence[QWidget]) -> None:
        """Add panels below the left ones and above the outcome; `picture` is left out of two columns."""
        self._lefts, self._outcomes = (*self._lefts, *left), (*outcome, *self._outcomes)
        self._picture = picture
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt)
        """Three columns where they fit, else two."""
        super().resizeEvent(event)
        self.reflow()

    def reflow(self) -> None:
        """Fit the columns to the present width and text size."""
        scale = self._theme.text_scale / 100
        two = self.width() < _TWO_BELOW * scale
        spare = max(self.width() - _DESIGNED * scale, 0)
        self._left.setFixedWidth(round(_LEFT_OF_TWO * scale if two else _LEFT * scale + spare * 0.22))
        self._right.setFixedWidth(round(_RIGHT * scale + spare * 0.30))
        if two != self.are_two:
            self.are_two = two
            self._place()

    def _place(self) -> None:
        for box in (self._left_box, self._right_box):
            while box.takeAt(0) is not None:
                pass
        left, outcome = self._lefts, self._outcomes
        pictures = (self._picture,) if self._picture is not None else ()
        if self.are_two:
            for picture in pictures:
                picture.hide()
        for box, panels in (
            (self._left_box, (*left, *outcome) if self.are_two else left),
            (self._right_box, () if self.are_two else (*pictures, *outcome)),
        ):
            for panel in panels:
                box.addWidget(panel)
            box.addStretch(1)
        self._right.setVisible(not self.are_two)
