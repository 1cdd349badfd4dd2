"""The citizen's screen: this visit only, wiped when it is over, never in the clerk's way."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from tests.helpers.builders import make_dossier
from tests.helpers.visits import BIRTH, CHILD_ANSWERS, FATHER, GRANDMOTHER, MOTHER, card_text

from counter_app.domain.due_date import Promise
from counter_app.domain.rating import Reason, Score
from counter_app.ui.citizen_screen.big import BigLabel
from counter_app.ui.citizen_screen.screen import LASTS, CitizenScreen, Showing
from counter_app.ui.citizen_screen.stage import Stage
from counter_app.ui.citizen_screen.stage_port import NoStage, RatingAnswer, ReadingLine
from counter_app.ui.intake.view import IntakeScreen
from counter_app.ui.main_window import MainWindow

LINES = (ReadingLine(label="Họ tên", value="Bùi Thị Thử"), ReadingLine(label="Ngày sinh", value="03/02/1990"))


@pytest.fixture
def stage(window: MainWindow) -> Stage:
    assert window.workspace is not None
    made = window.workspace.stage
    assert isinstance(made, Stage)
    return made


def texts(screen: CitizenScreen) -> str:
    """Everything any page holds, seen or not: what was wiped must be gone."""
    QApplication.processEvents()
    labels = [label.text() for label in screen.findChildren(QLabel)]
    return "\n".join(label for label in labels if label)


def in_front(stage: Stage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: stage.is_open and stage.screen.isActiveWindow())


def birth_visit(window: MainWindow) -> IntakeScreen:
    assert window.live is not None
    window.open_screen("intake", procedure_id="dang-ky-khai-sinh")
    for person in (GRANDMOTHER, MOTHER, FATHER):
        window.live.scanning.router.route(card_text(person))
    screen = window.current_screen()
    assert isinstance(screen, IntakeScreen)
    screen.setFocus()
    for key, value in CHILD_ANSWERS.items():
        screen.presenter.answer("ht-khai-sinh", key, value)
    return screen


def test_nothing_is_made_before_it_is_needed(stage: Stage) -> None:
    assert not stage.is_open
    stage.show_promise(make_dossier(1))
    stage.show_call("A001", 1)
    assert stage._screen is None


def test_the_visit_is_read_back_page_after_page(window: MainWindow, stage: Stage) -> None:
    screen = birth_visit(window)
    screen.read_back()
    shown = texts(stage.screen)
    assert stage.is_open
    assert "Đăng ký khai sinh" in shown
    everything = set()
    for _page in range(len(stage.screen.reading._pages)):
        everything |= set(texts(stage.screen).split("\n"))
        screen.read_back()
    assert "Nguyễn Bùi Minh Khôi" in everything
    assert MOTHER.full_name in everything
    assert any(MOTHER.personal_id in line.replace(" ", "") for line in everything), "it is to be checked"
    assert any(line.startswith("Mẹ · ") for line in everything), "whose line it is"


def test_a_correction_follows_and_another_visit_wipes(window: MainWindow, stage: Stage) -> None:
    screen = birth_visit(window)
    screen.read_back()
    key = next(key for key, value in CHILD_ANSWERS.items() if value == "Nguyễn Bùi Minh Khôi")
    screen.presenter.answer("ht-khai-sinh", key, "Nguyễn Bùi Minh Khang")
    assert "Nguyễn Bùi Minh Khang" in texts(stage.screen)
    window.open_screen("intake", new="1")
    assert stage.screen.showing is Showing.WELCOME
    left = texts(stage.screen)
    for name in (GRANDMOTHER.full_name, MOTHER.full_name, "Minh Khang"):
        assert name not in left


def test_leaving_the_intake_wipes(window: MainWindow, stage: Stage) -> None:
    birth_visit(window).read_back()
    window.open_screen("dossiers")
    assert stage.screen.showing is Showing.WELCOME
    assert GRANDMOTHER.full_name not in texts(stage.screen)


def test_looking_at_monitors_and_settings_closes_no_page(stage: Stage) -> None:
    stage.show_reading("", LINES)
    stage.watch_monitors()
    assert stage.is_open
    assert "Bùi Thị Thử" in texts(stage.screen)


def test_without_a_visit_there_is_nothing_to_read(window: MainWindow, stage: Stage) -> None:
    screen = window.current_screen()
    assert isinstance(screen, IntakeScreen)
    screen.read_back()
    assert not stage.is_open


def test_any_key_of_the_clerk_closes_the_page(stage: Stage, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F9, Qt.Key.Key_A):
        stage.show_reading("", LINES)
        in_front(stage, qtbot)
        qtbot.keyClick(stage.screen, key)
        qtbot.waitUntil(lambda: not stage.is_open)  # a letter might have been the start of a scan
        assert "Bùi Thị Thử" not in texts(stage.screen)


def test_f11_opens_and_closes(window: MainWindow, stage: Stage, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F11)
    in_front(stage, qtbot)
    assert "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ TRUNG MINH" in texts(stage.screen)
    qtbot.keyClick(stage.screen, Qt.Key.Key_F11)
    assert not stage.is_open


@pytest.mark.parametrize("right", [True, False])
def test_the_citizen_says_whether_it_is_right(stage: Stage, right: bool) -> None:
    said: list[bool] = []
    stage.show_reading("Đăng ký khai sinh", LINES, said.append)
    reading = stage.screen.reading
    (reading.right if right else reading.wrong).click()
    assert said == [right]
    assert not stage.is_open
    assert "Bùi Thị Thử" not in texts(stage.screen)


@pytest.fixture(params=[(1024, 768), (1366, 768), (1920, 1080)], ids=["1024", "1366", "1920"])
def screen_of_a_size(request: pytest.FixtureRequest, window: MainWindow, qtbot: QtBot) -> CitizenScreen:
    made = CitizenScreen(
        window.theme,
        answered_reading=lambda _right: None,
        answered_rating=lambda _answer: None,
        time_over=lambda: None,
        key_pressed=lambda: None,
    )
    qtbot.addWidget(made)
    made.resize(*request.param)
    made.show()
    return made


def test_long_readings_are_parted_and_nothing_is_cut(screen_of_a_size: CitizenScreen) -> None:
    many = [
        ReadingLine(label=f"Mục {n} có tên dài của tờ khai", value=f"giá trị {n} " + "dài " * (n % 7) * 4)
        for n in range(40)
    ]
    reading = screen_of_a_size.reading
    screen_of_a_size.turn_to(Showing.READING)
    QApplication.processEvents()
    reading.show_lines("Đăng ký khai sinh", many)
    assert [line for page in reading._pages for line in page] == many
    assert len(reading._pages) > 3
    for _page in reading._pages:
        QApplication.processEvents()
        for label in (each for each in reading.findChildren(BigLabel) if each.isVisible() and each.text()):
            assert label.height() >= label.heightForWidth(label.width()), label.text()
            bottom = label.mapTo(screen_of_a_size, label.rect().bottomLeft()).y()
            assert bottom < screen_of_a_size.height()
        reading.next_page()


def test_letters_are_at_least_22_points_on_a_screen_of_768_lines(screen_of_a_size: CitizenScreen) -> None:
    screen_of_a_size.turn_to(Showing.READING)
    screen_of_a_size.reading.show_lines("Đăng ký khai sinh", LINES)
    QApplication.processEvents()
    sizes = [label.font().pixelSize() for label in screen_of_a_size.findChildren(BigLabel)]
    least = 22 if screen_of_a_size.width() >= 1366 else 16
    assert min(sizes) * 72 / 96 >= least


def test_a_promise_names_day_hour_code_and_fees_and_nobody(stage: Stage) -> None:
    stage.toggle()
    dossier = make_dossier(1)
    stage.show_promise(dossier)
    shown = texts(stage.screen)
    for words in ("Thứ Năm, 26/11/2026", "8 giờ 30", dossier.dossier_code, "8.000 đ"):
        assert words in shown
    assert dossier.applicant.full_name not in shown
    assert dossier.lookup_secret not in shown


def test_a_promise_waits_for_the_page_and_is_wiped_with_it(stage: Stage) -> None:
    dossier = make_dossier(1)
    stage.show_promise(dossier)
    stage.toggle()
    assert dossier.dossier_code in texts(stage.screen)
    stage.toggle()
    stage.toggle()
    assert dossier.dossier_code not in texts(stage.screen)


def test_what_was_received_is_promised_until_the_next_citizen(window: MainWindow, stage: Stage) -> None:
    screen = birth_visit(window)
    for part in BIRTH.parts:
        screen.presenter.tick_part(part.part_id, True)
    screen.read_back()
    screen.receive()
    received = screen.presenter.state.received
    assert received is not None
    assert stage.screen.showing is Showing.PROMISE
    assert received.dossier.dossier_code in texts(stage.screen)
    assert GRANDMOTHER.full_name not in texts(stage.screen)
    assert window.live is not None
    window.live.scanning.router.route(card_text(FATHER))
    assert stage.screen.showing is Showing.WELCOME
    assert received.dossier.dossier_code not in texts(stage.screen)


def test_promises_without_a_day_or_within_the_day(stage: Stage) -> None:
    stage.toggle()
    dossier = make_dossier(1)
    none = Promise(
        due_at=None, counted_from=dossier.received_at, time="", same_day=False, days=(), calendar=""
    )
    stage.show_promise(replace(dossier, promise=none, charges=()))
    assert "Không có ngày hẹn cụ thể theo quy định" in texts(stage.screen)
    assert "Không thu phí, lệ phí" in texts(stage.screen)
    today = replace(dossier.promise, due_at=dossier.received_at.replace(hour=17), same_day=True)
    stage.show_promise(replace(dossier, promise=today))
    assert "Trong ngày hôm nay" in texts(stage.screen)


def test_satisfied_is_one_touch(stage: Stage) -> None:
    answers: list[RatingAnswer | None] = []
    stage.ask_rating(answers.append)
    stage.screen.rating.faces[Score.SATISFIED].click()
    assert answers == [RatingAnswer(score="satisfied")]
    assert stage.screen.showing is Showing.THANKS


def test_unsatisfied_is_asked_why_and_may_keep_it(stage: Stage) -> None:
    answers: list[RatingAnswer | None] = []
    rating = stage.screen.rating
    stage.ask_rating(answers.append)
    rating.faces[Score.UNSATISFIED].click()
    assert answers == []
    rating.reasons[Reason.WAITING].click()
    rating.send.click()
    stage.ask_rating(answers.append)
    rating.faces[Score.UNSATISFIED].click()
    rating.reasons[Reason.LATE].click()
    rating.skip_reasons.click()
    assert answers == [
        RatingAnswer(score="unsatisfied", reasons=("waiting",)),
        RatingAnswer(score="unsatisfied"),
    ]


@pytest.mark.parametrize("end", ["skip", "key", "time", "welcome", "next"])
def test_a_rating_that_is_not_given_is_answered_once_with_nothing(
    stage: Stage, qtbot: QtBot, end: str
) -> None:
    answers: list[RatingAnswer | None] = []
    stage.ask_rating(answers.append)
    in_front(stage, qtbot)
    ends: dict[str, Callable[[], object]] = {
        "skip": stage.screen.rating.skip.click,
        "key": lambda: qtbot.keyClick(stage.screen, Qt.Key.Key_F2),
        "time": stage._time_over,
        "welcome": stage.show_welcome,
        "next": lambda: stage.show_reading("", LINES),
    }
    ends[end]()
    assert answers == [None]
    stage.show_welcome()
    assert answers == [None]


def test_a_score_counts_even_when_the_citizen_leaves_at_the_reasons(stage: Stage) -> None:
    answers: list[RatingAnswer | None] = []
    stage.ask_rating(answers.append)
    stage.screen.rating.faces[Score.UNSATISFIED].click()
    stage._time_over()
    assert answers == [RatingAnswer(score="unsatisfied")]


def test_every_page_of_a_citizen_ends_by_itself(stage: Stage) -> None:
    stage.show_reading("", LINES)
    assert 0 < stage.screen.seconds_left <= LASTS[Showing.READING] * 1.05  # a coarse timer
    stage._time_over()
    assert "Bùi Thị Thử" not in texts(stage.screen)
    assert not stage.is_open
    assert set(LASTS) == set(Showing) - {Showing.WELCOME}


def test_a_call_is_large_on_the_welcome_and_never_over_a_reading(stage: Stage) -> None:
    stage.toggle()
    stage.show_call("A012", 2)
    assert stage.screen.showing is Showing.CALL
    assert stage.screen.call.number.text() == "A012"
    stage._time_over()
    assert stage.screen.showing is Showing.WELCOME
    assert stage.is_open
    stage.show_reading("", LINES)
    stage.show_call("B001", 1)
    assert stage.screen.showing is Showing.READING
    assert stage.screen.calls.text() == "B001 → Quầy 1 · A012 → Quầy 2"
    stage.show_call("A013", 1)
    assert stage.screen.calls.text() == "A013 → Quầy 1 · A012 → Quầy 2", "one number a counter"


def test_the_window_takes_the_screen_with_it(window: MainWindow, stage: Stage) -> None:
    stage.toggle()
    window.close()
    assert not stage.is_open


def test_without_a_screen_a_rating_is_nothing() -> None:
    answers: list[RatingAnswer | None] = []
    NoStage().ask_rating(answers.append)
    assert answers == [None]
