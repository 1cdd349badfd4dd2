"""What follows an act that was put aside waits with it, and both arrive in their order."""

from tests.helpers.sync_states import receive_many
from tests.server.serving import Served
from tests.sync.counters import Counter, answers
from tests.sync.test_acts_before_their_receipt import STATUSES, give_result, status_at
from tests.sync.test_exchange_with_server import office, one, two

from counter_app.domain.dossier_acts.requests import EnterResult, HandOver
from counter_app.domain.dossier_life import Holder
from counter_app.services.acts.perform import perform

__all__ = ["office", "one", "two"]


def put_aside(counter: Counter, kind: str) -> str:
    with counter.desk.store.writing() as transaction:
        item = next(each for each in transaction.out_items() if each.kind == kind)
        transaction.quarantine(item.seq, "event_malformed")
    return item.event_id


def test_a_late_act_does_not_undo_those_that_followed_it(office: Served, one: Counter, two: Counter) -> None:
    dossier = receive_many(one.desk, 1)[0]
    one.sync()
    request = HandOver(to=Holder(name="Công chức Tư pháp – Hộ tịch"))
    perform(one.desk, dossier.dossier_id, request, clock_confirmed=True)
    aside = put_aside(one, "dossier_handed_over")
    one.sync()
    perform(one.desk, dossier.dossier_id, EnterResult(name="Bản sao"), clock_confirmed=True)
    one.sync()
    give_result(one, dossier)  # the server does not even know its place when all are let go

    with one.desk.store.writing() as transaction:
        assert transaction.release(aside)
    report = one.sync()

    assert (answers(report)[0], report.waiting, report.quarantined) == ("", 0, 0)
    two.sync()
    one.sync()
    assert [row["status"] for row in office.rows(STATUSES)] == ["returned"]
    assert [status_at(each, dossier) for each in (one, two)] == ["returned", "returned"]
    assert office.rows("SELECT kind FROM flag WHERE settled_at IS NULL") == []


def test_other_dossiers_go_on(office: Served, one: Counter) -> None:
    held, free = receive_many(one.desk, 2)
    put_aside(one, "dossier_received")
    for dossier in (held, free):
        perform(one.desk, dossier.dossier_id, EnterResult(name="Bản sao"), clock_confirmed=True)
    one.sync()
    with one.desk.store.reading() as queries:
        state = queries.sync_state()
    assert (state.waiting, state.quarantined) == (0, 2)
    assert [row["status"] for row in office.rows(STATUSES)] == ["resolved"]
