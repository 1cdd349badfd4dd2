"""How things stand in one word, and how urgent it is: tables of cases."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.helpers import sync_states
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk

from counter_app.services.sync.overview import TrafficSums, read_badge, read_overview, sums_of
from counter_app.services.sync.standing import Age, Standing, age_of, class_of_answer, standing_of
from counter_app.services.sync_port import Lane, LaneReport, SyncState, Traffic
from counter_app.sync_words import words_of
from counter_protocol.refusals import ErrorClass

QUIET = SyncState(
    enrolled=True,
    waiting=0,
    quarantined=0,
    oldest_at=None,
    scans_waiting=0,
    scan_bytes_waiting=0,
    notices_open=0,
    parked=0,
    lanes=(),
    clock_ahead_s=None,
    cursor=0,
)


def answered(code: str, failures: int = 1, lane: Lane = Lane.ACTS) -> tuple[LaneReport, ...]:
    return (LaneReport(lane=lane, answer=code, failures=failures),)


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (QUIET, Standing.ALL_SENT),
        (replace(QUIET, enrolled=False, waiting=3), Standing.NOT_ENROLLED),
        (replace(QUIET, waiting=1), Standing.WAITING),
        (replace(QUIET, scans_waiting=1), Standing.WAITING),
        (replace(QUIET, waiting=5, quarantined=1), Standing.HELD),
        (replace(QUIET, parked=1), Standing.HELD),
        (replace(QUIET, waiting=5, lanes=answered("server_unreachable")), Standing.OFFLINE),
        (replace(QUIET, quarantined=1, lanes=answered("captive_portal")), Standing.OFFLINE),
        (replace(QUIET, lanes=answered("server_busy")), Standing.TROUBLED),
        (replace(QUIET, lanes=answered("disk_full")), Standing.TROUBLED),
        (replace(QUIET, lanes=answered("device_revoked", 0)), Standing.REJECTED),
        (replace(QUIET, lanes=answered("server_unreachable", lane=Lane.SCANS)), Standing.ALL_SENT),
    ],
)
def test_the_standing_is_the_first_that_is_true(state: SyncState, standing: Standing) -> None:
    assert standing_of(state) is standing


def test_a_training_counter_and_a_paused_one_say_so_first() -> None:
    offline = replace(QUIET, waiting=5, lanes=answered("server_unreachable"))
    assert standing_of(offline, training=True) is Standing.TRAINING
    assert standing_of(offline, paused=True) is Standing.PAUSED
    revoked = replace(QUIET, lanes=answered("device_revoked"))
    assert standing_of(revoked, paused=True) is Standing.REJECTED


def test_what_the_gateway_says_of_the_line_is_no_fault_of_server_or_counter() -> None:
    source = (Path(__file__).parents[2] / "src/counter_app/sync/line_faults.py").read_text("utf-8")
    for code in ("name_unknown", "server_unreachable", "line_timeout", "line_broken", "proxy_refused"):
        assert code in source
        assert class_of_answer(code) is ErrorClass.NETWORK
        assert code not in words_of(code).what
    assert class_of_answer("disk_full") is ErrorClass.LOCAL
    assert class_of_answer("rate_limited") is ErrorClass.BUSY


FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=MORNING.tzinfo)


@pytest.mark.parametrize(
    ("oldest", "now", "age"),
    [
        (FRIDAY, FRIDAY + timedelta(minutes=60), Age.FRESH),
        (FRIDAY, FRIDAY + timedelta(minutes=61), Age.OLD),
        (FRIDAY, FRIDAY + timedelta(days=2), Age.OLD),  # the week-end is no working day
        (FRIDAY, FRIDAY + timedelta(days=3, minutes=-1), Age.OLD),
        (FRIDAY, FRIDAY + timedelta(days=3), Age.TOO_OLD),
        (None, FRIDAY, Age.FRESH),
    ],
)
def test_an_act_is_old_after_an_hour_and_too_old_after_a_working_day(
    oldest: datetime | None, now: datetime, age: Age, tmp_path: Path
) -> None:
    desk = make_desk(tmp_path, MORNING)
    state = replace(QUIET, waiting=int(oldest is not None), oldest_at=oldest)
    assert age_of(state, now, desk.calendar()) is age
    desk.store.close()


def test_what_is_held_is_urgent_at_once() -> None:
    assert age_of(replace(QUIET, quarantined=1, oldest_at=MORNING), MORNING, None) is Age.TOO_OLD


def test_traffic_is_summed_for_today_and_this_month() -> None:
    today = MORNING.date()
    days = [
        Traffic(day=today, sent=10, received=1),
        Traffic(day=today.replace(day=1), sent=100, received=2),
        Traffic(day=today.replace(month=10), sent=1_000, received=4),
    ]
    sums = TrafficSums(sent_today=10, received_today=1, sent_month=110, received_month=3)
    assert sums_of(days, today) == sums


def test_packs_are_named_as_people_write_them_and_refused_ones_are_left_out(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, MORNING)
    sync_states.pack_came(desk)
    with desk.store.writing() as transaction:
        came = transaction.pack_downloads()[0]
        transaction.put_pack_download(
            replace(came, sha256="cd" * 32, version=2_027_030_012, state="offered", received=0)
        )
        transaction.put_pack_download(replace(came, sha256="ef" * 32, state="refused", problem="checksum"))
        transaction.put_pack_download(replace(came, sha256="12" * 32, state="installed"))
    packs = read_overview(desk).packs
    assert [(str(each.version), each.ready) for each in packs] == [("2027.3.12", False), ("2026.12.1", True)]
    desk.store.close()


def test_badge_and_overview_read_the_same_counter(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, MORNING)
    sync_states.receive_many(desk, 2)
    assert read_badge(desk).standing is Standing.NOT_ENROLLED
    sync_states.enrol(desk, MORNING)
    badge, seen = read_badge(desk), read_overview(desk)
    assert badge.standing is seen.standing is Standing.WAITING
    assert badge.waiting == seen.state.waiting >= 2
    assert badge.oldest_at == MORNING
    assert seen.server_url == sync_states.SERVER
    sync_states.confirm_all(desk)
    assert read_badge(desk).standing is Standing.ALL_SENT
    desk.store.close()
