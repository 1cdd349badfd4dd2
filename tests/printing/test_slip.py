"""Mẫu 01: everything that goes in comes out, on the right sheet, with codes a scanner reads."""

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_reading import all_text, codes, images, ink_margins_mm, page_sizes_mm, page_texts, squeezed
from sample_slips import ADDRESS, FULL, LONG_CODE, OFFICE, SLIP

from counter_app.domain.office import Office
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services.paper_content import Marks, PaperSize, SlipContent, SlipPart

RENDERER = ReportlabPaperRenderer()
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = "AĂÂEÊIOÔƠUƯY"
LETTERS = (
    "".join(unicodedata.normalize("NFC", base + tone) for base in VOWELS + VOWELS.lower() for tone in TONES)
    + "Đđ"
)
REPRINT = "In lại lần 2, 14 giờ 05, ngày 21/11/2026"
TRAINING = "BẢN TẬP HUẤN – KHÔNG CÓ GIÁ TRỊ"


def test_every_vietnamese_letter_comes_back_from_each_face() -> None:
    assert len(LETTERS) == 12 * 2 * 6 + 2
    content = replace(SLIP, applicant_name=LETTERS, address=LETTERS, marks=Marks(reprint=LETTERS))
    assert all_text(RENDERER.slip(content, PaperSize.A5)).count(LETTERS) >= 6  # three faces, two copies


@pytest.mark.parametrize("size", list(PaperSize))
def test_decomposed_letters_print_composed(size: PaperSize) -> None:
    pdf = RENDERER.slip(
        replace(SLIP, applicant_name=unicodedata.normalize("NFD", "Đặng Thị Ngọc Quỳnh")), size
    )
    assert "ĐặngThịNgọcQuỳnh" in all_text(pdf)


def test_every_fact_is_printed_on_both_copies() -> None:
    pdf = RENDERER.slip(replace(SLIP, email="quynh@example.vn"), PaperSize.A5)
    for copy in page_texts(pdf):
        text = squeezed(copy)
        for fact in (
            OFFICE.name,
            OFFICE.parent_name,
            SLIP.dossier_code,
            SLIP.place_date,
            SLIP.applicant_name,
            SLIP.applicant_id,
            SLIP.address,
            SLIP.phone,
            "quynh@example.vn",
            SLIP.request,
            SLIP.time_text,
            SLIP.received_text,
            SLIP.due_text,
            SLIP.return_text,
            SLIP.charges_text,
            SLIP.clerk_name,
            f"mã tra cứu {SLIP.secret}",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            "NGƯỜI NỘP HỒ SƠ",
            "NGƯỜI TIẾP NHẬN HỒ SƠ",
            *(word for part in SLIP.parts for word in part.name.split()),
        ):
            assert squeezed(fact) in text, fact


def test_the_copies_say_whose_they_are() -> None:
    first, second = (squeezed(text) for text in page_texts(RENDERER.slip(SLIP, PaperSize.A5)))
    assert "(Liên1:Lưu)" in first
    assert "(Liên2:Giaongườinộphồsơ)" in second
    both = all_text(RENDERER.slip(SLIP, PaperSize.A4))
    assert "(Liên1:Lưu)" in both
    assert "(Liên2:Giaongườinộphồsơ)" in both


def test_sheet_sizes_and_page_counts() -> None:
    assert page_sizes_mm(RENDERER.slip(SLIP, PaperSize.A5)) == [pytest.approx((148, 210), abs=0.1)] * 2
    assert page_sizes_mm(RENDERER.slip(SLIP, PaperSize.A4)) == [pytest.approx((297, 210), abs=0.1)]
    ((width, _),) = page_sizes_mm(RENDERER.slip(SLIP, PaperSize.MM80))
    assert width == pytest.approx(80, abs=0.1)


