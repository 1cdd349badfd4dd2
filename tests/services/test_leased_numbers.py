"""A counter numbers from its own block, then from what it leased, and only then provisionally."""

from datetime import date, timedelta

import pytest
from tests.helpers.visits import BIRTH

from counter_app.domain.dossier_code import NumberBlock
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.services.sync_port import LeasedBlock

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("given", "number"),
    [
        (0, "1001"),
        (998, "1999"),
        (999, "8001"),
        (1000, "8002"),
        (1001, "7501"),
        (1002, "901001"),
    ],
)
def test_leased_numbers_follow_the_counters_own(desk: Desk, given: int, number: str) -> None:
    with desk.store.writing() as transaction:
        transaction.put_block(LeasedBlock(block=NumberBlock(8001, 8002), from_day=DAY))
        transaction.put_block(LeasedBlock(block=NumberBlock(7501, 7501), from_day=DAY, until_day=DAY))
        transaction.put_block(LeasedBlock(block=NumberBlock(6001, 6999), from_day=DAY + timedelta(days=1)))
        transaction.raise_numbers(DAY, 1, given, 0)

    dossier = receive(desk, BIRTH, clerk="Mai")

    assert dossier.dossier_code == f"H29.12-261123-{number}"
    assert dossier.provisional_code == (len(number) == 6)
