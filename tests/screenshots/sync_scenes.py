"""The sync screen in every state a clerk meets, for the pictures."""

from collections.abc import Iterator
from datetime import timedelta

from tests.helpers import sync_states
from tests.helpers.builders import FixedClock

from counter_app.services.sync.items import ItemList
from counter_app.services.sync_port import Lane
from counter_app.ui.main_window import MainWindow
from counter_app.ui.sync_status.view import SyncScreen
from counter_protocol.fold import FlagKind


def sync_scenes(window: MainWindow) -> Iterator[str]:
    """Not enrolled, many waiting, cut off, something held, flags, refused, all sent with its seal."""
    assert window.workspace is not None
    desk = window.workspace.desk
    assert isinstance(desk.clock, FixedClock)
    window.open_screen("sync")
    screen = window.current_screen()
    assert isinstance(screen, SyncScreen)
    yield "sync-not-enrolled"
    now = desk.clock.moment
    before = desk.clock.moment = now + timedelta(days=3)
    sync_states.enrol(desk, before)
    desk.sync = sync_states.QuietExchange(next_in_s=42)
    sync_states.confirm_all(desk)
    received = sync_states.receive_many(desk, 40)
    desk.clock.moment = before + timedelta(minutes=3)
    sync_states.carry_some_bytes(desk, 48_200, 6_100)
    sync_states.carry_some_bytes(desk, 3_100_000, 900_000, days_ago=4)
    sync_states.report(desk, Lane.ACTS, minutes_ago=4)
    sync_states.report(desk, Lane.SCANS, minutes_ago=9)
    sync_states.pack_came(desk)
    _look(window, "unsent")
    yield "sync-waiting"
    desk.clock.moment = before + timedelta(hours=2, minutes=20)
    for lane in (Lane.ACTS, Lane.SCANS, Lane.PACKS):
        sync_states.report(desk, lane, answer="server_unreachable", failures=6, minutes_ago=138)
    _look(window, "unsent")
    yield "sync-offline"
    sync_states.report(desk, Lane.ACTS)
    sync_states.hold_first(desk, "event_too_big")
    _look(window, ItemList.HELD.value)
    yield "sync-held"
    sync_states.raise_notice(desk, received[0].dossier_id)
    sync_states.raise_notice(desk, received[1].dossier_id, FlagKind.NOT_OWNER)
    sync_states.raise_notice(
        desk, received[2].dossier_id, "task", {"text": "Gửi bổ sung bản quét giấy chứng sinh của hồ sơ này."}
    )
    _look(window, "review")
    yield "sync-review"
    window.open_screen("dossier", dossier_code=received[0].dossier_code)
    yield "dossier-returned-twice"
    window.open_screen("work")
    yield "work-returned-twice"
    sync_states.report(desk, Lane.ACTS, answer="device_revoked", failures=1, minutes_ago=30)
    _look(window, "unsent")
    yield "sync-rejected"
    window.open_screen("settings", page="sync")
    yield "settings-sync"
    sync_states.let_go_and_confirm(desk)
    for lane in Lane:
        sync_states.report(desk, lane)
    _look(window, ItemList.SENT_TODAY.value)
    yield "sync-all-sent"
    screen.reprint()
    yield "sync-seal"
    screen.escape()
    desk.clock.moment = now
    window.refresh_counts()


def _look(window: MainWindow, which: str) -> None:
    window.refresh_counts()
    window.open_screen("sync", list=which)
