"""A dossier of another counter through the real program: whose it is, taking it over, what to look at."""

import json
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.office_log import OfficeLog
from tests.helpers.program import run_program
from tests.helpers.sync_states import raise_notice
from tests.helpers.visits import BIRTH

from counter_app.services.receive_dossier import receive

NOW = "2026-11-23T09:00:00"


@pytest.mark.slow
def test_another_counters_dossier_is_shown_refused_and_taken_over(tmp_path: Path) -> None:
    one, two = (make_desk(tmp_path / str(n), MORNING, counter=n) for n in (1, 2))
    dossier = receive(one, BIRTH, clerk=CLERK)
    log = OfficeLog()
    log.take(one)
    assert log.give(two).parked == 0
    raise_notice(two, dossier.dossier_id)
    one.store.close()
    two.store.close()
    here, code = tmp_path / "2", dossier.dossier_code

    shown = run_program(here, "show", code, now=NOW).out
    assert (shown["own"], shown["counter"]) == (False, 1)
    assert [notice["kind"] for notice in shown["notices"]] == ["returned_twice"]
    assert "Bùi Văn Thử" in shown["notices"][0]["happened"]

    data = tmp_path / "data.json"
    data.write_text(json.dumps({"to": "Công chức Tư pháp"}), encoding="utf-8")
    refused = run_program(here, "act", code, "hand-over", "--data", str(data), now=NOW)
    assert (refused.exit_code, refused.error["code"]) == (3, "dossier_of_other_counter")

    without_reason = run_program(here, "act", code, "take-over", now=NOW)
    assert (without_reason.exit_code, without_reason.error["code"]) == (2, "entry_missing")
    reason = tmp_path / "reason.json"
    reason.write_text(json.dumps({"reason": "Quầy 1 hỏng máy"}), encoding="utf-8")
    taken = run_program(here, "act", code, "take-over", "--data", str(reason), now=NOW)
    assert (taken.exit_code, taken.out["own"]) == (0, True)
    assert run_program(here, "act", code, "hand-over", "--data", str(data), now=NOW).exit_code == 0
