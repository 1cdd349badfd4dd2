"""Slow work beside the window: order, errors, closing."""

import threading

from pytestqt.qtbot import QtBot

from counter_app.domain.errors import BadInput, KnownError
from counter_app.ui.operations import Operations


def test_commands_run_in_order_off_the_ui_thread_and_answer_on_it(qtbot: QtBot) -> None:
    operations = Operations()
    ran: list[tuple[int, bool]] = []
    answered: list[tuple[int, bool]] = []
    main = threading.main_thread()

    def work(number: int) -> int:
        ran.append((number, threading.current_thread() is main))
        return number

    for number in range(20):
        operations.run_command(
            lambda number=number: work(number),  # type: ignore[misc]
            done=lambda value: answered.append((value, threading.current_thread() is main)),
        )
    qtbot.waitUntil(lambda: len(answered) == 20)
    operations.close()
    assert ran == [(number, False) for number in range(20)]
    assert answered == [(number, True) for number in range(20)]


def test_success_says_that_data_changed_and_failure_does_not(qtbot: QtBot) -> None:
    operations = Operations.synchronous()
    changes: list[int] = []
    operations.data_changed.connect(lambda: changes.append(1))
    failures: list[KnownError] = []

    def refuse() -> None:
        raise BadInput("not_a_card")

    operations.run_command(lambda: None)
    operations.run_command(refuse, failed=failures.append)
    operations.run_command(lambda: None, changes=False)
    assert len(changes) == 1
    assert [error.code for error in failures] == ["not_a_card"]


def test_unhandled_errors_reach_the_bar_or_the_crash_dialog(qtbot: QtBot, caplog: object) -> None:
    operations = Operations.synchronous()
    known: list[KnownError] = []
    crashes: list[Exception] = []
    operations.known_error.connect(known.append)
    operations.crashed.connect(crashes.append)

    def refuse() -> None:
        raise BadInput("not_a_card")

    operations.run_query(refuse, done=lambda _value: None)
    operations.run_query(lambda: 1 // 0, done=lambda _value: None)
    assert [error.code for error in known] == ["not_a_card"]
    assert [type(error) for error in crashes] == [ZeroDivisionError]


def test_a_cancelled_query_never_answers(qtbot: QtBot) -> None:
    operations = Operations()
    gate = threading.Event()
    answers: list[str] = []
    stale = operations.run_query(lambda: gate.wait(5) and "stale", done=answers.append)  # type: ignore[arg-type, return-value]
    stale.cancel()
    operations.run_query(lambda: "fresh", done=answers.append)
    gate.set()
    qtbot.waitUntil(lambda: bool(answers))
    operations.close()
    assert answers == ["fresh"]


def test_closing_waits_for_the_writer() -> None:
    operations = Operations()
    written: list[int] = []
    gate = threading.Event()

    def write() -> None:
        gate.wait(5)
        written.append(1)

    operations.run_command(write)
    operations.run_command(write)
    gate.set()
    operations.close()
    assert written == [1, 1]
