"""Work of minutes runs beside the clerk's acts and ends with them."""

import threading

from pytestqt.qtbot import QtBot

from counter_app.domain.errors import BadInput
from counter_app.ui.operations import Operations


def test_slow_work_blocks_no_act(qtbot: QtBot) -> None:
    operations = Operations()
    release, done = threading.Event(), []
    operations.beside().run_command(lambda: release.wait(20), done=lambda _ok: done.append("slow"))
    operations.run_command(lambda: "quick", done=done.append)
    qtbot.waitUntil(lambda: done == ["quick"])
    release.set()
    qtbot.waitUntil(lambda: done == ["quick", "slow"])
    operations.close()


def test_closing_calls_slow_work_off_and_waits_for_it() -> None:
    operations = Operations()
    called_off, ended = threading.Event(), []
    beside = operations.beside()
    assert beside is operations.beside()
    beside.closing.connect(called_off.set)

    def work() -> None:
        assert called_off.wait(20)
        ended.append(True)

    beside.run_command(work)
    operations.close()
    assert ended == [True]


def test_errors_beside_are_told_where_errors_are_told() -> None:
    operations = Operations.synchronous()
    told: list[object] = []
    operations.known_error.connect(told.append)
    operations.crashed.connect(told.append)
    known, bug = BadInput("x"), ValueError("bug")

    def fail(error: Exception) -> None:
        raise error

    operations.beside().run_command(lambda: fail(known))
    operations.beside().run_command(lambda: fail(bug))
    assert told == [known, bug]
