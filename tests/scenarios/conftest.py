"""Steps that several features share; the window is the real one over a real encrypted database."""

import os

if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, then, when
from pytestqt.qtbot import QtBot
from tests.helpers.clerk import Clerk
from tests.helpers.visits import CERTIFIED_COPY
from tests.scenarios.counter import Counter, birth_visit, moment_of, open_counter

from counter_app.locations import program_data
from counter_app.services.look_up import find, open_dossier
from counter_app.ui.app import make_window
from counter_app.ui.appearance import Appearance
from counter_app.ui.main_window import MainWindow
from counter_app.ui.operations import Operations

MOMENT = "lúc {hour:S} ngày {day:S}"
# What the offscreen platform says about every window.
_HARMLESS = ("propagateSizeHints()", "raise()", "grabbing the keyboard")


@pytest.fixture
def show_window(qtbot: QtBot, qtlog: object) -> Iterator[Callable[[Counter], Clerk]]:
    """Open the window over a counter; a crash or a warning of Qt fails the scenario."""
    crashes: list[Exception] = []
    windows: list[MainWindow] = []

    def show(counter: Counter) -> Clerk:
        from PySide6.QtWidgets import QApplication

        application = QApplication.instance()
        assert isinstance(application, QApplication)
        look = Appearance(scheme="light")
        window = make_window(application, program_data() / "resources", look, Operations.synchronous())
        window.operations.crashed.connect(crashes.append)
        qtbot.addWidget(window)
        window.attach(counter.desk)
        with qtbot.waitActive(window):
            window.show()
        windows.append(window)
        return Clerk(window)

    yield show
    for window in windows:
        window.close()
    assert not crashes, crashes
    messages = [r.message for r in qtlog.records if r.matches_level("WARNING")]  # type: ignore[attr-defined]
    assert not [text for text in messages if not any(said in text for said in _HARMLESS)]


@given(parsers.parse("quầy số 1 xã Trung Minh, " + MOMENT), target_fixture="counter")
def a_counter(tmp_path: Path, hour: str, day: str) -> Iterator[Counter]:
    counter = open_counter(tmp_path / "counter", moment_of(hour, day))
    yield counter
    counter.desk.store.close()


@given(parsers.parse("quầy số 1 xã Trung Minh đang mở cửa sổ tiếp nhận, " + MOMENT), target_fixture="counter")
def a_counter_with_its_window(
    tmp_path: Path, show_window: Callable[[Counter], Clerk], hour: str, day: str
) -> Iterator[Counter]:
    counter = open_counter(tmp_path / "counter", moment_of(hour, day))
    counter.clerk = show_window(counter)
    yield counter
    counter.clerk.window.close()
    counter.desk.store.close()


@given("máy in đang kẹt giấy")
def the_printer_is_jammed(counter: Counter) -> None:
    counter.tray.failing = True


@when("máy in chạy lại")
def the_printer_works_again(counter: Counter) -> None:
    counter.tray.failing = False
    counter.error = None


@when("công dân xin giấy hẹn")
def the_citizen_wants_a_slip(counter: Counter) -> None:
    counter.slip_asked = True


@when("tiếp nhận chứng thực 2 bản sao từ bản chính 3 trang")
def certified_copies(counter: Counter) -> None:
    counter.receive(CERTIFIED_COPY)


@when("tiếp nhận thêm một hồ sơ khai sinh")
def another_birth(counter: Counter) -> None:
    counter.receive(birth_visit(counter.desk.clock.now()))


@when("in giấy tờ của hồ sơ")
def print_the_papers(counter: Counter) -> None:
    counter.print_all()


@then(parsers.parse("hẹn trả " + MOMENT))
def promised_for(counter: Counter, hour: str, day: str) -> None:
    assert counter.received.due_at == moment_of(hour, day)


@then(parsers.parse("hồ sơ {code:S} còn nguyên vẹn"))
def the_dossier_is_whole(counter: Counter, code: str) -> None:
    file = open_dossier(counter.desk, code)
    assert file.unsent
    assert [step.act for step in file.history] == ["received"]
    assert file.dossier.forms[0].answers["ks_ho_ten"] == "Nguyễn Bùi Minh Khôi"
    assert {"me", "cha"} <= set(file.dossier.people)
    assert [row.dossier_code for row in find(counter.desk, "dinh thi sen")] == [code]
    with counter.desk.store.reading() as queries:
        assert queries.sync_state().waiting == queries.dossier_count()
        assert queries.integrity_problem() == ""
