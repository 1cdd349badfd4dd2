"""A server that lost what a counter has since destroyed: the chain goes on over a bare place."""

from pathlib import Path

import pytest
from tests.helpers.sync_states import receive_many
from tests.server.serving import serving
from tests.sync.counters import UNIT, Counter, answers
from tests.sync.test_exchange_with_server import DOSSIERS, codes, copy_of, on_server

from counter_app.domain.dossier import Dossier
from counter_app.domain.purged_dossier import PurgedDossier
from counter_app.services.desk import Desk


def destroy(desk: Desk, dossier: Dossier) -> None:
    """Take the content out, whatever the rules of its time say."""
    with desk.store.writing() as transaction:
        proof = PurgedDossier(
            dossier_id=dossier.dossier_id,
            dossier_code=dossier.dossier_code,
            procedure_id=dossier.procedure.procedure_id,
            received_at=dossier.received_at,
            ended_at=dossier.received_at,
            status=dossier.status,
            content_digest=transaction.content_digest(dossier.dossier_id),
            basis="2 năm",
            purged_at=desk.clock.now(),
            clerk="Trần Thị Mai",
        )
        transaction.purge_dossier(proof)


@pytest.mark.slow
def test_a_server_put_back_takes_the_place_of_what_was_destroyed(
    cluster: str, database_url: str, tmp_path: Path
) -> None:
    counter = Counter(tmp_path / "one")
    with serving(database_url, tmp_path / "server") as served:
        port = int(served.url.rsplit(":", 1)[1])
        served.add_office(UNIT)
        counter.enrol(served)
        (first,) = receive_many(counter.desk, 1)
        counter.sync()
    backup = copy_of(cluster, database_url)
    with serving(database_url, tmp_path / "server", port=port):
        gone, kept = receive_many(counter.desk, 2)
        counter.sync()
    destroy(counter.desk, gone)
    with serving(backup, tmp_path / "server", port=port) as served:
        assert answers(counter.sync()) == ["", "", ""]
        (after,) = receive_many(counter.desk, 1)
        assert answers(counter.sync()) == ["", "", ""]
        assert on_server(served, DOSSIERS) == codes([first, kept, after])
    with counter.desk.store.reading() as queries:
        held = [item for item in queries.out_items() if item.dossier_id == gone.dossier_id]
    assert held
    assert {(item.state.value, item.last_answer, item.size) for item in held} == {
        ("withheld", "event_purged", 0)
    }
    counter.close()
