"""An office sheet keeps every word, rules its tables, and goes on over pages without losing a row."""

from dataclasses import replace

import pytest
from tests.printing.paper_reading import page_texts

from counter_app.domain.office import Office
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services.paper_content import Marks
from counter_app.services.sheet_content import (
    CellAlign,
    SheetColumn,
    SheetContent,
    SheetSection,
    SheetTable,
)

OFFICE = Office(
    unit_code="H29.12",
    name="Trung tâm Phục vụ hành chính công xã Trung Minh",
    parent_name="Ủy ban nhân dân xã Trung Minh",
    province="tỉnh Phú Thọ",
    commune_name="xã Trung Minh",
)


def _sheet(rows: int) -> SheetContent:
    columns = (
        SheetColumn(label="STT", width=1, align=CellAlign.CENTRE),
        SheetColumn(label="Tên thủ tục", width=8),
        SheetColumn(label="Phí, lệ phí", width=3, align=CellAlign.RIGHT),
    )
    return SheetContent(
        office=OFFICE,
        title="Niêm yết thủ tục hành chính",
        subtitle="Lĩnh vực Hộ tịch",
        place_date="Trung Minh, ngày 22 tháng 11 năm 2026",
        sections=(
            SheetSection(heading="I. Hộ tịch", lines=("Thời hạn: trong ngày",), labelled=True),
            SheetSection(
                table=SheetTable(
                    columns=columns,
                    rows=tuple((str(n), f"Thủ tục số {n}\n<b>dòng hai</b>", "8.000 đ") for n in range(rows)),
                )
            ),
        ),
        signatures=("NGƯỜI LẬP", "THỦ TRƯỞNG"),
        note="Lập từ dữ liệu phiên bản 2026.11.1",
    )


@pytest.mark.parametrize("landscape", [False, True])
def test_a_long_table_keeps_every_row_and_its_head(landscape: bool) -> None:
    content = replace(_sheet(90), landscape=landscape, marks=Marks(training=True))
    pdf = ReportlabPaperRenderer().sheet(content)
    pages = page_texts(pdf)
    text = "\n".join(pages)
    assert len(pages) >= 3
    for number in range(90):
        assert f"Thủ tục số {number}" in text
    with_rows = [page for page in pages if "Thủ tục số" in page]
    assert all("Tên thủ tục" in page for page in with_rows)
    assert text.count("<b>dòng hai</b>") == 90  # drawn as typed, never as markup
    assert f"Trang {len(pages)}/{len(pages)}" in pages[-1]
    assert "NIÊM YẾT THỦ TỤC HÀNH CHÍNH" in pages[0]
    assert all(OFFICE.name in page and "ngày 22 tháng 11 năm 2026" in page for page in pages[1:])


def test_a_row_taller_than_a_page_stays_under_its_heading() -> None:
    tall = "\n".join(f"dòng {n}" for n in range(80))
    table = SheetTable(columns=(SheetColumn(label="Tên thủ tục"),), rows=(("đầu",), (tall,)))
    sections = (
        SheetSection(lines=tuple(f"câu {n}" for n in range(28))),
        SheetSection(heading="Lĩnh vực Hộ tịch", table=replace(table, rows=((tall,),))),
    )
    pages = page_texts(ReportlabPaperRenderer().sheet(replace(_sheet(1), sections=sections)))
    for page in pages:
        assert ("Lĩnh vực Hộ tịch" in page) <= ("dòng 1" in page)
        assert ("Tên thủ tục" in page) == ("dòng" in page)
    assert all(f"dòng {n}" in "\n".join(pages) for n in range(80))


def test_the_same_sheet_is_the_same_bytes() -> None:
    renderer = ReportlabPaperRenderer()
    assert renderer.sheet(_sheet(3)) == renderer.sheet(_sheet(3))


def test_signatures_stay_with_each_other_on_the_last_page() -> None:
    pdf = ReportlabPaperRenderer().sheet(_sheet(2))
    pages = page_texts(pdf)
    assert len(pages) == 1
    assert "THỦ TRƯỞNG" in pages[0]
