"""An intake over a real encrypted database and the shipped catalogue."""

from collections.abc import Iterator

import pytest
from intake_helpers import Intake

from counter_app.services.desk import Desk


@pytest.fixture
def intake(desk: Desk, qapp: object) -> Iterator[Intake]:
    made = Intake(desk)
    yield made
    made.operations.close()
    assert not made.crashes, made.crashes
