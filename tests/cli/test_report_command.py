"""counter-app report on a real data folder: files and totals as the interfaces promise."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.program import run_program
from tests.helpers.visits import BIRTH
from tests.printing.paper_reading import page_texts

from counter_app.services.receive_dossier import receive

NOW = "2026-11-24T09:00:00"
NOVEMBER = ("--from", "2026-11-01", "--to", "2026-11-30")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk = make_desk(tmp_path / "counter", MORNING)
    receive(desk, BIRTH, clerk="Mai")
    desk.store.close()
    return tmp_path / "counter"


@pytest.mark.parametrize(
    ("report", "total"), [("register", "dossiers"), ("b06", "received"), ("day", "received")]
)
@pytest.mark.parametrize("suffix", [".pdf", ".xlsx"])
def test_a_report_is_written(folder: Path, tmp_path: Path, report: str, total: str, suffix: str) -> None:
    target = tmp_path / f"report{suffix}"
    done = run_program(folder, "report", report, *NOVEMBER, "--out", str(target), now=NOW)
    assert (done.exit_code, done.out["path"], done.out["totals"][total]) == (0, str(target), 1)
    assert (done.out["from"], done.out["to"]) == ("2026-11-01", "2026-11-30")
    if suffix == ".pdf":
        assert page_texts(target.read_bytes())
    else:
        assert load_workbook(target).sheetnames


def test_without_days_it_is_of_today(folder: Path, tmp_path: Path) -> None:
    done = run_program(folder, "report", "day", "--out", str(tmp_path / "d.pdf"), now=NOW)
    assert (done.out["from"], done.out["to"], done.out["totals"]["received"]) == (
        "2026-11-24",
        "2026-11-24",
        0,
    )
    assert done.out["totals"]["open"] == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("register", "--from", "2026-11-30", "--to", "2026-11-01", "--out", "r.pdf"), "days_reversed"),
        (("register", "--from", "hôm qua", "--out", "r.pdf"), "bad_day"),
        (("register", "--to", "2025-01-01", "--out", "r.pdf"), "report_empty"),
        (("b06", "--out", "r.doc"), "report_format_unknown"),
        (("b06", "--out", "no/such/r.pdf"), "out_folder_missing"),
        (("posting", "--out", "r.xlsx"), "paper_format_unknown"),
    ],
)
def test_what_is_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = run_program(folder, "report", *words, now=NOW)
    assert (refused.exit_code, refused.error["code"]) == (2, code)  # type: ignore[index]
    assert not list(tmp_path.glob("r.*"))
