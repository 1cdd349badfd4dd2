"""The mapping tables: dated, sourced, whole; and what an operator may add."""

from datetime import date
from pathlib import Path

import pytest

from counter_server.dvcqg.mapping import TABLES, BadMapping, Certainty, mapping_on, read_mapping

DAY = date(2026, 11, 23)
OWN = """
valid_from: 2026-11-01
tables:
  MaLinhVuc:
    source: Công văn của tỉnh
    certainty: verified
    checked: 2026-11-20
    codes: {Thanh tra: G12-TC23, Hộ tịch: G99-XX01}
"""


def test_every_table_says_where_it_comes_from() -> None:
    tables = mapping_on(DAY)
    assert set(tables) == TABLES
    for name, table in tables.items():
        assert table.source.strip(), name
        assert table.certainty in Certainty
        assert table.checked <= date(2026, 11, 22), name


def test_the_statuses_are_the_ten_national_ones() -> None:
    assert sorted(map(int, mapping_on(DAY)["TrangThaiHoSo"].codes.values())) == list(range(1, 11))


def test_an_operators_codes_come_first_and_leave_the_others(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN, "utf-8")
    table = mapping_on(DAY, own)["MaLinhVuc"]
    assert [table.code(each) for each in ("Thanh tra", "Hộ tịch", "Chứng thực", "Đất đai")] == [
        "G12-TC23",
        "G99-XX01",
        "G15-TP03",
        None,
    ]
    assert mapping_on(date(2026, 10, 31), own)["MaLinhVuc"].code("Thanh tra") is None  # not yet in force


def test_there_is_no_table_for_a_day_before_the_first() -> None:
    with pytest.raises(BadMapping):
        mapping_on(date(2025, 6, 30))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("MaLinhVuc:", "MaLinhVucc:"),  # a table nobody asks for
        ("G12-TC23", "''"),  # a blank is no code
        ("Thanh tra: G12-TC23, Hộ tịch", "Hộ tịch: G12-TC23, Hộ tịch"),  # twice
        ("certainty: verified", "certainty: surely"),
        ("    source: Công văn của tỉnh\n", ""),
        ("checked: 2026-11-20", "checked: yesterday"),
        ("G12-TC23", "12"),  # a number loses its zeros
        ("codes:", "otherwise: [], codes:"),
    ],
)
def test_a_file_with_a_mistake_is_refused(before: str, after: str) -> None:
    assert before in OWN
    with pytest.raises(BadMapping):
        read_mapping(OWN.replace(before, after, 1))


def test_the_example_for_operators_is_a_mapping_file() -> None:
    text = (Path(__file__).parents[2] / "docs" / "national-export.md").read_text("utf-8")
    example = text.split("```yaml\n")[1].split("```")[0]
    assert read_mapping(example).tables["MaLinhVuc"].code("Thanh tra") == "G12-TC23"
