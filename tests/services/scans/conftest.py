"""A desk with a received birth registration, and pages to attach."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tests.devices.scan_samples import scanned_pdf
from tests.helpers.builders import VIETNAM
from tests.helpers.desks import make_desk
from tests.helpers.visits import BIRTH

from counter_app.domain.dossier import Dossier
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive

MONDAY_MORNING = datetime(2026, 11, 23, 10, 45, tzinfo=VIETNAM)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path / "counter", MONDAY_MORNING)
    yield desk
    desk.store.close()


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    return receive(desk, BIRTH, clerk="Mai")


@pytest.fixture(scope="session")
def page() -> bytes:
    """One page at 200 dpi."""
    return scanned_pdf(200)
