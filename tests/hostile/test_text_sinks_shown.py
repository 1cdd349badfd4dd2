"""Every screen over a database of hostile names: nothing is taken for markup, everything reads as typed."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.helpers import visits
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.data_copy import copy_data
from tests.helpers.desks import make_desk
from tests.helpers.staff import ADMIN, ADMIN_PASSWORD, QuickHasher, enter, hire
from tests.hostile.hostile_texts import EVERY, is_utf8
from tests.hostile.scene_people import OtherPeople
from tests.hostile.shown_texts import Shown, everything_shown, guessed, of_widget
from tests.screenshots import counter_scenes, make_screenshots

from counter_app.domain.clerks import Role
from counter_app.domain.errors import BadInput
from counter_app.domain.vietnamese_text import clean
from counter_app.services.accounts.first_account import make_first_account
from counter_app.services.desk import Desk
from counter_app.ui.app import make_window
from counter_app.ui.appearance import Appearance
from counter_app.ui.crash_dialog import show_crash
from counter_app.ui.main_window import MainWindow
from counter_app.ui.operations import Operations
from counter_app.ui.screens import SCREENS
from counter_app.ui.settings.view import SettingsScreen
from counter_app.ui.widgets.tooltips import set_tooltip
from counter_app.ui.workspace import Notice

ROOT = Path(__file__).parents[2]
NAMES = {
    "GRANDMOTHER": '<img src="x" width="a">Đinh Thị & Sen',
    "MOTHER": "<h a><b>Bùi Thị &lt;Nhung&gt; &&",
    "FATHER": "<script>alert(x)</script> Nguyễn",
}
ADDRESS = '<img src=x width=900 height=500> {0} %s "xã" Trung Minh & &amp; <br>tỉnh Phú Thọ'
CHILD = "<qt><i>Minh</i></qt> & Khôi"
OFFICE = "TRUNG TÂM <b>PHỤC VỤ</b> & XÃ"
CLERK = "<u>Trần Thị</u> & Mai"


PEOPLE = OtherPeople(
    applicant=replace(visits.GRANDMOTHER, full_name=NAMES["GRANDMOTHER"], address=ADDRESS),
    mother=replace(visits.MOTHER, full_name=NAMES["MOTHER"], address=ADDRESS),
    father=replace(visits.FATHER, full_name=NAMES["FATHER"], address=ADDRESS),
    child=CHILD,
    place=ADDRESS,
    agency="<h1>Chi nhánh</h1> & đất đai",
    clerk=CLERK,
)


@pytest.fixture
def hostile_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the scenes of the guide's pictures happen with other names."""
    for module, word, value in PEOPLE.in_scenes():
        monkeypatch.setattr(module, word, value)


@pytest.fixture
def desk(tmp_path: Path, hostile_people: None) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MORNING, name=OFFICE)
    yield made
    made.store.close()


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    crashes: list[Exception] = []
    made = make_window(application, ROOT / "resources", Appearance(scheme="light"), Operations.synchronous())
    made.operations.crashed.connect(crashes.append)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.attach(desk)
    made.show()
    yield made
    made.close()
    assert not crashes, crashes


