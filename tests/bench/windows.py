"""The two windows that start-up and memory are measured with, each a program of its own.

    python -m tests.bench.windows bare
    python -m tests.bench.windows app DATA_DIR [DOSSIER_CODE]

Each says "usable" once its window is painted and takes keys, and when a dossier code is named does
some searching and opens that dossier by a scan of its slip. It then prints one JSON line and ends.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter_app.ui.main_window import MainWindow

SEARCHES = ("ng", "nguyen", "nguyen van", "dinh thi", "261123", "bui thi hong", "quach", "0912")


def resident_mb() -> float:
    """Return the memory this process holds, shared libraries included, in MB."""
    import psutil

    return float(psutil.Process(os.getpid()).memory_info().rss) / 1e6


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def bare() -> None:
    """A window of the same size with one line to type in, and nothing of ours."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1366, 768)
    window.setCentralWidget(QLineEdit())
    window.show()

    def usable() -> None:
        window.centralWidget().setFocus()
        application.processEvents()
        _say("usable")
        _say(json.dumps({"resident_mb": resident_mb()}))
        application.quit()

    QTimer.singleShot(0, usable)
    application.exec()


def app(data_dir: Path, slip: str) -> None:
    """The counter's own window over a real data folder, opened as the program opens it."""
    # The program loads its own modules before Qt, whose import hook would read the source of each.
    from counter_app.bootstrap import late_desk  # isort: skip
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from counter_app.locations import program_data
    from counter_app.ui.app import run

    def usable(window: "MainWindow") -> None:
        QApplication.processEvents()  # painted, and keys that came meanwhile have been taken
        _say("usable")

    def finished(window: "MainWindow") -> None:
        figures: dict[str, object] = {}
        if slip:
            figures["scan_to_open_ms"] = _work(window, slip)
        figures["resident_mb"] = resident_mb()
        _say(json.dumps(figures))
        window.close()
        QApplication.quit()

    run(
        lambda: late_desk(data_dir),
        resources=program_data() / "resources",
        expects_data=True,
        sign_in_hint=data_dir / "sign_in.json",
        on_usable=usable,
        on_shown=lambda window: QTimer.singleShot(0, lambda: finished(window)),
    )


def _work(window: "MainWindow", slip: str) -> list[float]:
    """Search in the top bar and in the list, then open dossiers by scans; return each opening in ms."""
    assert window.workspace is not None
    assert window.live is not None
    desk, router = window.workspace.desk, window.live.scanning.router
    for text in SEARCHES:
        window.open_screen("dossiers", text=text)
        _until_idle(window)
    opened: list[float] = []
    with desk.store.reading() as queries:
        codes = [slip, *(row.dossier_code for row in queries.find("dinh thi", 20))]
    for code in codes:
        window.open_screen("intake")
        _until_idle(window)
        begun = time.perf_counter()
        router.route(code)
        _until(lambda code=code: _shows(window, code))  # type: ignore[misc]
        opened.append((time.perf_counter() - begun) * 1000)
    return opened


def _shows(window: "MainWindow", code: str) -> bool:
    from PySide6.QtWidgets import QLabel

    screen = window.current_screen()
    return screen is not None and any(
        code in label.text() for label in screen.findChildren(QLabel) if label.isVisible()
    )


def _until(done: Callable[[], bool], patience_s: float = 20.0) -> None:
    """Wait as the program does, asleep until something happens: to spin here would starve its threads."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    wake = QTimer(interval=50)
    wake.start()
    deadline = time.perf_counter() + patience_s
    while not done():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.perf_counter() > deadline:
            raise TimeoutError("the window did not get there")
    QApplication.processEvents()


def _until_idle(window: "MainWindow") -> None:
    """Wait until the reader thread has answered what was asked before."""
    assert window.workspace is not None
    answered: list[bool] = []
    window.operations.run_query(lambda: True, done=answered.append)
    _until(lambda: bool(answered))


def main() -> None:
    """Run the named window."""
    if sys.argv[1] == "bare":
        bare()
    else:
        app(Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")


if __name__ == "__main__":
    main()
