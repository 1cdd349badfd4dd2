"""Data packs in the window: seen before they are installed, refused in words, taken back after a look."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from tests.helpers.builders import MORNING
from tests.helpers.data_copy import day_off
from tests.helpers.desks import PaperTray, make_desk
from tests.helpers.packs import PackMaker
from tests.printing.paper_reading import all_text, squeezed

from counter_app.locations import program_data
from counter_app.services.daily_notices import max_data_age
from counter_app.services.desk import Desk
from counter_app.services.install_pack import trust_root
from counter_app.ui.data_packs.view import DataPacksScreen
from counter_app.ui.main_window import MainWindow
from counter_app.ui.procedures.view import ProceduresScreen

CHANGE = "03/02/2027: ngày thường → nghỉ (Nghỉ thử"


@pytest.fixture
def maker(tmp_path: Path) -> PackMaker:
    return PackMaker.below(tmp_path)


@pytest.fixture
def desk(tmp_path: Path, maker: PackMaker) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MORNING)
    trust_root(made, maker.roots[0])
    yield made
    made.store.close()


@pytest.fixture
def pack(tmp_path: Path, maker: PackMaker) -> Path:
    """A calendar with one more day off, small and quick."""
    return maker.make(one_more_day_off(tmp_path / "new"), "2026.12.1")


def one_more_day_off(folder: Path) -> Path:
    shutil.copytree(program_data() / "resources" / "calendars", folder / "calendars")
    file = folder / "calendars" / "vn-2027.yaml"
    text = file.read_text(encoding="utf-8")
    assert "days_off:\n" in text
    changed = text.replace("days_off:\n", "days_off:\n" + day_off("2027-02-03", "Nghỉ thử"), 1)
    file.write_text(changed, encoding="utf-8")
    return folder


def open_packs(window: MainWindow, **request: object) -> DataPacksScreen:
    window.open_screen("data_packs", **request)
    QApplication.processEvents()
    screen = window.current_screen()
    assert isinstance(screen, DataPacksScreen)
    return screen


def words(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def button(screen: QWidget, start: str) -> QPushButton:
    QApplication.processEvents()
    (found,) = [b for b in screen.findChildren(QPushButton) if b.text().startswith(start) and b.isVisible()]
    return found


def versions(desk: Desk) -> dict[str, str]:
    return {each.section: each.pack_version for each in desk.catalogue.data_versions()}


def test_the_overview_says_which_data_is_in_use(window: MainWindow) -> None:
    said = words(open_packs(window))
    assert "Thủ tục và tờ khai" in said
    assert "có sẵn trong chương trình" in said
    assert "Chưa cài gói nào" in said


def test_a_pack_is_seen_then_installed_then_taken_back(desk: Desk, window: MainWindow, pack: Path) -> None:
    before = versions(desk)
    screen = open_packs(window, file=pack)
    said = words(screen)
    assert CHANGE in said
    assert "1 ngày nghỉ, ngày làm bù thay đổi" in said
    assert "Trung tâm thử nghiệm" in said
    assert versions(desk) == before, "nothing is installed by looking"
    assert screen.give_up.hasFocus(), "the safe answer has the keyboard"
    screen.print_changes.click()
    assert isinstance(desk.printer, PaperTray)
    assert squeezed("V. Ngày nghỉ, ngày làm bù") in all_text(desk.printer.printed[0][1])
    screen.confirm.click()
    assert versions(desk) == before | {"calendars": "2026.12.1"}
    said = words(screen)
    assert f"từ tệp {pack.name}" in said
    assert "Gói thử" in said
    button(screen, "Quay lại trước gói này").click()
    assert "03/02/2027: nghỉ (Nghỉ thử" in words(screen)
    assert "→ ngày thường" in words(screen)
    assert versions(desk)["calendars"] == "2026.12.1", "nothing is taken back by looking"
    screen.confirm.click()
    assert versions(desk) == before
    assert "Chưa cài gói nào" in words(screen)


def test_esc_leaves_everything_as_it_is(desk: Desk, window: MainWindow, pack: Path) -> None:
    before = versions(desk)
    screen = open_packs(window, file=pack)
    assert screen.escape()
    assert "Chưa cài gói nào" in words(screen)
    assert versions(desk) == before
    assert not screen.escape()


def test_a_strangers_pack_is_refused_in_words_and_nothing_can_be_confirmed(
    tmp_path: Path, desk: Desk, window: MainWindow, maker: PackMaker
) -> None:
    strange = maker.make(one_more_day_off(tmp_path / "strange"), "2026.12.1", signed_by=("stranger",))
    screen = open_packs(window, file=strange)
    assert "ký" in words(screen.strip)
    assert not screen.confirm.isVisible()
    assert versions(desk)["calendars"] != "2026.12.1"


@pytest.mark.parametrize("content", [b"", b"not a pack", b"PK\x03\x04 half"])
def test_a_file_that_is_no_pack_is_refused_in_words(
    tmp_path: Path, window: MainWindow, content: bytes
) -> None:
    file = tmp_path / "la.qmcpack"
    file.write_bytes(content)
    assert "la.qmcpack" in words(open_packs(window, file=file).strip)


def test_a_pack_taken_from_the_usb_meanwhile_is_refused_when_it_is_installed(
    desk: Desk, window: MainWindow, pack: Path
) -> None:
    screen = open_packs(window, file=pack)
    pack.unlink()
    screen.confirm.click()
    assert pack.name in words(screen.strip)
    assert "Chưa cài gói nào" in words(screen)


def test_a_pack_dropped_anywhere_on_the_window_is_looked_into(window: MainWindow, pack: Path) -> None:
    window.open_screen("dossiers")
    drop(window, pack)
    screen = window.current_screen()
    assert isinstance(screen, DataPacksScreen)
    assert CHANGE in words(screen)
    screen.escape()
    drop(screen, pack)
    assert CHANGE in words(screen)


def drop(target: QWidget, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(300, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    target.dropEvent(event)


def test_every_screen_looks_again_when_a_pack_counts(
    desk: Desk, make_open_window: Callable[..., MainWindow], pack: Path
) -> None:
    window = make_open_window(desk)
    window.open_screen("procedures")
    procedures = window.current_screen()
    assert isinstance(procedures, ProceduresScreen)
    calls: list[object] = []
    procedures.presenter.everything = lambda: calls.append(1) or ()  # type: ignore[method-assign,func-returns-value]
    open_packs(window, file=pack).confirm.click()
    assert calls


def test_the_days_before_old_data_is_told_are_kept(desk: Desk, window: MainWindow) -> None:
    screen = open_packs(window)
    screen.overview.max_age.setText("60")
    screen.overview.max_age.accepted.emit()
    assert max_data_age(desk) == 60
    screen.overview.max_age.setText("0")
    screen.overview.max_age.accepted.emit()
    assert max_data_age(desk) == 60
    assert window.live is not None
    assert window.live.messages.notice is not None
    assert "từ 1 đến 3650" in window.live.messages.notice.text
