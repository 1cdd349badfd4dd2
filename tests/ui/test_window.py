"""The whole window: keys, messages, scans, and what every screen must keep to."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.helpers.builders import MORNING, make_dossier, make_person
from tests.helpers.desks import PaperTray, add_pinned
from tests.helpers.visits import GRANDMOTHER, card_text

from counter_app.domain.errors import EnvironmentProblem
from counter_app.services.desk import Desk
from counter_app.ui.dossier.view import DossierScreen
from counter_app.ui.dossier_list.view import DossiersScreen
from counter_app.ui.key_card import KeyCard
from counter_app.ui.main_window import MainWindow
from counter_app.ui.screens import SCREENS
from counter_app.ui.settings.scan_report import TEST_CARD
from counter_app.ui.settings.view import SettingsScreen
from counter_app.ui.workspace import Notice

MARKUP = "<b>Nguyễn</b> & <img src='x'> \u202eThị &lt; 100%"
CONTROLS = (QLineEdit, QComboBox, QAbstractButton, QAbstractItemView, QAbstractSpinBox, QPlainTextEdit)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A desk with three dossiers, one of a citizen whose name is full of markup."""
    with desk.store.writing() as transaction:
        for number, name in enumerate((MARKUP, "Đặng Thị Ngọc Hường", "Bùi Văn Thắng"), 1):
            person = make_person(number, full_name=name)
            dossier = make_dossier(number, applicant=person, people={"mother": person})
            add_pinned(transaction, dossier)
            transaction.remember_person(person, MORNING, "card")
    return desk


