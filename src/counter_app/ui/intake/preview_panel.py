"""The picture of what will come out: the top of the page beside the form, or the whole paper."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.i18n import _
from counter_app.ui.intake.preview_feed import PreviewFeed
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import KeyHint, PlainLabel
from counter_app.ui.widgets.layouts import Card, Scroll, clear, row
from counter_app.ui.widgets.pdf_preview import PdfPreview

if TYPE_CHECKING:
    from counter_app.ui.theme import Theme

_READABLE = 860
_TALLEST = 0.6  # of the width: the head of a sheet says enough, F8 shows the rest


class PaperTabs(QWidget):
    """One button a paper; several can show the same feed."""

    def __init__(self, feed: PreviewFeed) -> None:
        super().__init__()
        self._feed = feed
        self._box = row(spacing=4)
        self.setLayout(self._box)
        self._shown: tuple[tuple[str, str], ...] = ()
        self._buttons: dict[str, Button] = {}
        feed.papers_changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        if self._feed.papers != self._shown:
            self._shown = self._feed.papers
            clear(self._box)
            self._buttons = {paper: self._button(paper, words) for paper, words in self._shown}
            for button in self._buttons.values():
                self._box.addWidget(button)
        for paper, button in self._buttons.items():
            button.setChecked(paper == self._feed.paper)

    def _button(self, paper: str, words: str) -> Button:
        button = Button(words, variant="option", clicked=lambda: self._feed.choose(paper))
        button.setAccessibleName(_("Xem trước: {paper}").format(paper=words))
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button


class PreviewPanel(Card):
    """The top of the chosen paper; a click or F8 shows all of it."""

    def __init__(self, feed: PreviewFeed, theme: "Theme", enlarge: Callable[[], None]) -> None:
        super().__init__()
        self.sheet = Sheet(theme, enlarge)
        self._problem = WrapLabel(type="small", tone="warn")
        self._problem.hide()
        self.body.addLayout(row(PaperTabs(feed), None, KeyHint("F8"), spacing=6))
        self.body.addWidget(self.sheet)
        self.body.addWidget(self._problem)
        feed.drawn.connect(self._show)

    def _show(self, pages: Sequence[QImage], problem: str) -> None:
        self.sheet.show_image(pages[0] if pages else None)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))


class PreviewPage(Card):
    """The whole paper, large; for reading the data back to the citizen."""

    def __init__(self, feed: PreviewFeed, close: Callable[[], None]) -> None:
        super().__init__()
        self.pages = PdfPreview()
        self._desk = _Desktop(self.pages)
        back = Button(_("Trở lại"), key="Esc", clicked=close)
        self.body.addLayout(row(PlainLabel(_("Xem trước"), type="title"), PaperTabs(feed), None, back))
        self.body.addWidget(Scroll(self._desk), 1)
        feed.drawn.connect(self._show)

    def _show(self, pages: Sequence[QImage], _problem: str) -> None:
        self.pages.show_pages(pages)
        self._desk.place()


class _Desktop(QWidget):
    """Holds the pages in the middle, at a width that reads well."""

    def __init__(self, pages: PdfPreview) -> None:
        super().__init__()
        self._pages = pages
        pages.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt)
        super().resizeEvent(event)
        self.place()

    def place(self) -> None:
        width = min(self.width() - 8, _READABLE)
        height = self._pages.heightForWidth(width)
        self._pages.setGeometry((self.width() - width) // 2, 0, width, height)
        if self.minimumHeight() != height:
            self.setMinimumHeight(height)


class Sheet(QWidget):
    """The top of a page, as wide as there is room; a click enlarges."""

    def __init__(self, theme: "Theme", enlarge: Callable[[], None]) -> None:
        super().__init__()
        self._theme = theme
        self._enlarge = enlarge
        self.image: QImage | None = None
        self.setAccessibleName(_("Xem trước giấy tờ"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("Bấm F8 để xem cả trang"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(180)

    def show_image(self, image: QImage | None) -> None:
        """Show a page, or an empty sheet."""
        self.image = image
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt)
        """The head of a sheet."""
        return QSize(200, 180)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt)
        """Keep the proportion."""
        super().resizeEvent(event)
        self.setFixedHeight(round(self.width() * _TALLEST))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002  (Qt)
        """Draw the top of the page; paper stays white in the dark theme."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if self.image is not None:
            ratio = self.devicePixelRatioF()
            width = round(self.width() * ratio)
            scaled = self.image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
            scaled.setDevicePixelRatio(ratio)
            painter.drawImage(0, 0, scaled)
        painter.setPen(self._theme.colour("border"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802, ARG002  (Qt)
        """Show the whole paper."""
        self._enlarge()
