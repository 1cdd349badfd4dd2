"""Two counters of one office: what one does arrives at the other, and contradictions are told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.life import check_fold
from tests.helpers.office_log import OfficeLog
from tests.helpers.visits import BIRTH, CERTIFIED_COPY

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import EnterResult, Extend, GiveResult, HandOver
from counter_app.domain.dossier_life import Holder, ReturnTo
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.services.acts.perform import perform
from counter_app.services.acts.take_over import take_over
from counter_app.services.acts.undo import undo
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_protocol.events import SERVER, EventEnvelope, EventKind, encode_event
from counter_protocol.fold import FlagKind

HAND_OVER = HandOver(to=Holder(name="Công chức Tư pháp – Hộ tịch"))
GIVE = GiveResult(to=ReturnTo.OWNER, full_name=BIRTH.applicant.full_name, identity_checked="seen")
EXTEND = Extend(reason="Chờ xác minh", time="3wd", late_reason="Trả lời muộn")


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
        assert log.give(desk).parked == 0


def here(desk: Desk, dossier: Dossier) -> Dossier:
    with desk.store.reading() as queries:
        found = queries.dossier(dossier.dossier_id)
    assert found is not None
    check_fold(desk, found)
    return found


def agree(log: OfficeLog, dossier: Dossier, *desks: Desk) -> Dossier:
    """Check that every counter holds what the log adds up to, and return it as the first one has it."""
    states = log.states()
    found = [here(desk, dossier) for desk in desks]
    for each in found:
        assert each.status.value == states[dossier.dossier_id]["status"]
        assert each.life.paid_vnd == states[dossier.dossier_id]["life.paid_vnd"]
    return found[0]


def received(desk: Desk) -> Dossier:
    return receive(desk, BIRTH, clerk="Trần Thị Mai")


def resolved(desk: Desk) -> Dossier:
    dossier = received(desk)
    perform(desk, dossier.dossier_id, HAND_OVER)
    return perform(desk, dossier.dossier_id, EnterResult(name="Giấy khai sinh"))


def test_a_dossier_arrives_whole_and_is_found(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    log = OfficeLog()
    dossier = received(one)
    perform(one, dossier.dossier_id, HAND_OVER)
    exchange(log, one, two)
    arrived = agree(log, dossier, two, one)
    assert arrived.owner == one.settings.counter.device_id
    assert (arrived.forms, arrived.applicant, arrived.promise) == (
        dossier.forms,
        dossier.applicant,
        dossier.promise,
    )
    with two.store.reading() as queries:
        assert [row.dossier_code for row in queries.find("hong nhung")] == [dossier.dossier_code]
        assert queries.dossier_by_code(dossier.dossier_code) is not None
        person = queries.person(BIRTH.applicant.personal_id)
        assert [step.act for step in queries.history(dossier.dossier_id)] == ["received", "handed_over"]
        assert queries.history(dossier.dossier_id)[0].detail["counter"] == 1
    assert person is not None
    assert [visit.dossier_code for visit in person.visits] == [dossier.dossier_code]


def test_its_papers_can_be_made_at_the_other_counter(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    from counter_app.services.definitions import office_of, procedure_of, template_of

    one, two = desks
    log = OfficeLog()
    dossier = received(one)
    exchange(log, one, two)
    with two.store.reading() as queries:
        assert procedure_of(queries, dossier).procedure_id == dossier.procedure.procedure_id
        assert office_of(queries, dossier).unit_code == one.settings.office.unit_code
        for form in dossier.forms:
            assert template_of(queries, form).form_id == form.form_id


def test_only_the_owner_works_on_it_until_it_is_taken_over(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    log = OfficeLog()
    dossier = received(one)
    exchange(log, one, two)
    with pytest.raises(RuleRefusal, match="dossier_of_other_counter"):
        perform(two, dossier.dossier_id, HAND_OVER)
    with pytest.raises(BadInput, match="entry_missing"):
        take_over(two, dossier.dossier_id, " ")
    with pytest.raises(RuleRefusal, match="dossier_is_own"):
        take_over(one, dossier.dossier_id, "Quầy 1 nghỉ")
    take_over(two, dossier.dossier_id, "Quầy 1 hỏng máy")
    perform(two, dossier.dossier_id, HAND_OVER)
    exchange(log, two, one)
    seen = agree(log, dossier, one, two)
    assert seen.owner == two.settings.counter.device_id
    assert seen.status is DossierStatus.PROCESSING
    with pytest.raises(RuleRefusal, match="dossier_of_other_counter"):
        perform(one, dossier.dossier_id, EXTEND)


def test_the_owner_who_went_on_is_told_by_a_flag(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    log = OfficeLog()
    dossier = received(one)
    exchange(log, one, two)
    take_over(two, dossier.dossier_id, "Quầy 1 hỏng máy")
    perform(one, dossier.dossier_id, HAND_OVER)
    exchange(log, two, one)
    kept = agree(log, dossier, one, two)
    assert log.flags == [FlagKind.NOT_OWNER]
    assert kept.status is DossierStatus.RECEIVED
    with two.store.reading() as queries:
        assert queries.history(dossier.dossier_id)[-1].detail["put_aside"] == FlagKind.NOT_OWNER


def test_the_result_is_given_at_the_other_counter(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    log = OfficeLog()
    dossier = resolved(one)
    exchange(log, one, two)
    perform(two, dossier.dossier_id, GIVE)
    exchange(log, two, one)
    given = agree(log, dossier, one, two)
    assert given.status is DossierStatus.RETURNED
    assert log.flags == []
    with pytest.raises(RuleRefusal):
        perform(one, dossier.dossier_id, GIVE)


def test_a_return_at_the_wrong_citizen_is_taken_back_where_it_was_given(desks: tuple[Desk, Desk]) -> None:
    from counter_app.domain.dossier_acts import Undo

    one, two = desks
    log = OfficeLog()
    dossier = resolved(one)
    exchange(log, one, two)
    perform(two, dossier.dossier_id, GIVE)
    undo(two, dossier.dossier_id, Undo(reason="Nhầm người", nothing_handed_out=True))
    exchange(log, two, one)
    assert agree(log, dossier, one, two).status is DossierStatus.RESOLVED
    assert log.flags == []
    with pytest.raises(RuleRefusal, match=r"dossier_of_other_counter|nothing_to_undo"):
        undo(two, dossier.dossier_id)


@pytest.mark.parametrize("first", [0, 1])
def test_a_result_given_twice_offline_is_flagged_wherever_it_arrives_first(
    desks: tuple[Desk, Desk], first: int
) -> None:
    one, two = desks
    log = OfficeLog()
    dossier = resolved(one)
    exchange(log, one, two)
    perform(one, dossier.dossier_id, GIVE)
    perform(two, dossier.dossier_id, GIVE)
    exchange(log, desks[first], desks[1 - first])
    assert agree(log, dossier, one, two).status is DossierStatus.RETURNED
    assert log.flags == [FlagKind.RETURNED_TWICE]


def test_an_act_of_the_owner_that_had_not_seen_the_return_is_put_aside(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    log = OfficeLog()
    dossier = resolved(one)
    exchange(log, one, two)
    undo(one, dossier.dossier_id)
    perform(two, dossier.dossier_id, GIVE)
    exchange(log, two, one)
    assert agree(log, dossier, one, two).status is DossierStatus.RETURNED
    assert log.flags == [FlagKind.ACT_AFTER_END]


def test_what_the_server_says_arrives_and_wins_over_what_had_not_seen_it(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    log = OfficeLog()
    dossier = received(one)
    exchange(log, one, two)
    log.write(
        EventEnvelope(
            event_id="server-1",
            kind=EventKind.STATUS_SET,
            unit_code=one.settings.office.unit_code,
            device_id=SERVER,
            counter=0,
            clerk="Công chức Hộ tịch",
            dossier_id=dossier.dossier_id,
            rev=0,
            at=MORNING,
            data={"act": "status_set", "state": {"set": {"status": "processing"}}},
        )
    )
    perform(one, dossier.dossier_id, EXTEND)
    exchange(log, one, two)
    assert agree(log, dossier, one, two).status is DossierStatus.PROCESSING
    assert agree(log, dossier, one, two).life.extension is None
    assert log.flags == [FlagKind.STATUS_CONFLICT]
    assert perform(one, dossier.dossier_id, EXTEND).life.extension is not None
    exchange(log, one, two)
    assert agree(log, dossier, two, one).life.extension is not None


def test_a_page_that_comes_twice_or_leaves_a_gap_does_no_harm(desks: tuple[Desk, Desk]) -> None:
    from counter_app.services.sync.apply_log import apply_page
    from counter_protocol.messages import DownItem

    one, two = desks
    log = OfficeLog()
    dossier = received(one)
    log.take(one)
    page = [DownItem(office_seq=n, body=body) for n, body in enumerate(log.bodies, 1)]
    assert apply_page(two, page, after=5, cursor=len(page)).new == len(page)
    with two.store.reading() as queries:
        assert queries.cursor() == 0
    assert apply_page(two, page, after=0, cursor=len(page)).new == 0
    with two.store.reading() as queries:
        assert queries.cursor() == len(page)
        assert len(queries.history(dossier.dossier_id)) == 1


def test_one_bad_entry_parks_its_dossier_and_nothing_else(desks: tuple[Desk, Desk]) -> None:
    from dataclasses import replace

    one, two = desks
    log = OfficeLog()
    bad, good = received(one), receive(one, CERTIFIED_COPY, clerk="Mai")
    log.take(one)
    place = next(n for n, each in enumerate(log.events) if each.dossier_id == bad.dossier_id)
    whole = log.events[place]
    broken = replace(whole, data={**whole.data, "state": {"set": {"status": "lost"}}})
    log.events[place], log.bodies[place] = broken, encode_event(broken)
    applied = log.give(two)
    assert applied.parked == 1
    with two.store.reading() as queries:
        assert queries.dossier(good.dossier_id) is not None
        assert queries.dossier(bad.dossier_id) is None
        assert [entry.dossier_id for entry in queries.parked()] == [bad.dossier_id]


def test_a_counter_with_a_wrong_clock_does_not_stop_the_others(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    from datetime import timedelta

    _, two = desks
    ahead = make_desk(tmp_path / "ahead", MORNING + timedelta(days=300), counter=3)
    log = OfficeLog()
    dossier = receive(ahead, CERTIFIED_COPY, clerk="Mai", clock_confirmed=True)
    exchange(log, ahead, two)
    here(two, dossier)
    received(two)  # not refused as `clock_set_back`
    ahead.store.close()
