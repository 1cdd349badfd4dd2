"""The people command: numbers instead of personal ids, masked output, merge and undo."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING, make_person
from tests.helpers.desks import make_desk
from tests.helpers.program import run_program

NOW = "2026-11-23T09:00:00"
CARD = make_person(1, full_name="Nguyễn Văn An", old_id="113456789")
OLD = replace(CARD, personal_id="113456789", old_id="")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk = make_desk(tmp_path / "counter", MORNING)
    with desk.store.writing() as transaction:
        for person in (CARD, OLD):
            transaction.remember_person(person, MORNING, "applicant")
    desk.store.close()
    return tmp_path / "counter"


def test_find_show_merge_and_undo(folder: Path) -> None:
    found = run_program(folder, "people", "find", "nguyen van an", now=NOW).out
    assert [(row["number"], row["personal_id"]) for row in found] == [(2, "1134***89"), (1, "0001******01")]
    shown = run_program(folder, "people", "show", "1", now=NOW).out
    assert (shown["person"]["personal_id"], shown["alike"][0]["personal_id"]) == ("0001******01", "1134***89")
    merged = run_program(folder, "people", "merge", "1", "2", now=NOW).out
    assert (merged["kept"], merged["other"], merged["undone_at"]) == ("0001******01", "1134***89", None)
    assert len(run_program(folder, "people", "find", "nguyen van an", now=NOW).out) == 1
    shown = run_program(folder, "people", "show", OLD.personal_id, "--reveal", now=NOW).out
    assert shown["person"]["personal_id"] == CARD.personal_id
    assert [row["number"] for row in shown["records"]] == [1, 2]
    undone = run_program(folder, "people", "undo-merge", merged["merge_id"], now=NOW).out
    assert undone["undone_at"].startswith("2026-11-23T09:00:00")
    assert run_program(folder, "people", "find", "nguyen van an", now=NOW).out == found


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (("show", "77"), 2, "person_unknown"),
        (("merge", "1"), 2, "usage"),
        (("find", "an", "more"), 2, "usage"),
        (("merge", "1", "1"), 3, "already_merged"),
        (("undo-merge", "nothing"), 2, "merge_unknown"),
        (("find", "an", "--limit", "0"), 2, "number_out_of_range"),
    ],
)
def test_what_is_refused(folder: Path, words: tuple[str, ...], exit_code: int, code: str) -> None:
    done = run_program(folder, "people", *words, now=NOW)
    assert (done.exit_code, done.error["code"]) == (exit_code, code)
