"""counter-app queue on a real data folder: tickets, calls, figures as JSON."""

from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.program import run_program
from tests.printing.paper_reading import all_text

NOW = "2026-11-23T09:00:00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_desk(tmp_path / "counter", MORNING).store.close()
    return tmp_path / "counter"


@pytest.mark.slow
def test_a_ticket_from_the_machine_to_the_counter(folder: Path, tmp_path: Path) -> None:
    paper = tmp_path / "ticket.pdf"
    issued = run_program(folder, "queue", "issue", "civil_status", "--out", str(paper), now=NOW)
    assert (issued.exit_code, issued.out["number"], issued.out["state"]) == (0, "A001", "waiting")
    assert "A001" in all_text(paper.read_bytes())
    hurried = run_program(folder, "queue", "issue", "civil_status", "--priority", now="2026-11-23T09:01:00")
    assert (hurried.out["number"], hurried.out["priority"]) == ("A002", True)
    called = run_program(folder, "queue", "call", "--counter", "2", now="2026-11-23T09:04:00").out["called"]
    assert (called["number"], called["counter"]) == ("A002", 2)
    absent = run_program(folder, "queue", "absent", "a002", now="2026-11-23T09:06:00")
    assert absent.out["state"] == "absent"
    now = run_program(folder, "queue", "now", now="2026-11-23T09:07:00").out
    assert [ticket["number"] for ticket in now["waiting"]] == ["A001"]
    assert [ticket["number"] for ticket in now["absent"]] == ["A002"]
    again = run_program(folder, "queue", "call-again", "A002", now="2026-11-23T09:08:00")
    assert (again.out["state"], again.out["counter"]) == ("called", 1)
    figures = run_program(folder, "queue", "figures", now="2026-11-23T09:10:00").out
    assert (figures["issued"], figures["waiting"], figures["median_wait_s"]) == (2, 1, 180)
    assert figures["longest_now_s"] == 600


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code"),
    [
        (("issue",), 2, "usage"),
        (("call", "A001"), 2, "usage"),
        (("issue", "moon"), 2, "ticket_group_unknown"),
        (("recall", "A077"), 2, "ticket_unknown"),
        (("figures", "--from", "yesterday"), 2, "bad_day"),
    ],
)
def test_what_is_refused(folder: Path, arguments: tuple[str, ...], exit_code: int, code: str) -> None:
    refused = run_program(folder, "queue", *arguments, now=NOW)
    assert (refused.exit_code, refused.error["code"]) == (exit_code, code)  # type: ignore[index]


def test_nobody_waits(folder: Path) -> None:
    assert run_program(folder, "queue", "call", now=NOW).out == {"called": None}