class Reader:
    """Collects what was shown, and stops at the first fault."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def look(self, scene: str) -> None:
        QApplication.processEvents()
        shown = everything_shown()
        faults = [each for each in shown if each.fault]
        assert not faults, (scene, faults[:5])
        self.seen |= {each.text for each in shown}

    def has(self, text: str) -> bool:
        return any(text in each for each in self.seen)


@pytest.mark.slow
def test_every_screen_shows_hostile_names_as_they_are(window: MainWindow, desk: Desk) -> None:
    reader = Reader()
    received = make_screenshots.fill(desk)
    for scene in make_screenshots.scenes(window, received):
        reader.look(scene)
    assert window.live is not None
    window.live.messages.show_notice(Notice(text=f"{ADDRESS} {CHILD}", tone="bad"))
    reader.look("message bar")
    show_crash(window, BadInput("<b>x</b>", name=CHILD))
    reader.look("crash dialog")
    for text in (*NAMES.values(), ADDRESS, CHILD, OFFICE, CLERK):
        assert reader.has(text), text
        assert not reader.has(escape(text)), text


@pytest.mark.slow
def test_every_screen_and_page_there_is(window: MainWindow, desk: Desk) -> None:
    """Also those the guide has no picture of, and the cover over the window with the clerks' names."""
    people = {"first": (CLERK, Role.ADMINISTRATOR), "other": (NAMES["FATHER"], Role.CLERK)}
    desk.hasher = QuickHasher()
    make_first_account(desk, username=ADMIN, full_name=people["first"][0], password=ADMIN_PASSWORD)
    hire(desk, "other", *people["other"])
    enter(desk)
    assert desk.session.present is not None
    window.take_seat(desk.session.present.account_id)
    received = make_screenshots.fill(desk)
    reader = Reader()
    for screen in SCREENS:
        window.open_screen(screen.screen_id)
        reader.look(screen.screen_id)
    window.open_screen("dossier", dossier_code=received.dossier_code)
    window.open_screen("people", person_id=PEOPLE.applicant.personal_id)
    window.open_screen("settings")
    settings_screen = window.current_screen()
    assert isinstance(settings_screen, SettingsScreen)
    assert len(settings_screen.pages) > 12
    for page in settings_screen.pages:
        window.open_screen("settings", page=page)
        reader.look(f"settings {page}")
    for text in (*NAMES.values(), OFFICE, CLERK):
        assert reader.has(text), text


@pytest.mark.slow
def test_data_of_procedures_is_shown_as_it_is(window: MainWindow, desk: Desk, tmp_path: Path) -> None:
    """A pack is signed, yet a text of it is a text."""
    data = copy_data(tmp_path / "data")
    data.edit("forms/procedures/*/*.yaml", "name: ", "name: <b>&amp;</b> & ")
    data.edit("forms/procedures/*/*.yaml", "not_needed_if: ", "not_needed_if: <img src=x> & &lt; ")
    data.edit("forms/templates/*/*.yaml", "label: ", "label: <h1>&</h1> ")
    desk.catalogue = data.catalogue()
    window.catalogue_changed()
    reader = Reader()
    assert window.live is not None
    window.open_screen("intake", new="1", procedure_id=visits.BIRTH.procedure_id)
    window.live.scanning.router.route(visits.card_text(counter_scenes.GRANDMOTHER))
    reader.look("intake")
    for screen, request in (
        ("procedures", {"procedure_id": visits.BIRTH.procedure_id}),
        ("settings", {"page": "fees"}),
        ("reports", {}),
        ("work", {}),
        ("queue", {}),
    ):
        window.open_screen(screen, **request)
        reader.look(screen)
    desk.clock = FixedClock(MORNING)
    assert reader.has("<b>&amp;</b> & Đăng ký khai sinh")
    assert reader.has("<img src=x> & &lt; Không cần")
    assert reader.has("<h1>&</h1> ")


def test_a_tooltip_reads_as_it_was_given(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    for text in (each for each in EVERY if is_utf8(each) and len(each) < 1000):
        set_tooltip(widget, text)
        shown = list(guessed("tooltip", widget.toolTip()))
        assert [each.fault for each in shown] in ([], [""])
        if clean(text) == text and text.isprintable():
            assert [each.text for each in shown] == [text] * bool(text)


def test_the_look_at_widgets_sees_what_is_wrong(qtbot: QtBot) -> None:
    def fault(widget: QWidget) -> list[Shown]:
        qtbot.addWidget(widget)
        return [each for each in of_widget(widget) if each.fault]

    tip = QWidget()
    tip.setToolTip(CHILD)
    assert fault(tip)
    assert fault(QLabel(CHILD))
    assert fault(QPushButton("Lê & Con"))
    assert not fault(QPushButton("Lê && Con"))
