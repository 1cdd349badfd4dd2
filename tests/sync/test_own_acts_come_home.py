"""What a counter lost and got back is its own again: the server may lose it next."""

import shutil
from pathlib import Path

import pytest
from tests.helpers.sync_states import receive_many
from tests.server.serving import Served, serving
from tests.sync.counters import UNIT, Counter, answers
from tests.sync.test_exchange_with_server import DOSSIERS, codes, copy_of, on_server

from counter_app.domain.dossier import Dossier


def put_back(counter: Counter, backup: Path) -> None:
    counter.close()
    shutil.rmtree(counter.folder)
    shutil.copytree(backup, counter.folder)
    counter.open()


def has(counter: Counter, dossiers: list[Dossier]) -> bool:
    with counter.desk.store.reading() as queries:
        return all(queries.dossier_by_code(each.dossier_code) for each in dossiers)


@pytest.mark.slow
def test_acts_a_counter_got_back_survive_the_servers_loss(
    cluster: str, database_url: str, tmp_path: Path
) -> None:
    one, two = Counter(tmp_path / "one"), Counter(tmp_path / "two", 2)
    with serving(database_url, tmp_path / "server") as served:
        port = int(served.url.rsplit(":", 1)[1])
        served.add_office(UNIT)
        for each in (one, two):
            each.enrol(served)
        first = receive_many(one.desk, 1)
        one.sync()
        one.close()
        shutil.copytree(one.folder, tmp_path / "backup")
        one.open()
    before = copy_of(cluster, database_url)
    with serving(database_url, tmp_path / "server", port=port):
        lost = receive_many(one.desk, 2)
        one.sync()
        put_back(one, tmp_path / "backup")
        report = one.sync()
        assert answers(report) == ["", "", ""]
        assert report.waiting == 0
        assert has(one, lost)
    with serving(before, tmp_path / "server", port=port) as served:
        assert on_server(served, DOSSIERS) == codes(first)
        for each in (one, two):
            assert answers(each.sync()) == ["", "", ""]
        assert on_server(served, DOSSIERS) == codes([*first, *lost])
        assert has(two, lost)
        assert_told_once(served)
    one.close()
    two.close()


def assert_told_once(served: Served) -> None:
    told = [row["event_id"] for row in served.rows("SELECT event_id FROM event WHERE body <> ''")]
    assert len(told) == len(set(told))
