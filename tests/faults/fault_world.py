"""An office under test: real counters, the real server, and a ledger of all that was ever done."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.faults.broken_line import BrokenLine
from tests.faults.stoppable_postgres import TEMPLATE, StoppablePostgres
from tests.helpers.builders import MORNING, CountingIds, make_office
from tests.helpers.compiled_data import seed_compiled_data
from tests.helpers.invariants import Known, broken
from tests.helpers.sync_records import CounterRecords, OfficeRecords, counter_records, office_records
from tests.server.serving import TEST_SETTINGS, Served, serving
from tests.sync.scripted_server import listening
from tests.sync.steady_pace import SteadyPace

from counter_app.bootstrap import open_desk
from counter_app.services.desk import Desk
from counter_app.services.enrol_counter import enrol_counter
from counter_app.services.set_up_counter import set_up_counter
from counter_app.services.sync_control import SyncReport
from counter_app.sync.enrol_line import HttpEnrolLine
from counter_app.sync.pulse import Pulse
from counter_app.sync.turns import Turns
from counter_server.devices.enrolment import make_code

UNIT = "H29.12"
CLERK = "Trần Thị Mai"
_INSTRUCTIONS = 40  # of SQLite's machine between two looks of the axe
_EVENTS = "SELECT seq, event_id, kind, dossier_id FROM outbox_event WHERE seq > ? ORDER BY seq"


class OfficeTime:
    """The time of the office, and how far a machine's clock is off."""

    def __init__(self) -> None:
        self.moment = MORNING
        self.seconds = 1000.0

    def advance(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)
        self.seconds += seconds


class MachineClock:
    """The clock of one machine."""

    def __init__(self, time: OfficeTime) -> None:
        self._time = time
        self.off = timedelta(0)

    def now(self) -> datetime:
        return self._time.moment + self.off


class MachinePace(SteadyPace):
    """Monotonic time that goes on with the office's."""

    def __init__(self, time: OfficeTime) -> None:
        super().__init__()
        self._time = time

    def seconds(self) -> float:
        return self._time.seconds


