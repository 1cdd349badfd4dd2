"""Lists in a real window, by keys and scans: gathered, saved with F9, printed, signed for."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from tests.helpers.desks import CLERK, PaperTray
from tests.helpers.visits import BIRTH

from counter_app.domain.dossier import Dossier, ReturnBy
from counter_app.domain.dossier_acts import EnterResult
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.transfer_list import ListKind, TransferList
from counter_app.services.acts.perform import perform
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.ui.lists.item_code import item_code
from counter_app.ui.lists.view import ListsScreen
from counter_app.ui.main_window import MainWindow


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def key(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), key, modifier)


def types(text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(QGuiApplication.focusObject(), event)


def scan(window: MainWindow, data: str) -> None:
    assert window.live is not None
    window.live.scanning.router.route(data)


@pytest.fixture
def dossiers(desk: Desk) -> list[Dossier]:
    visit = replace(BIRTH, return_by=ReturnBy.POSTAL)
    return [receive(desk, visit, clerk=CLERK) for _each in range(3)]


def opened(window: MainWindow, kind: str, dossiers: list[Dossier]) -> ListsScreen:
    window.open_screen("lists", kind=kind, dossier_ids=[each.dossier_id for each in dossiers])
    screen = window.current_screen()
    assert isinstance(screen, ListsScreen)
    return screen


def lists(desk: Desk, kind: ListKind) -> list[TransferList]:
    with desk.store.reading() as queries:
        found = [queries.transfer_list(each.list_id) for each in queries.transfer_lists(kind)]
    return [each for each in found if each is not None]


def statuses(desk: Desk, dossiers: list[Dossier]) -> list[DossierStatus]:
    with desk.store.reading() as queries:
        found = [queries.dossier(each.dossier_id) for each in dossiers]
    return [each.status for each in found if each is not None]


def titles(desk: Desk) -> list[str]:
    assert isinstance(desk.printer, PaperTray)
    return [title for title, _pdf in desk.printer.printed]


def press(screen: QWidget, name: str) -> None:
    button = next(b for b in screen.findChildren(QAbstractButton) if b.accessibleName().startswith(name))
    button.click()


def test_hand_over_by_keys(window: MainWindow, desk: Desk, dossiers: list[Dossier]) -> None:
    screen = opened(window, "hand_over", dossiers[:2])
    scan(window, dossiers[2].dossier_code)
    scan(window, dossiers[2].dossier_code)
    assert len(screen.entries) == 3
    key(Qt.Key.Key_F9)
    assert lists(desk, ListKind.HAND_OVER) == []
    assert focus() in (screen.to, screen.to.lineEdit())
    types("Lò Văn Thử")
    key(Qt.Key.Key_F9)
    (made,) = lists(desk, ListKind.HAND_OVER)
    assert (made.to.name, len(made.items)) == ("Lò Văn Thử", 3)
    assert statuses(desk, dossiers) == [DossierStatus.PROCESSING] * 3
    assert titles(desk) == ["danh-sach.pdf", "danh-sach.pdf"]
    assert screen.entries == {}
    assert screen.to.value() == ""
    assert screen.to.itemText(0) == "Lò Văn Thử"

    press(screen, "Đã ký nhận")
    (made,) = lists(desk, ListKind.HAND_OVER)
    assert made.acknowledged_by == "Lò Văn Thử"
    press(screen, "In lại")
    assert len(titles(desk)) == 4


def test_what_the_rules_refuse_is_named_and_left_out_only_when_agreed(
    window: MainWindow, desk: Desk, dossiers: list[Dossier]
) -> None:
    perform(desk, dossiers[1].dossier_id, EnterResult())
    screen = opened(window, "hand_over", dossiers)
    screen.to.set_value("Lò Văn Thử")
    key(Qt.Key.Key_F9)
    assert screen.go_on.isVisible()
    assert dossiers[1].dossier_code in screen._words.text()
    assert focus() is screen.heed
    assert lists(desk, ListKind.HAND_OVER) == []
    key(Qt.Key.Key_Escape)
    assert not screen.go_on.isVisible()
    key(Qt.Key.Key_F9)
    screen.go_on.click()
    (made,) = lists(desk, ListKind.HAND_OVER)
    assert [item.dossier_id for item in made.items] == [dossiers[0].dossier_id, dossiers[2].dossier_id]


def test_post_slip_then_item_code_scanned_one_by_one(
    window: MainWindow, desk: Desk, dossiers: list[Dossier]
) -> None:
    for dossier in dossiers[:2]:
        perform(desk, dossier.dossier_id, EnterResult())
    screen = opened(window, "postal", [])
    scan(window, dossiers[0].dossier_code)
    scan(window, "EB123456785VN")
    scan(window, dossiers[1].dossier_code)
    scan(window, "EB987654329VN" if item_code("EB987654329VN") else "EB000000005VN")
    screen.save()
    (made,) = lists(desk, ListKind.POSTAL)
    assert made.items[0].entry == "EB123456785VN"
    assert made.items[1].entry
    assert statuses(desk, dossiers)[:2] == [DossierStatus.RETURNED] * 2
    assert titles(desk) == ["danh-sach.pdf", "danh-sach.pdf", "nhan-dia-chi.pdf"]


def test_results_come_back_by_list(window: MainWindow, desk: Desk, dossiers: list[Dossier]) -> None:
    screen = opened(window, "hand_over", dossiers)
    key(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert len(screen.entries) == 3
    screen.entries[dossiers[0].dossier_id].setFocus()
    types("12/KS")
    key(Qt.Key.Key_F9)
    assert statuses(desk, dossiers) == [DossierStatus.RESOLVED] * 3
    with desk.store.reading() as queries:
        first = queries.dossier(dossiers[0].dossier_id)
    assert first is not None
    assert first.life.result is not None
    assert first.life.result.number == "12/KS"


def test_an_unknown_code_is_said(window: MainWindow, desk: Desk, dossiers: list[Dossier]) -> None:
    screen = opened(window, "hand_over", [])
    assert focus() is screen.code
    types("H29.12-261123-9999")
    key(Qt.Key.Key_Return)
    assert screen.entries == {}
    types(dossiers[0].dossier_code)
    key(Qt.Key.Key_Return)
    assert list(screen.entries) == [dossiers[0].dossier_id]


@pytest.mark.parametrize(
    ("scanned", "code"),
    [
        ("EB123456785VN", "EB123456785VN"),
        ("eb 123 456 785 vn", "EB123456785VN"),
        (b"RR473124829GB", "RR473124829GB"),  # the example of the standard's own calculation
        ("EB123456784VN", ""),
        ("H29.12-261123-1001", ""),
        (b"\xff\xfe", ""),
        ("", ""),
    ],
)
def test_codes_of_postal_items(scanned: str | bytes, code: str) -> None:
    assert item_code(scanned) == code


def notice_text(window: MainWindow) -> str:
    assert window.live is not None
    notice = window.live.messages.notice
    return notice.text if notice is not None else ""


def test_f9_without_a_taker_says_so_and_a_code_typed_there_goes_on_the_list(
    window: MainWindow, desk: Desk, dossiers: list[Dossier]
) -> None:
    screen = opened(window, "hand_over", dossiers[:1])
    key(Qt.Key.Key_F9)
    assert screen._no_taker.isVisible()
    for each, accept in zip(dossiers[1:], (Qt.Key.Key_Return, Qt.Key.Key_F9), strict=True):
        types(each.dossier_code)
        key(accept)
    assert list(screen.entries) == [each.dossier_id for each in dossiers]
    assert screen.to.value() == ""
    assert lists(desk, ListKind.HAND_OVER) == []
    types("Lò Văn Thử")
    assert not screen._no_taker.isVisible()


def test_a_list_that_was_not_printed_is_taken_back_as_a_whole(
    window: MainWindow, desk: Desk, dossiers: list[Dossier]
) -> None:
    assert isinstance(desk.printer, PaperTray)
    desk.printer.failing = True
    screen = opened(window, "hand_over", dossiers)
    types("Lò Văn Thử")
    key(Qt.Key.Key_F9)
    perform(desk, dossiers[2].dossier_id, EnterResult())
    press(screen, "Hoàn tác cả danh sách")
    S = DossierStatus  # noqa: N806
    assert statuses(desk, dossiers) == [S.RECEIVED, S.RECEIVED, S.RESOLVED], "what went on stays"
    assert dossiers[2].dossier_code in notice_text(window)


def test_a_printed_list_offers_no_undo_and_says_how_to_correct_it(
    window: MainWindow, dossiers: list[Dossier]
) -> None:
    screen = opened(window, "hand_over", dossiers)
    types("Lò Văn Thử")
    key(Qt.Key.Key_F9)
    names = [each.accessibleName() for each in screen.findChildren(QAbstractButton)]
    assert not [name for name in names if name.startswith("Hoàn tác cả danh sách")]
    assert screen._correcting.isVisible()


def test_a_long_taker_shows_how_it_begins(window: MainWindow, dossiers: list[Dossier]) -> None:
    screen = opened(window, "hand_over", dossiers)
    types("Chi nhánh Văn phòng đăng ký đất đai khu vực Mường Thử và các xã vùng cao lân cận")
    screen.code.setFocus()
    line = screen.to.lineEdit()
    assert line is not None
    assert line.cursorPosition() == 0


def test_lists_are_opened_by_name_and_from_the_work_of_today(window: MainWindow) -> None:
    from counter_app.ui.quick_search import matching_commands

    assert [hit.screen_id for hit in matching_commands("danh sach giao")] == ["lists"]
    window.open_screen("work")
    work = window.current_screen()
    assert work is not None
    press(work, "Danh sách giao nhận")
    screen = window.current_screen()
    assert isinstance(screen, ListsScreen)
    key(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert screen.task.value() == "results"
