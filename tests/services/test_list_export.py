"""Lists out of the program: cells of a workbook are what they say, paper shows every row."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.helpers.builders import MORNING, make_office
from tests.helpers.desks import make_desk
from tests.printing.paper_reading import all_text, squeezed

from counter_app.domain.errors import EnvironmentProblem
from counter_app.services.list_export import (
    ColumnKind,
    ListColumn,
    ListTable,
    cell_text,
    list_pdf,
    list_sheet,
    write_xlsx,
)

COLUMNS = (
    ListColumn(label="TT", width=6, kind=ColumnKind.NUMBER),
    ListColumn(label="Người nộp", width=30),
    ListColumn(label="Ngày", kind=ColumnKind.DATE),
    ListColumn(label="Lúc", width=18, kind=ColumnKind.MOMENT),
    ListColumn(label="Phải nộp", kind=ColumnKind.MONEY),
)
IN_UTC = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def table(*rows: tuple[object, ...], title: str = "Danh sách") -> ListTable:
    return ListTable(title=title, columns=COLUMNS, rows=iter(rows))


def test_a_workbook_holds_numbers_days_and_moments_and_no_formula(tmp_path: Path) -> None:
    target = tmp_path / "list.xlsx"
    write_xlsx(
        table(
            (1, "=HYPERLINK(1)", date(2026, 11, 23), IN_UTC, 50_000),
            (2, "Đặng Thị Thử", None, None, None),
        ),
        target,
    )

    sheet = load_workbook(target).active
    assert sheet is not None
    head, first, second = sheet.iter_rows()
    assert [cell.value for cell in head] == [column.label for column in COLUMNS]
    assert all(cell.font.bold for cell in head)
    assert first[1].data_type == "s"
    assert first[1].value == "=HYPERLINK(1)"
    assert first[1].quotePrefix
    assert not second[1].quotePrefix
    assert first[2].value == datetime(2026, 11, 23)  # noqa: DTZ001 - workbooks know no time zone
    assert first[3].value == datetime(2026, 11, 23, 8, 30)  # noqa: DTZ001
    assert first[3].number_format == "dd/mm/yyyy hh:mm"
    assert first[4].value == 50_000
    assert "đ" in first[4].number_format
    assert [cell.value for cell in second[2:]] == [None, None, None]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E3"
    assert sheet.column_dimensions["B"].width == 30


@settings(max_examples=120, deadline=None)
@given(texts=st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=6))
def test_no_text_ever_becomes_anything_else(
    texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    target = tmp_path_factory.mktemp("xlsx") / "list.xlsx"
    columns = (ListColumn(label="TT", kind=ColumnKind.NUMBER), ListColumn(label="Chữ"))
    write_xlsx(ListTable(title="[a]:*?/\\'", columns=columns, rows=enumerate(texts)), target)

    sheet = load_workbook(target).active
    assert sheet is not None
    for cell, text in zip([row[1] for row in sheet.iter_rows(min_row=2, max_col=2)], texts, strict=True):
        assert (cell.data_type, cell.value) == ("n", None) or cell.data_type == "s"
        assert not text.startswith(("=", "+", "-", "@", "\t")) or cell.quotePrefix
        assert "".join(filter(str.isalnum, text)) == "".join(filter(str.isalnum, cell.value or ""))


def test_every_list_gets_its_own_sheet_whatever_its_title(tmp_path: Path) -> None:
    target = tmp_path / "lists.xlsx"
    long = "Danh sách hồ sơ chờ bổ sung quá hạn trong tháng 11/2026"
    write_xlsx([table(title=long), table(title=long), table(title="danh sách"), table()], target)

    names = load_workbook(target).sheetnames
    assert len({name.casefold() for name in names}) == 4
    assert all(len(name) <= 31 for name in names)


def test_a_workbook_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "list.xlsx"
    target.mkdir()
    with pytest.raises(EnvironmentProblem, match="paper_not_saved"):
        write_xlsx(table(), target)
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (None, ColumnKind.TEXT, ""),
        (1_250, ColumnKind.NUMBER, "1.250"),
        (97.5, ColumnKind.NUMBER, "97,5"),
        (50_000, ColumnKind.MONEY, "50.000 đ"),
        (date(2026, 11, 23), ColumnKind.DATE, "23/11/2026"),
        (IN_UTC, ColumnKind.MOMENT, "08:30 23/11/2026"),
        (True, ColumnKind.TEXT, "x"),
        (date(1899, 12, 31), ColumnKind.DATE, "31/12/1899"),
    ],
)
def test_cells_as_papers_write_them(value: object, kind: ColumnKind, text: str) -> None:
    assert cell_text(value, kind) == text


def test_days_before_spreadsheets_stay_readable(tmp_path: Path) -> None:
    target = tmp_path / "old.xlsx"
    columns = (ListColumn(label="Ngày", kind=ColumnKind.DATE),)
    write_xlsx(ListTable(title="Xưa", columns=columns, rows=[(date(1899, 12, 31),)]), target)
    sheet = load_workbook(target).active
    assert sheet is not None
    assert sheet["A2"].value == "31/12/1899"


def test_paper_shows_every_row_and_says_when_there_is_none(tmp_path: Path) -> None:
    def rows() -> Iterator[tuple[object, ...]]:
        for number in range(1, 121):
            yield number, f"Công dân số {number}", MORNING.date(), MORNING, number * 1000

    desk = make_desk(tmp_path, MORNING)
    try:
        listed = ListTable(title="Hồ sơ đến hạn", columns=COLUMNS, rows=rows(), subtitle="120 hồ sơ")
        text = all_text(list_pdf(desk, listed, MORNING.date()))
    finally:
        desk.store.close()
    assert all(squeezed(f"Công dân số {number}") in text for number in range(1, 121))
    assert "120.000đ" in text
    assert "08:3023/11/2026" in text

    empty = list_sheet(table(), office=make_office(), on=MORNING.date())
    assert empty.sections[0].lines == ("(Danh sách trống.)",)
