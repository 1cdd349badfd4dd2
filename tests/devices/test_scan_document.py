"""What a scanner gives becomes one PDF; what is not a scan is refused with its reason."""

import io
import random

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.devices.scan_samples import (
    drawn_pdf,
    huge_png,
    inflating_pdf,
    pdf_of_objects,
    picture_bytes,
    scanned_pdf,
    stream,
    text_page,
)

from counter_app.devices.scan_document import ScanDocuments
from counter_app.devices.scan_image import layout
from counter_app.devices.scan_pdf import facts_of
from counter_app.devices.scan_skew import skew_of
from counter_app.domain.errors import BadInput, KnownError, RuleRefusal

MAKER = ScanDocuments()


def pages_mm(pdf: bytes) -> list[tuple[int, int]]:
    document = pypdfium2.PdfDocument(pdf)
    found = [document.get_page_size(index) for index in range(len(document))]
    document.close()
    return [(round(width / 72 * 25.4), round(height / 72 * 25.4)) for width, height in found]


def refusal(content: bytes) -> str:
    with pytest.raises(KnownError) as problem:
        MAKER.make([content])
    return problem.value.code


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_a_scanned_sheet_lies_one_to_one_on_a4_with_its_own_dpi(kind: str, dpi: int) -> None:
    page = text_page(round(dpi * 8.2), round(dpi * 11.6))
    made = MAKER.make([picture_bytes(page, kind, dpi)])
    assert (made.pages, made.dpi, made.skew) == (1, dpi, 0.0)
    assert pages_mm(made.pdf) == [(210, 297)]
    assert abs(facts_of(made.pdf).dpi - dpi) <= 1


def test_a_card_keeps_its_true_size_on_the_sheet() -> None:
    paper, size = layout(1011, 638, 300)
    assert paper == (297.0, 210.0)
    assert [round(side, 1) for side in size] == [85.6, 54.0]


def test_a_photo_without_a_resolution_fills_a4() -> None:
    for said in (0, 72, 96):
        paper, size = layout(2480, 3508, said)
        assert paper == (210.0, 297.0)
        assert round(size[0]) == 210
    across, _ = layout(4000, 3000, 72)
    assert across == (297.0, 210.0)


def test_a_sheet_of_a3_keeps_its_size() -> None:
    made = MAKER.make([picture_bytes(text_page(2339, 3307), "PNG", 200)])
    assert pages_mm(made.pdf) == [(297, 420)]
    assert made.dpi == 200


def test_more_than_300_dpi_is_made_300() -> None:
    made = MAKER.make([picture_bytes(text_page(3000, 4000), "PNG", 600)])
    assert made.dpi == 300
    assert abs(facts_of(made.pdf).dpi - 300) <= 1


def test_the_coarsest_page_counts_and_the_order_stays() -> None:
    fine, coarse = text_page(2480, 3508), text_page(992, 1403)
    made = MAKER.make([picture_bytes(fine, "PNG", 300), scanned_pdf(200, pages=2), picture_bytes(coarse)])
    assert (made.pages, made.dpi) == (4, 120)


def test_every_page_of_a_tiff_is_taken() -> None:
    pages = [text_page(1654, 2339) for _ in range(3)]
    content = picture_bytes(pages[0], "TIFF", 200, save_all=True, append_images=pages[1:])
    assert MAKER.make([content]).pages == 3


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_way_to_keep_colours_becomes_a_page(mode: str) -> None:
    page = text_page(827, 1170)
    shown = (
        page.convert("I").point(lambda value: value * 257).convert("I;16")
        if mode == "I;16"
        else (page.convert(mode) if mode not in ("LA", "RGBA") else page.convert("RGB").convert(mode))
    )
    kind = "TIFF" if mode in ("CMYK", "I;16") else "PNG"
    made = MAKER.make([picture_bytes(shown, kind, 100)])
    page_again = pypdfium2.PdfDocument(made.pdf)
    picture = page_again[0].render(scale=0.5).to_pil().convert("L")
    page_again.close()
    dark = sum(picture.histogram()[:128])
    assert 0.05 < dark / (picture.width * picture.height) < 0.6


@pytest.mark.parametrize("angle", [-4.2, -2.0, -0.7, 0.5, 1.3, 3.6])
def test_a_page_askew_is_set_straight_within_a_fifth_of_a_degree(angle: float) -> None:
    page = text_page(1654, 2339, skew=angle)
    assert abs(skew_of(page) - angle) <= 0.2
    made = MAKER.make([picture_bytes(page, "PNG", 200)])
    assert abs(made.skew - abs(angle)) <= 0.2
    document = pypdfium2.PdfDocument(made.pdf)
    again = document[0].render(scale=150 / 72).to_pil()
    document.close()
    assert abs(skew_of(again)) <= 0.3


def test_a_straight_page_an_empty_page_and_a_photo_are_not_turned() -> None:
    assert skew_of(text_page(1654, 2339)) == 0.0
    assert skew_of(Image.new("L", (800, 1100), 250)) == 0.0
    noise = Image.frombytes("L", (400, 300), random.Random(3).randbytes(120_000)).resize((1200, 900))
    assert skew_of(noise) == 0.0


def test_a_single_pdf_is_kept_byte_for_byte() -> None:
    content = scanned_pdf(300)
    made = MAKER.make([content])
    assert made.pdf == content
    assert (made.pages, made.dpi) == (1, 300)


def test_a_drawn_pdf_has_no_resolution_and_an_unmarked_dossier_of_pages_is_counted() -> None:
    made = MAKER.make([drawn_pdf()])
    assert (made.pages, made.dpi) == (1, 0)


