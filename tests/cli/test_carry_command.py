"""counter-app carry, through the real program."""

from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.program import run_program
from tests.helpers.visits import BIRTH
from tests.sync.stick_server import StickServer, enrol

from counter_app.services.receive_dossier import receive
from counter_app.services.sync_port import Enrolment


@pytest.fixture
def counter(tmp_path: Path) -> tuple[Path, Enrolment]:
    desk = make_desk(tmp_path / "counter", MORNING)
    enrolment = enrol(desk, MORNING)
    receive(desk, BIRTH, clerk="Trần Thị Mai")
    desk.store.close()
    return tmp_path / "counter", enrolment


@pytest.mark.slow
def test_export_show_import(counter: tuple[Path, Enrolment], tmp_path: Path) -> None:
    data, enrolment = counter
    up = tmp_path / "up.qmc"
    exported = run_program(data, "carry", "export", str(up))
    assert exported.exit_code == 0, exported.stderr
    assert exported.out["size"] == up.stat().st_size
    shown = run_program(data, "carry", "show", str(up))
    assert shown.out["signature"] == "good"
    assert shown.out["counts"] == exported.out["counts"]
    assert shown.out["counts"]["events"] > 0
    server = StickServer()
    server.take(up, enrolment)
    down = server.write(tmp_path / "down.qmc", enrolment, [server.ack(enrolment), server.page(enrolment, 0)])
    imported = run_program(data, "carry", "import", str(down))
    assert imported.exit_code == 0, imported.stderr
    assert imported.out["acked"] == exported.out["counts"]["events"]
    again = run_program(data, "carry", "import", str(down))
    assert (again.out["acked"], again.out["repeated"]) == (0, True)


@pytest.mark.slow
def test_what_is_wrong_is_told_with_the_usual_exit_codes(
    counter: tuple[Path, Enrolment], tmp_path: Path
) -> None:
    data, enrolment = counter
    torn = tmp_path / "torn.qmc"
    torn.write_bytes(b"QMCC1 and no more")
    refused = run_program(data, "carry", "import", str(torn))
    assert (refused.exit_code, refused.error["code"]) == (2, "carry_damaged")
    missing = run_program(data, "carry", "import", str(tmp_path / "none.qmc"))
    assert (missing.exit_code, missing.error["code"]) == (4, "carry_unreadable")
    nowhere = run_program(data, "carry", "export", str(tmp_path / "no" / "up.qmc"))
    assert (nowhere.exit_code, nowhere.error["code"]) == (2, "out_folder_missing")
    other = StickServer().write(tmp_path / "other.qmc", enrolment, [], recipient="another-device")
    foreign = run_program(data, "carry", "import", str(other))
    assert (foreign.exit_code, foreign.error["code"]) == (3, "carry_for_other_counter")


def test_a_file_is_shown_where_no_counter_is_set_up(counter: tuple[Path, Enrolment], tmp_path: Path) -> None:
    data, _enrolment = counter
    run_program(data, "carry", "export", str(tmp_path / "up.qmc"))
    shown = run_program(tmp_path / "nobody", "carry", "show", str(tmp_path / "up.qmc"))
    assert (shown.exit_code, shown.out["signature"]) == (0, "unknown")
    assert not (tmp_path / "nobody" / "counter.db").exists()
