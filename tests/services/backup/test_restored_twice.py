"""The same backup put back twice on one day: what was given in between is not given again."""

import contextlib
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import make_desk
from tests.helpers.put_back import put_back, reopened
from tests.helpers.visits import CERTIFIED_COPY

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import RuleRefusal
from counter_app.services.backup.create import create
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive


class NumbersUsedUp(Exception):
    """The day has no number left."""


def received(desk: Desk) -> Dossier:
    try:
        return receive(desk, CERTIFIED_COPY, clerk="Mai")
    except RuleRefusal as refusal:
        if refusal.code == "number_block_exhausted":
            raise NumbersUsedUp from None
        raise


LATE = MORNING.replace(hour=18, minute=45)


@pytest.mark.parametrize(
    ("first", "gap", "count"),
    [(MORNING.replace(hour=10), timedelta(minutes=2), 4), (LATE, timedelta(minutes=10), 1)],
    ids=["faster than the estimate", "when the estimate has ended"],
)
def test_no_code_twice(tmp_path: Path, first: datetime, gap: timedelta, count: int) -> None:
    folder, file = tmp_path / "counter", tmp_path / "usb.qmcbak"
    desk = make_desk(folder, MORNING)
    create(desk, file)
    desk.store.close()
    codes: list[str] = []
    registered: list[int] = []
    for moment in (first, first + gap):
        desk.clock = FixedClock(moment)
        put_back(desk, file)
        desk = reopened(folder, desk)
        for _each in range(count):
            with contextlib.suppress(NumbersUsedUp):  # rather none than one twice
                dossier = received(desk)
                codes.append(dossier.dossier_code)
                registered.append(dossier.register_no)
        desk.store.close()
    assert len(codes) >= count
    assert len(set(codes)) == len(codes)
    assert len(set(registered)) == len(registered)
