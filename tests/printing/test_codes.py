"""Barcode and QR in whole printer dots, with the quiet zones scanners need."""

import pytest
import zxingcpp
from paper_reading import DPI, bar_runs, images
from sample_slips import SLIP

from counter_app.domain.errors import BadInput
from counter_app.printing.barcode import code128
from counter_app.printing.qr import qr_code
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services.paper_content import PaperSize

DOT_MM = 25.4 / DPI
RENDERER = ReportlabPaperRenderer()


@pytest.mark.parametrize("size", list(PaperSize))
def test_bars_are_whole_modules_of_a_quarter_millimetre(size: PaperSize) -> None:
    page = images(RENDERER.slip(SLIP, size))[0]
    found = next(c for c in zxingcpp.read_barcodes(page) if c.format.name == "Code128")
    corner, opposite = found.position.top_left, found.position.bottom_right
    runs = bar_runs(page, (corner.y + opposite.y) // 2, corner.x - 25, opposite.x + 25)
    bars = runs[1:-1]
    module = min(length for _, length in bars)
    assert module * DOT_MM >= 0.25
    assert {length % module for _, length in bars} == {0}
    assert max(length for _, length in bars) <= 4 * module
    for white, length in (runs[0], runs[-1]):
        assert not white
        assert length >= 10 * module
    height_mm = (opposite.y - corner.y) * DOT_MM
    assert height_mm >= 9


def test_the_usual_code_fits_a_thermal_roll() -> None:
    assert code128(SLIP.dossier_code).width_dots * DOT_MM <= 70


@pytest.mark.parametrize("size", list(PaperSize))
def test_qr_modules_are_three_dots(size: PaperSize) -> None:
    page = images(RENDERER.slip(SLIP, size))[0]
    found = next(c for c in zxingcpp.read_barcodes(page) if c.format.name == "QRCode")
    left, right = found.position.top_left.x, found.position.top_right.x
    runs = bar_runs(page, found.position.top_left.y + 1, left - 14, right + 14)
    assert runs[1] == (True, 21)  # the seven modules of the finder
    assert runs[0][1] >= 12  # four quiet modules
    assert {length % 3 for _, length in runs[1:-1]} == {0}


def test_what_code128_cannot_hold_is_refused() -> None:
    with pytest.raises(BadInput) as caught:
        code128("H29.12-ĐẶNG")
    assert caught.value.code == "code_not_printable"


def test_a_qr_has_an_end() -> None:
    with pytest.raises(BadInput) as caught:
        qr_code("x" * 5000)
    assert caught.value.code == "qr_text_too_long"
