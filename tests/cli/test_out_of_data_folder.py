"""No command writes over the counter's own files, whatever path it is told."""

import hashlib
import json
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk

from counter_app import bootstrap
from counter_app.cli.run import run_command
from counter_app.domain.errors import BadInput
from counter_app.services.backup.create import create


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "counter"
    make_desk(made, MORNING).store.close()
    return made


def digests(folder: Path) -> dict[str, str]:
    return {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("key.json", "counter.db")
    }


@pytest.mark.parametrize("name", ["counter.db", "key.json", "backups/../key.json", "new.file"])
@pytest.mark.parametrize("words", [("backup", "create", "{}"), ("outbox", "export", "--out", "{}"),
                                   ("carry", "export", "{}")])  # fmt: skip
def test_its_own_files_stay(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], name: str
) -> None:
    before = digests(folder)
    argv = [word.format(folder / name) for word in words]
    argv += ["--now", MORNING.isoformat(), "--data-dir", str(folder), "--json"]
    assert run_command(argv, default_data_dir=folder, doors=bootstrap.doors()) == 2
    assert json.loads(capsys.readouterr().err.splitlines()[-1])["error"]["code"] == "out_in_data_folder"
    assert digests(folder) == before


def test_nor_does_the_window_where_such_a_file_is_chosen(folder: Path) -> None:
    desk = make_desk(folder, MORNING)
    with pytest.raises(BadInput, match="out_in_data_folder"):
        create(desk, folder / "key.json")
    create(desk, desk.backups.own_folder / "by-hand.qmcbak")
    desk.store.close()
    make_desk(folder, MORNING).store.close()
