"""Counters with their exchange, enrolled at a server of a test."""

from pathlib import Path

from tests.helpers.builders import FixedClock, make_office
from tests.helpers.compiled_data import seed_compiled_data
from tests.server.serving import Served
from tests.sync.steady_pace import SteadyPace

from counter_app.bootstrap import open_desk
from counter_app.clock_and_ids import SystemClock
from counter_app.services.desk import Desk
from counter_app.services.set_up_counter import set_up_counter
from counter_app.services.sync_control import SyncReport
from counter_app.services.sync_port import Enrolment, Lane, LaneReport
from counter_app.sync.loop import SyncLoop
from counter_protocol import signing
from counter_server.devices.enrolment import make_code

UNIT = "H29.12"


class Counter:
    """A counter on a real database."""

    def __init__(self, folder: Path, number: int = 1) -> None:
        self.folder = folder
        self.number = number
        self.pace = SteadyPace()
        self.open()

    def open(self) -> None:
        seed_compiled_data(self.folder)
        self.desk: Desk = open_desk(
            self.folder, access="create"
        )  # ids are random: machines are put back here
        self.desk.clock = FixedClock(SystemClock().now())
        if not self.desk.is_set_up:
            set_up_counter(self.desk, office=make_office(), counter_number=self.number, clerk="Trần Thị Mai")
        self.loop = SyncLoop(self.desk, self.folder / "packs" / "incoming", self.pace)

    def close(self) -> None:
        self.loop.stop()
        self.desk.store.close()

    def enrol(self, server: Served, *, url: str = "", replaces: bool = False) -> None:
        made = server.run(make_code(server.context, UNIT, self.number, replaces=replaces))
        self.loop.enrol(url or server.url, made.code)

    def believe(self, url: str) -> None:
        """Take a scripted server for the one the counter was enrolled at."""
        settings = self.desk.settings
        with self.desk.store.writing() as transaction:
            transaction.enrol(
                Enrolment(
                    server_url=url,
                    device_id=settings.counter.device_id,
                    unit_code=settings.office.unit_code,
                    counter=settings.counter.number,
                    private_key=signing.new_private_key(),
                    server_signing_key=bytes(32),
                    server_sealing_key=bytes(32),
                    enrolled_at=self.desk.clock.now(),
                    epoch=transaction.chain_end().epoch,
                )
            )

    def sync(self) -> SyncReport:
        return self.loop.run_once()


def lane(report: SyncReport, which: Lane = Lane.ACTS) -> LaneReport:
    return next(each for each in report.lanes if each.lane is which)


def answers(report: SyncReport) -> list[str]:
    return [each.answer for each in report.lanes]
