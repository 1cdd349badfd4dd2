"""Dies while a paper is in the printer: `python -m tests.faults.kill_print WORK_DIR before|after|save`.

The printer of this process keeps the sheet in WORK_DIR/tray, as a real one would, and kills the program
before or after it has it. The dossier's id stands in WORK_DIR/dossier_id.
"""

import os
import signal
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.visits import BIRTH

from counter_app.domain.dossier_acts import AskSupplement
from counter_app.services.acts.perform import perform
from counter_app.services.paper_content import PaperSize
from counter_app.services.paper_files import write_paper
from counter_app.services.print_papers import print_paper
from counter_app.services.receive_dossier import receive

ASK = AskSupplement(items=("Giấy chứng nhận kết hôn",), reason="Còn thiếu")


@dataclass
class DeadlyPrinter:
    """Keeps the sheet, or does not, and kills the program."""

    tray: Path
    keeps: bool

    def print_pdf(self, pdf: bytes, *, printer_name: str, size: PaperSize, title: str) -> None:
        if self.keeps:
            self.tray.mkdir()
            (self.tray / title).write_bytes(pdf)
        die()


def die() -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(work: Path, when: str) -> None:
    """Ask for a paper, hand its request out, die."""
    desk = make_desk(work / "counter", MORNING)
    dossier = receive(desk, replace(BIRTH, slip_asked=True), clerk="Mai")
    asked = perform(desk, dossier.dossier_id, ASK)
    (work / "dossier_id").write_text(dossier.dossier_id)
    if when == "save":
        put = os.replace

        def put_and_die(*args: str) -> None:
            put(*args)
            die()

        os.replace = put_and_die  # type: ignore[assignment]
        write_paper(desk, asked, "supplement", folder=work / "tray", size=PaperSize.A5)
    desk.printer = DeadlyPrinter(work / "tray", keeps=when == "after")
    print_paper(desk, asked, "supplement")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