def test_the_roll_grows_with_its_text() -> None:
    ((_, short),) = page_sizes_mm(RENDERER.slip(SLIP, PaperSize.MM80))
    ((_, long),) = page_sizes_mm(RENDERER.slip(replace(SLIP, request=SLIP.request * 6), PaperSize.MM80))
    assert long > short + 20


@pytest.mark.parametrize(
    "content", [SLIP, LONG_CODE, FULL, ADDRESS], ids=["usual", "long code", "full", "address"]
)
@pytest.mark.parametrize("size", list(PaperSize))
def test_no_ink_near_the_edge(content: SlipContent, size: PaperSize) -> None:
    for page in images(RENDERER.slip(content, size)):
        assert min(ink_margins_mm(page)) >= 5


@pytest.mark.parametrize("content", [SLIP, LONG_CODE, ADDRESS], ids=["usual", "long code", "address"])
@pytest.mark.parametrize(("size", "pages", "copies"), [("A5", 2, 1), ("A4", 1, 2), ("80mm", 1, 1)])
def test_codes_read_back_from_a_203_dpi_print(
    content: SlipContent, size: str, pages: int, copies: int
) -> None:
    printed = images(RENDERER.slip(content, PaperSize(size)))
    assert len(printed) == pages
    expected = [("Code128", content.dossier_code), ("QRCode", content.qr_text)] * copies
    for page in printed:
        assert sorted(codes(page)) == sorted(expected)


@pytest.mark.parametrize("size", list(PaperSize))
def test_codes_read_back_on_a_marked_paper(size: PaperSize) -> None:
    marked = replace(SLIP, marks=Marks(reprint=REPRINT, training=True))
    found = {text for page in images(RENDERER.slip(marked, size)) for _, text in codes(page)}
    assert found == {SLIP.dossier_code, SLIP.qr_text}


def test_nothing_personal_in_the_codes() -> None:
    found = "".join(text for page in images(RENDERER.slip(SLIP, PaperSize.A4)) for _, text in codes(page))
    assert set(found) <= set(SLIP.dossier_code + " " + SLIP.secret)


@pytest.mark.parametrize("size", list(PaperSize))
def test_marks_are_printed(size: PaperSize) -> None:
    plain = all_text(RENDERER.slip(SLIP, size))
    marked = all_text(RENDERER.slip(replace(SLIP, marks=Marks(reprint=REPRINT, training=True)), size))
    assert squeezed(REPRINT) in marked
    assert squeezed(TRAINING) in marked
    assert "lạilần" not in plain
    assert squeezed(TRAINING) not in plain


def test_a_training_paper_is_marked_on_every_page() -> None:
    for text in page_texts(RENDERER.slip(FULL, PaperSize.A5)):
        assert squeezed(TRAINING) in squeezed(text)
        assert squeezed(REPRINT) in squeezed(text)


def test_sixty_parts_go_on_to_further_pages_and_none_is_lost() -> None:
    texts = [squeezed(text) for text in page_texts(RENDERER.slip(FULL, PaperSize.A5))]
    half = len(texts) // 2
    assert half >= 3
    for copy in (texts[:half], texts[half:]):
        together = "".join(copy)
        for part in FULL.parts:
            assert squeezed(part.name) in together
        with_rows = [text for text in copy if "bảnvẽhiệntrạng" in text]
        assert all("STTTêngiấytờLoạigiấytờSốlượng" in text for text in with_rows)
        assert all(squeezed(FULL.dossier_code) in text for text in copy)
        assert f"Trang{half}/{half}" in copy[-1]


@pytest.mark.parametrize("size", list(PaperSize))
def test_the_longest_words_are_wrapped_not_cut(size: PaperSize) -> None:
    name = "NGUYỄN" * 34
    content = replace(SLIP, applicant_name=name, office=replace(OFFICE, name="TRUNG TÂM " * 12))
    pdf = RENDERER.slip(content, size)
    assert name in all_text(pdf)
    for page in images(pdf):
        assert min(ink_margins_mm(page)) >= 5


