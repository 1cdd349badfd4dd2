"""Prints PDF bytes through Qt: the window system's printers on Windows and CUPS alike.

The PDF is the master. Its pages become pixels at the printer's own resolution and are painted one
to one from the corner of the sheet; nothing is scaled, or the barcode's modules would lose their
whole number of dots. It needs a running QGuiApplication, and may work on any thread: what is painted
is one image a page.
"""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QGuiApplication, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from counter_app.devices.pdf_raster import PageRaster, page_rasters
from counter_app.domain.errors import EnvironmentProblem
from counter_app.services.paper_content import PaperSize

MAX_DPI = 300  # enough for text and codes; a laser's 1200 would need 16 times the memory
_LONGEST_NAME = 60  # letters; file systems count bytes, and a Vietnamese letter takes three
_STATES = {QPrinter.PrinterState.Error: "error", QPrinter.PrinterState.Aborted: "aborted"}


def available_printers() -> list[str]:
    """Return the names of the installed printers, the default one first."""
    names = list(QPrinterInfo.availablePrinterNames())
    default = QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: (name != default, name.casefold()))


class QtPrinter:
    """Sends papers to a printer, or to a PDF file in place of one.

    With ``pdf_folder`` everything printed to the printer named "" becomes a file there; without it
    "" is the system's default printer. A file is named by the paper's title, never by a citizen.
    """

    def __init__(self, pdf_folder: Path | None = None, *, max_dpi: int = MAX_DPI) -> None:
        self._pdf_folder = pdf_folder
        self._max_dpi = max_dpi
        self.last_file: Path | None = None  # where the last paper printed to a file went

    def print_pdf(self, pdf: bytes, *, printer_name: str, size: PaperSize, title: str) -> None:
        """Print every page of `pdf`.

        Args:
            pdf: the paper.
            printer_name: of an installed printer; "" see above.
            size: of the sheets; an 80 mm roll takes its length from the page.
            title: of the print job; must not hold anything personal.

        Raises:
            EnvironmentProblem: ``no_default_printer``, ``printer_not_found`` (printer),
                ``printer_failed`` (printer, reason), ``pdf_unreadable``.
        """
        if QGuiApplication.instance() is None:
            # Qt would end the whole program.
            raise EnvironmentProblem("printer_failed", printer=printer_name, reason="no_window_system")
        printer = self._printer(printer_name, title)
        pages = iter(page_rasters(pdf, printer.resolution(), grey=True))
        first = next(pages, None)
        if first is None:
            return
        printer.setPageLayout(_layout(first, size))
        printer.setFullPage(True)
        if self.last_file is not None:
            printer.setOutputFileName(str(self.last_file))
        _paint(printer, first, pages, printer_name)

    def _printer(self, name: str, title: str) -> QPrinter:
        self.last_file = None
        if not name and self._pdf_folder is not None:
            return self._file_printer(self._pdf_folder, title)
        info = QPrinterInfo.printerInfo(name) if name else QPrinterInfo.defaultPrinter()
        if info.isNull():
            if not name:
                raise EnvironmentProblem("no_default_printer")
            raise EnvironmentProblem("printer_not_found", printer=name)
        printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
        printer.setResolution(_whole_dots(printer, self._max_dpi))
        printer.setColorMode(QPrinter.ColorMode.GrayScale)
        printer.setDocName(title)
        return printer

    def _file_printer(self, folder: Path, title: str) -> QPrinter:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise EnvironmentProblem("printer_failed", printer="", reason=problem.strerror or "") from problem
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setResolution(self._max_dpi)
        printer.setDocName(title)
        self.last_file = _free_name(folder, title)
        return printer


def _whole_dots(printer: QPrinter, limit: int) -> int:
    """Return the best resolution up to `limit`: a mode of the printer, or a whole part of its own.

    A 600 dpi laser asked for 300 prints every pixel as 2 × 2 dots; asked for 203 it would have to
    guess. Thermal printers say 203 themselves.
    """
    offered = [dpi for dpi in printer.supportedResolutions() if 150 <= dpi <= limit]
    if offered:
        return max(offered)
    native = printer.resolution()
    return next((native // part for part in range(1, 17) if native // part <= limit), limit)


def _layout(page: PageRaster, size: PaperSize) -> QPageLayout:
    """Return the sheet: named where the printer knows the name, lying down where the page does."""
    wide = page.width_mm > page.height_mm
    match size:
        case PaperSize.A4:
            sheet = QPageSize(QPageSize.PageSizeId.A4)
        case PaperSize.A5:
            sheet = QPageSize(QPageSize.PageSizeId.A5)
        case PaperSize.MM80:
            wide = False
            sheet = QPageSize(
                QSizeF(page.width_mm, page.height_mm),
                QPageSize.Unit.Millimeter,
                "80mm",
                QPageSize.SizeMatchPolicy.ExactMatch,
            )
    way = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    layout = QPageLayout(sheet, way, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _paint(printer: QPrinter, first: PageRaster, others: Iterable[PageRaster], name: str) -> None:
    painter = QPainter()
    if not painter.begin(printer):
        raise EnvironmentProblem("printer_failed", printer=name, reason="cannot_start")
    finished = False
    try:
        _draw(painter, first)
        for page in others:
            if not printer.newPage():
                raise EnvironmentProblem("printer_failed", printer=name, reason="no_new_page")
            _draw(painter, page)
        finished = True
    finally:
        if not finished:
            printer.abort()
        ended = painter.end()
    state = _STATES.get(printer.printerState())
    if state or not ended:
        raise EnvironmentProblem("printer_failed", printer=name, reason=state or "cannot_finish")


def _draw(painter: QPainter, page: PageRaster) -> None:
    image = QImage(page.data, page.width, page.height, page.stride, QImage.Format.Format_Grayscale8)
    # The driver may report dots of its own; the rectangle says one pixel is one dot.
    painter.drawImage(QRectF(0, 0, page.width, page.height), image)


def _free_name(folder: Path, title: str) -> Path:
    """Return a file name not yet taken; two papers of one title must not overwrite each other."""
    stem = "".join(c if c.isalnum() or c in " -._" else "-" for c in title)
    stem = stem[:_LONGEST_NAME].strip(" .") or "print"
    path = folder / f"{stem}.pdf"
    number = 2
    while path.exists():
        path = folder / f"{stem}-{number}.pdf"
        number += 1
    return path
