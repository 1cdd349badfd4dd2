"""Pages of a PDF on screen; pixels are made off the UI thread."""

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.i18n import _

if TYPE_CHECKING:
    from counter_app.devices.pdf_raster import PageRaster

_GAP = 12


def rasterize(pdf: bytes, dpi: float = 110) -> list[QImage]:
    """Return the pages as images; safe on any thread.

    Raises:
        EnvironmentProblem: ``pdf_unreadable``.
    """
    from counter_app.devices.pdf_raster import preview_pages

    return [_image(page) for page in preview_pages(pdf, dpi)]


def first_pages(pdf: bytes, count: int, dpi: float = 110) -> list[QImage]:
    """Return at most `count` pages as images; a long paper is not made pixels as a whole.

    Raises:
        EnvironmentProblem: ``pdf_unreadable``.
    """
    from counter_app.devices.pdf_raster import page_rasters

    return [_image(page) for page in islice(page_rasters(pdf, dpi), count)]


def one_page(pdf: bytes, index: int, dpi: float = 110) -> tuple[QImage, int]:
    """Return the page at `index` as an image, and how many pages there are.

    Raises:
        EnvironmentProblem: ``pdf_unreadable``.
    """
    from counter_app.devices.pdf_raster import page_raster

    page, count = page_raster(pdf, index, dpi)
    return _image(page), count


def _image(page: "PageRaster") -> QImage:
    return QImage(page.data, page.width, page.height, page.stride, QImage.Format.Format_RGB32).copy()


class PdfPreview(QWidget):
    """Shows pages one under the other, as wide as there is room; ``clicks`` are left to the owner."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: list[QImage] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(_("Xem trước"))

    def show_pages(self, pages: Sequence[QImage]) -> None:
        """Show these pages; an empty sequence shows an empty sheet."""
        self._pages = list(pages)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:  # noqa: N802  (Qt)
        """The pages keep their shape."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  (Qt)
        """Return the height of all pages at that width."""
        inner = max(width - 2, 1)
        heights = [round(page.height() * inner / max(page.width(), 1)) for page in self._pages]
        return (sum(heights) + _GAP * (len(heights) - 1) + 2) if heights else round(width * 1.414)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt)
        """A small sheet."""
        return QSize(300, self.heightForWidth(300))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002  (Qt)
        """Draw the sheets, white in every theme, as paper is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QColor("#b9c4ca"))
        inner, top = self.width() - 2, 0.0
        if not self._pages:
            painter.fillRect(self.rect().adjusted(0, 0, -1, -1), QColor("#ffffff"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            return
        ratio = self.devicePixelRatioF()
        for page in self._pages:
            height = page.height() * inner / max(page.width(), 1)
            target = QRectF(1, top + 1, inner, height)
            wanted = QSize(round(inner * ratio), round(height * ratio))
            smooth = page.scaled(
                wanted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            painter.drawImage(target, smooth)
            painter.drawRect(target)
            top += height + _GAP
