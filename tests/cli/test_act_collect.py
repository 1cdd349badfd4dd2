"""counter-app act CODE collect on a real data folder: money taken, its receipt printed, refusals by code."""

import json
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.program import run_program
from tests.helpers.visits import CERTIFIED_COPY
from tests.printing.paper_reading import all_text

from counter_app.services.receive_dossier import receive

NOW = "2026-11-23T09:00:00"


@pytest.mark.slow
def test_money_is_taken_once_and_receipted(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "counter", MORNING)
    dossier = receive(desk, CERTIFIED_COPY, clerk=CLERK)
    desk.store.close()
    due, code = dossier.charges_vnd or 0, dossier.dossier_code
    data, paper = tmp_path / "pay.json", tmp_path / "receipt.pdf"
    data.write_text(json.dumps({"amount_vnd": due + 500}), encoding="utf-8")
    more = run_program(tmp_path / "counter", "act", code, "collect", "--data", str(data), now=NOW)
    assert more.exit_code == 3
    assert more.error is not None
    assert more.error["code"] == "more_than_due"
    data.write_text(json.dumps({"method": "transfer"}), encoding="utf-8")
    taken = run_program(tmp_path / "counter", "act", code, "collect", "--data", str(data), now=NOW)
    assert taken.exit_code == 0
    assert taken.out["history"][-1]["act"] == "fee_collected"
    again = run_program(tmp_path / "counter", "act", code, "collect", now=NOW)
    assert again.error is not None
    assert again.error["code"] == "nothing_to_collect"
    out = run_program(tmp_path / "counter", "print", code, "receipt", "--out", str(paper), now=NOW)
    assert out.exit_code == 0
    words = all_text(paper.read_bytes())
    assert "PHIẾUTHU" in words
    assert "Chuyểnkhoản" in words
