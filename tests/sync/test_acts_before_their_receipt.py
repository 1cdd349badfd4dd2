"""An act the server hears before the receipt of its dossier is not lost: it waits for it, on every side."""

from pathlib import Path

import pytest
from tests.helpers.sync_states import receive_many
from tests.server.raw_counter import enrolled
from tests.server.serving import Served, serving
from tests.sync.counters import UNIT, Counter, answers
from tests.sync.test_exchange_with_server import copy_of

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts.requests import EnterResult, GiveResult
from counter_app.domain.dossier_life import ReturnTo
from counter_app.services.acts.perform import perform
from counter_protocol.events import EventKind
from counter_protocol.fold import FlagKind
from counter_protocol.messages import LateEvent

STATUSES = "SELECT status FROM dossier"


def give_result(counter: Counter, dossier: Dossier) -> None:
    request = GiveResult(to=ReturnTo.OWNER, full_name=dossier.applicant.full_name, identity_checked="seen")
    perform(counter.desk, dossier.dossier_id, request, clock_confirmed=True)


def status_at(counter: Counter, dossier: Dossier) -> str:
    with counter.desk.store.reading() as queries:
        found = queries.dossier(dossier.dossier_id)
    assert found is not None
    return found.status.value


@pytest.mark.slow
def test_a_server_put_back_may_hear_the_return_before_the_receipt(
    cluster: str, database_url: str, tmp_path: Path
) -> None:
    received_at, returned_at = Counter(tmp_path / "one"), Counter(tmp_path / "two", 2)
    both = (returned_at, received_at)
    with serving(database_url, tmp_path / "server") as served:
        port = int(served.url.rsplit(":", 1)[1])
        served.add_office(UNIT)
        for each in both:
            each.enrol(served)
            each.sync()
    backup = copy_of(cluster, database_url)
    with serving(database_url, tmp_path / "server", port=port):
        dossier = receive_many(received_at.desk, 1)[0]
        perform(received_at.desk, dossier.dossier_id, EnterResult(name="Bản sao"), clock_confirmed=True)
        received_at.sync()
        returned_at.sync()
        give_result(returned_at, dossier)
        returned_at.sync()
        received_at.sync()
    with serving(backup, tmp_path / "server", port=port) as served:
        for each in (*both, *both):
            assert answers(each.sync()) == ["", "", ""]
        assert [row["status"] for row in served.rows(STATUSES)] == ["returned"]
        assert [status_at(each, dossier) for each in both] == ["returned", "returned"]
    for each in both:
        each.close()


def test_acts_before_a_late_receipt_are_folded_after_it_and_what_contradicts_is_flagged(
    server: Served,
) -> None:
    with enrolled(server) as raw:
        dossier_id = raw.received(1)
        raw.act(EventKind.DOSSIER_HANDED_OVER, dossier_id, status="processing")
        raw.returned(dossier_id)
        raw.returned(dossier_id)
        raw.push(withheld=[1])
        assert server.rows(STATUSES) == []

        raw.push(late=[LateEvent(epoch=1, seq=1, body=raw.bodies[0])])

        assert [row["status"] for row in server.rows(STATUSES)] == ["returned"]
        raised = [row["kind"] for row in server.rows("SELECT kind FROM flag ORDER BY raised_at, kind")]
        assert sorted(raised) == sorted(
            [FlagKind.EVENT_WITHHELD, FlagKind.RECEIPT_MISSING, FlagKind.RETURNED_TWICE]
        )
        still_asked = [row["kind"] for row in server.rows("SELECT kind FROM flag WHERE settled_at IS NULL")]
        assert still_asked == [FlagKind.RETURNED_TWICE]
