"""Reads printed papers back: text, codes, ink and fonts of a PDF."""

import re
import unicodedata
from functools import lru_cache

import pypdfium2
import zxingcpp
from PIL import Image, ImageChops

DPI = 203


def page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page_text(page) for page in document]
    finally:
        document.close()


def _page_text(page: pypdfium2.PdfPage) -> str:
    text_page = page.get_textpage()
    try:
        return str(text_page.get_text_range())
    finally:
        text_page.close()


def all_text(pdf: bytes) -> str:
    """The text of all pages with every white space taken out: lines may break anywhere."""
    return squeezed("".join(page_texts(pdf)))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00a0]+", "", unicodedata.normalize("NFC", text))


@lru_cache(maxsize=32)
def images(pdf: bytes, dpi: float = DPI) -> tuple[Image.Image, ...]:
    """The pages in black and white, as a thermal or laser printer of that resolution prints them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        grey = [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]
    finally:
        document.close()
    return tuple(page.point(lambda value: 255 if value > 127 else 0) for page in grey)


def codes(image: Image.Image) -> list[tuple[str, str]]:
    """(format, text) of every code on the page, left to right."""
    found = zxingcpp.read_barcodes(image)
    ordered = sorted(found, key=lambda code: code.position.top_left.x)
    return [(code.format.name, code.text) for code in ordered]


def page_sizes_mm(pdf: bytes) -> list[tuple[float, float]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [(w / 72 * 25.4, h / 72 * 25.4) for w, h in (page.get_size() for page in document)]
    finally:
        document.close()


def ink_margins_mm(image: Image.Image, dpi: float = DPI) -> tuple[float, float, float, float]:
    """Distance of the ink from the left, upper, right and lower edge."""
    left, upper, right, lower = ImageChops.invert(image).getbbox()
    mm = 25.4 / dpi
    return (left * mm, upper * mm, (image.width - right) * mm, (image.height - lower) * mm)


def bar_runs(image: Image.Image, row: int, left: int, right: int) -> list[tuple[bool, int]]:
    """Black and white runs in dots along one row of pixels."""
    runs: list[tuple[bool, int]] = []
    for x in range(left, right):
        black = image.getpixel((x, row)) == 0
        if runs and runs[-1][0] == black:
            runs[-1] = (black, runs[-1][1] + 1)
        else:
            runs.append((black, 1))
    return runs
