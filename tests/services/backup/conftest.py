"""A counter with dossiers, a scan, a draft and accounts' worth of data to lose."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tests.helpers.builders import VIETNAM
from tests.helpers.desks import make_desk

from counter_app.services.desk import Desk

MONDAY_MORNING = datetime(2026, 11, 23, 10, 45, tzinfo=VIETNAM)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path / "counter", MONDAY_MORNING)
    yield desk
    desk.store.close()
