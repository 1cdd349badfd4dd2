"""One PDF for one paper, out of what a scanner, a folder or the clerk gives."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.scan_file import MAX_FILE_BYTES, MAX_PAGES, MediaType, media_type_of
from counter_app.services.attachments_port import MadeScan

if TYPE_CHECKING:
    from counter_app.devices.scan_image import Sheet

_POINTS_PER_MM = 72 / 25.4


class ScanDocuments:
    """Implements `services.attachments_port.ScanMaker`; the libraries are loaded when it is first used."""

    def make(self, contents: Sequence[bytes]) -> MadeScan:
        """As `ScanMaker.make`."""
        from counter_app.devices.scan_pdf import facts_of

        kinds = [media_type_of(content) for content in contents]
        if not kinds:
            raise BadInput("scan_file_empty")
        if kinds == [MediaType.PDF]:
            facts = facts_of(contents[0])
            return MadeScan(pdf=contents[0], pages=facts.pages, dpi=facts.dpi, signed=facts.signed)
        return _merged(contents, kinds)


def _merged(contents: Sequence[bytes], kinds: Sequence[MediaType]) -> MadeScan:
    import pypdfium2  # type: ignore[import-untyped]

    from counter_app.devices.pdfium_lock import PDFIUM
    from counter_app.devices.scan_image import sheets_of

    whole = _Whole()
    with PDFIUM:
        document = pypdfium2.PdfDocument.new()
    try:
        for content, kind in zip(contents, kinds, strict=True):
            if kind is MediaType.PDF:
                _append_pdf(document, content, whole)
                continue
            for sheet in sheets_of(content):  # slow, so the lock is not held meanwhile
                whole.count(1, sheet.dpi, sheet.skew)
                with PDFIUM:
                    _append_sheet(document, sheet)
        with PDFIUM:
            buffer = io.BytesIO()
            document.save(buffer)
    finally:
        with PDFIUM:
            document.close()
    if buffer.tell() > MAX_FILE_BYTES:
        raise BadInput("scan_too_big", limit_mb=MAX_FILE_BYTES // 1_000_000)
    return MadeScan(pdf=buffer.getvalue(), pages=whole.pages, dpi=whole.dpi, skew=whole.skew)


class _Whole:
    """What is known of the pages so far."""

    def __init__(self) -> None:
        self.pages, self.dpi, self.skew = 0, 0, 0.0

    def count(self, pages: int, dpi: int, skew: float = 0.0) -> None:
        self.pages += pages
        if self.pages > MAX_PAGES:
            raise BadInput("scan_too_many_pages", limit=MAX_PAGES)
        self.dpi = min(self.dpi, dpi) if self.dpi and dpi else self.dpi or dpi
        self.skew = max(self.skew, skew)


def _append_pdf(document: Any, content: bytes, whole: _Whole) -> None:
    from counter_app.devices.pdfium_lock import PDFIUM
    from counter_app.devices.scan_pdf import facts_of, opened

    facts = facts_of(content)
    if facts.signed:
        raise RuleRefusal("scan_signed_not_merged")
    whole.count(facts.pages, facts.dpi)
    with PDFIUM, opened(content) as source:
        document.import_pages(source)


def _append_sheet(document: Any, sheet: "Sheet") -> None:
    """Put the picture in the middle of its paper."""
    import pypdfium2

    width, height = (side * _POINTS_PER_MM for side in sheet.paper_mm)
    across, down = (side * _POINTS_PER_MM for side in sheet.size_mm)
    page = document.new_page(width, height)
    picture = pypdfium2.PdfImage.new(document)
    picture.load_jpeg(io.BytesIO(sheet.jpeg), inline=True)
    place = pypdfium2.PdfMatrix().scale(across, down).translate((width - across) / 2, (height - down) / 2)
    picture.set_matrix(place)
    page.insert_obj(picture)
    page.gen_content()
    page.close()
