"""A set-up counter on a real encrypted database and the shipped catalogue, for tests of use cases."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.helpers.builders import CountingIds, FixedClock, make_office
from tests.helpers.compiled_data import seed_compiled_data

from counter_app.bootstrap import open_desk
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import EnvironmentProblem
from counter_app.services.desk import Desk
from counter_app.services.paper_content import PaperSize
from counter_app.services.ports import Transaction
from counter_app.services.set_up_counter import set_up_counter

CLERK = "Trần Thị Mai"


class PaperTray:
    """A printer that keeps what it was sent, or fails when told to."""

    def __init__(self) -> None:
        self.printed: list[tuple[str, bytes]] = []
        self.failing = False

    def print_pdf(self, pdf: bytes, *, printer_name: str, size: PaperSize, title: str) -> None:
        if self.failing:
            raise EnvironmentProblem("printer_failed", printer=printer_name, reason="out of paper")
        self.printed.append((title, pdf))


def add_pinned(transaction: Transaction, dossier: Dossier) -> Dossier:
    """Write an invented dossier that keeps the office its papers name, as a received one does."""
    pinned = replace(dossier, office_definition=transaction.keep_definition(make_office()))
    transaction.add_dossier(pinned)
    return pinned


def make_desk(
    folder: Path, moment: datetime, *, training: bool = False, counter: int = 1, **office: Any
) -> Desk:
    """Return counter `counter` of the invented office, with a clock that stands at `moment`."""
    seed_compiled_data(folder)
    desk = open_desk(folder, access="create")
    desk.clock = FixedClock(moment)
    desk.ids = CountingIds(counter * 1_000_000)
    desk.printer = PaperTray()
    if not desk.is_set_up:
        set_up_counter(
            desk, office=make_office(**office), counter_number=counter, clerk=CLERK, training=training
        )
    return desk
