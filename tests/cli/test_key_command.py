"""The key on the command line: recovered with what is typed on standard input, never as an argument."""

import json
import os
import select
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.program import command, run_program

from counter_app.bootstrap import open_desk
from counter_app.services.audit_port import AuditFilter

NOW = "2026-11-23T10:45:00"
PHRASE = "bốn con bò vàng ngủ ngoài đê"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A counter with a sheet and a passphrase, and the code of the sheet."""
    folder = tmp_path_factory.mktemp("counter") / "data"
    desk = make_desk(folder, MORNING)
    code = desk.keys.add_code(MORNING)
    desk.keys.keep_code(code.wrap_id)
    desk.keys.put_passphrase(PHRASE, MORNING)
    desk.store.close()
    return folder, code.code


@pytest.fixture
def counter(made: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    return shutil.copytree(made[0], tmp_path / "data"), made[1]


def test_it_tells_how_the_key_is_kept(counter: tuple[Path, str]) -> None:
    folder, _code = counter
    told = run_program(folder, "key", now=NOW)
    assert told.exit_code == 0
    assert told.out["in_keyring"] is False
    assert len(told.out["fingerprint"]) == 16
    assert told.out["sheet_of"] == told.out["passphrase_of"] == "2026-11-23T08:30+0700"
    assert told.out["change_to"] is None


@pytest.mark.parametrize("typed", ["code", "sloppy code", "passphrase"])
def test_a_lost_key_comes_back(counter: tuple[Path, str], typed: str) -> None:
    folder, code = counter
    (folder / "counter.key").unlink()
    lost = run_program(folder, "find", "A", now=NOW)
    assert (lost.exit_code, lost.error["code"]) == (4, "database_key_missing")
    secret = {"code": code, "sloppy code": code.lower().replace("-", " "), "passphrase": PHRASE}[typed]
    done = run_program(folder, "key", "recover", now=NOW, stdin=f"{secret}\n".encode())
    assert done.exit_code == 0, done.stderr
    assert run_program(folder, "find", "A", now=NOW).exit_code == 0
    desk = open_desk(folder)
    with desk.store.reading() as queries:
        (entry,) = queries.audit_page(AuditFilter(acts=("key_recovered",)))
    desk.store.close()
    assert entry.entry.detail["with"] == ("passphrase" if typed == "passphrase" else "recovery")


@pytest.mark.parametrize(
    ("typed", "exit_code", "error"),
    [
        ("", 3, "recovery_wrong"),
        ("AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA", 2, "recovery_code_mistyped"),
        ("một câu chẳng phải mật khẩu", 3, "recovery_wrong"),
    ],
)
def test_what_is_wrong_is_told_without_repeating_it(
    counter: tuple[Path, str], typed: str, exit_code: int, error: str
) -> None:
    folder, _code = counter
    done = run_program(folder, "key", "recover", now=NOW, stdin=f"{typed}\n".encode())
    assert (done.exit_code, done.error["code"]) == (exit_code, error)
    assert not typed or typed not in done.stderr


def test_a_folder_that_was_never_set_up_has_no_key(tmp_path: Path) -> None:
    done = run_program(tmp_path / "nothing", "key", now=NOW)
    assert (done.exit_code, done.error["code"]) == (4, "not_set_up")


def test_a_secret_is_not_in_the_list_of_processes(counter: tuple[Path, str]) -> None:
    """What every user of the machine can see of a running program."""
    if not Path("/proc/self/cmdline").exists():
        pytest.skip("no list of processes to look into")
    folder, code = counter
    running = subprocess.Popen(
        command(folder, "key", "recover", now=NOW),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ,
    )
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write(f"{code}\n".encode())
    running.stdin.flush()
    select.select([running.stdout], [], [], 30)  # it has read the secret and answered
    seen = b"".join(Path(f"/proc/{running.pid}/{name}").read_bytes() for name in ("cmdline", "environ"))
    out, _err = running.communicate(timeout=30)
    assert code.encode() not in seen
    assert json.loads(out)["sheet_of"]


def test_a_sheet_needs_a_printer(counter: tuple[Path, str]) -> None:
    folder, code = counter
    done = run_program(folder, "key", "sheet", now=NOW)
    assert (done.exit_code, done.error["code"]) == (4, "printer_failed")
    again = run_program(folder, "key", "recover", now=NOW, stdin=f"{code}\n".encode())
    assert again.exit_code == 0, "the old sheet must still count"


def test_a_machine_without_a_printer_shows_the_code(counter: tuple[Path, str]) -> None:
    folder, old = counter
    shown = run_program(folder, "key", "sheet", "--show", now=NOW)
    assert shown.exit_code == 0, shown.stderr
    (folder / "counter.key").unlink()
    refused = run_program(folder, "key", "recover", now=NOW, stdin=f"{old}\n".encode())
    assert refused.error["code"] == "recovery_wrong"
    done = run_program(folder, "key", "recover", now=NOW, stdin=f"{shown.out['code']}\n".encode())
    assert done.exit_code == 0, done.stderr


def test_another_key_takes_over_at_once(counter: tuple[Path, str]) -> None:
    folder, old = counter
    before = run_program(folder, "key", now=NOW).out["fingerprint"]
    wrong = run_program(folder, "key", "change", "--show", now=NOW, stdin="một câu khác hẳn\n".encode())
    assert (wrong.exit_code, wrong.error["code"]) == (3, "passphrase_wrong")
    done = run_program(folder, "key", "change", "--show", now=NOW, stdin=f"{PHRASE}\n".encode())
    assert done.exit_code == 0, done.stderr
    assert done.out["fingerprint"] != before
    assert done.out["change_to"] is None
    assert done.out["code"] != old
    assert run_program(folder, "doctor", now=NOW).exit_code == 0
    (folder / "counter.key").unlink()
    assert run_program(folder, "key", "recover", now=NOW, stdin=f"{old}\n".encode()).exit_code == 3
    new = done.out["code"]
    assert run_program(folder, "key", "recover", now=NOW, stdin=f"{new}\n".encode()).exit_code == 0


def test_doctor_tells_how_the_key_would_come_back(counter: tuple[Path, str]) -> None:
    folder, _code = counter
    checks = {check["name"]: check for check in run_program(folder, "doctor", now=NOW).out["checks"]}
    fingerprint = run_program(folder, "key", now=NOW).out["fingerprint"]
    assert checks["recovery"]["ok"]
    assert fingerprint in checks["recovery"]["detail"]