def test_what_a_phone_writes_beside_the_pixels_is_left_behind() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Dang Thi Thu Nghiem"
    exif[0x0112] = 6  # lying on its side
    photo = picture_bytes(text_page(1000, 700, mode="RGB"), "JPEG", exif=exif.tobytes())
    assert b"Thu Nghiem" in photo
    made = MAKER.make([photo + b"PK\x03\x04 hidden file"])
    assert b"Thu Nghiem" not in made.pdf
    assert b"hidden file" not in made.pdf
    assert pages_mm(made.pdf) == [(210, 297)]


def test_a_colour_page_stays_small() -> None:
    noisy = Image.merge("RGB", [Image.effect_noise((827, 1169), 60) for _ in range(3)])
    made = MAKER.make([picture_bytes(noisy, "PNG", 100)])
    assert len(made.pdf) < 600_000


HOSTILE = {
    "scan_file_empty": b"",
    "scan_not_supported": b"MZ\x90\x00 a program named scan.pdf",
    "scan_too_many_pixels": huge_png(),
}


@pytest.mark.parametrize("code", HOSTILE)
def test_what_is_no_scan_is_refused(code: str) -> None:
    assert refusal(HOSTILE[code]) == code


@pytest.mark.parametrize(
    "content",
    [b"<html><script>", b"PK\x03\x04word.docx", b"GIF89a", b"\x00" * 64, b" %PDF-1.7", b"\xd0\xcf\x11\xe0"],
)
def test_other_kinds_are_refused_whatever_they_are_called(content: bytes) -> None:
    assert refusal(content) == "scan_not_supported"


def test_a_huge_file_is_refused_before_it_is_looked_at() -> None:
    assert refusal(b"%PDF-" + bytes(60_000_000)) == "scan_too_big"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_cut_off_picture_is_refused(kind: str) -> None:
    whole = picture_bytes(text_page(800, 1100), kind, 100)
    assert refusal(whole[: len(whole) // 2]) == "scan_broken"


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_cut_off_pdf_is_refused(part: float) -> None:
    whole = scanned_pdf(200)
    assert refusal(whole[: int(len(whole) * part)]) == "scan_broken"


def test_a_pdf_with_a_second_file_in_it_is_refused() -> None:
    assert refusal(scanned_pdf(200) + b"PK\x03\x04 a zip file") == "scan_two_files_in_one"
    zipped = pdf_of_objects(stream(b"PK\x05\x06" + bytes(18)))
    assert refusal(zipped) == "scan_two_files_in_one"


def test_a_book_is_refused() -> None:
    frames = [Image.new("1", (60, 80), 1) for _ in range(301)]
    assert refusal(picture_bytes(frames[0], "TIFF", save_all=True, append_images=frames[1:])) == (
        "scan_too_many_pages"
    )
    document = pypdfium2.PdfDocument.new()
    for _ in range(301):
        document.new_page(595, 842).close()
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    assert refusal(buffer.getvalue()) == "scan_too_many_pages"


@pytest.mark.parametrize("layers", [1, 2])
def test_a_pdf_that_inflates_is_refused(layers: int) -> None:
    content = inflating_pdf(400, layers)
    assert len(content) < 1_000_000
    assert refusal(content) == "scan_inflates"


def test_a_pdf_that_does_something_is_refused() -> None:
    act = b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>"
    assert refusal(pdf_of_objects(stream(b""), root=act)) == "scan_active_content"
    document = pypdfium2.PdfDocument(drawn_pdf())
    attached = document.new_attachment("tool.exe")
    attached.set_data(b"MZ")
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    assert refusal(buffer.getvalue()) == "scan_active_content"


@pytest.mark.parametrize("password", ["mat khau", ""])
def test_a_locked_pdf_is_refused(password: str) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(password, "owner"))
    canvas.drawString(100, 700, "x")
    canvas.save()
    assert refusal(buffer.getvalue()) == "scan_password"


def test_a_page_as_large_as_a_field_is_refused() -> None:
    huge = pdf_of_objects(stream(b"")).replace(b"[0 0 595 842]", b"[0 0 9595 842]")
    assert refusal(huge) == "scan_too_many_pixels"


def test_a_signed_pdf_stays_alone_and_untouched() -> None:
    root = b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] /SigFlags 3 >> >>"
    field = b"<< /FT /Sig /T (s) /V 6 0 R >>"
    value = b"<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 1 2 3] /Contents <00> >>"
    content = pdf_of_objects(stream(b""), field, value, root=root)
    made = MAKER.make([content])
    assert (made.pdf, made.signed) == (content, True)
    with pytest.raises(RuleRefusal) as refused:
        MAKER.make([content, picture_bytes(text_page(), "PNG", 200)])
    assert refused.value.code == "scan_signed_not_merged"


SAMPLES = (
    picture_bytes(text_page(200, 280), "PNG", 100),
    picture_bytes(text_page(200, 280), "JPEG", 100),
    picture_bytes(text_page(200, 280), "TIFF", 100),
    drawn_pdf(),
)


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=6)), max_size=6),
)
def test_a_damaged_file_is_taken_or_refused_but_never_crashes(
    sample: bytes, damage: list[tuple[float, bytes]]
) -> None:
    content = bytearray(sample)
    for place, junk in damage:
        at = int(place * len(content))
        content[at : at + len(junk)] = junk
    try:
        made = MAKER.make([bytes(content)])
    except BadInput as refused:
        outcome = refused.code
    else:
        outcome = f"scan_of_{made.pages}"
    assert outcome.startswith("scan_")
