"""Mẫu 02 to 06 and the receipt: every word, on the right sheet, with codes a scanner reads, nothing cut."""

from dataclasses import replace

import pytest
from tests.printing.paper_reading import (
    all_text,
    codes,
    images,
    ink_margins_mm,
    page_sizes_mm,
    page_texts,
    squeezed,
)
from tests.printing.sample_notices import (
    LONG_OFFICE,
    LONGEST_ADDRESS,
    LONGEST_NAME,
    MARKED,
    OFFICE,
    TYPICAL,
    TYPICAL_LINES,
    WORST,
    WORST_LINES,
    history_of,
)

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_life import EndedBy
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services.notice_content import Items, Labelled, NoticeContent, NoticeTable, Paragraph
from counter_app.services.paper_content import Marks, PaperSize
from counter_app.services.papers.dossier_notices import notice_of
from counter_app.services.papers.paper_kinds import sizes_of

RENDERER = ReportlabPaperRenderer()
PAPERS = ("supplement", "refusal", "apology", "stop", "control", "receipt")
EVERY = [(paper, size) for paper in PAPERS for size in sizes_of(paper)]
KINDS = {"refusal": EndedBy.REFUSAL, "stop": EndedBy.STOP}


def _ended(dossier: Dossier, paper: str) -> Dossier:
    assert dossier.life.ending is not None
    kind = KINDS.get(paper, dossier.life.ending.kind)
    return replace(dossier, life=replace(dossier.life, ending=replace(dossier.life.ending, kind=kind)))


def typical(paper: str, marks: Marks | None = None) -> NoticeContent:
    dossier = _ended(TYPICAL, paper)
    history = history_of(dossier, TYPICAL_LINES)
    return notice_of(dossier, paper, history=history, office=OFFICE, marks=marks or Marks())


def worst(paper: str) -> NoticeContent:
    dossier = _ended(WORST, paper)
    history = history_of(dossier, WORST_LINES)
    return notice_of(dossier, paper, history=history, office=LONG_OFFICE, marks=MARKED)


def words_of(content: NoticeContent) -> list[str]:
    """Every text a notice must show."""
    words = [content.title, content.number, content.about, content.addressee, content.dossier_code]
    words += [*content.notes, *content.recipients, content.place_date]
    words += [text for signature in content.signatures for text in (signature.title, signature.name)]
    for block in content.blocks:
        match block:
            case Labelled():
                words += [block.label, block.value, *(text for pair in block.more for text in pair)]
            case Paragraph():
                words.append(block.text)
            case Items():
                words += block.texts
            case NoticeTable():
                words += [column.label for column in block.columns]
                words += [line for row in block.rows for cell in row.cells for line in cell.split("\n")]
    return words


def assert_all_there(content: NoticeContent, shown: str) -> None:
    for text in words_of(content):
        for word in text.replace("☐", " ").replace("☒", " ").replace("\ue000", " ").split():
            assert squeezed(word) in shown, word


@pytest.mark.parametrize(("paper", "size"), [each for each in EVERY if each[1] is not PaperSize.MM80])
def test_a_typical_notice_says_everything_on_one_page(paper: str, size: PaperSize) -> None:
    content = typical(paper)
    pdf = RENDERER.notice(content, size)
    assert len(page_texts(pdf)) == 1
    assert_all_there(content, all_text(pdf))


@pytest.mark.parametrize(("paper", "size"), EVERY)
def test_the_longest_words_lose_nothing_and_stay_on_the_paper(paper: str, size: PaperSize) -> None:
    content = worst(paper)
    pdf = RENDERER.notice(content, size)
    if size is PaperSize.MM80:  # nobody signs a roll
        content = replace(content, signatures=())
    assert_all_there(content, all_text(pdf))
    for page in images(pdf):
        assert min(ink_margins_mm(page)) >= 4.5


@pytest.mark.parametrize(("paper", "size"), EVERY)
def test_sheets_are_those_asked_for(paper: str, size: PaperSize) -> None:
    expected = {PaperSize.A5: (148, 210), PaperSize.A4: (210, 297)}.get(size)
    for width, height in page_sizes_mm(RENDERER.notice(typical(paper), size)):
        assert width == pytest.approx(expected[0] if expected else 80, abs=0.1)
        assert expected is None or height == pytest.approx(expected[1], abs=0.1)


