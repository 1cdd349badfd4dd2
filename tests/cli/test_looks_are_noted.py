"""Looking from the command line is put on record, also while another program writes."""

from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.program import run_program
from tests.helpers.raw_database import select
from tests.helpers.visits import CERTIFIED_COPY, GRANDMOTHER

from counter_app.services.receive_dossier import receive

NOW = f"{MORNING:%Y-%m-%d}T09:00:00"


@pytest.mark.slow
def test_looks_are_noted_beside_a_program_that_writes(tmp_path: Path) -> None:
    folder = tmp_path / "counter"
    desk = make_desk(folder, MORNING)
    dossier = receive(desk, CERTIFIED_COPY, clerk=CLERK)
    assert run_program(folder, "show", dossier.dossier_code, now=NOW).exit_code == 0
    assert run_program(folder, "show", dossier.dossier_code, now=NOW).exit_code == 0
    assert run_program(folder, "find", "sen", now=NOW).exit_code == 0
    assert select(desk, "SELECT count(*) FROM audit_entry WHERE act = 'person_searched'") == [(1,)]
    assert run_program(folder, "people", "find", "sen", now=NOW).exit_code == 0
    assert run_program(folder, "people", "show", "1", now=NOW).exit_code == 0
    out = tmp_path / "so.xlsx"
    assert run_program(folder, "report", "register", "--out", str(out), now=NOW).exit_code == 0
    noted = select(desk, "SELECT act, clerk, subject_id, detail FROM audit_entry ORDER BY seq")[-4:]
    assert [row[:2] for row in noted] == [
        ("dossier_viewed", CLERK),
        ("person_searched", CLERK),
        ("person_viewed", CLERK),
        ("report_saved", CLERK),
    ]
    assert noted[0][2] == dossier.dossier_id
    assert GRANDMOTHER.full_name not in str(noted)
    assert "sen" not in str(noted)
    desk.store.close()
