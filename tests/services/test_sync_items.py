"""The outbox as lists: what is about what, what can be done, and pages that neither lose nor repeat."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.helpers import sync_states
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.visits import BIRTH, GRANDMOTHER

from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.services.desk import Desk
from counter_app.services.sync.apply_log import apply_page
from counter_app.services.sync.items import ItemAct, ItemList, first_since, read_items, release
from counter_app.services.sync.open_notices import open_notices, returned_twice
from counter_app.services.sync.seal import read_seal, seal_sheet
from counter_app.services.sync.settle_notice import settle_notice
from counter_app.services.sync.support_export import support_report, write_support_report
from counter_app.services.sync_port import ItemState
from counter_app.sync_words import words_of
from counter_protocol.events import EventEnvelope, EventKind, decode_event, encode_event
from counter_protocol.fold import FlagKind
from counter_protocol.messages import DownItem


@pytest.fixture
def enrolled(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path / "counter", MORNING)
    sync_states.enrol(desk, MORNING)
    yield desk
    desk.store.close()


def later(desk: Desk, **delta: int) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment += timedelta(**delta)


def test_pages_follow_each_other_without_gap_or_overlap(enrolled: Desk) -> None:
    sync_states.receive_many(enrolled, 7)
    whole = read_items(enrolled, ItemList.UNSENT, limit=1_000)
    assert whole.after is None
    found, after = [], 0
    while True:
        page = read_items(enrolled, ItemList.UNSENT, after=after, limit=3)
        found += page.items
        if page.after is None:
            break
        after = page.after
    assert found == list(whole.items)
    receipts = [each for each in found if each.kind == EventKind.DOSSIER_RECEIVED]
    assert len({each.dossier_code for each in receipts}) == 7
    assert all(each.dossier_code for each in receipts)
    assert {each.dossier_code for each in found if not each.dossier_id} <= {""}


def test_sent_today_leaves_out_yesterday_and_what_waits(enrolled: Desk) -> None:
    sync_states.receive_many(enrolled, 3)
    sync_states.confirm_all(enrolled)
    later(enrolled, days=1)
    today = sync_states.receive_many(enrolled, 2)
    sync_states.confirm_all(enrolled, first_number=100)
    sync_states.receive_many(enrolled, 1)
    page = read_items(enrolled, ItemList.SENT_TODAY)
    assert {each.dossier_code for each in page.items if each.dossier_code} == {d.dossier_code for d in today}
    assert all(each.state is ItemState.ACKED and not each.acts for each in page.items)


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_the_place_of_a_moment_is_found_in_any_outbox(enrolled: Desk, count: int) -> None:
    sync_states.receive_many(enrolled, count)
    later(enrolled, days=1)
    sync_states.receive_many(enrolled, 2)
    with enrolled.store.reading() as queries:
        everything = queries.out_items(unsent_only=False)
        for moment in (MORNING, MORNING + timedelta(hours=1), MORNING + timedelta(days=2)):
            before = [each.seq for each in everything if each.at < moment]
            assert first_since(queries, moment) == max(before, default=0)


def test_a_held_receipt_can_be_corrected_and_let_go(enrolled: Desk) -> None:
    sync_states.receive_many(enrolled, 3)
    held = sync_states.hold_first(enrolled, "event_too_big")
    page = read_items(enrolled, ItemList.HELD)
    assert held in {each.event_id for each in page.items}
    item = next(each for each in page.items if each.event_id == held)
    assert item.acts == {ItemAct.SEND_NOW, ItemAct.CORRECT, ItemAct.EXPORT, ItemAct.SUPPORT}
    assert item.last_answer == "event_too_big"
    waiting = read_items(enrolled, ItemList.UNSENT).items
    assert all(ItemAct.CORRECT not in each.acts for each in waiting if each.state is ItemState.WAITING)
    assert release(enrolled, item)
    assert held not in {each.event_id for each in read_items(enrolled, ItemList.HELD).items}
    assert not release(enrolled, item)


def test_settling_a_notice_is_told_once_with_its_reason(enrolled: Desk) -> None:
    dossier = sync_states.receive_many(enrolled, 1)[0]
    notice_id = sync_states.raise_notice(enrolled, dossier.dossier_id)
    with pytest.raises(BadInput, match="entry_missing"):
        settle_notice(enrolled, notice_id, "  ")
    settle_notice(enrolled, notice_id, "Bản thứ hai đã thu lại")
    with pytest.raises(RuleRefusal, match="notice_not_open"):
        settle_notice(enrolled, notice_id, "lần nữa")
    assert open_notices(enrolled) == ()
    with enrolled.store.reading() as queries:
        told = [each for each in queries.out_items() if each.kind == EventKind.NOTICE_SETTLED]
    assert len(told) == 1
    event = decode_event(told[0].body)
    assert event.dossier_id == dossier.dossier_id
    assert event.data["notice_id"] == notice_id
    assert event.data["reason"] == "Bản thứ hai đã thu lại"


def test_the_gravest_notice_comes_first(enrolled: Desk) -> None:
    one, two = sync_states.receive_many(enrolled, 2)
    sync_states.raise_notice(enrolled, one.dossier_id, FlagKind.CLOCK_OFF)
    sync_states.raise_notice(enrolled, two.dossier_id, FlagKind.RETURNED_TWICE)
    assert [each.dossier_code for each in open_notices(enrolled)] == [two.dossier_code, one.dossier_code]
    with enrolled.store.reading() as queries:
        assert [each.dossier_code for each in returned_twice(queries)] == [two.dossier_code]


def test_support_learns_where_it_is_stuck_and_nothing_of_anybody(enrolled: Desk, tmp_path: Path) -> None:
    dossiers = sync_states.receive_many(enrolled, 4)
    held = sync_states.hold_first(enrolled, "event_too_big")
    sync_states.raise_notice(enrolled, dossiers[0].dossier_id)
    target = tmp_path / "ho-tro.json"
    count = write_support_report(enrolled, target)
    text = target.read_text("utf-8")
    told = json.loads(text)
    assert count == len(told["items"]) >= told["waiting"] + told["quarantined"]
    assert told["items"] == support_report(enrolled)["items"]
    stuck = next(each for each in told["items"] if each["event_id"] == held)
    assert (stuck["state"], stuck["answer"]) == ("quarantined", "event_too_big")
    people = (GRANDMOTHER, BIRTH.applicant)
    secret = [each.lookup_secret for each in dossiers] + [each.dossier_code for each in dossiers]
    secret += [word for person in people for word in (person.full_name, person.personal_id) if word]
    secret += [CLERK, "Bùi Văn Thử"]
    assert [word for word in secret if word in text or json.dumps(word)[1:-1] in text] == []


def test_the_seal_says_everything_arrived_only_when_it_did(enrolled: Desk) -> None:
    sync_states.receive_many(enrolled, 3)
    seal = read_seal(enrolled)
    assert not seal.complete
    office = enrolled.office(MORNING.date())
    assert "Mọi hồ sơ đã lên máy chủ" not in _words(seal_sheet(seal, office))
    sync_states.confirm_all(enrolled, first_number=41)
    seal = read_seal(enrolled)
    assert seal.complete
    assert seal.dossiers_today == 3
    assert seal.sent_today == 3
    with enrolled.store.reading() as queries:
        numbers = [each.office_seq for each in queries.out_items(unsent_only=False)]
    assert seal.office_seq == max(number or 0 for number in numbers) > 40
    with enrolled.store.reading() as queries:
        assert queries.chain_end().hash.hex().startswith(seal.tip)
    words = _words(seal_sheet(seal, office))
    assert f"Mọi hồ sơ đã lên máy chủ đến {MORNING:%H:%M} ngày {MORNING:%d/%m/%Y}." in words
    assert seal.tip in words
    assert len(seal.tip) == 8


def test_a_held_act_keeps_the_seal_from_being_whole(enrolled: Desk) -> None:
    sync_states.receive_many(enrolled, 2)
    sync_states.hold_first(enrolled, "event_malformed")
    sync_states.confirm_all(enrolled)  # the server has its place in the chain, not its content
    seal = read_seal(enrolled)
    assert seal.waiting == 0
    assert seal.held > 0
    assert not seal.complete


def test_a_counter_without_a_server_gets_no_seal(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "alone", MORNING)
    assert not read_seal(desk).complete
    desk.store.close()


def _words(sheet: object) -> str:
    return str(sheet)


def test_what_could_not_be_taken_in_is_held_in_sight_until_it_can(enrolled: Desk) -> None:
    receipt = EventEnvelope(
        event_id="of-counter-2",
        kind=EventKind.DOSSIER_RECEIVED,
        unit_code=enrolled.settings.office.unit_code,
        device_id="counter-2",
        counter=2,
        clerk="Mai",
        dossier_id="dossier-of-2",
        rev=1,
        at=MORNING,
        data={"act": "received", "seen": 0, "state": {"set": {"status": "in a way of tomorrow"}}},
    )
    apply_page(enrolled, [DownItem(office_seq=1, body=encode_event(receipt))], after=0, cursor=1)
    (held,) = read_items(enrolled, ItemList.HELD).items
    assert (held.incoming, held.kind) == (True, EventKind.DOSSIER_RECEIVED)
    assert held.acts == {ItemAct.SEND_NOW, ItemAct.SUPPORT}
    assert words_of(held.last_answer).to_do
    assert not release(enrolled, held)
    assert len(read_items(enrolled, ItemList.HELD).items) == 1
