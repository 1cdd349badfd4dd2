"""Accounts on the command line: who signs in, what needs it, what does not, and no password in sight."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.memory_keyring import MemoryKeyring, memory_keyring
from tests.helpers.staff import ADMIN, ADMIN_NAME, ADMIN_PASSWORD

from counter_app import bootstrap
from counter_app.cli.run import run_command
from counter_app.domain.clerks import LOCK_AFTER
from counter_app.services.accounts.first_account import make_first_account

NOW = MORNING.isoformat()
VARIABLES = ("COUNTER_PASSWORD", "COUNTER_USER", "COUNTER_NEW_PASSWORD", "COUNTER_SECOND_PASSWORD",
             "COUNTER_RECOVERY_CODE", "COUNTER_OLD_PASSWORD")  # fmt: skip
OTHER = "sáu con vịt lội qua cầu"


class Machine:
    """A counter's folder, the command line in this process, and its environment."""

    def __init__(
        self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.folder = folder
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        self.said: list[str] = []

    def __call__(self, *words: str, now: str = NOW, **variables: str) -> tuple[int, Any, Any]:
        """Run a command; `variables` by short name: password, user, new_password …"""
        for name in VARIABLES:
            self._monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            self._monkeypatch.setenv(f"COUNTER_{name.upper()}", value)
        argv = [*words, "--now", now, "--data-dir", str(self.folder), "--json"]
        code = run_command(argv, default_data_dir=self.folder, doors=bootstrap.doors())
        done = self._capsys.readouterr()
        self.said += [done.out, done.err]
        out = json.loads(done.out) if done.out.strip() else None
        return code, out, json.loads(done.err.splitlines()[-1])["error"] if done.err.strip() else None

    def refusal(self, *words: str, **variables: str) -> tuple[int, str]:
        code, _out, error = self(*words, **variables)
        return code, error["code"]

    def account(self, user: str) -> dict[str, Any]:
        accounts = self("clerks", "list", "--clerk", ADMIN, password=ADMIN_PASSWORD)[1]
        return next(dict(each) for each in accounts if each["user"] == user)

    def hire(self, user: str, name: str, role: str) -> None:
        words = ("clerks", "add", user, "--name", name, "--role", role, "--clerk", ADMIN)
        one_time = self(*words, password=ADMIN_PASSWORD)[1]["one_time_password"]
        code, _, error = self(
            "clerks", "password", "--clerk", user, password=one_time, new_password=f"{OTHER} {user}"
        )
        assert (code, error) == (0, None)


@pytest.fixture
def open_machine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Machine:
    make_desk(tmp_path / "counter", MORNING).store.close()
    return Machine(tmp_path / "counter", capsys, monkeypatch)


@pytest.fixture
def machine(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Machine:
    desk = make_desk(tmp_path / "counter", MORNING)
    make_first_account(desk, username=ADMIN, full_name=ADMIN_NAME, password=ADMIN_PASSWORD)
    desk.store.close()
    return Machine(tmp_path / "counter", capsys, monkeypatch)


@pytest.mark.slow
def test_what_shows_citizens_asks_who_is_there_and_says_what_to_set(machine: Machine) -> None:
    code, _, error = machine("find", "dinh sen")
    assert (code, error["code"], error["details"]) == (3, "cli_password_missing", {"user": ADMIN})
    assert "COUNTER_PASSWORD" in error["message"]
    assert machine("find", "dinh sen", password=ADMIN_PASSWORD)[0] == 0
    assert machine("people", "find", "dinh sen", "--clerk", "tran thi mai", password=ADMIN_PASSWORD)[0] == 0
    assert machine.refusal("find", "x y", "--clerk", "khongcoai", password=ADMIN_PASSWORD) == (
        3,
        "clerk_unknown",
    )
    assert machine.refusal("find", "x y", user="khongcoai", password=ADMIN_PASSWORD) == (3, "clerk_unknown")
    machine.hire("sen", "Đinh Thị Sen", "clerk")
    assert machine.refusal("find", "dinh sen", password=ADMIN_PASSWORD) == (3, "cli_user_missing")
    assert machine("find", "dinh sen", user="sen", password=f"{OTHER} sen")[0] == 0


@pytest.mark.parametrize(
    "words",
    [
        ("due", "--received", "2026-11-23T08:00:00", "--time", "5wd"),
        ("procedures", "list"),
        ("scan", "H29.12-261121-1001"),
        ("outbox", "list"),
    ],
)
def test_what_shows_no_citizen_asks_nobody(machine: Machine, words: tuple[str, ...]) -> None:
    assert machine(*words)[0] == 0


def test_the_self_check_asks_nobody_and_tells_of_accounts(machine: Machine) -> None:
    _code, report, error = machine("doctor")
    assert error is None
    check = next(check for check in report["checks"] if check["name"] == "password")
    assert "mọi việc cần đăng nhập" in check["detail"]


@pytest.mark.slow
def test_a_wrong_password_counts_also_beside_the_window(machine: Machine) -> None:
    """The window holds the lock of the folder; a command that only reads signs in beside it."""
    window = bootstrap.open_desk(machine.folder)
    for _ in range(2):
        assert machine.refusal("find", "dinh sen", password="đoán") == (3, "sign_in_wrong")
    with window.store.reading() as queries:
        account = queries.account_named(ADMIN)
    assert account is not None
    assert account.failures == 2
    assert machine("find", "dinh sen", password=ADMIN_PASSWORD)[0] == 0
    window.store.close()
    assert machine.account(ADMIN)["failures"] == 0


@pytest.mark.slow
def test_guessing_by_script_locks_the_account_and_two_people_unlock_it(machine: Machine) -> None:
    machine.hire("pin", "Lò Văn Pín", "head")
    machine.hire("sen", "Đinh Thị Sen", "clerk")
    seen = set()
    for hour in range(LOCK_AFTER + 1):
        now = MORNING.replace(hour=9 + hour).isoformat()
        _code, _out, error = machine("find", "x y", "--clerk", "sen", now=now, password="đoán")
        seen.add(error["code"])
    assert seen == {"sign_in_wrong", "account_is_locked"}
    assert machine.account("sen")["state"] == "locked"
    alone = ("clerks", "unlock", "sen", "--clerk", "pin")
    assert machine.refusal(*alone, password=f"{OTHER} pin") == (3, "unlockers_missing")
    assert machine.refusal(
        *alone, "--second", "pin", password=f"{OTHER} pin", second_password=f"{OTHER} pin"
    ) == (3, "unlockers_missing")
    code, out, _ = machine(*alone, "--second", ADMIN, password=f"{OTHER} pin", second_password=ADMIN_PASSWORD)
    assert (code, out["state"]) == (0, "open")
    assert machine("find", "x y", "--clerk", "sen", password=f"{OTHER} sen")[0] == 0


@pytest.mark.slow
def test_roles_hold_on_the_command_line(machine: Machine) -> None:
    machine.hire("xem", "Hà Văn Tư", "viewer")
    viewer = {"user": "xem", "password": f"{OTHER} xem"}
    assert machine("find", "dinh sen", **viewer)[0] == 0
    assert machine.refusal("queue", "issue", "civil_status", **viewer) == (3, "not_permitted")
    assert machine.refusal("clerks", "list", **viewer) == (3, "not_permitted")
    assert machine.refusal("office", "set", "phone", "02183851234", **viewer) == (3, "not_permitted")
    assert machine.refusal("clerks", "add", "moi", "--name", "Người Mới", **viewer) == (3, "not_permitted")


@pytest.mark.slow
def test_an_account_from_its_first_day_to_its_last(machine: Machine) -> None:
    admin = {"user": ADMIN, "password": ADMIN_PASSWORD}
    code, made, _ = machine("clerks", "add", "sen", "--name", "Đinh Thị Sen", **admin)
    assert (code, made["role"], made["must_change"]) == (0, "clerk", True)
    one_time = {"user": "sen", "password": made["one_time_password"]}
    assert machine.refusal("find", "x y", **one_time) == (3, "password_must_change")
    weak = {**one_time, "new_password": "matkhau1"}
    assert machine.refusal("clerks", "password", **weak) == (2, "password_too_easy")
    assert machine("clerks", "password", **one_time, new_password=OTHER)[1] == {
        "user": "sen",
        "changed": True,
    }
    assert machine("clerks", "change", "sen", "--role", "head", **admin)[1]["role"] == "head"
    assert machine("clerks", "reset", "sen", **admin)[1]["must_change"] is True
    assert machine("clerks", "close", "sen", **admin)[1]["state"] == "closed"
    assert machine.refusal("find", "x y", user="sen", password=OTHER) == (3, "clerk_unknown")
    assert machine("clerks", "reopen", "sen", **admin)[1]["state"] == "open"
    assert machine.refusal("clerks", "change", ADMIN, "--role", "clerk", **admin) == (3, "last_administrator")
    assert machine.refusal("clerks", "close", "khong", **admin) == (3, "clerk_unknown")
    assert machine.refusal("clerks", "close", **admin) == (2, "usage")
    assert [each["user"] for each in machine("clerks", "list", **admin)[1]] == ["sen", ADMIN]


def test_the_recovery_code_gives_an_administrator_back(machine: Machine) -> None:
    desk = bootstrap.open_desk(machine.folder)
    made = desk.keys.add_code(desk.clock.now())
    desk.keys.keep_code(made.wrap_id)
    desk.store.close()
    words = ("clerks", "recover", ADMIN)
    assert machine.refusal(*words, new_password=OTHER) == (2, "cli_recovery_code_missing")
    code, out, error = machine(*words, recovery_code=made.code, new_password=OTHER)
    assert (code, error, out["state"]) == (0, None, "open")
    assert machine("find", "x y", password=OTHER)[0] == 0
    assert machine.refusal("find", "x y", password=ADMIN_PASSWORD) == (3, "sign_in_wrong")


def test_the_first_account_on_the_command_line(open_machine: Machine) -> None:
    assert open_machine("find", "x y")[0] == 0
    assert open_machine.refusal("clerks", "add", "sen", "--name", "Đinh Thị Sen", "--role", "clerk") == (
        3,
        "first_account_needed",
    )
    words = ("clerks", "add", ADMIN, "--name", ADMIN_NAME)
    assert open_machine.refusal(*words, password="ngắn") == (2, "password_too_short")
    assert open_machine(*words, password=ADMIN_PASSWORD)[1]["role"] == "administrator"
    assert open_machine.refusal("find", "x y") == (3, "cli_password_missing")


def test_without_accounts_the_name_given_is_on_record(open_machine: Machine) -> None:
    assert open_machine("office", "set", "phone", "02183851234", "--clerk", "Lò Văn Pín")[0] == 0
    entry = open_machine("office", "history", "phone")[1][0]
    assert entry["clerk"] == "Lò Văn Pín"


@pytest.fixture
def drawer() -> Iterator[MemoryKeyring]:
    with memory_keyring() as made:
        yield made


@pytest.mark.slow
def test_a_password_is_remembered_where_the_system_keeps_secrets(
    machine: Machine, drawer: MemoryKeyring
) -> None:
    assert machine.refusal("clerks", "remember", password="sai") == (3, "sign_in_wrong")
    assert drawer.entries == {}
    assert machine("clerks", "remember", password=ADMIN_PASSWORD)[1] == {"user": ADMIN, "remembered": True}
    assert drawer.entries == {("quay-mot-cua", f"cli:{ADMIN}"): ADMIN_PASSWORD}
    assert machine("find", "x y")[0] == 0
    assert machine("clerks", "forget")[1] == {"user": ADMIN, "forgotten": True}
    assert machine.refusal("find", "x y") == (3, "cli_password_missing")


def test_a_machine_without_a_keyring_says_so(machine: Machine) -> None:
    assert machine.refusal("clerks", "remember", password=ADMIN_PASSWORD) == (4, "keyring_missing")
    assert machine("clerks", "forget")[1] == {"user": ADMIN, "forgotten": False}


@pytest.mark.slow
def test_no_password_is_ever_said(machine: Machine) -> None:
    secrets = ("mật khẩu đoán mò", ADMIN_PASSWORD, OTHER)
    machine("find", "x y", password=secrets[0])
    machine("clerks", "password", password=ADMIN_PASSWORD, new_password=OTHER)
    machine("clerks", "password", password=OTHER, new_password="ngắn")
    machine("clerks", "unlock", ADMIN, password=OTHER, second_password=secrets[0])
    said = "".join(machine.said)
    for secret in secrets:
        assert secret not in said
        assert json.dumps(secret)[1:-1] not in said
