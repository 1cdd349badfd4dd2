"""The command line of backups: on the PC that dies and on the one that takes its place."""

import json
import shutil
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.program import run_program
from tests.helpers.put_back import fill

NOW = "2026-11-23T08:30:00"
NEXT_DAY = "2026-11-24T08:00:00"


@pytest.mark.slow
def test_create_verify_list_and_restore_on_another_pc(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "usb.qmcbak"
    desk = make_desk(data, MORNING)
    sheet = desk.keys.add_code(MORNING)
    desk.keys.keep_code(sheet.wrap_id)
    received = fill(desk)
    desk.store.close()
    made = run_program(data, "backup", "create", str(file), now=NOW)
    assert (made.exit_code, made.out["dossiers"], made.out["scans"]) == (0, 3, 1)
    assert made.out["ok"]
    checked = run_program(data, "backup", "verify", str(file), now=NOW)
    assert checked.out["ok"]
    assert made.out["checks"] == checked.out["checks"]
    assert {check["name"] for check in checked.out["checks"]} == {
        "file",
        "database",
        "counts",
        "audit",
        "scans",
    }
    listed = run_program(data, "backup", "list", now=NOW)
    assert [run["file"] for run in listed.out["runs"]] == ["usb.qmcbak"]
    assert "Đinh" not in json.dumps([made.out, checked.out, listed.out], ensure_ascii=False)

    other = tmp_path / "other" / "data"
    without = run_program(other, "backup", "restore", str(file), now=NOW)
    assert (without.exit_code, without.error["code"]) == (3, "backup_other_key")
    assert not other.exists()
    by_code = sheet.code.encode() + b"\n"
    assert run_program(other, "backup", "verify", str(file), now=NOW, stdin=by_code).out["ok"]
    assert not other.exists()  # looking leaves nothing behind
    restored = run_program(other, "backup", "restore", str(file), now=NOW, stdin=by_code)
    assert (restored.exit_code, restored.out["set_aside"], restored.out["scans_missing"]) == (0, None, 0)
    assert all(check["ok"] for check in restored.out["checks"])
    found = run_program(other, "show", received[0].dossier_code, now=NOW)
    assert found.exit_code == 0
    health = run_program(other, "doctor", now=NEXT_DAY)
    told = {check["name"]: check for check in health.out["checks"]}
    assert not told["backup"]["ok"]  # a day's work and no backup of this PC's own yet
    assert told["restore"]["ok"]
    mended = run_program(other, "doctor", "--mend", now=NEXT_DAY)
    assert [each["name"] for each in mended.out["mended"]] == ["backup"]
    told = {check["name"]: check for check in run_program(other, "doctor", now=NEXT_DAY).out["checks"]}
    assert told["backup"]["ok"]
    assert "restore" not in told


@pytest.mark.slow
def test_a_changed_file_is_an_answer_and_a_damaged_database_is_saved(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "usb.qmcbak"
    desk = make_desk(data, MORNING)
    fill(desk)
    desk.store.close()
    run_program(data, "backup", "create", str(file), now=NOW)
    changed = bytearray(file.read_bytes())
    changed[5000] ^= 1
    file.write_bytes(changed)
    checked = run_program(data, "backup", "verify", str(file), now=NOW)
    assert (checked.exit_code, checked.out["ok"]) == (4, False)
    saved = run_program(data, "backup", "salvage", now=NOW)
    assert (saved.exit_code, saved.out["dossiers"], saved.out["lost_dossiers"]) == (0, 3, [])
    assert (tmp_path / saved.out["set_aside"]).is_dir()
    shutil.rmtree(data)
    assert run_program(data, "backup", "create", str(file), now=NOW).exit_code == 4
    assert run_program(data, "backup", "create", now=NOW).exit_code == 2
