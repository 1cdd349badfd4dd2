"""What a PDF from outside is: its pages, its resolution, and why it is refused."""

from contextlib import contextmanager
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any

from counter_app.devices.pdf_inflation import require_modest
from counter_app.devices.pdfium_lock import PDFIUM
from counter_app.domain.errors import BadInput
from counter_app.domain.scan_file import MAX_PAGES, MAX_PIXELS

if TYPE_CHECKING:
    from collections.abc import Iterator

_POINTS_PER_INCH = 72.0
_LONGEST_SIDE_POINTS = 3400.0  # A0
_A_SCAN_COVERS = 0.3  # of the page; less is a logo on a drawn page
_END = b"%%EOF"
_ZIP_DIRECTORY = b"PK\x05\x06"
_ZIP_TAIL = 66_000  # a zip's directory may lie this far from its end
# Scans do nothing; a PDF that runs or carries something is not one.
_ACTIVE = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia")
_SECURITY_NONE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFacts:
    """A PDF that may be kept. ``dpi`` is that of its coarsest scanned page, 0 when none is scanned."""

    pages: int
    dpi: int
    signed: bool


def facts_of(pdf: bytes) -> PdfFacts:
    """Look through a PDF.

    Raises:
        BadInput: ``scan_broken``, ``scan_password``, ``scan_too_many_pages`` (limit),
            ``scan_too_many_pixels``, ``scan_inflates``, ``scan_active_content``,
            ``scan_two_files_in_one``.
    """
    _require_one_file(pdf)
    if any(word in pdf for word in _ACTIVE):
        raise BadInput("scan_active_content")
    require_modest(pdf)
    with PDFIUM, opened(pdf) as document:
        return _facts(document)


@contextmanager
def opened(pdf: bytes) -> "Iterator[Any]":
    """Open a PDF; hold `PDFIUM` around it. BadInput ``scan_broken``, ``scan_password``."""
    import pypdfium2  # type: ignore[import-untyped]
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as problem:
        locked = getattr(problem, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise BadInput("scan_password" if locked else "scan_broken") from problem
    try:
        yield document
    except pypdfium2.PdfiumError as problem:
        raise BadInput("scan_broken") from problem
    finally:
        document.close()


def _require_one_file(pdf: bytes) -> None:
    end = pdf.rfind(_END)
    if end < 0:
        raise BadInput("scan_broken")  # cut off
    if pdf[end + len(_END) :].strip(b"\r\n\t \x00") or _ZIP_DIRECTORY in pdf[-_ZIP_TAIL:]:
        raise BadInput("scan_two_files_in_one")


def _facts(document: Any) -> PdfFacts:
    from pypdfium2 import raw

    if raw.FPDF_GetSecurityHandlerRevision(document) != _SECURITY_NONE:
        raise BadInput("scan_password")
    carries = raw.FPDFDoc_GetJavaScriptActionCount(document) > 0 or document.count_attachments() > 0
    if carries or document.get_formtype() in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND):
        raise BadInput("scan_active_content")
    pages = len(document)
    if pages == 0:
        raise BadInput("scan_broken")
    if pages > MAX_PAGES:
        raise BadInput("scan_too_many_pages", limit=MAX_PAGES)
    found = [_page_dpi(document, index) for index in range(pages)]
    signed = raw.FPDF_GetSignatureCount(document) > 0
    return PdfFacts(pages=pages, dpi=min((dpi for dpi in found if dpi), default=0), signed=signed)


def _page_dpi(document: Any, index: int) -> int:
    from pypdfium2 import raw

    page = document[index]
    try:
        width, height = page.get_size()
        if not min(width, height) >= 1 or max(width, height) > _LONGEST_SIDE_POINTS:
            raise BadInput("scan_too_many_pixels")
        pixels, covered = 0, 0.0
        for picture in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
            across, down = picture.get_px_size()
            if across * down > MAX_PIXELS:
                raise BadInput("scan_too_many_pixels")
            left, bottom, right, top = picture.get_bounds()
            pixels += across * down
            covered += abs(right - left) * abs(top - bottom)
        if covered < _A_SCAN_COVERS * width * height:
            return 0
        return round(sqrt(pixels / covered) * _POINTS_PER_INCH)
    finally:
        page.close()
