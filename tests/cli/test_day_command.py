"""counter-app day on a real data folder: findings, closing, its sheet, opening again."""

import json
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.program import run_program
from tests.helpers.visits import CERTIFIED_COPY
from tests.printing.paper_reading import all_text, squeezed

from counter_app.services.receipts import Payment, collect
from counter_app.services.receive_dossier import receive

EVENING = f"{MORNING:%Y-%m-%d}T17:05:00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk = make_desk(tmp_path / "counter", MORNING)
    collect(desk, receive(desk, CERTIFIED_COPY, clerk=CLERK).dossier_id, Payment(amount_vnd=4000))
    desk.store.close()
    return tmp_path / "counter"


@pytest.mark.slow
def test_a_day_is_closed_with_reasons_and_opened_again(folder: Path, tmp_path: Path) -> None:
    found = run_program(folder, "day", "findings", now=EVENING).out
    assert (found["closed"], found["expected_cash_vnd"], found["totals"]["received"]) == (False, 4000, 1)
    blocking = [each["finding"] for each in found["findings"] if each["blocks"]]
    assert blocking == ["cash_not_counted", "results_missing", "not_handed_over"]
    refused = run_program(folder, "day", "close", "--cash", "4000", now=EVENING)
    assert (refused.exit_code, refused.error["code"]) == (3, "day_not_settled")
    assert "chưa có kết quả" in refused.error["message"]
    carry, sheet = tmp_path / "carry.json", tmp_path / "sheet.pdf"
    carry.write_text(json.dumps({"no_such": "x"}))
    unknown = run_program(folder, "day", "close", "--carry", str(carry), now=EVENING)
    assert unknown.error["code"] == "finding_unknown"
    carry.write_text(json.dumps({"results_missing": "Mất điện", "not_handed_over": "Mất điện"}))
    words = ("--cash", "4000", "--carry", str(carry), "--out", str(sheet))
    closed = run_program(folder, "day", "close", *words, now=EVENING).out
    assert (closed["revision"], closed["difference_vnd"], closed["copy_no"]) == (1, 0, 1)
    assert squeezed("Mất điện") in squeezed(all_text(sheet.read_bytes()))
    again = run_program(folder, "day", "sheet", "--day", closed["day"], "--out", str(sheet), now=EVENING).out
    assert again["copy_no"] == 2
    opened = run_program(
        folder, "day", "reopen", "--day", closed["day"], "--reason", "Đếm lại", now=EVENING
    ).out
    assert opened["reopened_at"] is not None
    assert run_program(folder, "day", "findings", now=EVENING).out["closed"] is False
