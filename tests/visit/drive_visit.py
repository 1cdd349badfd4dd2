"""One whole visit of a citizen in the real window, without anybody at the keyboard.

    python -m tests.visit.drive_visit OUT_DIR

A counter in training mode is set up in a temporary folder through the first-run questions, a birth
is registered with three card scans and F9, and the papers and pictures of it are left in OUT_DIR:
slip.pdf, form.pdf, first-run.png, intake-filled.png, why-this-date.png, after-receive.png and
dossier.png. Exits with 1 when anything of it is missing.
"""

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # nothing stays after the visit
if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox
from tests.helpers.builders import VIETNAM
from tests.helpers.clerk import Clerk, wait_for
from tests.scenarios.birth_visit import register_birth

from counter_app.bootstrap import open_desk
from counter_app.locations import program_data
from counter_app.services.desk import Desk
from counter_app.services.look_up import open_dossier
from counter_app.services.paper_content import PaperSize
from counter_app.ui.app import run
from counter_app.ui.first_run.view import FirstRunView
from counter_app.ui.intake.view import IntakeScreen

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.ui.main_window import MainWindow

# Ten past three on the eve of a holiday: the slip is due and the promise has something to explain.
NOW = datetime(2026, 11, 23, 15, 10, tzinfo=VIETNAM)
PAPERS = {"slip.pdf": "slip.pdf", "form-ht-khai-sinh.pdf": "form.pdf"}
PICTURES = ("first-run", "intake-filled", "why-this-date", "after-receive", "dossier")
SETTINGS = {
    "Mã đơn vị": "H29.12",
    "Tên bộ phận một cửa": "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ TRUNG MINH",
    "Tên Ủy ban nhân dân": "ỦY BAN NHÂN DÂN XÃ TRUNG MINH",
    "Tên xã, phường": "xã Trung Minh",
    "Tỉnh, thành phố": "Phú Thọ",
    "Địa chỉ": "Xóm Miều, xã Trung Minh",
    "Điện thoại": "02180000000",
    "Họ tên cán bộ tiếp nhận": "Trần Thị Mai",
}


