"""Rows of the fault table in small; those made of other tests, and of the rounds, have theirs elsewhere."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.faults import report, run
from tests.faults.rows.bit_rot import bit_rot
from tests.faults.rows.full_disk import full_disk
from tests.faults.rows.read_only_folder import read_only_folder
from tests.faults.rows.registry import FAULTS
from tests.faults.rows.row import Found, Size
from tests.faults.rows.tampering import tampering
from tests.faults.rows.two_machines import two_machines
from tests.faults.rows.wrong_clock import wrong_clock

SMALL = Size(quick=True, processes=1)


@pytest.mark.slow
@pytest.mark.parametrize("row", [bit_rot, tampering, two_machines, wrong_clock])
def test_a_row_holds(tmp_path: Path, row: Callable[[Size, Path], Found]) -> None:
    found = row(SMALL, tmp_path)
    assert found.wrong == []
    assert found.figures


@pytest.mark.slow
@pytest.mark.parametrize("row", [full_disk, read_only_folder])
def test_a_row_that_mounts_holds_or_says_that_it_may_not(
    tmp_path: Path, row: Callable[[Size, Path], Found]
) -> None:
    found = row(SMALL, tmp_path)
    assert all("root" in words for words in found.wrong), found.wrong


def test_all_rows_of_the_table_are_there_and_have_words() -> None:
    assert [fault.number for fault in FAULTS] == list(range(1, 23))
    assert [fault.number for fault in FAULTS if not fault.applies] == [13]
    for fault in FAULTS:
        for name, arguments in fault.suites.items():
            assert Path(arguments[0]).exists(), f"{name}: {arguments[0]} is not there"
        assert fault.how
        assert fault.must_hold


def test_the_page_tells_what_did_not_hold() -> None:
    row = {
        "row": 2,
        "figures": {"cuts": 1200},
        "held": False,
        "wrong": ["3 images"],
        "seconds": 1.5,
        "quick": True,
    }
    page = report.page({"at": "2026-11-23", "rows": [row]})
    assert "| 2 | The power goes | **NO** | in small | 1.5 |" in page
    assert "| cuts | 1,200 |" in page
    assert "Did not hold: 3 images" in page
    assert "| 1 | The program is killed | not run |" in page


def test_a_row_run_whole_stays_when_it_is_run_in_small(tmp_path: Path) -> None:
    out = tmp_path / "faults.json"
    whole, small, other = (
        {"row": number, "quick": quick, "seconds": seconds}
        for number, quick, seconds in ((1, False, 9), (1, True, 1), (2, True, 1))
    )
    out.write_text(json.dumps({"at": "", "rows": [whole]}))
    assert run._merged(out, [small, other])["rows"] == [whole, other]
    out.write_text(json.dumps({"at": "", "rows": [small]}))
    assert run._merged(out, [whole])["rows"] == [whole]
