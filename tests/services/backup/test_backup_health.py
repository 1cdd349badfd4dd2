"""When the self-check calls a missing backup a fault: from the second day of work on."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import make_desk
from tests.helpers.visits import BIRTH

from counter_app.services.backup.health import backup_finding
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MORNING)
    yield made
    made.store.close()


@pytest.mark.parametrize(("days", "ok"), [(0, True), (1, False), (40, False)])
def test_a_days_work_without_a_backup_is_a_fault(desk: Desk, days: int, ok: bool) -> None:
    receive(desk, BIRTH, clerk=desk.clerk)
    desk.clock = FixedClock(MORNING + timedelta(days=days))
    assert backup_finding(desk) == (ok, "health_backup_none", {})


def test_a_counter_nobody_worked_at_needs_none(desk: Desk) -> None:
    desk.clock = FixedClock(MORNING + timedelta(days=40))
    assert backup_finding(desk)[0]
