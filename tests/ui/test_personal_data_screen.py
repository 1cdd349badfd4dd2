"""The screen about citizens' data in a real window: requests, inventory, giving, destroying, the notice."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit
from tests.helpers.builders import FixedClock
from tests.helpers.desks import CLERK, PaperTray
from tests.helpers.personal_traces import AFTER_TWO_YEARS, Whole, full_dossier
from tests.helpers.visits import BIRTH, FATHER, GRANDMOTHER
from tests.storage.test_sealed_archive import opened

from counter_app.domain.errors import KnownError
from counter_app.domain.personal_data import Outcome, RequestKind
from counter_app.services.desk import Desk
from counter_app.services.look_up import open_dossier
from counter_app.services.personal_data.requests import register, requests_of
from counter_app.services.personal_data.words import KEPT_BY_LAW
from counter_app.services.receive_dossier import receive
from counter_app.ui import quick_search
from counter_app.ui.main_window import MainWindow
from counter_app.ui.people.view import PeopleScreen
from counter_app.ui.personal_data.view import PersonalDataScreen

SEN = GRANDMOTHER.personal_id


@pytest.fixture
def whole(desk: Desk) -> Whole:
    return full_dossier(desk)


def open_screen(window: MainWindow, **request: object) -> PersonalDataScreen:
    window.open_screen("personal_data", **request)
    made = window.current_screen()
    assert isinstance(made, PersonalDataScreen)
    QApplication.processEvents()
    return made


def texts(screen: PersonalDataScreen) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in screen.findChildren(QLabel) if label.isVisible())


def press(screen: PersonalDataScreen, name: str) -> None:
    QApplication.processEvents()
    buttons = screen.findChildren(QAbstractButton)
    found = [each for each in buttons if each.isVisible() and each.accessibleName().startswith(name)]
    assert found, name
    found[0].click()


def test_it_opens_from_the_page_of_a_citizen_and_by_name(
    desk: Desk, window: MainWindow, whole: Whole
) -> None:
    window.open_screen("people", person_id=SEN)
    people = window.current_screen()
    assert isinstance(people, PeopleScreen)
    people.open_data()
    screen = window.current_screen()
    assert isinstance(screen, PersonalDataScreen)
    told = texts(screen)
    assert "Đinh Thị Sen · 0171******21" in told
    assert SEN not in told
    assert whole.dossier.dossier_code in told
    assert "personal_data" in [hit.screen_id for hit in quick_search.search(desk, "du lieu ca nhan")]


def test_a_request_is_written_down_refused_and_the_letter_printed(
    desk: Desk, window: MainWindow, whole: Whole
) -> None:
    assert whole.dossier.dossier_id
    screen = open_screen(window, person_id=SEN)
    screen.cards.kind.set_value(RequestKind.DELETE.value)
    screen.cards.note.set_value("Xin xóa hết")
    press(screen, "Ghi yêu cầu")
    (asked,) = requests_of(desk, SEN)
    assert (asked.kind, asked.note, asked.clerk) == (RequestKind.DELETE, "Xin xóa hết", CLERK)
    press(screen, "Trả lời")
    assert screen.answering.text.value() == KEPT_BY_LAW
    QTest.keyClick(screen, Qt.Key.Key_F9)
    (answered,) = requests_of(desk, SEN)
    assert (answered.outcome, answered.answer) == (Outcome.REFUSED, KEPT_BY_LAW)
    assert isinstance(desk.printer, PaperTray)
    assert desk.printer.printed[-1][0] == "tra-loi-yeu-cau-du-lieu.pdf"
    assert "Từ chối" in texts(screen)


def test_what_waits_shows_the_day_and_turns_red(desk: Desk, window: MainWindow, whole: Whole) -> None:
    assert whole.dossier.dossier_id
    register(desk, SEN, RequestKind.COPY)
    screen = open_screen(window)
    assert "Trả lời trước hết 26/11" in texts(screen)
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(days=4)
    screen.presenter.refresh()
    assert "Quá hạn 26/11" in texts(screen)


def test_the_data_is_given_in_a_sealed_archive(
    window: MainWindow, whole: Whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "cho-ba-sen.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    screen = open_screen(window, person_id=SEN)
    QTest.keyClick(screen, Qt.Key.Key_F9)
    password = str(screen.giving.password.value())
    assert len(password) == 19
    QTest.keyClick(screen, Qt.Key.Key_F9)
    files = opened(target.read_bytes(), password)
    data = json.loads(files["du-lieu-ca-nhan.json"])
    assert data["dossiers"][0]["dossier_code"] == whole.dossier.dossier_code
    assert FATHER.personal_id not in files["du-lieu-ca-nhan.json"].decode("utf-8")
    assert "Đã lưu cho-ba-sen.zip" in shown_message(window)
    press(screen, "Bản sao dữ liệu")
    screen.giving.sealed.click()
    screen.giving.scans.click()
    press(screen, "Chọn nơi lưu")
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist() == ["du-lieu-ca-nhan.pdf", "du-lieu-ca-nhan.json"]


def shown_message(window: MainWindow) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def test_dossiers_whose_time_is_over_are_destroyed_only_when_confirmed(
    desk: Desk, window: MainWindow, whole: Whole
) -> None:
    receive(desk, BIRTH, clerk=CLERK)
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = AFTER_TWO_YEARS
    screen = open_screen(window)
    assert "1 hồ sơ đã hết thời hạn, 1 hồ sơ hủy được." in texts(screen)
    press(screen, "Xem và hủy")
    QTest.keyClick(screen, Qt.Key.Key_F9)  # not confirmed yet
    assert open_dossier(desk, whole.dossier.dossier_code).purged is None
    cells = [
        str(screen.purging.model.data(screen.purging.model.index(0, column), Qt.ItemDataRole.DisplayRole))
        for column in range(screen.purging.model.columnCount())
    ]
    assert cells[0] == whole.dossier.dossier_code
    assert cells[3:] == ["01/01/2029", "2 năm", "Hủy được"]
    screen.purging.sure.click()
    QTest.keyClick(screen, Qt.Key.Key_F9)
    file = open_dossier(desk, whole.dossier.dossier_code)
    assert file.purged is not None
    assert "Đã hủy 1 hồ sơ" in shown_message(window)
    assert "Bản sao lưu cũ còn giữ đến hết 06/02/2029." in shown_message(window)
    window.open_screen("dossier", dossier_code=whole.dossier.dossier_code)
    told = shown_message(window)
    assert "Hồ sơ đã hủy theo thời hạn lưu, ngày 02/01/2029" in told
    assert GRANDMOTHER.full_name not in told
    window.open_screen("dossiers")
    listed = window.current_screen()
    assert listed is not None
    assert SEN not in shown_message(window)


def test_whoever_may_not_is_told_so(
    desk: Desk, window: MainWindow, whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert whole.dossier.dossier_id

    def refuse(*_asked: object) -> None:
        raise KnownError("sign_in_needed")

    monkeypatch.setattr(type(desk.session), "require", refuse)
    screen = open_screen(window)
    assert "Không mở được" in texts(screen)
    assert "Hồ sơ hết thời hạn lưu" not in texts(screen)


def test_one_key_shows_the_citizen_the_notice(window: MainWindow) -> None:
    open_screen(window)
    QTest.keyClick(window, Qt.Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)
    assert window.workspace is not None
    stage = window.workspace.stage
    assert stage.next_page()
    QApplication.processEvents()
    told = "\n".join(
        label.text() for top in QApplication.topLevelWidgets() for label in top.findChildren(QLabel)
    )
    assert "Trang 2/" in told
    assert "Điều 19 Luật 91/2025/QH15" in told


def test_escape_leads_back_step_by_step(window: MainWindow, whole: Whole) -> None:
    assert whole.dossier.dossier_id
    screen = open_screen(window, person_id=SEN)
    screen.giving.open_for("")
    screen.pages.setCurrentWidget(screen.giving)
    assert screen.escape()
    assert "Đinh Thị Sen" in texts(screen)
    assert screen.escape()
    assert "Yêu cầu chờ trả lời" in texts(screen)
    assert not screen.escape()


@pytest.mark.slow
@pytest.mark.parametrize("scale", [100, 200])
def test_every_page_fits_and_names_what_it_holds(
    desk: Desk, whole: Whole, make_open_window: Callable[..., MainWindow], scale: int
) -> None:
    assert whole.dossier.dossier_id
    asked = register(desk, SEN, RequestKind.DELETE)
    window = make_open_window(desk, text_scale=scale)
    window.resize(1366, 768)
    screen = open_screen(window)
    pages: tuple[Callable[[], object], ...] = (
        lambda: None,
        screen.choose_purge,
        screen.back,
        lambda: open_screen(window, person_id=SEN),
        lambda: screen.answer(asked),
        screen.back,
        lambda: QTest.keyClick(screen, Qt.Key.Key_F9),
    )
    for page in pages:
        page()
        QApplication.processEvents()
        buttons = [each for each in screen.findChildren(QAbstractButton) if each.isVisible()]
        narrow = [each.text() for each in buttons if each.width() < each.minimumSizeHint().width()]
        assert narrow == []
        assert all(each.accessibleName() for each in buttons)
        fields = [each for each in screen.findChildren(QLineEdit) if each.isVisible()]
        assert all(each.accessibleName() and each.height() >= 32 for each in fields)
        plain = Qt.TextFormat.PlainText
        assert all(each.textFormat() == plain for each in screen.findChildren(QLabel))
