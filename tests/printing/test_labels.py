"""Address labels: whole, on their place of the sheet, with the code to scan, nothing else personal."""

from dataclasses import replace

import pytest
from tests.printing.paper_reading import DPI, all_text, codes, images, ink_margins_mm, page_texts, squeezed
from tests.printing.sample_notices import LONG_OFFICE, OFFICE, TYPICAL, WORST

from counter_app.printing.labels import PLACES
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services.paper_content import Marks, PaperSize
from counter_app.services.papers.address_label import LabelSheet, address_label

RENDERER = ReportlabPaperRenderer()
LABEL = address_label(TYPICAL, OFFICE)
WORST_LABEL = address_label(WORST, LONG_OFFICE)
SIZES = (PaperSize.A4, PaperSize.MM80)


@pytest.mark.parametrize("label", [LABEL, WORST_LABEL], ids=["typical", "worst"])
@pytest.mark.parametrize("size", SIZES)
def test_a_label_is_whole_and_its_code_reads_back(label: object, size: PaperSize) -> None:
    sheet = LabelSheet(labels=(label,))  # type: ignore[arg-type]
    pdf = RENDERER.labels(sheet, size)
    text = all_text(pdf)
    for fact in (label.recipient, label.address, label.phone, label.dossier_code):  # type: ignore[attr-defined]
        assert squeezed(fact) in text
    (page,) = images(pdf)
    assert codes(page) == [("Code128", label.dossier_code)]  # type: ignore[attr-defined]
    assert min(ink_margins_mm(page)) >= 4.5


def test_a_label_says_neither_number_nor_what_is_sent() -> None:
    text = all_text(RENDERER.labels(LabelSheet(labels=(LABEL,)), PaperSize.A4))
    assert TYPICAL.applicant.personal_id not in text
    assert squeezed(TYPICAL.procedure.name) not in text
    assert TYPICAL.lookup_secret not in text


def test_labels_fill_their_places_and_go_on_to_the_next_sheet() -> None:
    labels = tuple(replace(LABEL, recipient=f"Người nhận thứ {n}") for n in range(1, 12))
    texts = page_texts(RENDERER.labels(LabelSheet(labels=labels, skip=3), PaperSize.A4))
    assert len(texts) == 2
    assert texts[0].count("Người nhận thứ") == PLACES - 3
    assert texts[1].count("Người nhận thứ") == 11 - (PLACES - 3)


@pytest.mark.parametrize("skip", range(PLACES))
def test_a_label_stays_inside_its_place(skip: int) -> None:
    (page,) = images(RENDERER.labels(LabelSheet(labels=(WORST_LABEL,), skip=skip), PaperSize.A4))
    left, upper, right, lower = (round(edge * DPI / 25.4) for edge in ink_margins_mm(page))
    width, height = page.width / 2, page.height / 4
    column, row = skip % 2, skip // 2
    assert left >= column * width
    assert page.width - right <= (column + 1) * width
    assert upper >= row * height
    assert page.height - lower <= (row + 1) * height


@pytest.mark.parametrize("size", SIZES)
def test_a_training_label_says_so_and_blanks_are_dots(size: PaperSize) -> None:
    sheet = LabelSheet(labels=(replace(LABEL, phone=""),), marks=Marks(training=True))
    text = all_text(RENDERER.labels(sheet, size))
    assert "TẬPHUẤN" in text
    assert "Điệnthoại:....." in text