def test_a_part_name_longer_than_a_page_is_printed_whole() -> None:
    words = [f"từ{n}x" for n in range(3000)]
    parts = (SlipPart(name=" ".join(words), kind="Bản chính", count=1),)
    text = all_text(RENDERER.slip(replace(SLIP, parts=parts), PaperSize.A5))
    assert re.findall(r"từ\d+x", text) == words * 2


@pytest.mark.parametrize(
    "name",
    [
        '<img src="https://example.vn/x.png">',
        "<b>Nguyễn</b> & <i>Trần</i>",
        "Lê 'O' \"Q\" \\ (ngoặc) %s {x}",
        "</para><a href='file:///etc/passwd'>A</a>",
        "&lt;Đặng&gt; &amp;",
    ],
)
@pytest.mark.parametrize("size", list(PaperSize))
def test_names_print_as_typed(name: str, size: PaperSize) -> None:
    assert squeezed(name) in all_text(RENDERER.slip(replace(SLIP, applicant_name=name), size))


def test_invisible_marks_do_not_turn_the_line() -> None:
    pdf = RENDERER.slip(replace(SLIP, applicant_name="Trần \u202eVăn\u200b\u2066 Bình\x00"), PaperSize.A5)
    assert "TrầnVănBình" in all_text(pdf)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=LETTERS + "bcdghklmnpqrstvx'.<>&\"() ", min_size=1, max_size=200))
def test_any_name_comes_back(name: str) -> None:
    assert squeezed(name) in all_text(RENDERER.slip(replace(SLIP, applicant_name=name), PaperSize.A5))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.sampled_from(list(PaperSize)))
def test_no_text_at_all_stops_the_print(text: str, size: PaperSize) -> None:
    content = replace(SLIP, applicant_name=text, request=text, phone=text, clerk_name=text, place_date=text)
    assert RENDERER.slip(content, size).startswith(b"%PDF-1.7")


def test_empty_answers_leave_dots_to_write_on() -> None:
    bare = replace(SLIP, phone="", email="", address=" ", parts=())
    text = all_text(RENDERER.slip(bare, PaperSize.A5))
    for label in ("Địachỉ:.....", "Sốđiệnthoại:.....", "Email:....."):
        assert label in text


@pytest.mark.parametrize("size", list(PaperSize))
def test_a_result_by_post_is_not_handed_out_at_a_place(size: PaperSize) -> None:
    way = "Qua dịch vụ bưu chính công ích"
    text = all_text(RENDERER.slip(replace(SLIP, return_text=way, by_post=True), size))
    assert squeezed(f"kết quả: {way}") in text
    assert squeezed(f"tại: {way}") not in text
    assert size is PaperSize.MM80 or squeezed(f"6. Đăng ký nhận kết quả tại: {SLIP.return_text}") in all_text(
        RENDERER.slip(SLIP, size)
    )


def test_a_slip_with_long_words_still_takes_one_page_a_copy() -> None:
    content = replace(
        SLIP,
        request="Thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc (Xác định lại dân tộc)",
        return_text=OFFICE.name,
        charges_text="Lệ phí bổ sung thông tin hộ tịch: 25.000 đồng; "
        "Phí cấp bản sao trích lục hộ tịch (3 bản): 24.000 đồng",
    )
    assert len(page_texts(RENDERER.slip(content, PaperSize.A5))) == 2


def test_an_office_without_parent_prints() -> None:
    office = Office(unit_code="H29.12", name="Trung tâm", province="tỉnh Thí Dụ")
    assert "TRUNGTÂM" in all_text(RENDERER.slip(replace(SLIP, office=office), PaperSize.A5))


def test_a_provisional_code_says_so() -> None:
    for size in PaperSize:
        assert "mãtạm" in all_text(RENDERER.slip(replace(SLIP, provisional=True), size))
        assert "mãtạm" not in all_text(RENDERER.slip(SLIP, size))
