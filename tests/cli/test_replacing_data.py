"""Putting other data in the place of the counter's is an administrator's, as long as the data opens."""

import json
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.people_at_desk import HOA, MAI, PASSWORD_OF_HOA, PASSWORD_OF_MAI, QuickHasher, employ
from tests.helpers.raw_database import select

from counter_app import bootstrap
from counter_app.cli.run import run_command
from counter_app.services.backup.create import create
from counter_app.storage.password_hashes import Argon2Hasher

PASSWORDS = {MAI: PASSWORD_OF_MAI, HOA: PASSWORD_OF_HOA}


@pytest.mark.parametrize("action", ["restore", "salvage"])
def test_only_an_administrator_replaces_data_that_opens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    folder, file = tmp_path / "counter", tmp_path / "usb.qmcbak"
    desk = employ(make_desk(folder, MORNING))
    create(desk, file)
    desk.store.close()
    quick = QuickHasher()
    monkeypatch.setattr(Argon2Hasher, "hash", lambda _self, password: quick.hash(password))
    monkeypatch.setattr(Argon2Hasher, "matches", lambda _self, password, kept: quick.matches(password, kept))
    monkeypatch.setattr(Argon2Hasher, "is_dated", lambda _self, _kept: False)

    def replace(who: str) -> tuple[int, str]:
        monkeypatch.setenv("COUNTER_PASSWORD", PASSWORDS.get(who, ""))
        words = ["backup", action, *([str(file)] if action == "restore" else [])]
        argv = [*words, "--clerk", who, "--now", MORNING.isoformat(), "--data-dir", str(folder), "--json"]
        code = run_command(argv, default_data_dir=folder, doors=bootstrap.doors())
        said = capsys.readouterr().err.splitlines()
        return code, json.loads(said[-1])["error"]["code"] if said else ""

    assert replace("") == (3, "cli_user_missing")
    assert replace(HOA) == (3, "not_permitted")
    assert not list(tmp_path.glob("counter.truoc-*"))
    assert replace(MAI) == (0, "")
    again = make_desk(folder, MORNING)
    assert select(again, "SELECT clerk FROM audit_entry WHERE act = 'restored'") == [(MAI,)]
    again.store.close()
