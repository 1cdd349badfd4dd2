"""The sync screen in the window: what is said, what each button does, and what nobody must miss."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from tests.helpers import sync_states
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import PaperTray
from tests.helpers.sync_states import QuietExchange
from tests.printing.paper_reading import all_text, squeezed

from counter_app.bootstrap import exchange as exchange_of
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import EnterResult
from counter_app.domain.errors import RuleRefusal
from counter_app.services.acts.perform import perform
from counter_app.services.desk import Desk
from counter_app.services.ports import HistoryEntry
from counter_app.services.sync.items import ItemList
from counter_app.services.sync_port import Lane
from counter_app.services.sync_settings import load
from counter_app.ui.dossier.acts.act_keys import ActKey
from counter_app.ui.dossier.view import DossierScreen
from counter_app.ui.main_window import MainWindow
from counter_app.ui.returns.view import ReturnsScreen
from counter_app.ui.settings.sync_page import SyncPage
from counter_app.ui.settings.view import SettingsScreen
from counter_app.ui.sync_status.view import SyncScreen
from counter_app.ui.work.view import WorkScreen
from counter_protocol.fold import FlagKind


@pytest.fixture
def exchange(desk: Desk, tmp_path: Path) -> QuietExchange:
    """An enrolled counter whose exchange only notes what it is asked."""
    sync_states.enrol(desk, MORNING)
    desk.sync = QuietExchange(next_in_s=65, folder=tmp_path / "incoming")
    assert isinstance(desk.sync, QuietExchange)
    return desk.sync


def opened(window: MainWindow, which: str = "") -> SyncScreen:
    window.open_screen("sync", list=which)
    screen = window.current_screen()
    assert isinstance(screen, SyncScreen)
    return screen


def later(desk: Desk, **delta: int) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment += timedelta(**delta)


def button(screen: object, words: str) -> QAbstractButton:
    QApplication.processEvents()  # what was just added to a box is shown with the next turn
    found = [each for each in screen.findChildren(QAbstractButton) if each.text() == words]  # type: ignore[attr-defined]
    return next(each for each in found if each.isVisible())


def said(screen: object) -> str:
    QApplication.processEvents()
    return "\n".join(each.text() for each in screen.findChildren(QLabel) if each.isVisible())  # type: ignore[attr-defined]


def test_a_counter_without_a_server_says_so_and_offers_to_connect(desk: Desk, window: MainWindow) -> None:
    desk.sync = QuietExchange()
    screen = opened(window)
    assert screen.head.headline.text() == "Chưa nối máy chủ"
    assert screen.enrol.address.hasFocus()
    assert not screen.head.send.isVisible()
    screen.enrol.submit()
    assert desk.sync.asked == []  # an address and a code are needed
    screen.enrol.address.setText("https://dong-bo.example.vn")
    screen.enrol.code.setText("K7F2-9QXM")
    desk.sync.refusal = RuleRefusal("sync_training_refused")
    screen.enrol.submit()
    assert desk.sync.asked == [("enrol", "https://dong-bo.example.vn", "K7F2-9QXM", False)]
    assert screen.enrol.problem.isVisible()
    assert screen.enrol.code.text() == "K7F2-9QXM"
    desk.sync.refusal = None
    sync_states.enrol(desk, MORNING)  # what a real exchange does
    screen.enrol.submit()
    assert "send_now" in desk.sync.asked
    assert screen.lists.isVisible()
    assert screen.lists.isAncestorOf(QApplication.focusWidget())  # no button that Enter would press


@pytest.mark.usefixtures("exchange")
def test_the_head_tells_count_age_and_the_next_try(desk: Desk, window: MainWindow) -> None:
    sync_states.receive_many(desk, 3)
    later(desk, minutes=3)
    screen = opened(window)
    count = screen.presenter.state.overview.state.waiting  # type: ignore[union-attr]
    assert count >= 3
    assert screen.head.headline.text() == f"Chưa gửi: {count} việc, lâu nhất 3 phút"
    assert screen.head.next_try.text() == "Lần gửi tới sau 1:05"
    assert screen.lists.model.rowCount() == count
    assert window.live is not None
    window.refresh_counts()
    assert window.live.top_bar.sync.accessibleName() == f"Đồng bộ: Chưa gửi: {count} · 3 phút"


@pytest.mark.usefixtures("exchange")
def test_a_lost_line_is_told_although_nothing_waits(desk: Desk, window: MainWindow) -> None:
    sync_states.receive_many(desk, 1)
    sync_states.confirm_all(desk)
    sync_states.report(desk, Lane.ACTS, answer="server_unreachable", failures=1, minutes_ago=2)
    assert window.live is not None
    window.refresh_counts()
    assert window.live.top_bar.sync.accessibleName() == "Đồng bộ: Mất mạng · đã gửi hết"
    screen = opened(window)
    assert "dưới 0,1 MB" in screen.head.traffic.text()
    sync_states.receive_many(desk, 1)
    screen.presenter.look()
    assert screen.head.headline.property("tone") == "warn"  # never the green tick of "sent"


@pytest.mark.usefixtures("exchange")
@pytest.mark.parametrize(
    ("answer", "headline", "meaning"),
    [
        ("server_unreachable", "Mất mạng từ 08:21", "Vẫn tiếp nhận, in giấy và trả kết quả bình thường."),
        ("captive_portal", "Mất mạng từ 08:21", "đăng nhập mạng"),
        ("server_busy", "Máy chủ chưa nhận được", "đang bận"),
        ("device_revoked", "Máy chủ từ chối thiết bị này", "mã đăng ký mới"),
    ],
)
def test_trouble_is_told_in_words_with_what_it_means(
    desk: Desk, window: MainWindow, answer: str, headline: str, meaning: str
) -> None:
    sync_states.receive_many(desk, 1)
    sync_states.report(desk, Lane.ACTS, answer=answer, failures=2, minutes_ago=10)
    screen = opened(window)
    assert screen.head.headline.text() == headline
    assert meaning in screen.head.subline.text()
    assert screen.head.next_try.text() == "Thử lại sau 1:05"
    assert answer not in said(screen)


def test_send_now_and_pause_reach_the_exchange(
    desk: Desk, exchange: QuietExchange, window: MainWindow, qtbot: QtBot
) -> None:
    sync_states.receive_many(desk, 1)
    screen = opened(window)
    qtbot.keyClick(screen, Qt.Key.Key_F9)
    assert "send_now" in exchange.asked
    screen.head.pause.click()
    assert ("pause", True) in exchange.asked
    with desk.store.writing() as transaction:
        transaction.put_setting("sync.paused", "1")
    screen.presenter.look()
    assert screen.head.headline.text() == "Đang tạm dừng gửi"
    exchange.lane = Lane.ACTS
    screen.presenter.look()
    assert screen.head.next_try.text() == "Đang gửi nhận…"
    screen.head.pause.click()
    assert ("pause", False) in exchange.asked


def test_a_held_item_says_why_and_can_be_sent_again(
    desk: Desk, exchange: QuietExchange, window: MainWindow
) -> None:
    sync_states.receive_many(desk, 2)
    held = sync_states.hold_first(desk, "event_too_big")
    screen = opened(window, ItemList.HELD.value)
    item = screen.lists.detail.shown
    assert item is not None
    assert item.event_id == held
    assert "quá lớn" in screen.lists.detail.cause.text()
    assert "event_too_big" not in said(screen)
    button(screen.lists.detail, "Gửi việc này ngay").click()
    assert "send_now" in exchange.asked
    with desk.store.reading() as queries:
        found = queries.out_item(held)
    assert found is not None
    assert found.state.value == "waiting"


@pytest.mark.usefixtures("exchange")
def test_correct_and_resend_opens_the_correction_of_the_dossier(desk: Desk, window: MainWindow) -> None:
    dossier = sync_states.receive_many(desk, 1)[0]
    sync_states.hold_first(desk, "event_too_big")
    screen = opened(window, ItemList.HELD.value)
    button(screen.lists.detail, "Sửa và gửi lại").click()
    assert window.screen_id == "intake"
    assert dossier.dossier_code in said(window.current_screen())


@pytest.mark.slow
@pytest.mark.usefixtures("exchange")
def test_ten_thousand_items_are_paged_and_the_chosen_one_stays(desk: Desk, window: MainWindow) -> None:
    dossier = sync_states.receive_many(desk, 1)[0]
    with desk.store.writing() as transaction:
        sync_states.fill_outbox(transaction, desk, dossier, 10_000)
    screen = opened(window)
    assert screen.lists.model.rowCount() == 200
    screen.lists.table.selectRow(150)
    chosen = screen.lists.detail.shown
    assert screen.lists.model.canFetchMore(screen.lists.table.rootIndex())
    screen.lists.model.fetchMore(screen.lists.table.rootIndex())
    assert screen.lists.model.rowCount() == 400
    screen.presenter.look()
    assert screen.lists.model.rowCount() == 400
    assert screen.lists.detail.shown == chosen


@pytest.mark.usefixtures("exchange")
def test_the_support_file_is_written_where_the_clerk_says(
    desk: Desk, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync_states.receive_many(desk, 1)
    target = tmp_path / "ho-tro.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    screen = opened(window)
    button(screen, "Gửi cho hỗ trợ…").click()
    assert json.loads(target.read_text("utf-8"))["waiting"] > 0


@pytest.mark.usefixtures("exchange")
def test_the_seal_is_printed_as_it_was_shown(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    sync_states.receive_many(desk, 2)
    sync_states.confirm_all(desk)
    screen = opened(window)
    assert screen.head.headline.text() == "Đã gửi hết"
    assert screen.reprint()
    assert screen.seal.print.isEnabled()
    assert isinstance(desk.printer, PaperTray)
    sync_states.receive_many(desk, 1)  # what comes after the preview is not what was shown
    assert screen.reprint()
    printed = squeezed(all_text(desk.printer.printed[-1][1]))
    assert squeezed(f"Mọi hồ sơ đã lên máy chủ đến {MORNING:%H:%M} ngày {MORNING:%d/%m/%Y}") in printed
    assert screen.escape()
    assert not screen.escape()


def test_a_data_pack_that_came_leads_to_its_preview(
    desk: Desk, exchange: QuietExchange, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync_states.pack_came(desk)
    screen = opened(window)
    asked: list[tuple[str, object]] = []
    monkeypatch.setattr(window, "open_screen", lambda name, **request: asked.append((name, request)))
    button(screen, "Xem và cài").click()
    assert asked == [("data_packs", {"file": exchange.pack_file(sync_states.PACK)})]


@pytest.mark.usefixtures("exchange")
def test_what_waits_goes_to_a_stick_and_still_waits(desk: Desk, window: MainWindow, tmp_path: Path) -> None:
    sync_states.receive_many(desk, 2)
    screen = opened(window)
    before = screen.presenter.state.items
    target = tmp_path / "quay-1.qmc"
    screen.carry.export_to(target)
    assert target.stat().st_size > 500
    screen.presenter.look()
    assert len(screen.presenter.state.items) == len(before)
    screen.carry.take_from(target)  # a file that goes up is refused in words
    assert window.live is not None
    words = said(window.live.messages)
    assert words
    assert "carry_" not in words


def resolved(desk: Desk) -> Dossier:
    dossier = sync_states.receive_many(desk, 1)[0]
    return perform(desk, dossier.dossier_id, EnterResult())


@pytest.mark.usefixtures("exchange")
@pytest.mark.usefixtures("exchange")
def test_scans_go_on_the_stick_only_when_the_clerk_says_so(
    desk: Desk, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = sync_states.receive_many(desk, 1)[0]
    sync_states.wait_with_scan(desk, dossier.dossier_id)
    chosen = iter([str(tmp_path / "kem"), str(tmp_path / "khong.qmc")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (next(chosen), ""))
    asked: list[tuple[Path, bool]] = []
    screen = opened(window)
    monkeypatch.setattr(
        screen.carry, "export_to", lambda target, *, with_scans: asked.append((target, with_scans))
    )
    for place in range(2):
        button(screen, "Xuất ra USB…").click()
        choices = screen.carry.choice.actions()
        assert choices[0].text() == "Kèm 1 bản quét (1,2 MB)"
        choices[place].trigger()
        screen.carry.choice.close()
    assert asked == [(tmp_path / "kem.qmc", True), (tmp_path / "khong.qmc", False)]


def test_a_result_given_twice_cannot_be_missed(desk: Desk, window: MainWindow) -> None:
    dossier = resolved(desk)
    notice_id = sync_states.raise_notice(desk, dossier.dossier_id)
    window.open_screen("dossier", dossier_code=dossier.dossier_code)
    page = window.current_screen()
    assert isinstance(page, DossierScreen)
    assert page.notices.isVisible()
    assert "Quầy 2 (Bùi Văn Thử, " in said(page.notices)
    assert page.notices.strips[0].property("frame") == "bad"
    assert window.live is not None
    window.open_screen("returns")
    window.live.scanning.router.route(f"{dossier.dossier_code}/{dossier.lookup_secret}")
    desk_screen = window.current_screen()
    assert isinstance(desk_screen, ReturnsScreen)
    assert desk_screen.notices.isVisible()
    assert "Kết quả bị ghi trả hai lần" in said(desk_screen.notices)
    window.open_screen("work")
    work = window.current_screen()
    assert isinstance(work, WorkScreen)
    assert work.twice.isVisible()
    assert dossier.dossier_code in said(work.twice)
    assert window.rail._counts["sync"].text() == "0" or window.rail._counts["sync"].text() == ""
    window.refresh_counts()
    assert window.rail._counts["sync"].text() == "1"
    button(work.twice, "Xử lý ngay").click()
    screen = window.current_screen()
    assert isinstance(screen, SyncScreen)
    card = screen.lists.notices.cards[0]
    card.settle.click()
    card.reason.accepted.emit()  # Enter without a word settles nothing
    assert sync_open(desk) == [notice_id]
    card.reason.setText("Đã thu lại bản trả lần hai")
    card.reason.accepted.emit()
    assert sync_open(desk) == []
    assert screen.lists.notices.cards == [] or not screen.lists.notices.isVisible()
    window.open_screen("work")
    assert not work.twice.isVisible()
    window.open_screen("dossier", dossier_code=dossier.dossier_code)
    assert not page.notices.isVisible()


@pytest.mark.usefixtures("exchange")
def test_a_reason_half_typed_survives_another_notice(desk: Desk, window: MainWindow) -> None:
    one, two = sync_states.receive_many(desk, 2)
    sync_states.raise_notice(desk, one.dossier_id, FlagKind.CLOCK_OFF)
    screen = opened(window, "review")
    card = screen.lists.notices.cards[0]
    card.settle.click()
    card.reason.setText("Đã chỉnh đồng hồ")
    sync_states.raise_notice(desk, two.dossier_id)
    window.operations.data_changed.emit()
    cards = screen.lists.notices.cards
    assert len(cards) == 2
    kept = next(each for each in cards if each.notice_id == card.notice_id)
    assert kept.reason.text() == "Đã chỉnh đồng hồ"
    QApplication.processEvents()
    assert kept.reason.isVisible()
    assert kept.reason.hasFocus()


def sync_open(desk: Desk) -> list[str]:
    with desk.store.reading() as queries:
        return [each.notice_id for each in queries.notices()]


def to_another_counter(desk: Desk, dossier: Dossier) -> Dossier:
    """Let counter 2 have received the dossier."""
    with desk.store.writing() as transaction:
        found = transaction.dossier(dossier.dossier_id)
        assert found is not None
        moved = replace(found, owner="device-of-counter-2", counter=2)
        transaction.change_dossier(moved)
    return moved


@pytest.mark.usefixtures("exchange")
def test_another_counters_dossier_offers_what_is_allowed_and_is_taken_over_with_a_reason(
    desk: Desk, window: MainWindow
) -> None:
    dossier = to_another_counter(desk, sync_states.receive_many(desk, 1)[0])
    window.open_screen("dossier", dossier_code=dossier.dossier_code)
    page = window.current_screen()
    assert isinstance(page, DossierScreen)
    assert page.owner.isVisible()
    assert "tiếp quản" in said(page.owner)
    offered = {page.panel.offer.first, *page.panel.offer.next, *page.panel.offer.others}
    assert offered <= {None, ActKey.RETURN, ActKey.COLLECT, ActKey.VOID}
    with desk.store.writing() as transaction:
        step = HistoryEntry(at=MORNING, clerk="Đỗ Thị Ba", act="taken_over", detail={"counter": 3})
        transaction.append_foreign_history(dossier.dossier_id, step)
    page.presenter.refresh()
    assert page.owner.words.text() == "Hồ sơ của Quầy 3"  # received at 2, taken over by 3
    with pytest.raises(RuleRefusal) as refused:
        perform(desk, dossier.dossier_id, EnterResult(name="Giấy khai sinh"))
    assert refused.value.params["counter"] == 3
    page.owner.take.click()
    page.owner.confirm()  # without a reason nothing happens
    assert page.owner.isVisible()
    page.owner.reason.setText("Quầy 2 nghỉ hôm nay")
    page.owner.confirm()
    assert not page.owner.isVisible()
    assert ActKey.HAND_OVER in (page.panel.offer.first, *page.panel.offer.next)
    with desk.store.reading() as queries:
        found = queries.dossier(dossier.dossier_id)
        steps = queries.history(dossier.dossier_id)
    assert found is not None
    assert found.owner == ""
    assert steps[-1].detail["from_counter"] == 3


@pytest.mark.usefixtures("exchange")
def test_another_counters_result_is_given_here(desk: Desk, window: MainWindow) -> None:
    dossier = to_another_counter(desk, resolved(desk))
    window.open_screen("dossier", dossier_code=dossier.dossier_code)
    page = window.current_screen()
    assert isinstance(page, DossierScreen)
    assert page.panel.offer.first is ActKey.RETURN
    window.open_screen("returns", dossier_code=dossier.dossier_code)
    screen = window.current_screen()
    assert isinstance(screen, ReturnsScreen)
    assert screen.form is not None
    assert not screen.elsewhere.isVisible()
    sync_states.report(desk, Lane.ACTS, answer="server_unreachable", failures=1)
    window.open_screen("returns", dossier_code=dossier.dossier_code)
    assert "trước khi trả" in said(screen.elsewhere)
    screen.escape()
    assert not screen.elsewhere.isVisible()


def test_what_the_exchange_brings_is_shown_and_what_is_written_wakes_it(
    desk: Desk, exchange: QuietExchange, window: MainWindow, qtbot: QtBot
) -> None:
    window.begin_daily()
    assert exchange.asked == ["start"]
    sync_states.receive_many(desk, 1)
    window.operations.data_changed.emit()
    assert exchange.asked[-1] == "wake"
    assert window.sync_link is not None
    before = len(exchange.asked)
    sync_states.confirm_all(desk)
    with qtbot.waitSignal(window.operations.data_changed, timeout=5_000):
        exchange.listeners[0]()
    assert window.live is not None
    assert window.live.top_bar.sync.accessibleName() == "Đồng bộ: Đã gửi hết"
    assert len(exchange.asked) == before  # what it brought itself need not be sent
    window.close()
    assert ("stop", 2.0) in exchange.asked


def test_the_real_exchange_is_heard_and_ends_with_the_window(
    desk: Desk, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    sync_states.enrol(desk, MORNING, server="https://127.0.0.1:1")  # nobody listens there
    sync_states.receive_many(desk, 1)
    loop = exchange_of(desk, tmp_path)
    desk.sync = loop
    window.begin_daily()
    screen = opened(window)
    screen.head.send.click()
    qtbot.waitUntil(lambda: screen.head.headline.text() == "Chưa liên lạc được với máy chủ", timeout=20_000)
    assert "Chưa nối được máy chủ." in said(screen.head)
    assert "Vẫn tiếp nhận" in screen.head.subline.text()
    window.close()
    assert not loop.activity().running


def test_the_badge_opens_the_screen_by_mouse_and_key(
    exchange: QuietExchange, window: MainWindow, qtbot: QtBot
) -> None:
    assert exchange.asked == []
    assert window.live is not None
    window.refresh_counts()
    qtbot.mouseClick(window.live.top_bar.sync, Qt.MouseButton.LeftButton)
    assert window.screen_id == "sync"
    window.open_screen("work")
    qtbot.keyClick(window.live.top_bar.sync, Qt.Key.Key_Return)
    assert window.screen_id == "sync"


@pytest.mark.usefixtures("exchange")
def test_the_settings_keep_how_scans_are_sent(desk: Desk, window: MainWindow) -> None:
    window.open_screen("settings", page="sync")
    settings = window.current_screen()
    assert isinstance(settings, SettingsScreen)
    page = settings.pages["sync"]
    assert isinstance(page, SyncPage)
    assert sync_states.SERVER in page.server.text()
    page.rate.setText("40")
    page.scan_from.setText("18:00")
    page.scan_until.setText("6 giờ")
    page.enter()
    with desk.store.reading() as queries:
        assert load(queries).scan_rate_kbps == 0  # one wrong hour, nothing is kept
    page.scan_until.setText("06:00")
    page.enter()
    with desk.store.reading() as queries:
        kept = load(queries)
    assert (kept.scan_rate_kbps, f"{kept.scan_from:%H:%M}", f"{kept.scan_until:%H:%M}") == (
        40,
        "18:00",
        "06:00",
    )


@pytest.mark.usefixtures("exchange")
@pytest.mark.parametrize(("scheme", "scale"), [("dark", 200), ("high_contrast", 150), ("light", 100)])
def test_every_control_has_a_name_and_words_are_plain_text(
    desk: Desk, make_open_window: Callable[..., MainWindow], scheme: str, scale: int
) -> None:
    sync_states.receive_many(desk, 2)
    sync_states.hold_first(desk, "event_too_big")
    window = make_open_window(desk, scheme=scheme, text_scale=scale)
    screen = opened(window, ItemList.HELD.value)
    assert all(each.accessibleName() for each in screen.findChildren(QAbstractButton) if each.isVisible())
    assert all(each.textFormat() == Qt.TextFormat.PlainText for each in screen.findChildren(QLabel))
