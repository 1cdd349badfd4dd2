"""The register as a bound book: no number missing, pages numbered, sums carried on, closed at the end."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.helpers.builders import VIETNAM, make_office
from tests.printing.paper_reading import (
    all_text,
    images,
    ink_margins_mm,
    page_sizes_mm,
    page_texts,
    squeezed,
)

from counter_app.domain.dossier import ReturnBy
from counter_app.domain.dossier_life import ReturnTo
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.period import Period
from counter_app.domain.register_numbers import Unused
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services.figures_port import RegisterEntry, RegisterPlace
from counter_app.services.reports.register_paper import register_book
from counter_app.services.reports.register_report import BookOfYear

OFFICE = make_office()
RECEIVED = datetime(2026, 1, 5, 8, 0, tzinfo=VIETNAM)
Lines = list[RegisterEntry | Unused]


def _entry(number: int, **changes: object) -> RegisterEntry:
    at = RECEIVED + timedelta(hours=number)
    entry = RegisterEntry(
        register_no=number,
        dossier_code=f"H29.12-{at:%y%m%d}-{1000 + number}",
        procedure="Đăng ký khai sinh",
        copies=2,
        applicant=f"Thử{number}x",
        address="Xóm Bưởi, xã Trung Minh, tỉnh Phú Thọ",
        phone="0900000001",
        holder="Công chức Hộ tịch",
        agency="",
        status=DossierStatus.RETURNED,
        received_at=at,
        due_at=at + timedelta(days=2),
        first_due_at=None,
        handed_over_at=at + timedelta(hours=1),
        resolved_at=at + timedelta(days=1),
        ended_at=at + timedelta(days=2),
        return_by=ReturnBy.COUNTER,
        returned_to=ReturnTo.OWNER,
        taken_by=f"Nhận{number}x",
        postal_code="",
        supplements=0,
        extended=False,
    )
    return replace(entry, **changes)  # type: ignore[arg-type]


def _book(lines: Lines, *, whole: bool = True, over: bool = True, year: int = 2026) -> BookOfYear:
    numbers = [line.register_no for line in lines if isinstance(line, RegisterEntry)]
    gaps = tuple(line for line in lines if isinstance(line, Unused))
    return BookOfYear(
        counter=1,
        year=year,
        period=Period.of_year(year),
        whole=whole,
        over=over,
        places=tuple(RegisterPlace(register_no=n, number=n, inside=True) for n in numbers),
        unused=gaps,
        first=1,
        last=max([*numbers, *(gap.last for gap in gaps)], default=0),
    )


def _pdf(lines: Lines, *, training: bool = False, whole: bool = True, over: bool = True) -> bytes:
    book = _book(lines, whole=whole, over=over)
    content = register_book(
        (book,), lambda _book: iter(lines), office=OFFICE, on=date(2027, 1, 4), training=training
    )
    return ReportlabPaperRenderer().register_book(content)


def test_a_closed_book_has_cover_every_number_sums_and_a_closing_page() -> None:
    lines: Lines = [_entry(n) for n in range(1, 41)]
    lines[20:22] = [Unused(21, 21), Unused(22, 24)]
    lines += [_entry(41, copies=1)]
    pdf = _pdf(
        [line for line in lines if not (isinstance(line, RegisterEntry) and 21 <= line.register_no <= 24)]
    )
    pages = page_texts(pdf)
    assert "SỔ THEO DÕI HỒ SƠ" in pages[0]
    assert "Từ số 1 đến số 41" in pages[0]
    assert "Trang 1/" in pages[0]
    text = all_text(pdf)
    for number in {*range(1, 21), *range(25, 42)}:
        assert squeezed(f"Thử{number}x") in text
        assert squeezed(f"Nhận{number}x") in text
    assert "Số21khôngsửdụng" in text
    assert "Từsố22đếnsố24khôngsửdụng" in text
    assert "trongđó4sốkhôngsửdụng" in text
    assert "KHÓA SỔ" in pages[-1]
    assert "từ số 1 đến số 41" in pages[-1].replace("\r\n", " ")
    assert all(f"{n}/{len(pages)}" in squeezed(page) for n, page in enumerate(pages, start=1))
    _check_sums(pages[1:-1], rows=37, copies=73)


def _check_sums(pages: list[str], *, rows: int, copies: int) -> None:
    """What each page hands on is what the next one starts with, and all pages add up."""
    carried = "0"
    total = 0
    for number, page in enumerate(pages):
        flat = page.replace("\r\n", " ").replace("\n", " ")
        here, so_far = re.findall(r"(?:Cộng trang này|Lũy kế): (\d+) hồ sơ", flat)
        assert f"Trang trước chuyển sang: {carried} hồ sơ" in flat or number == 0
        total += int(here)
        assert int(so_far) == total
        carried = so_far
    assert total == rows
    assert f"Lũy kế: {rows} hồ sơ, {copies} bộ" in pages[-1].replace("\r\n", " ")


def test_the_head_stands_on_every_page_with_lines() -> None:
    pages = page_texts(_pdf([_entry(n) for n in range(1, 61)], whole=False))
    assert len(pages) > 2
    assert all("Địa chỉ, số điện thoại" in page and "TRẢ KẾT QUẢ" in page for page in pages)
    assert "TRÍCH SỔ THEO DÕI HỒ SƠ" in pages[0]
    assert not any("KHÓA SỔ" in page for page in pages)


def test_a_book_that_still_runs_is_not_closed() -> None:
    pages = page_texts(_pdf([_entry(1)], over=False))
    assert "Sổ chưa khóa" in pages[0]
    assert not any("KHÓA SỔ" in page for page in pages)


def test_sheets_can_be_bound_and_nothing_leaves_the_paper() -> None:
    name = "Nguyễn Phúc Công Tằng Tôn Nữ " * 4
    wordless = "H" * 300  # no place to break
    pdf = _pdf([_entry(n, applicant=name, address=wordless, holder=name, agency=name) for n in range(1, 9)])
    assert page_sizes_mm(pdf)[0] == pytest.approx((297, 210), abs=0.5)
    for image in images(pdf):
        left, upper, right, lower = ink_margins_mm(image)
        assert left >= 19.5
        assert min(upper, right, lower) >= 5
    assert all_text(pdf).count("H" * 5) > 0
    assert all_text(pdf).count("H") >= 8 * 300


def test_a_line_higher_than_a_page_goes_on() -> None:
    pages = page_texts(_pdf([_entry(1), _entry(2, address="dòng\n" * 120), _entry(3)], whole=False))
    assert sum(page.count("dòng") for page in pages) == 120
    assert "Thử3x" in pages[-1].replace("\r\n", " ")


def test_what_became_of_a_dossier_is_told() -> None:
    withdrawn = _entry(1, status=DossierStatus.WITHDRAWN, returned_to=None, taken_by="", supplements=2)
    by_post = _entry(2, returned_to=ReturnTo.POST, postal_code="EA123456789VN", agency="Sở Tư pháp")
    text = all_text(_pdf([withdrawn, by_post, _entry(3, extended=True, first_due_at=RECEIVED)]))
    assert "Côngdânrút" in text
    assert "Bổsung2lần" in text
    assert "EA123456789VN" in text
    assert "SởTưpháp" in text
    assert "Hẹnđầu" in text


def test_practice_is_marked() -> None:
    assert "BẢN TẬP HUẤN" in "".join(page_texts(_pdf([_entry(1)], training=True)))


def test_lines_are_read_while_the_book_is_drawn() -> None:
    taken = 0

    def lines() -> Iterator[RegisterEntry]:
        nonlocal taken
        for number in range(1, 31):
            taken += 1
            yield _entry(number)

    book = _book([_entry(n) for n in range(1, 31)])
    content = register_book((book,), lambda _book: lines(), office=OFFICE, on=date(2027, 1, 4))
    assert taken == 0
    ReportlabPaperRenderer().register_book(content)
    assert taken == 30
