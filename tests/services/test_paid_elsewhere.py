"""What a citizen paid at one counter is not asked for at another, nor here again after a loss."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.office_log import OfficeLog
from tests.helpers.visits import CERTIFIED_COPY

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput
from counter_app.services.acts.act_facts import facts_of
from counter_app.services.desk import Desk
from counter_app.services.receipts import Payment, collect, void_receipt
from counter_app.services.receive_dossier import receive


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    one, two = (make_desk(tmp_path / str(n), MORNING, counter=n) for n in (1, 2))
    yield one, two
    one.store.close()
    two.store.close()


def exchange(log: OfficeLog, *desks: Desk) -> None:
    for desk in desks:
        log.take(desk)
    for desk in desks:
        log.give(desk)


def due_at(desk: Desk, dossier: Dossier) -> int:
    with desk.store.reading() as queries:
        found = queries.dossier(dossier.dossier_id)
    assert found is not None
    return sum(charge.amount_vnd or 0 for charge in facts_of(desk, found).due)


def test_money_taken_at_the_other_counter_is_taken(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    log = OfficeLog()
    dossier = receive(one, CERTIFIED_COPY, clerk="Mai")
    whole = due_at(one, dossier)
    assert whole > 1000
    exchange(log, one, two)
    part = collect(two, dossier.dossier_id, Payment(amount_vnd=1000))
    exchange(log, two, one)
    assert [due_at(desk, dossier) for desk in desks] == [whole - 1000] * 2

    rest = collect(one, dossier.dossier_id)
    exchange(log, one, two)
    assert rest.total_vnd == whole - 1000
    assert [due_at(desk, dossier) for desk in desks] == [0, 0]
    with pytest.raises(BadInput, match="nothing_to_collect"):
        collect(two, dossier.dossier_id)

    void_receipt(two, part.receipt_id, "Nhầm")
    exchange(log, two, one)
    assert [due_at(desk, dossier) for desk in desks] == [1000, 1000]
