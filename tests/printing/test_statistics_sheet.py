"""Biểu số II.06 on paper: its head, its eleven figures a row, the sum, over as many pages as it takes."""

from datetime import date

import pytest
from tests.helpers.builders import make_office
from tests.printing.paper_reading import images, ink_margins_mm, page_sizes_mm, page_texts

from counter_app.domain.b06 import B06Line
from counter_app.domain.period import Period
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services.reports.b06_report import B06Report, b06_sheet

PERIOD = Period(first=date(2026, 11, 1), last=date(2026, 11, 30))


def _pdf(lines: int, *, name: str = "Lĩnh vực", training: bool = False) -> bytes:
    report = B06Report(
        period=PERIOD,
        made_on=date(2026, 12, 1),
        lines=tuple(
            B06Line(
                sector=f"{name} {n}", online=n, at_desk=1000, carried_over=2, early=1000, late=n, overdue=2
            )
            for n in range(1, lines + 1)
        ),
    )
    return ReportlabPaperRenderer().statistics(b06_sheet(report, office=make_office(), training=training))


def test_the_form_says_who_what_and_when() -> None:
    (page,) = page_texts(_pdf(3))
    flat = page.replace("\r\n", " ")
    for words in (
        "Biểu số II.06a/VPCP/KSTT",
        "từ ngày 01/11/2026 đến ngày 30/11/2026",
        "Đơn vị báo cáo: TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
        "Ủy ban nhân dân tỉnh Phú Thọ",
        "Số hồ sơ đang giải quyết",
        "1 Lĩnh vực 1 1.003 1 1.000 2 1.001 1.000 0 1 2 0 2",
        "Tổng cộng 3.012 6 3.000 6 3.006 3.000 0 6 6 0 6",
        "THỦ TRƯỞNG ĐƠN VỊ",
    ):
        assert words in flat


def test_many_sectors_go_on_under_the_same_head() -> None:
    pages = page_texts(_pdf(60))
    assert len(pages) > 1
    assert all("Trước hạn" in page for page in pages)
    assert "Tổng cộng" in pages[-1]
    assert f"Trang {len(pages)}/{len(pages)}" in pages[-1]


def test_long_names_stay_on_the_sheet() -> None:
    pdf = _pdf(4, name="Quản lý nhà nước về tổ chức phi chính phủ, quỹ từ thiện và hội quần chúng " * 3)
    assert page_sizes_mm(pdf)[0] == pytest.approx((297, 210), abs=0.5)
    assert all(min(ink_margins_mm(image)) >= 5 for image in images(pdf))


def test_practice_is_marked() -> None:
    assert "BẢN TẬP HUẤN" in page_texts(_pdf(1, training=True))[0]