class Machine:
    """A counter's PC: its data folder, opened and closed as often as one likes."""

    def __init__(self, world: "World", folder: Path, number: int, name: str) -> None:
        self.world, self.folder, self.number, self.name = world, folder, number, name
        self.clock = MachineClock(world.time)
        self.line = BrokenLine(world.server.url, world.chance)
        self.backup: Path | None = None
        self._lines = ExitStack()
        self._lines.enter_context(listening(self.line))
        self.open()

    def open(self) -> None:
        self.desk: Desk = open_desk(self.folder, access="create")
        self.desk.clock, self.desk.ids = self.clock, self.world.ids
        if not self.desk.is_set_up:
            set_up_counter(self.desk, office=make_office(), counter_number=self.number, clerk=CLERK)
        pace = MachinePace(self.world.time)
        self._turns = Turns(self.desk, pace, self.folder / "packs" / "incoming", Pulse(pace, lambda: None))
        self._last_seq = self.seq()

    def shut(self) -> None:
        """Switch the PC off."""
        self._turns.close()
        self.desk.store.close()

    def close(self) -> None:
        self.shut()
        self._lines.close()

    @property
    def device_id(self) -> str:
        return self.desk.settings.counter.device_id

    def seq(self) -> int:
        return int(self.rows("SELECT coalesce(max(seq), 0) FROM outbox_event")[0][0])

    def rows(self, statement: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        with self.desk.store.reading() as queries:
            return [tuple(row) for row in queries._sql.rows(statement, values)]  # type: ignore[attr-defined]

    def note(self) -> None:
        """Put what was done here since the last look into the ledger."""
        for seq, event_id, kind, dossier_id in self.rows(_EVENTS, (self._last_seq,)):
            self._last_seq = seq
            self.world.ledger.setdefault(event_id, self.device_id)
            if kind == "dossier_received":
                code = self.rows("SELECT dossier_code FROM dossier WHERE dossier_id = ?", (dossier_id,))
                self.world.printed.setdefault(event_id, code[0][0])

    def holds(self) -> set[str]:
        """Return the ids of events whose bytes are here."""
        both = "SELECT event_id FROM outbox_event UNION SELECT event_id FROM log_entry"
        return {row[0] for row in self.rows(both)}

    def sync(self) -> SyncReport:
        """Exchange, on the connection of the last time where there is one."""
        return self._turns.run_once(lambda seconds: None)

    @contextmanager
    def axe(self, looks: int) -> Iterator[Callable[[], bool]]:
        """Let the writing connection die in the middle of a statement after so much work, for good."""
        engine = self.desk.store._writer  # type: ignore[attr-defined]
        borrowed = engine.raw_connection()
        driver = borrowed.driver_connection
        borrowed.close()
        left = looks

        def fall() -> int:
            nonlocal left
            left -= 1
            return int(left <= 0)

        driver.set_progress_handler(fall, _INSTRUCTIONS)
        try:
            yield lambda: left <= 0
        finally:
            driver.set_progress_handler(None, _INSTRUCTIONS)


class World:
    """The office. ``ledger``: who wrote which event; ``printed``: the code of each receipt's event.

    ``gone`` are events that at some moment neither their device nor the server had: known to be beyond help.
    """

    def __init__(self, folder: Path, postgres: StoppablePostgres, seed: int, counters: int) -> None:
        self.chance = random.Random(seed)
        self.time = OfficeTime()
        self.ids = CountingIds(seed * 10_000_000)
        self.ledger: dict[str, str] = {}
        self.printed: dict[str, str] = {}
        self.gone: set[str] = set()
        self.postgres, self.folder = postgres, folder
        self.database = f"live_{seed}"
        self.snapshots: list[str] = []
        self._names = seed * 1000
        self._port = 0
        postgres.copy(TEMPLATE, self.database)
        self._serving = ExitStack()
        self._start()
        self.server.add_office(UNIT)
        self.machines: list[Machine] = []
        for number in range(1, counters + 1):
            self.machines.append(self._new_machine(number))

    def _new_machine(self, number: int) -> Machine:
        folder = self.folder / f"counter{number}"
        seed_compiled_data(folder)
        machine = Machine(self, folder, number, f"counter {number}")
        made = self.server.run(make_code(self.server.context, UNIT, number))
        enrol_counter(machine.desk, HttpEnrolLine(), machine.line.url, made.code, insecure=False)
        return machine

    def _start(self) -> None:
        self.server: Served = self._serving.enter_context(
            serving(
                self.postgres.of(self.database),
                self.folder / "server",
                settings=TEST_SETTINGS,
                now=lambda: self.time.moment.astimezone(UTC),
                port=self._port,
            )
        )
        self._port = int(self.server.url.rsplit(":", 1)[1])

    # Disasters

    def restart_server(self) -> None:
        """Stop and start the server; what the database was then may be put back later."""
        self._serving.close()
        self._names += 1
        snapshot = f"snapshot_{self._names}"
        self.postgres.copy(self.database, snapshot)
        self.snapshots.append(snapshot)
        if len(self.snapshots) > 2:
            self.postgres.run(f"DROP DATABASE {self.snapshots.pop(0)}")
        self._start()

    def put_server_back(self) -> None:
        """Put the database back to what it was at an earlier restart."""
        self._serving.close()
        self.postgres.copy(self.chance.choice(self.snapshots), self.database)
        self._start()
        self.count_losses()

    def put_counter_back(self, machine: Machine) -> None:
        """Put a PC's data folder back to its backup."""
        assert machine.backup is not None
        machine.shut()
        shutil.rmtree(machine.folder)
        shutil.copytree(machine.backup, machine.folder)
        machine.open()
        self.count_losses()

    def back_up(self, machine: Machine) -> None:
        """Copy a PC's data folder."""
        machine.shut()
        machine.backup = self.folder / f"backup{machine.number}"
        shutil.rmtree(machine.backup, ignore_errors=True)
        shutil.copytree(machine.folder, machine.backup)
        machine.open()

    def clone(self, machine: Machine) -> Machine:
        """Start a second PC from a copy of the first one's data folder."""
        machine.shut()
        folder = self.folder / f"clone{machine.number}"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(machine.folder, folder)
        machine.open()
        return Machine(self, folder, machine.number, f"clone of {machine.number}")

    def count_losses(self) -> None:
        """Note which events nobody has any more who could tell the server of them."""
        told = {
            str(row["event_id"]) for row in self.server.rows("SELECT event_id FROM event WHERE body <> ''")
        }
        held: dict[str, set[str]] = {}
        for machine in self.machines:
            machine.line.forget()
            held.setdefault(machine.device_id, set()).update(machine.holds())
        self.gone |= {one for one, device in self.ledger.items() if one not in told | held.get(device, set())}

    # Looking

    def records(self) -> tuple[list[CounterRecords], OfficeRecords]:
        async def read() -> OfficeRecords:
            async with self.server.context.database.admin() as connection:
                return await office_records(connection.fetch, UNIT)

        return [counter_records(each.desk, each.name) for each in self.machines], self.server.run(read())

    def wrong(self) -> list[str]:
        """Return what does not hold once all is exchanged."""
        counters, office = self.records()
        lost = [one for one in self.ledger if one not in office.bodies and one not in self.gone]
        printed = [code for one, code in self.printed.items() if one not in self.gone]
        known = Known(gone=self.gone - office.bodies.keys(), printed=printed)
        return [f"{one} is lost" for one in lost[:20]] + broken(counters, office, known)

    def close(self) -> None:
        for machine in self.machines:
            machine.close()
        self._serving.close()
        for database in (self.database, *self.snapshots):
            self.postgres.run(f"DROP DATABASE {database} WITH (FORCE)")
