"""Finds barcodes and QR codes in a picture: a photo of a card, a screenshot of a slip."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GrayPicture:
    """A picture as one byte a pixel, rows without padding."""

    width: int
    height: int
    pixels: bytes


def codes_in(picture: GrayPicture) -> list[bytes]:
    """Return the raw bytes of every readable code, QR codes first; empty when there is none."""
    import zxingcpp

    view = memoryview(picture.pixels).cast("B", (picture.height, picture.width))
    found = zxingcpp.read_barcodes(view)
    qr_first = sorted(found, key=lambda code: "QR" not in str(code.format).upper())
    return [bytes(code.bytes) for code in qr_first if code.valid]


def qr_picture(text: str) -> GrayPicture:
    """Return a QR code of `text`, one pixel a module, with its quiet zone."""
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    image = memoryview(code.to_image(scale=1))  # type: ignore[arg-type]  # stubs miss the buffer
    height, width = image.shape or (0, 0)
    return GrayPicture(width=width, height=height, pixels=image.tobytes())
