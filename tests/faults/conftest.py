"""A counter in a state to be broken: set up once, copied for each test."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.visits import CHILD_ANSWERS

DISK_BYTES = 16 * 1024 * 1024


@pytest.fixture(scope="session")
def set_up_counter_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("set-up") / "counter"
    make_desk(folder, MORNING).store.close()
    return folder


@pytest.fixture
def data_dir(set_up_counter_folder: Path, tmp_path: Path) -> Path:
    return shutil.copytree(set_up_counter_folder, tmp_path / "counter")


@pytest.fixture
def birth_answers(tmp_path: Path) -> str:
    """A file of answers as the command line takes it."""
    answers = {
        "fields": {"ht-khai-sinh": CHILD_ANSWERS},
        "parts": [{"part_id": "giay_chung_sinh", "name": "Giấy chứng sinh", "original": 1}],
    }
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")
    return str(path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path | None]:
    """A disk of 16 MB, or None where we may not mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(place)]
    may = os.name == "posix" and os.geteuid() == 0
    mounted = may and subprocess.run(command, check=False, capture_output=True).returncode == 0
    yield place if mounted else None
    if mounted:
        subprocess.run(["umount", "--lazy", str(place)], check=True)
