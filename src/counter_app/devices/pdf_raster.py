"""Turns the pages of a PDF into pixels, for the preview on screen and for printers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from counter_app.devices.pdfium_lock import PDFIUM
from counter_app.domain.errors import EnvironmentProblem

_POINTS_PER_INCH = 72.0
_A3_POINTS = 1191.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRaster:
    """One page as rows of pixels from the top.

    ``data`` holds `stride` bytes a row: one byte a pixel when `grey`, else blue, green, red and an
    unused byte. ``width_mm`` and ``height_mm`` are the size of the sheet.
    """

    width: int
    height: int
    stride: int
    data: bytes
    grey: bool
    width_mm: float
    height_mm: float


def preview_pages(pdf: bytes, dpi: float, *, grey: bool = False) -> list[PageRaster]:
    """Return every page at `dpi` pixels an inch.

    Raises:
        EnvironmentProblem: ``pdf_unreadable`` when the bytes are no PDF.
    """
    return list(page_rasters(pdf, dpi, grey=grey))


def page_rasters(pdf: bytes, dpi: float, *, grey: bool = False) -> Iterator[PageRaster]:
    """Yield the pages one by one, so that a long paper never stands in memory as a whole."""
    import pypdfium2  # type: ignore[import-untyped]

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as problem:
            raise EnvironmentProblem("pdf_unreadable") from problem
    try:
        for index in range(len(document)):
            with PDFIUM:  # not while the page is looked at: another thread may draw meanwhile
                raster = _raster(document[index], dpi, grey=grey)
            yield raster
    finally:
        with PDFIUM:
            document.close()


def page_raster(pdf: bytes, index: int, dpi: float) -> tuple[PageRaster, int]:
    """Return one page and how many there are; a sheet larger than A3 is drawn coarser.

    Raises:
        EnvironmentProblem: ``pdf_unreadable`` when the bytes are no PDF.
    """
    import pypdfium2

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as problem:
            raise EnvironmentProblem("pdf_unreadable") from problem
        try:
            longest = max(document.get_page_size(index))
            scale = min(1.0, _A3_POINTS / longest)
            return _raster(document[index], dpi * scale, grey=False), len(document)
        finally:
            document.close()


def _raster(page: Any, dpi: float, *, grey: bool) -> PageRaster:
    bitmap = page.render(
        scale=dpi / _POINTS_PER_INCH, grayscale=grey, prefer_bgrx=not grey, may_draw_forms=False
    )
    width, height = page.get_size()
    raster = PageRaster(
        width=bitmap.width,
        height=bitmap.height,
        stride=bitmap.stride,
        data=bytes(bitmap.buffer),
        grey=grey,
        width_mm=width / _POINTS_PER_INCH * 25.4,
        height_mm=height / _POINTS_PER_INCH * 25.4,
    )
    bitmap.close()
    page.close()
    return raster


def page_count(pdf: bytes) -> int:
    """Return how many pages the PDF has.

    Raises:
        EnvironmentProblem: ``pdf_unreadable`` when the bytes are no PDF.
    """
    return sum(1 for _ in page_rasters(pdf, _POINTS_PER_INCH / 8))
