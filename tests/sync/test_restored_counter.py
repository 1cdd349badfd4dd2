"""A counter put back from a backup file talks to a real server again: nothing lost, nothing doubled."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.helpers.builders import FixedClock
from tests.helpers.put_back import assert_audit_whole
from tests.helpers.sync_states import receive_many
from tests.server.serving import Served
from tests.sync.counters import UNIT, Counter, answers
from tests.sync.test_exchange_with_server import DOSSIERS, codes, on_server

from counter_app.services.backup.create import create
from counter_app.services.backup.restore import restore


@pytest.fixture
def one(tmp_path: Path, server: Served) -> Iterator[Counter]:
    server.add_office(UNIT)
    made = Counter(tmp_path / "one")
    clock = made.desk.clock
    assert isinstance(clock, FixedClock)
    # In the evening few numbers are left to give; the next morning is never before what was written.
    clock.moment = (clock.moment + timedelta(days=1)).replace(hour=9, minute=0)
    made.enrol(server)
    yield made
    made.close()


def put_back(counter: Counter, file: Path) -> None:
    desk = counter.desk
    counter.close()
    restore(desk.backups.prepare(file), desk.clock, desk.ids)
    counter.open()
    counter.desk.clock = desk.clock


def epoch(counter: Counter) -> int:
    with counter.desk.store.reading() as queries:
        return queries.chain_end().epoch


@pytest.mark.slow
def test_what_the_server_has_comes_back_and_what_it_lacks_is_told(
    server: Served, one: Counter, tmp_path: Path
) -> None:
    sent = receive_many(one.desk, 1)
    one.sync()
    untold = receive_many(one.desk, 1)
    create(one.desk, tmp_path / "usb.qmcbak")
    told_since = receive_many(one.desk, 2)
    one.sync()
    before = epoch(one)
    never_told = receive_many(one.desk, 1)
    put_back(one, tmp_path / "usb.qmcbak")
    assert epoch(one) > before  # at once, whatever the server will say
    offline = receive_many(one.desk, 1)
    report = one.sync()
    assert answers(report) == ["", "", ""]
    assert report.waiting == 0
    later = receive_many(one.desk, 1)
    one.sync()
    everything = [*sent, *untold, *told_since, *offline, *later]
    assert on_server(server, DOSSIERS) == codes(everything)
    with one.desk.store.reading() as queries:
        assert all(queries.dossier_by_code(each.dossier_code) for each in everything)
        # Only the citizen knows of this one; its number is given to nobody else.
        assert queries.dossier_by_code(never_told[0].dossier_code) is None
    given = [each.dossier_code for each in (*everything, *never_told)]
    assert len(set(given)) == len(given)
    registered = [each.register_no for each in (*everything, *never_told)]
    assert len(set(registered)) == len(registered)
    assert_audit_whole(one.desk)


@pytest.mark.slow
def test_restored_twice_from_one_backup_nothing_is_doubled(
    server: Served, one: Counter, tmp_path: Path
) -> None:
    create(one.desk, tmp_path / "usb.qmcbak")
    first = receive_many(one.desk, 1)
    one.sync()
    put_back(one, tmp_path / "usb.qmcbak")
    one.desk.clock.advance(minutes=10)  # type: ignore[attr-defined]
    second = receive_many(one.desk, 2)
    one.sync()
    put_back(one, tmp_path / "usb.qmcbak")
    one.desk.clock.advance(minutes=20)  # type: ignore[attr-defined]
    third = receive_many(one.desk, 1)
    assert answers(one.sync()) == ["", "", ""]
    everything = [*first, *second, *third]
    assert len({each.dossier_code for each in everything}) == len(everything)
    assert on_server(server, DOSSIERS) == codes(everything)
    with one.desk.store.reading() as queries:
        assert all(queries.dossier_by_code(each.dossier_code) for each in everything)
