"""Who the counter is to its server, and what it remembers of it: lanes, notices, numbers, packs."""

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest
from sqlcipher3 import dbapi2
from tests.helpers.builders import MORNING, make_id, make_office
from tests.storage.sync_samples import ENROLMENT, append, in_item

from counter_app.domain.dossier_code import NumberBlock
from counter_app.domain.office import Office
from counter_app.services.sync_port import Lane, LaneReport, LeasedBlock, Notice, PackDownload, Traffic
from counter_app.storage.definition_bodies import encoded
from counter_app.storage.store import SqlStore

DAY = date(2026, 11, 23)
LATER = MORNING + timedelta(hours=1)
FLAG = Notice(
    notice_id="flag-1", kind="returned_twice", dossier_id=make_id(1), params={"counter": 2}, at=MORNING
)


def test_an_enrolment_is_kept_and_replaced(store: SqlStore) -> None:
    with store.writing() as transaction:
        assert transaction.enrolment() is None
        assert not transaction.sync_state().enrolled
        transaction.enrol(ENROLMENT)
    with store.writing() as transaction:
        assert transaction.enrolment() == ENROLMENT
        transaction.enrol(replace(ENROLMENT, server_url="https://khac.example", private_key=b"n" * 32))
    with store.reading() as queries:
        assert queries.enrolment() == replace(
            ENROLMENT, server_url="https://khac.example", private_key=b"n" * 32
        )
        assert queries.sync_state().enrolled


def test_no_key_is_shown_by_mistake() -> None:
    assert "kkk" not in repr(ENROLMENT)


def test_an_earlier_epoch_is_never_gone_back_to(store: SqlStore) -> None:
    with store.writing() as transaction:
        transaction.enrol(replace(ENROLMENT, epoch=3))
        with pytest.raises(ValueError, match="rise"):
            transaction.enrol(ENROLMENT)


def test_an_untouched_counter_has_nothing_to_tell(store: SqlStore) -> None:
    with store.reading() as queries:
        state = queries.sync_state()
    assert (state.waiting, state.quarantined, state.oldest_at, state.parked) == (0, 0, None, 0)
    assert (state.scans_waiting, state.scan_bytes_waiting, state.notices_open) == (0, 0, 0)
    assert (state.clock_ahead_s, state.cursor) == (None, 0)
    assert state.lanes == tuple(LaneReport(lane=lane) for lane in Lane)


def test_the_state_counts_what_waits_and_what_is_put_aside(store: SqlStore) -> None:
    append(store, 1, 2, 3, 4, 5, 6)
    with store.writing() as transaction:
        transaction.mark_acked(1, 1, {})
        transaction.quarantine(2, "event_malformed")
        transaction.quarantine(3, "event_malformed")
        transaction.mark_acked(1, 3, {})  # both withheld
        transaction.quarantine(4, "event_malformed")
        transaction.mark_sending([5])
        transaction.release("event-3")
        transaction.put_in_item(in_item(1, 9, problem="unknown_kind"))
        transaction.put_notice(FLAG)
        transaction.note_clock(-75)
        transaction.move_cursor(9)
        state = transaction.sync_state()
    assert (state.waiting, state.quarantined) == (3, 2)
    assert state.oldest_at == MORNING + timedelta(minutes=2)
    assert (state.parked, state.notices_open, state.clock_ahead_s, state.cursor) == (1, 1, -75, 9)


def test_lanes_report_their_last_answer(store: SqlStore) -> None:
    failing = LaneReport(
        lane=Lane.SCANS,
        failures=3,
        next_attempt_at=LATER,
        answer="server_busy",
        params={"seconds": 30, "at": "chiều"},
        tried_at=MORNING,
        succeeded_at=MORNING - timedelta(days=1),
        failing_since=MORNING - timedelta(hours=3),
    )
    well = LaneReport(lane=Lane.SCANS, tried_at=LATER, succeeded_at=LATER)
    with store.writing() as transaction:
        transaction.put_lane(failing)
        assert transaction.sync_state().lanes[2] == failing
        transaction.put_lane(well)
    with store.reading() as queries:
        assert queries.sync_state().lanes == (LaneReport(lane=Lane.ACTS), LaneReport(lane=Lane.PACKS), well)


def test_the_clock_is_noted_without_moving_the_cursor(store: SqlStore) -> None:
    with store.writing() as transaction:
        transaction.note_clock(10)
        assert (transaction.cursor(), transaction.sync_state().clock_ahead_s) == (0, 10)
        transaction.move_cursor(4)
        transaction.note_clock(0)
        assert (transaction.cursor(), transaction.sync_state().clock_ahead_s) == (4, 0)


def test_a_notice_is_updated_and_settled_once(store: SqlStore) -> None:
    updated = replace(FLAG, params={"counter": 3}, at=LATER)
    with store.writing() as transaction:
        transaction.put_notice(FLAG)
        transaction.put_notice(updated)
        assert transaction.notices() == [updated]
        assert not transaction.settle_notice("flag-9", LATER, "hoa")
        assert transaction.settle_notice("flag-1", LATER, "hoa")
        assert not transaction.settle_notice("flag-1", LATER + timedelta(hours=1), "mai")
        assert transaction.notices() == transaction.notices(dossier_id=make_id(1)) == []
        # The server tells of it again, not knowing yet; and then knows, from elsewhere.
        transaction.put_notice(FLAG)
        transaction.put_notice(replace(FLAG, settled_at=LATER + timedelta(days=1), settled_by="lãnh đạo"))
    with store.reading() as queries:
        assert queries.notices(open_only=False) == [replace(FLAG, settled_at=LATER, settled_by="hoa")]