class PaperFolder:
    """Stands in for the printer: what would come out as paper is left as a PDF file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def print_pdf(self, pdf: bytes, *, printer_name: str, size: PaperSize, title: str) -> None:
        (self._folder / PAPERS.get(title, title)).write_bytes(pdf)


class Visit:
    """Drives the window once it is open and remembers what it saw."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.summary: list[str] = []
        self.crashes: list[Exception] = []
        self.failure = ""

    def drive(self, window: "MainWindow") -> None:
        """Do the whole visit, then close the window whatever happened."""
        window.operations.crashed.disconnect(window.show_crash)  # a dialog would wait for somebody
        window.operations.crashed.connect(self.crashes.append)
        try:
            self._set_up(window)
            self._serve(window)
        except Exception:  # noqa: BLE001 - whatever it is, the window must close and the caller be told
            self.failure = traceback.format_exc()
        else:
            self.failure = "\n".join(f"{type(crash).__name__}: {crash}" for crash in self.crashes)
        finally:
            window.close()
            QApplication.quit()

    def _set_up(self, window: "MainWindow") -> None:
        wizard = window.stack.currentWidget()
        assert isinstance(wizard, FirstRunView)
        window.activateWindow()
        wait_for(window.isActiveWindow, "the window to get the keyboard")
        clerk = Clerk(window)
        pictured = False
        for _field in range(40):
            name = getattr(clerk.focus, "accessibleName", str)()
            answer = next((value for label, value in SETTINGS.items() if name.startswith(label)), "")
            text = getattr(clerk.focus, "text", str)()
            if answer and not text:
                clerk.types(answer)
            if not pictured and name.startswith("Số quầy"):
                self._picture(window, "first-run")
                pictured = True
            on_button = isinstance(clerk.focus, QAbstractButton) and not isinstance(clerk.focus, QCheckBox)
            clerk.presses_key(Qt.Key.Key_Return)
            if on_button:
                break
        wait_for(lambda: window.live is not None, "the first-run questions to end")
        settings = window.workspace.desk.settings if window.workspace else None
        assert settings is not None
        assert settings.counter.training
        self.summary.append(
            f"Set up: counter {settings.counter.number} of {settings.office.unit_code}, training"
        )

    def _serve(self, window: "MainWindow") -> None:
        screen = window.current_screen()
        assert isinstance(screen, IntakeScreen)
        drawn: list[object] = []
        screen.outcome.feed.drawn.connect(lambda pages, _problem: drawn.extend(pages))
        clerk = Clerk(window)
        register_birth(clerk)
        clerk.presses_key(Qt.Key.Key_F6)
        clerk.presses_key(Qt.Key.Key_Space)
        state = screen.presenter.state
        assert state.assessment is not None
        assert state.assessment.ready, [item.label for item in state.assessment.missing]
        self._settle(window)
        drawn.clear()
        screen.outcome.feed.choose("slip")
        wait_for(lambda: bool(drawn), "the preview of the slip")
        self._picture(window, "intake-filled")
        screen.outcome.promise.why.click()
        self._settle(window)
        self._picture(window, "why-this-date")
        clerk.presses_key(Qt.Key.Key_F9)
        wait_for(lambda: self._printed(screen), "the papers")
        self._settle(window)
        self._picture(window, "after-receive")
        received = screen.presenter.state.received
        assert received is not None
        dossier = received.dossier
        window.open_screen("dossier", dossier_code=dossier.dossier_code)
        self._settle(window)
        self._picture(window, "dossier")
        self._tell(window, clerk, dossier)

    def _printed(self, screen: IntakeScreen) -> bool:
        assert not self.crashes, self.crashes
        received = screen.presenter.state.received
        if received is None or received.waiting:
            return False
        assert not received.failures, [failure.error.code for failure in received.failures]
        return True

    def _settle(self, window: "MainWindow") -> None:
        """Let everything that was asked for arrive on the screen: previews, lists, counts."""
        answered: list[bool] = []
        for ask in (window.operations.run_query, window.operations.run_command):
            ask(lambda: True, done=answered.append)
        wait_for(lambda: len(answered) == 2, "the screen to settle")
        begun = len(self.summary)
        QTimer.singleShot(600, lambda: self.summary.append(""))  # previews are drawn after a short pause
        wait_for(lambda: len(self.summary) > begun, "the preview")
        self.summary.pop()

    def _picture(self, window: "MainWindow", name: str) -> None:
        QApplication.processEvents()
        assert window.grab().save(str(self.out / f"{name}.png")), name

    def _tell(self, window: "MainWindow", clerk: Clerk, dossier: "Dossier") -> None:
        assert window.workspace is not None
        file = open_dossier(window.workspace.desk, dossier.dossier_code)
        assert file.dossier == dossier
        assert [record.outcome for record in file.prints] == ["printed", "printed"]
        due = f"{dossier.due_at:%H:%M %d/%m/%Y}" if dossier.due_at else "no date"
        self.summary += [
            f"Received: {dossier.dossier_code}, {dossier.procedure.name}, promised for {due}",
            f"It took {clerk.scans} scans, {clerk.answers} answers and {clerk.presses} other keys",
            "Papers: slip.pdf (appointment slip, two copies), form.pdf (declaration, ready to sign)",
            "Pictures: " + ", ".join(f"{name}.png" for name in PICTURES),
        ]


def drive_visit(out: Path) -> int:
    """Run the visit, print its summary and return the exit code."""
    out.mkdir(parents=True, exist_ok=True)
    for name in (*PAPERS.values(), *(f"{picture}.png" for picture in PICTURES)):
        (out / name).unlink(missing_ok=True)
    visit = Visit(out)
    with tempfile.TemporaryDirectory(prefix="quay-mot-cua-") as folder:
        run(
            _desk_opener(Path(folder) / "training", out),
            resources=program_data() / "resources",
            training=True,
            on_shown=lambda window: QTimer.singleShot(0, lambda: visit.drive(window)),
        )
    missing = [
        name
        for name in (*PAPERS.values(), *(f"{picture}.png" for picture in PICTURES))
        if not (out / name).is_file() or (out / name).stat().st_size < 1000
    ]
    _say(f"One visit in {out}" if not visit.failure else f"The visit failed:\n{visit.failure}")
    _say("\n".join(f"  {line}" for line in visit.summary))
    if missing:
        _say(f"  Missing: {', '.join(missing)}")
    return 1 if visit.failure or missing or not visit.summary else 0


def _desk_opener(data_dir: Path, out: Path) -> Callable[[], Desk]:
    def opener() -> Desk:
        desk = open_desk(data_dir, NOW, "create")
        desk.printer = PaperFolder(out)
        return desk

    return opener


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.visit.drive_visit OUT_DIR")
    sys.exit(drive_visit(Path(sys.argv[1])))
