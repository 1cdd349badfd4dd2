"""A picture from a scanner or a phone as sheets: set straight, on paper of the size it really had."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from counter_app.devices.scan_skew import skew_of
from counter_app.domain.errors import BadInput, KnownError
from counter_app.domain.scan_file import LEAST_DPI, MAX_PAGES, MAX_PIXELS

if TYPE_CHECKING:
    from PIL.Image import Image

A4_MM = (210.0, 297.0)
_A3_MM = (297.0, 420.0)
_MM_PER_INCH = 25.4
_SLACK = 1.03  # scanner beds are a little larger than the sheet
_FINEST_DPI = 300  # more only costs room and time on the line
_QUALITIES = (85, 75, 65, 55)
_BYTES_PER_PIXEL = 0.16  # about 1.4 MB for A4 at 300 dpi


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page to be: a JPEG, where it lies on which paper (millimetres), its dpi, what was straightened."""

    jpeg: bytes = field(repr=False)
    paper_mm: tuple[float, float]
    size_mm: tuple[float, float]
    dpi: int
    skew: float


def sheets_of(content: bytes) -> Iterator[Sheet]:
    """Yield the pictures of a JPEG, PNG or (many-paged) TIFF file.

    Whatever hides in the file besides the pixels, a place or a second file, is left behind.

    Raises:
        BadInput: ``scan_broken``, ``scan_too_many_pixels``, ``scan_too_many_pages`` (limit).
    """
    from PIL import Image

    # Pillow's own limit only warns; ours is checked before a single pixel is made.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG", "TIFF")) as picture:
            count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
            if count > MAX_PAGES:
                raise BadInput("scan_too_many_pages", limit=MAX_PAGES)
            for frame in range(count):
                if frame:
                    picture.seek(frame)
                yield _sheet(picture)
    except KnownError:
        raise
    except Exception as problem:
        raise BadInput("scan_broken") from problem


def _sheet(picture: "Image") -> Sheet:
    from PIL import Image, ImageOps

    if picture.width * picture.height > MAX_PIXELS or min(picture.size) < 1:
        raise BadInput("scan_too_many_pixels")
    dots = picture.info.get("dpi")
    said = min(float(dots[0]), float(dots[1])) if isinstance(dots, tuple) and len(dots) == 2 else 0.0
    upright = ImageOps.exif_transpose(picture)
    page = _plain(upright)
    skew = skew_of(page)
    if skew:
        white = 255 if page.mode == "L" else (255, 255, 255)
        page = page.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=white)
    paper, size = layout(page.width, page.height, said)
    dpi = page.width / size[0] * _MM_PER_INCH
    if dpi > _FINEST_DPI * 1.1:
        smaller = (round(page.width * _FINEST_DPI / dpi), round(page.height * _FINEST_DPI / dpi))
        page, dpi = page.resize(smaller, resample=Image.Resampling.LANCZOS, reducing_gap=2.0), _FINEST_DPI
    return Sheet(jpeg=_jpeg(page), paper_mm=paper, size_mm=size, dpi=round(dpi), skew=abs(skew))


def layout(width: int, height: int, said_dpi: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the paper and the size of a picture on it, in millimetres.

    A scanner says its dpi, and the picture lies 1:1 on A4, or on a sheet of its own size up to A3. A
    phone says 72 or nothing: its picture is a photo of a whole sheet and fills A4.
    """
    across = width > height
    a4 = (A4_MM[1], A4_MM[0]) if across else A4_MM
    a3 = (_A3_MM[1], _A3_MM[0]) if across else _A3_MM
    if said_dpi >= LEAST_DPI:
        true = (width / said_dpi * _MM_PER_INCH, height / said_dpi * _MM_PER_INCH)
        if true[0] <= a4[0] and true[1] <= a4[1]:
            return a4, true
        if true[0] <= a4[0] * _SLACK and true[1] <= a4[1] * _SLACK:
            return true, true
        if true[0] <= a3[0] * _SLACK and true[1] <= a3[1] * _SLACK:
            return true, true
    scale = min(a4[0] / width, a4[1] / height)
    return a4, (width * scale, height * scale)


def _plain(picture: "Image") -> "Image":
    """Return it grey or in colour, what was transparent white."""
    from PIL import Image

    if picture.mode in ("L", "RGB"):
        picture.load()
        return picture
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        return picture.convert("F").point(lambda value: value / 257).convert("L")
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode in ("LA", "PA", "RGBA", "RGBa", "La") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        white = Image.new("RGB", layer.size, (255, 255, 255))
        white.paste(layer, mask=layer.getchannel("A"))
        return white
    return picture.convert("RGB")


def _jpeg(page: "Image") -> bytes:
    """Return it as JPEG, as fine as it may be for its size."""
    most = page.width * page.height * _BYTES_PER_PIXEL
    made = b""
    for quality in _QUALITIES:
        buffer = BytesIO()
        page.save(buffer, "JPEG", quality=quality, optimize=True)
        made = buffer.getvalue()
        if len(made) <= most:
            break
    return made
