"""Line icons, drawn in the theme's colours at any size."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

_folder = Path("resources/icons")


def set_folder(resources: Path) -> None:
    """Tell where the icons are; called once at start."""
    global _folder  # noqa: PLW0603  (one installation a process)
    _folder = resources / "icons"
    pixmap_of.cache_clear()


def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """Return the icon `name` in a CSS colour; an unknown name gives an empty icon."""
    return QIcon(pixmap_of(name, colour, size))


@lru_cache(maxsize=256)
def pixmap_of(name: str, colour: str, size: int) -> QPixmap:
    """Return the icon as a pixmap of `size` logical pixels, sharp on screens up to 200 %."""
    from PySide6.QtSvg import QSvgRenderer

    pixmap = QPixmap(size * 2, size * 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    path = _folder / f"{name}.svg"
    if path.is_file():
        drawing = path.read_text(encoding="utf-8").replace("#000000", colour)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size * 2, size * 2))
        painter.end()
    pixmap.setDevicePixelRatio(2.0)
    return pixmap
