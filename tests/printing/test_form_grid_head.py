"""The head of a grid comes back on every page its rows go on to."""

from tests.printing.paper_reading import page_texts, squeezed
from tests.printing.sample_forms import block_content

from counter_app.domain.form_template import Block, BlockKind
from counter_app.printing.renderer import ReportlabPaperRenderer

HEAD = ("Nội dung kê khai", "Số liệu")


def grid_pages(first: tuple[str, ...]) -> list[str]:
    rows = (first, *((f"Dòng thứ {n} của bảng", "{blank}") for n in range(60)))
    block = Block(kind=BlockKind.GRID, rows=rows, widths=(2, 1))
    return [squeezed(text) for text in page_texts(ReportlabPaperRenderer().form(block_content(block)))]


def test_a_head_is_repeated() -> None:
    pages = grid_pages(HEAD)
    assert len(pages) >= 2
    assert all("NộidungkêkhaiSốliệu" in page for page in pages if "củabảng" in page)


def test_a_first_row_with_an_answer_is_no_head() -> None:
    pages = grid_pages(("Họ và tên", "{blank}"))
    assert sum("Họvàtên" in page for page in pages) == 1
