"""The lists command: what a script hands over, gives to the post, looks up and notes as signed for."""

from datetime import datetime
from pathlib import Path

import pytest
from tests.helpers.builders import VIETNAM
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.program import run_program
from tests.helpers.visits import BIRTH
from tests.printing.paper_reading import all_text, squeezed

from counter_app.services.receive_dossier import receive

NOW = "2026-11-23T16:00:00"


@pytest.fixture
def counter(tmp_path: Path) -> tuple[Path, list[str]]:
    desk = make_desk(tmp_path / "counter", datetime(2026, 11, 23, 10, 45, tzinfo=VIETNAM))
    codes = [receive(desk, BIRTH, clerk=CLERK).dossier_code for _each in range(2)]
    desk.store.close()
    return tmp_path / "counter", codes


def test_hand_over_results_post_and_the_receipt(counter: tuple[Path, list[str]], tmp_path: Path) -> None:
    folder, codes = counter
    target = tmp_path / "list.pdf"
    made = run_program(
        *(folder, "lists", "hand-over", f"{codes[0]}=gấp", codes[1]),
        *("--to", "Lò Văn Thử", "--out", str(target)),
        now=NOW,
    )
    assert (made.exit_code, made.error) == (0, None)
    assert (made.out["on_paper"], made.out["to"], made.out["left_out"]) == ("01-Q1/GNHS", "Lò Văn Thử", [])
    assert [(row["dossier_code"], row["entry"]) for row in made.out["dossiers"]] == [
        (codes[0], "gấp"),
        (codes[1], ""),
    ]
    assert squeezed(codes[1]) in all_text(target.read_bytes())

    noted = run_program(folder, "lists", "acknowledge", made.out["list_id"], now=NOW)
    assert (noted.exit_code, noted.out["acknowledged_by"]) == (0, "Lò Văn Thử")
    again = run_program(folder, "lists", "acknowledge", made.out["list_id"], now=NOW)
    assert (again.exit_code, again.error["code"]) == (3, "list_already_acknowledged")

    results = run_program(folder, "lists", "results", *codes, now=NOW)
    assert results.out == {"dossiers": codes, "left_out": []}
    labels = tmp_path / "labels.pdf"
    posted = run_program(
        folder, "lists", "postal", f"{codes[0]}=EB123456785VN", "--labels", str(labels), now=NOW
    )
    assert posted.out["dossiers"][0]["entry"] == "EB123456785VN"
    assert labels.read_bytes().startswith(b"%PDF")

    shown = run_program(folder, "lists", "show", now=NOW)
    assert [(each["kind"], each["count"]) for each in shown.out] == [("postal", 1), ("hand_over", 2)]
    only = run_program(folder, "lists", "show", "--kind", "hand-over", now=NOW)
    assert [each["list_id"] for each in only.out] == [made.out["list_id"]]
    whole = run_program(folder, "lists", "show", made.out["list_id"], now=NOW)
    assert len(whole.out["dossiers"]) == 2


def test_what_is_refused_hands_nothing_over(counter: tuple[Path, list[str]]) -> None:
    folder, codes = counter
    run_program(folder, "lists", "results", codes[0], now=NOW)
    refused = run_program(folder, "lists", "hand-over", *codes, "--to", "Lò Văn Thử", now=NOW)
    assert (refused.exit_code, refused.error["code"]) == (3, "list_has_refused")
    assert codes[0] in str(refused.error)
    assert run_program(folder, "lists", "show", now=NOW).out == []
    agreed = run_program(folder, "lists", "hand-over", *codes, "--to", "Lò Văn Thử", "--leave-out", now=NOW)
    assert agreed.out["left_out"] == [{"dossier_code": codes[0], "why": "move_not_allowed"}]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("hand-over", "H29.12-261123-9999", "--to", "A"), "dossier_unknown"),
        (("hand-over", "H29.12-261123-9999"), "usage"),
        (("postal",), "list_empty"),
        (("show", "no-such-list"), "list_unknown"),
        (("acknowledge",), "usage"),
    ],
)
def test_bad_input(counter: tuple[Path, list[str]], words: tuple[str, ...], code: str) -> None:
    outcome = run_program(counter[0], "lists", *words, now=NOW)
    assert (outcome.exit_code, outcome.error["code"]) == (2, code)
