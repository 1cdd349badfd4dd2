"""The papers of the demo: reading a printed slip's code as a scanner does, and a paper to be scanned."""

from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image

_DPI = 203


def scanned_slip(slip: Path) -> str:
    """Return what the QR on a printed slip says.

    Raises:
        ValueError: no QR can be read.
    """
    document = pypdfium2.PdfDocument(slip.read_bytes())
    try:
        page = document[0].render(scale=_DPI / 72, grayscale=True).to_pil()
    finally:
        document.close()
    for code in zxingcpp.read_barcodes(page):
        if code.format.name == "QRCode":
            return str(code.text)
    raise ValueError("no QR on the slip")


def paper_to_scan(path: Path) -> Path:
    """Draw a page so grainy that its scan is several chunks long; return its path."""
    Image.effect_noise((1700, 2300), 60).convert("L").save(path, dpi=(200, 200))
    return path