def key(
    window: MainWindow, code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(window.windowHandle(), code, modifier)


def notice(window: MainWindow) -> Notice:
    assert window.live is not None
    found = window.live.messages.notice
    assert found is not None
    return found


def each_screen(window: MainWindow) -> list[str]:
    return [entry.screen_id for entry in SCREENS]


def open_one(window: MainWindow, screen_id: str) -> None:
    request = {"dossier_code": make_dossier(1).dossier_code} if screen_id == "dossier" else {}
    window.open_screen(screen_id, **request)
    QApplication.processEvents()


def open_each(window: MainWindow) -> None:
    for screen_id in each_screen(window):
        open_one(window, screen_id)


def test_no_widget_ever_becomes_a_window_of_its_own(
    filled: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    window = make_open_window(filled)
    open_each(window)
    QApplication.processEvents()
    others = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window]
    assert others == []


def _where(control: QWidget) -> str:
    names, step = [], control
    while step is not None:
        names.append(type(step).__name__)
        step = step.parentWidget()
    return " in ".join(names[:6])


def test_every_control_has_a_name_and_is_large_enough(
    filled: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    window = make_open_window(filled)
    nameless, small = set(), set()
    for screen_id in each_screen(window):
        open_one(window, screen_id)
        for control in window.findChildren(QWidget):
            inner = isinstance(control.parent(), QComboBox) or control.objectName().startswith("qt_")
            if not isinstance(control, CONTROLS) or inner or not control.isVisible():
                continue
            if control.focusPolicy() != Qt.FocusPolicy.NoFocus and not control.accessibleName():
                nameless.add(_where(control))
            if isinstance(control, QLineEdit | QComboBox) and control.height() < 32:
                small.add((control.accessibleName(), control.height()))
    assert "\n".join(nameless) == ""
    assert small == set()


def test_every_label_shows_text_as_it_is(filled: Desk, make_open_window: Callable[..., MainWindow]) -> None:
    window = make_open_window(filled)
    open_each(window)
    rich = [
        (label.text(), type(label))
        for label in window.findChildren(QLabel)
        if label.textFormat() != Qt.TextFormat.PlainText
    ]
    assert rich == []
    assert [w for w in window.findChildren(QTextEdit) if type(w) is QTextEdit] == []


def test_a_name_with_markup_is_shown_as_typed(
    filled: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    window = make_open_window(filled)
    window.open_screen("dossier", dossier_code=make_dossier(1).dossier_code)
    screen = window.current_screen()
    assert screen is not None
    assert MARKUP in [label.text() for label in screen.findChildren(QLabel)]


def test_mnemonics_are_not_used_twice_on_a_screen(
    filled: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    window = make_open_window(filled)
    open_each(window)
    for screen_id in each_screen(window):
        open_one(window, screen_id)
        letters = [
            text[text.index("&") + 1].lower()
            for button in window.findChildren(QAbstractButton)
            if button.isVisible() and "&" in (text := button.text().replace("&&", ""))
        ]
        assert len(letters) == len(set(letters)), (screen_id, letters)


def test_the_rail_shows_only_screens_there_are(window: MainWindow) -> None:
    names = [b.accessibleName() for b in window.rail.findChildren(QAbstractButton)]
    assert names == [
        "Tiếp nhận",
        "Việc hôm nay",
        "Trả kết quả",
        "Tra cứu hồ sơ",
        "Thủ tục",
        "Hàng chờ",
        "Báo cáo",
        "Đồng bộ",
        "Cài đặt",
    ]


def test_the_rail_gives_way_on_a_small_screen(window: MainWindow) -> None:
    wide = window.rail.width()
    window.resize(1100, 700)
    QApplication.processEvents()
    assert window.rail.width() < wide / 2
    window.resize(1366, 768)
    QApplication.processEvents()
    assert window.rail.width() == wide


def test_ctrl_k_finds_a_dossier_by_name_without_marks(
    filled: Desk, make_open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = make_open_window(filled)
    key(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.live is not None
    search = window.live.top_bar.search
    assert search.hasFocus()
    QTest.keyClicks(search, "ngoc huong")
    qtbot.waitUntil(lambda: search.popup.isVisible() and search.popup.list.count() == 2)
    QTest.keyClick(search, Qt.Key.Key_Return)
    screen = window.current_screen()
    assert isinstance(screen, DossierScreen)
    assert screen.presenter.code == make_dossier(2).dossier_code


def test_f1_shows_the_keys_and_any_key_puts_them_away(window: MainWindow) -> None:
    window.open_screen("settings")
    key(window, Qt.Key.Key_F1)
    assert len(window.findChildren(KeyCard)) == 1
    key(window, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert [card for card in window.findChildren(KeyCard) if card.isVisible()] == []
    assert isinstance(window.current_screen(), SettingsScreen)


def test_esc_goes_back_the_way_one_came(window: MainWindow) -> None:
    window.open_screen("dossiers")
    window.open_screen("procedures")
    key(window, Qt.Key.Key_Escape)
    assert isinstance(window.current_screen(), DossiersScreen)


def test_text_size_keys_change_everything_and_are_remembered(window: MainWindow) -> None:
    kept: list[object] = []
    window.appearance_changed.connect(kept.append)
    before = QApplication.font().pixelSize()
    key(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.font().pixelSize() > before
    key(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.font().pixelSize() == before
    assert len(kept) == 2


def test_messages_take_no_focus_and_alt_z_does_what_they_offer(window: MainWindow) -> None:
    window.open_screen("dossiers")
    focused = QApplication.focusWidget()
    done: list[int] = []
    window.notify(Notice(text="Đã bỏ", label="Hoàn tác", action=lambda: done.append(1)))
    QApplication.processEvents()
    assert QApplication.focusWidget() is focused
    key(window, Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
    assert done == [1]


def test_a_message_moves_no_button_and_lies_over_the_top_bar_only(window: MainWindow) -> None:
    window.open_screen("work")
    screen, live = window.current_screen(), window.live
    assert screen is not None
    assert live is not None
    buttons = [each for each in screen.findChildren(QAbstractButton) if each.isVisible()]
    before = [each.mapToGlobal(QPoint()) for each in buttons]
    window.notify(Notice(text="Đã lưu", tone="bad"))
    QApplication.processEvents()
    assert [each.mapToGlobal(QPoint()) for each in buttons] == before
    assert live.messages.geometry() == live.top_bar.geometry()
    live.top_bar.search.setFocus()
    assert live.messages.y() == live.top_bar.geometry().bottom() + 1, "what is typed stays in sight"


def test_a_message_about_one_citizen_goes_with_the_next(window: MainWindow) -> None:
    live = window.live
    assert live is not None
    for come in (
        lambda: key(window, Qt.Key.Key_F2),
        lambda: live.scanning.router.route(card_text(GRANDMOTHER)),
    ):
        window.notify(Notice(text="Đã tiếp nhận", tone="ok"))
        come()
        shown = live.messages.notice
        assert shown is None or shown.text != "Đã tiếp nhận"
    window.notify(Notice(text="Chưa in được", tone="bad", label="In lại", action=lambda: None))
    key(window, Qt.Key.Key_F2)
    assert live.messages.notice is not None, "what can still be mended stays"


def test_a_scanned_card_opens_the_intake_from_anywhere(window: MainWindow) -> None:
    window.open_screen("procedures")
    assert window.live is not None
    window.live.scanning.router.route(card_text(GRANDMOTHER))
    screen = window.current_screen()
    assert screen is not None
    assert screen.title() == "Tiếp nhận"
    assert GRANDMOTHER.full_name in [label.text() for label in screen.findChildren(QLabel)]


def test_a_scanned_slip_opens_its_dossier(filled: Desk, make_open_window: Callable[..., MainWindow]) -> None:
    window = make_open_window(filled)
    dossier = make_dossier(3)
    assert window.live is not None
    window.live.scanning.router.route(f"{dossier.dossier_code}/{dossier.lookup_secret}")
    screen = window.current_screen()
    assert isinstance(screen, DossierScreen)
    assert screen.presenter.file is not None
    assert screen.presenter.file.dossier.applicant.full_name == "Bùi Văn Thắng"


def test_the_scanner_is_called_good_once_it_has_scanned(window: MainWindow) -> None:
    assert window.live is not None

    def words() -> list[str]:
        bar = window.live.top_bar  # type: ignore[union-attr]
        return [label.text() for label in bar.findChildren(QLabel)]

    assert "Chờ quét thẻ" in words()
    window.live.scanning.filter.scanned.emit(card_text(GRANDMOTHER))
    assert "Máy quét tốt · 08:30" in words()


def test_an_unknown_code_says_what_to_do(window: MainWindow) -> None:
    assert window.live is not None
    window.live.scanning.router.route("8934563138165")
    assert notice(window).tone == "warn"
    assert "Hãy" in notice(window).text


def test_a_slip_of_another_counter_is_said_not_to_be_here(window: MainWindow) -> None:
    assert window.live is not None
    window.live.scanning.router.route("H29.12-261101-2001")
    screen = window.current_screen()
    assert isinstance(screen, DossierScreen)
    assert any("H29.12-261101-2001" in label.text() for label in screen.findChildren(QLabel))


def test_a_dropped_picture_is_read(window: MainWindow, tmp_path: Path) -> None:
    from PIL import Image

    from counter_app.devices.image_code import qr_picture

    code = qr_picture(card_text(GRANDMOTHER))
    picture = Image.frombytes("L", (code.width, code.height), code.pixels)
    picture.resize((code.width * 6, code.height * 6), Image.Resampling.NEAREST).save(tmp_path / "card.png")
    assert window.live is not None
    window.live.scanning.read_picture(tmp_path / "card.png")
    screen = window.current_screen()
    assert screen is not None
    assert GRANDMOTHER.full_name in [label.text() for label in screen.findChildren(QLabel)]


def test_ctrl_p_reprints_and_a_failed_printer_offers_a_pdf(
    filled: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    window = make_open_window(filled)
    tray = filled.printer
    assert isinstance(tray, PaperTray)
    window.open_screen("dossier", dossier_code=make_dossier(2).dossier_code)
    key(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert len(tray.printed) == 1
    tray.failing = True
    key(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert (notice(window).tone, notice(window).label) == ("bad", "Lưu PDF")
    screen = window.current_screen()
    assert isinstance(screen, DossierScreen)
    slip = screen.presenter.papers()[0]
    assert (slip.copies, slip.failed) == (1, True)


def test_a_paper_saved_as_pdf_counts_as_a_copy(
    filled: Desk, make_open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = make_open_window(filled)
    window.open_screen("dossier", dossier_code=make_dossier(2).dossier_code)
    screen = window.current_screen()
    assert isinstance(screen, DossierScreen)
    screen.presenter.save_pdf("slip", tmp_path / "slip.pdf")
    assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")
    assert screen.presenter.papers()[0].copies == 1


def test_the_number_is_masked_until_asked_for(
    filled: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    window = make_open_window(filled)
    window.open_screen("dossier", dossier_code=make_dossier(2).dossier_code)
    screen = window.current_screen()
    assert screen is not None
    number = make_person(2).personal_id

    def texts() -> list[str]:
        return [label.text() for label in screen.findChildren(QLabel)]

    assert number not in texts()
    reveal = next(
        b for b in screen.findChildren(QAbstractButton) if b.accessibleName() == "Hiện: số định danh"
    )
    reveal.click()
    assert number in texts()


def test_settings_are_saved_and_shown(desk: Desk, window: MainWindow) -> None:
    window.open_screen("settings", page="counter")
    screen = window.current_screen()
    assert isinstance(screen, SettingsScreen)
    screen.pages["counter"].clerk.set_value("Lò Thị Xuân")  # type: ignore[attr-defined]
    screen.pages["look"].scheme.set_value("dark")  # type: ignore[attr-defined]
    key(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert desk.settings.clerk == "Lò Thị Xuân"
    assert window.theme.tokens.scheme == "dark"
    assert notice(window).tone == "ok"


def test_the_scanner_page_keeps_scans_to_itself(window: MainWindow) -> None:
    window.open_screen("settings", page="scanner")
    assert window.live is not None
    window.live.scanning.router.route(TEST_CARD)
    screen = window.current_screen()
    assert isinstance(screen, SettingsScreen)
    assert "Máy quét đọc đúng từng chữ" in [label.text() for label in screen.findChildren(QLabel)]


def test_a_test_page_goes_to_the_chosen_printer(desk: Desk, window: MainWindow) -> None:
    window.open_screen("settings", page="printer")
    screen = window.current_screen()
    assert isinstance(screen, SettingsScreen)
    next(b for b in screen.findChildren(QAbstractButton) if b.accessibleName() == "In trang thử").click()
    assert isinstance(desk.printer, PaperTray)
    assert len(desk.printer.printed) == 1


def test_a_discarded_draft_comes_back_with_undo(desk: Desk, window: MainWindow) -> None:
    from counter_app.services import intake_drafts

    intake_drafts.save_draft(
        desk, draft_id="d1", procedure_id="", procedure_name="", applicant_name=MARKUP, state={}
    )
    window.open_screen("drafts")
    screen = window.current_screen()
    assert screen is not None
    next(b for b in screen.findChildren(QAbstractButton) if b.accessibleName() == f"Bỏ: {MARKUP}").click()
    assert list(intake_drafts.drafts(desk)) == []
    key(window, Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
    assert [draft.draft_id for draft in intake_drafts.drafts(desk)] == ["d1"]


def test_known_errors_are_said_and_bugs_keep_the_window_alive(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    from counter_app.ui.crash_dialog import CrashDialog

    window.operations.known_error.emit(EnvironmentProblem("disk_full"))
    assert notice(window).tone == "bad"
    window.show_crash(ZeroDivisionError("Đặng Thị Hường"))
    dialog = window.findChildren(CrashDialog)[0]
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "an toàn" in words
    assert "Hường" not in words
    dialog.reject()


def test_training_shows_a_banner(tmp_path: Path, make_open_window: Callable[..., MainWindow]) -> None:
    from tests.helpers.desks import make_desk

    desk = make_desk(tmp_path / "training", MORNING, training=True)
    window = make_open_window(desk)
    assert any("TẬP HUẤN" in label.text() for label in window.findChildren(QLabel) if label.isVisible())
    window.close()
    desk.store.close()


@pytest.mark.parametrize("scheme", ["light", "dark", "high_contrast"])
def test_text_stands_out_from_its_ground(scheme: str) -> None:
    from PySide6.QtGui import QColor
    from tests.ui.conftest import RESOURCES

    from counter_app.ui.theme import load_tokens

    def luminance(colour: str) -> float:
        parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    colours = load_tokens(RESOURCES / "theme", scheme).colours
    pairs = [("text", "surface"), ("text", "ground"), ("text_muted", "surface"), ("text_muted", "ground")]
    pairs += [
        ("text_muted", "surface_soft"),
        ("on_primary", "primary"),
        ("rail_text", "rail"),
        ("link", "surface"),
    ]
    pairs += [("rail_text_active", "rail_active"), ("badge_text", "badge_bg"), ("on_selection", "selection")]
    pairs += [(f"{tone}_text", f"{tone}_bg") for tone in ("neutral", "info", "ok", "warn", "bad")]
    for text, ground in pairs:
        lighter, darker = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, (text, ground)


def test_large_text_fits_the_window(filled: Desk, make_open_window: Callable[..., MainWindow]) -> None:
    window = make_open_window(filled, text_scale=150)
    open_each(window)
    assert window.minimumSizeHint().width() <= 1366


def test_a_dossier_past_its_promise_is_called_overdue(
    desk: Desk, make_open_window: Callable[..., MainWindow]
) -> None:
    dossier = make_dossier(9)
    late = replace(dossier, promise=replace(dossier.promise, due_at=MORNING.replace(hour=8, minute=0)))
    with desk.store.writing() as transaction:
        transaction.add_dossier(late)
    window = make_open_window(desk)
    window.open_screen("dossiers")
    screen = window.current_screen()
    assert isinstance(screen, DossiersScreen)
    assert screen.model.index(0, 3).data() == "Quá hạn"