def test_what_the_server_settled_is_settled(store: SqlStore) -> None:
    settled = replace(FLAG, settled_at=LATER, settled_by="lãnh đạo")
    with store.writing() as transaction:
        transaction.put_notice(FLAG)
        transaction.put_notice(settled)
        assert transaction.notices() == []
        assert transaction.notices(dossier_id=make_id(1), open_only=False) == [settled]


def test_notices_stand_newest_first_and_by_dossier(store: SqlStore) -> None:
    task = Notice(notice_id="task-1", kind="call_back", dossier_id="", params={}, at=LATER)
    other = replace(FLAG, notice_id="flag-2", dossier_id=make_id(2), at=MORNING - timedelta(days=1))
    with store.writing() as transaction:
        for notice in (FLAG, task, other):
            transaction.put_notice(notice)
        assert transaction.notices() == [task, FLAG, other]
        assert transaction.notices(dossier_id=make_id(2)) == [other]
        transaction.settle_notice("flag-1", LATER, "hoa")
        assert transaction.notices() == [task, other]
        assert [one.notice_id for one in transaction.notices(open_only=False)] == [
            "task-1",
            "flag-1",
            "flag-2",
        ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (DAY - timedelta(days=1), []),
        (DAY, [NumberBlock(8001, 8100)]),
        (DAY + timedelta(days=1), [NumberBlock(8001, 8100), NumberBlock(7001, 7050)]),
        (DAY + timedelta(days=2), [NumberBlock(7001, 7050)]),
        (DAY + timedelta(days=400), [NumberBlock(7001, 7050)]),
    ],
)
def test_leased_numbers_count_on_their_days_in_the_order_of_leasing(
    store: SqlStore, day: date, expected: list[NumberBlock]
) -> None:
    first = LeasedBlock(block=NumberBlock(8001, 8050), from_day=DAY)
    with store.writing() as transaction:
        transaction.put_block(first)
        transaction.put_block(LeasedBlock(block=NumberBlock(7001, 7050), from_day=DAY + timedelta(days=1)))
        # It grew, and ends tomorrow: still the first.
        transaction.put_block(
            replace(first, block=NumberBlock(8001, 8100), until_day=DAY + timedelta(days=1))
        )
        assert transaction.leased_blocks(day) == expected


def test_traffic_adds_up_by_day(store: SqlStore) -> None:
    with store.writing() as transaction:
        for day, sent, received in ((DAY, 10, 1), (DAY + timedelta(days=1), 5, 0), (DAY, 20, 2)):
            transaction.count_traffic(day, sent, received)
        assert transaction.traffic(DAY) == [
            Traffic(day=DAY + timedelta(days=1), sent=5, received=0),
            Traffic(day=DAY, sent=30, received=3),
        ]
        assert [one.day for one in transaction.traffic(DAY + timedelta(days=1))] == [DAY + timedelta(days=1)]


def test_packs_are_remembered_by_their_content(store: SqlStore) -> None:
    offered = PackDownload(
        sha256="a" * 64, kind="catalogue", version=3, unit="", size=500, received=0, state="offered"
    )
    refused = replace(offered, received=500, state="refused", problem="pack_wrong_key")
    newer = replace(offered, sha256="b" * 64, version=4)
    with store.writing() as transaction:
        for download in (newer, offered, refused):
            transaction.put_pack_download(download)
    with store.reading() as queries:
        assert queries.pack_downloads() == [refused, newer]


def test_what_another_counter_received_under_is_kept_once_and_counts_as_told(store: SqlStore) -> None:
    office = make_office()
    body = encoded(office)
    with store.writing() as transaction:
        for _ in range(2):
            transaction.keep_definition_body(body.digest, body.kind, body.item_id, body.version, body.body)
        assert transaction.definition(body.digest, Office) == office
        assert transaction.keep_definition(office) == body.digest
        assert transaction._sql.rows("SELECT told FROM definition") != []  # type: ignore[attr-defined]
        assert transaction._sql.value("SELECT min(told) FROM definition") == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ['{"changed":1}', "not json"])
def test_a_definition_that_is_not_what_it_says_is_refused(store: SqlStore, text: str) -> None:
    digest = sha256(b"{}").hexdigest() if text.startswith("{") else sha256(text.encode()).hexdigest()
    with store.writing() as transaction:
        with pytest.raises(ValueError, match=r"digest|Expecting"):
            transaction.keep_definition_body(digest, "office", "H29.12", "", text)
        assert transaction._sql.value("SELECT count(*) FROM definition") == 0  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE definition SET told = 2",
        "INSERT INTO number_block (first, last, from_day) VALUES (9, 8, '2026-11-23')",
        "INSERT INTO number_block (first, last, from_day) VALUES (9, 10000, '2026-11-23')",
        "INSERT INTO sync_position (only, cursor, scans_seen) VALUES (2, 0, 0)",
        "UPDATE outbox_event SET bare = 2",
        "UPDATE outbox_event SET epoch_seq = 1",
        "UPDATE outbox_event SET hash = x'00'",
    ],
)
def test_the_database_refuses_what_makes_no_sense(store: SqlStore, statement: str) -> None:
    append(store, 1, 2)

    def write() -> None:
        with store.writing() as transaction:
            transaction.keep_definition(make_office())
            transaction._sql.run(statement)  # type: ignore[attr-defined]

    with pytest.raises(dbapi2.IntegrityError):
        write()
