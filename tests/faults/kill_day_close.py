"""Closes a day and is killed on the way.

    python -m tests.faults.kill_day_close DATA_DIR before|after

``before``: while the closing is being written. ``after``: when its sheet goes to the printer.
"""

import os
import signal
import sys
from pathlib import Path

from tests.helpers.builders import MORNING, CountingIds, FixedClock

from counter_app.bootstrap import open_desk
from counter_app.domain.day_close import FindingKind
from counter_app.services.day_close import close_day
from counter_app.services.paper_content import PaperSize
from counter_app.services.print_day_close import print_day_close


def die() -> None:
    """Go without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


class DeadlyPrinter:
    """Kills whoever prints."""

    def print_pdf(self, pdf: bytes, *, printer_name: str, size: PaperSize, title: str) -> None:
        die()


class DeadlyIds(CountingIds):
    """Kills whoever asks for the second id: the closing has one then, its event not yet."""

    def new_id(self) -> str:
        if self.asked:
            die()
        self.asked = True
        return super().new_id()

    asked = False


def main(folder: Path, when: str) -> None:
    """Close the day and print."""
    desk = open_desk(folder, access="write")
    desk.clock = FixedClock(MORNING.replace(hour=17))
    desk.ids = (DeadlyIds if when == "before" else CountingIds)(77_000_000)
    desk.printer = DeadlyPrinter()
    close = close_day(desk, MORNING.date(), 4000, dict.fromkeys(FindingKind, "Mất điện"))
    print_day_close(desk, close.close_id)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