@pytest.mark.parametrize("make", [typical, worst], ids=["typical", "worst"])
@pytest.mark.parametrize(("paper", "size"), EVERY)
def test_codes_read_back_from_a_203_dpi_print(make: object, paper: str, size: PaperSize) -> None:
    content = make(paper)  # type: ignore[operator]
    found = codes(images(RENDERER.notice(content, size))[0])
    expected = [("Code128", content.dossier_code)]
    if content.qr_text:
        expected.append(("QRCode", content.qr_text))
    assert sorted(found) == sorted(expected)


def test_the_control_sheet_which_goes_to_others_carries_no_look_up_secret() -> None:
    assert typical("control").qr_text == ""
    assert TYPICAL.lookup_secret not in all_text(RENDERER.notice(typical("control"), PaperSize.A4))


@pytest.mark.parametrize(("paper", "size"), EVERY)
def test_marks_are_printed(paper: str, size: PaperSize) -> None:
    plain = all_text(RENDERER.notice(typical(paper), size))
    marked = all_text(RENDERER.notice(typical(paper, MARKED), size))
    assert squeezed(MARKED.reprint) in marked
    assert "BẢNTẬPHUẤN" in marked
    assert "Inlạilần" not in plain
    assert "TẬPHUẤN" not in plain


@pytest.mark.parametrize("paper", ["supplement", "refusal", "stop", "control"])
def test_every_page_names_the_dossier_and_its_place(paper: str) -> None:
    for size in sizes_of(paper):
        texts = [squeezed(text) for text in page_texts(RENDERER.notice(worst(paper), size))]
        if len(texts) == 1:
            continue
        for number, text in enumerate(texts, start=1):
            assert squeezed(WORST.dossier_code) in text
            assert f"Trang{number}/{len(texts)}" in text
            assert squeezed(MARKED.reprint) in text


def test_signatures_never_stand_alone_on_a_page() -> None:
    for count in range(1, 22):
        content = replace(
            typical("supplement"),
            blocks=(Items(texts=tuple(f"Giấy tờ thứ {n}" for n in range(1, count * 2))),),
        )
        last = squeezed(page_texts(RENDERER.notice(content, PaperSize.A5))[-1])
        assert "NGƯỜIHƯỚNGDẪN" in last
        assert "TrầnThịMai" in last
        assert f"thứ{count * 2 - 1}" in last


def test_blanks_are_dots_and_boxes_are_drawn() -> None:
    content = typical("supplement")
    assert "Email:....." in all_text(RENDERER.notice(content, PaperSize.A5))
    control = all_text(RENDERER.notice(typical("control"), PaperSize.A4))
    assert "Trướchạn" in control
    assert "□" not in control  # a character without a shape
    assert "☐" not in control


def test_names_print_as_typed() -> None:
    name = "</para><b>Lê & 'Ơ'</b> %s {x}"
    content = replace(typical("apology"), addressee=name)
    for size in (PaperSize.A5, PaperSize.A4):
        assert squeezed(name) in all_text(RENDERER.notice(content, size))


def test_a_notice_without_a_code_prints_no_codes() -> None:
    content = replace(typical("refusal"), dossier_code="", qr_text="")
    pdf = RENDERER.notice(content, PaperSize.A5)
    assert codes(images(pdf)[0]) == []
    assert "Mãhồsơ" not in all_text(pdf)


def test_the_same_notice_is_the_same_bytes() -> None:
    assert RENDERER.notice(typical("stop"), PaperSize.A5) == RENDERER.notice(typical("stop"), PaperSize.A5)


def test_the_longest_citizen_is_in_the_worst_papers() -> None:
    assert LONGEST_NAME in worst("refusal").blocks[0].value  # type: ignore[union-attr]
    assert len(LONGEST_NAME) >= 60
    assert len(LONGEST_ADDRESS) >= 120
