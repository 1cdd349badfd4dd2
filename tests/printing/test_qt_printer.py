"""The way to paper: pixels one to one, sheets of the right size, failures that say what is wrong."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest
from paper_reading import codes, images, page_sizes_mm
from sample_forms import CODE, birth_content
from sample_slips import FULL, SLIP

from counter_app.devices.pdf_raster import preview_pages
from counter_app.devices.platform.qt_printer import QtPrinter, available_printers
from counter_app.domain.errors import EnvironmentProblem
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services.paper_content import PaperSize

RENDERER = ReportlabPaperRenderer()
if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
pytestmark = pytest.mark.usefixtures("qapp")
TITLE = "Giấy hẹn H29.12-261121-1001"


@pytest.mark.parametrize(
    ("size", "sheet", "pages"),
    [(PaperSize.A5, (148, 210), 2), (PaperSize.A4, (297, 210), 1), (PaperSize.MM80, (80, None), 1)],
)
@pytest.mark.parametrize("dpi", [203, 300])
def test_printed_sheets_keep_their_size_and_their_codes(
    tmp_path: Path, size: PaperSize, sheet: tuple[float, float | None], pages: int, dpi: int
) -> None:
    paper = RENDERER.slip(SLIP, size)
    printer = QtPrinter(tmp_path, max_dpi=dpi)
    printer.print_pdf(paper, printer_name="", size=size, title=TITLE)
    assert printer.last_file is not None
    printed = printer.last_file.read_bytes()
    sizes = page_sizes_mm(printed)
    assert len(sizes) == pages
    for given, made in zip(page_sizes_mm(paper), sizes, strict=True):
        assert made == pytest.approx(given, abs=0.6)
        assert made[0] == pytest.approx(sheet[0], abs=0.6)
    for page in images(printed, dpi):
        assert {text for _, text in codes(page)} == {SLIP.dossier_code, SLIP.qr_text}


def test_pixels_are_not_scaled(tmp_path: Path) -> None:
    printer = QtPrinter(tmp_path, max_dpi=203)
    printer.print_pdf(RENDERER.slip(SLIP, PaperSize.A5), printer_name="", size=PaperSize.A5, title=TITLE)
    assert printer.last_file is not None
    document = pypdfium2.PdfDocument(printer.last_file)
    page = document[0]
    (image,) = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    pixels, (left, bottom, right, top) = image.get_px_size(), image.get_bounds()
    across, above = right - left, page.get_height() - top
    tall = top - bottom
    document.close()
    assert pixels == (1183, 1679)
    assert (across, tall) == pytest.approx([side * 72 / 203 for side in pixels], abs=0.05)
    assert (left, above) == pytest.approx((0, 0), abs=0.2)


def test_every_page_of_a_long_paper_is_printed(tmp_path: Path) -> None:
    paper = RENDERER.slip(FULL, PaperSize.A5)
    printer = QtPrinter(tmp_path, max_dpi=150)
    printer.print_pdf(paper, printer_name="", size=PaperSize.A5, title=TITLE)
    assert printer.last_file is not None
    assert len(page_sizes_mm(printer.last_file.read_bytes())) == len(page_sizes_mm(paper))


def test_a_form_prints_upright(tmp_path: Path) -> None:
    printer = QtPrinter(tmp_path, max_dpi=203)
    printer.print_pdf(RENDERER.form(birth_content()), printer_name="", size=PaperSize.A4, title="Tờ khai")
    assert printer.last_file is not None
    printed = printer.last_file.read_bytes()
    assert page_sizes_mm(printed) == [pytest.approx((210, 297), abs=0.6)]
    assert codes(images(printed)[0]) == [("Code128", CODE)]


def test_files_do_not_overwrite_each_other(tmp_path: Path) -> None:
    printer = QtPrinter(tmp_path, max_dpi=150)
    for _ in range(2):
        printer.print_pdf(
            RENDERER.slip(SLIP, PaperSize.MM80), printer_name="", size=PaperSize.MM80, title="a/b"
        )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-b-2.pdf", "a-b.pdf"]


def test_an_unknown_printer_is_named() -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        QtPrinter().print_pdf(b"", printer_name="Máy in không có", size=PaperSize.A5, title=TITLE)
    assert caught.value.code == "printer_not_found"
    assert caught.value.params == {"printer": "Máy in không có"}


def test_a_folder_that_cannot_be_written_fails_with_a_reason(tmp_path: Path) -> None:
    in_the_way = tmp_path / "folder"
    in_the_way.write_text("a file")
    with pytest.raises(EnvironmentProblem) as caught:
        QtPrinter(in_the_way).print_pdf(
            RENDERER.slip(SLIP, PaperSize.MM80), printer_name="", size=PaperSize.MM80, title=TITLE
        )
    assert caught.value.code == "printer_failed"
    assert caught.value.params["reason"]


def test_bytes_that_are_no_pdf_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        QtPrinter(tmp_path).print_pdf(b"not a pdf", printer_name="", size=PaperSize.A5, title=TITLE)
    assert caught.value.code == "pdf_unreadable"


def test_the_list_of_printers_is_a_list_of_names() -> None:
    assert all(isinstance(name, str) and name for name in available_printers())


def test_the_preview_shows_the_same_page_in_colour_and_grey() -> None:
    paper = RENDERER.slip(SLIP, PaperSize.A5)
    colour, grey = preview_pages(paper, 96), preview_pages(paper, 96, grey=True)
    assert len(colour) == len(grey) == 2
    first = colour[0]
    assert (first.width_mm, first.height_mm) == pytest.approx((148, 210), abs=0.1)
    assert (first.width, first.height) == pytest.approx((148 / 25.4 * 96, 210 / 25.4 * 96), abs=1.5)
    assert first.stride >= first.width * 4
    assert len(first.data) == first.stride * first.height
    assert len(grey[0].data) == grey[0].stride * grey[0].height
    assert grey[0].stride >= grey[0].width
    assert grey[0].stride < first.stride


def test_a_file_that_cannot_be_made_is_a_printer_failure() -> None:
    # The kernel lets nobody create a file here, not even root.
    with pytest.raises(EnvironmentProblem) as caught:
        QtPrinter(Path("/proc")).print_pdf(
            RENDERER.slip(SLIP, PaperSize.MM80), printer_name="", size=PaperSize.MM80, title=TITLE
        )
    assert caught.value.code == "printer_failed"
    assert caught.value.params == {"printer": "", "reason": "cannot_start"}


def test_a_very_long_title_still_makes_a_file(tmp_path: Path) -> None:
    printer = QtPrinter(tmp_path, max_dpi=150)
    printer.print_pdf(
        RENDERER.slip(SLIP, PaperSize.MM80), printer_name="", size=PaperSize.MM80, title="Ầ" * 400
    )
    assert printer.last_file is not None
    assert printer.last_file.is_file()


def test_a_worker_thread_may_print(tmp_path: Path) -> None:
    printer = QtPrinter(tmp_path, max_dpi=203)
    paper = RENDERER.slip(SLIP, PaperSize.A5)
    with ThreadPoolExecutor(max_workers=1) as worker:
        worker.submit(printer.print_pdf, paper, printer_name="", size=PaperSize.A5, title=TITLE).result()
    assert printer.last_file is not None
    assert SLIP.dossier_code in {text for _, text in codes(images(printer.last_file.read_bytes())[0])}


def test_without_a_window_system_it_says_so_and_lives() -> None:
    program = (
        "from counter_app.devices.platform.qt_printer import QtPrinter\n"
        "from counter_app.domain.errors import EnvironmentProblem\n"
        "from counter_app.services.paper_content import PaperSize\n"
        "try:\n"
        "    QtPrinter().print_pdf(b'', printer_name='', size=PaperSize.A5, title='')\n"
        "except EnvironmentProblem as problem:\n"
        "    print(problem.code, problem.params['reason'])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["printer_failed", "no_window_system"]
