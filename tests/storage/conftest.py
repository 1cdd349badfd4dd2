"""Real SQLCipher databases: set up once, copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.storage.database_files import open_store
from counter_app.storage.first_set_up import set_up
from counter_app.storage.store import SqlStore

KEY = bytes(range(32))


@pytest.fixture(scope="session")
def empty_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "data"
    set_up(folder, key=KEY)
    return folder


@pytest.fixture
def key() -> bytes:
    return KEY


@pytest.fixture
def data_dir(empty_office: Path, tmp_path: Path) -> Path:
    return shutil.copytree(empty_office, tmp_path / "data")


@pytest.fixture
def store(data_dir: Path) -> Iterator[SqlStore]:
    opened = open_store(data_dir, key=KEY)
    yield opened
    opened.close()
