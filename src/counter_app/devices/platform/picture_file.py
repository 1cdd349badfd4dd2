"""Reads a picture file (PNG, JPEG…) into gray pixels."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from counter_app.devices.image_code import GrayPicture
from counter_app.domain.errors import BadInput

_LONGEST_SIDE = 4000  # a phone's photo is larger than any code needs
# Pixels only: a drawing (SVG) may name other files, and Qt would open them.
_PHOTOS = frozenset({b"png", b"jpeg", b"jpg", b"bmp", b"gif", b"tiff", b"tif", b"webp"})


def load_picture(path: Path) -> GrayPicture:
    """Return the picture, made smaller when it is huge; what it is, its content says.

    Raises:
        BadInput: ``not_a_picture``.
    """
    reader = QImageReader(str(path))
    if reader.format().data() not in _PHOTOS:
        raise BadInput("not_a_picture")
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > _LONGEST_SIDE:
        limit = QSize(_LONGEST_SIDE, _LONGEST_SIDE)
        reader.setScaledSize(size.scaled(limit, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise BadInput("not_a_picture")
    gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
    width, height, stride = gray.width(), gray.height(), gray.bytesPerLine()
    raw = bytes(gray.constBits())
    pixels = b"".join(raw[row * stride : row * stride + width] for row in range(height))
    return GrayPicture(width=width, height=height, pixels=pixels)
