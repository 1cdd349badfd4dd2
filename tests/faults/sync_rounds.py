"""Rounds of work and trouble: in each a counter does something, tries to exchange, and one thing goes wrong.

    python -m tests.faults.sync_rounds OUT FIRST_SEED SEEDS ROUNDS

The counters, their databases, the gateway, the server and its PostgreSQL are the real ones. Chance comes
from the seed. A round counts when its fault took place. At the end the line is mended, everything is
exchanged, and the checker looks at all of it. Each seed adds a line of JSON to OUT.
"""

import json
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlcipher3 import dbapi2
from tests.faults.broken_line import LINE_FAULTS
from tests.faults.fault_world import Machine, World
from tests.faults.random_acts import act
from tests.faults.stoppable_postgres import (
    StoppablePostgres,
    lift_trap,
    set_trap,
    stoppable_postgres,
    trapped,
)

HEALED_WITHIN = 6  # exchanges of each counter after the line was mended
_DISASTERS = {
    "counter killed": 4,
    "write at the server fails": 5,
    "PostgreSQL stopped": 1.2,
    "server restarted": 1.5,
    "server put back": 1.2,
    "counter put back": 1.5,
    "counter cloned": 0.7,
    "clock off": 3,
}
_PATHS = ("/v1/push", "/v1/push", "/v1/push", "/v1/pull", "/v1/session", "")
_MOST_LOOKS = 400
_MOST_WRITES = 8


@dataclass
class Outcome:
    """What a seed came to. ``exchanges`` after healing; ``gone`` events beyond help, ``back`` of them that
    the server got all the same by a late request."""

    seed: int
    rounds: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    acts: dict[str, int] = field(default_factory=dict)
    events: int = 0
    lost: int = 0
    doubled: int = 0
    gone: int = 0
    exchanges: int = 0
    wrong: list[str] = field(default_factory=list)


class Rounds:
    """Rounds of one seed; ``only`` is the one disaster that happens, "" for all in their shares."""

    def __init__(self, world: World, seed: int, only: str = "") -> None:
        self.world = world
        self._only = only
        self.chance = world.chance
        self.outcome = Outcome(seed)
        self._disasters: dict[str, Callable[[Machine], bool]] = {
            "counter killed": self._kill_counter,
            "write at the server fails": self._fail_write,
            "PostgreSQL stopped": self._stop_postgres,
            "server restarted": self._restart_server,
            "server put back": self._put_server_back,
            "counter put back": self._put_counter_back,
            "counter cloned": self._clone,
            "clock off": self._clock_off,
        }

    def run(self, rounds: int) -> Outcome:
        while self.outcome.rounds < rounds:
            self.round()
        self.heal()
        self.outcome.wrong += self.world.wrong()
        self._count()
        return self.outcome

    def round(self) -> None:
        machine = self.chance.choice(self.world.machines)
        self.world.time.advance(self.chance.choice((20, 60, 600, 3000)))
        if self.chance.random() < 0.01:
            self.world.time.advance(86_400)
        self._work(machine)
        fault = self._draw()
        if self._disasters[fault](machine) if fault in self._disasters else self._line(machine, fault):
            self.outcome.rounds += 1
            self.outcome.faults[fault] = self.outcome.faults.get(fault, 0) + 1
        if self.chance.random() < 0.3:
            self.chance.choice(self.world.machines).sync()

    def heal(self) -> None:
        """Mend everything and exchange until nothing is left to say, at most `HEALED_WITHIN` times."""
        for machine in self.world.machines:
            machine.line.mend()
            machine.clock.off = timedelta(0)
        for exchange in range(1, HEALED_WITHIN + 1):
            reports = [machine.sync() for machine in self.world.machines]
            quiet = not any(report.sent or report.received or report.waiting for report in reports)
            well = not any(lane.answer for report in reports for lane in report.lanes)
            if quiet and well:
                self.outcome.exchanges = exchange
                return
        answers = [
            (lane.lane.value, lane.answer) for report in reports for lane in report.lanes if lane.answer
        ]
        self.outcome.wrong.append(f"not quiet after {HEALED_WITHIN} exchanges: {answers}")

    def _draw(self) -> str:
        if self._only:
            return self._only
        drawn = self.chance.random() * 100
        for name, share in _DISASTERS.items():
            drawn -= share
            if drawn < 0:
                return name
        return self.chance.choice(LINE_FAULTS)

    def _work(self, machine: Machine) -> None:
        for _ in range(self.chance.choice((1, 1, 2, 3))):
            name = act(machine.desk, self.chance)
            self.outcome.acts[name] = self.outcome.acts.get(name, 0) + 1
        machine.note()

    # Faults; each tells whether it took place

    def _line(self, machine: Machine, fault: str) -> bool:
        machine.line.plan(fault, self.chance.choice(_PATHS), self.chance.choice((1, 1, 1, 2)))
        machine.sync()
        fired = machine.line.fired
        machine.line.mend()
        return fired

    def _kill_counter(self, machine: Machine) -> bool:
        with machine.axe(self.chance.randrange(1, _MOST_LOOKS)) as fell:
            # Whatever a program says that can write no more: nobody hears it.
            with suppress(dbapi2.OperationalError):
                machine.sync()
            died = fell()
        machine.shut()
        machine.open()
        return died

    def _fail_write(self, machine: Machine) -> bool:
        set_trap(self.world.postgres, self.world.database, self.chance.randint(1, _MOST_WRITES))
        machine.sync()
        return lift_trap(self.world.postgres, self.world.database)

    def _stop_postgres(self, machine: Machine) -> bool:
        """Stop PostgreSQL while a transaction of a push stands in the middle of its writes."""
        world, stopped = self.world, False
        set_trap(world.postgres, world.database, self.chance.randint(1, _MOST_WRITES), stall=True)

        def while_it_works(deliver: Callable[[], None]) -> None:
            nonlocal stopped
            thread = threading.Thread(target=deliver)
            thread.start()
            while thread.is_alive() and not trapped(world.postgres, world.database):
                thread.join(0.005)
            stopped = thread.is_alive()
            if stopped:
                world.postgres.stop_at_once()
            thread.join()

        machine.line.during = while_it_works
        machine.line.plan("during", "/v1/push")
        machine.sync()
        machine.line.mend()
        lift_trap(world.postgres, world.database)
        return stopped

    def _restart_server(self, machine: Machine) -> bool:
        self.world.restart_server()
        machine.sync()
        return True

    def _put_server_back(self, machine: Machine) -> bool:
        if not self.world.snapshots:
            self.world.restart_server()
            return False
        self.world.put_server_back()
        machine.sync()
        return True

    def _put_counter_back(self, machine: Machine) -> bool:
        put_back = machine.backup is not None and self.chance.random() < 0.7
        if put_back:
            self.world.put_counter_back(machine)
            if self.chance.random() < 0.5:
                self._work(machine)
            machine.sync()
        else:
            self.world.back_up(machine)
        return put_back

    def _clone(self, machine: Machine) -> bool:
        """Two PCs with one identity work for a while; then somebody notices and takes one away."""
        twin = self.world.clone(machine)
        self.world.machines.append(twin)
        for each in (machine, twin, machine, twin):
            self._work(each)
            each.sync()
        for _ in range(HEALED_WITHIN):
            reports = [each.sync() for each in (twin, machine)]
            if not any(report.waiting for report in reports):
                break
        else:
            self.outcome.wrong.append("two PCs with one identity do not come to an end")
        self.world.machines.remove(twin)
        twin.close()
        self.world.count_losses()
        return True

    def _clock_off(self, machine: Machine) -> bool:
        machine.clock.off = timedelta(days=self.chance.choice((-3, -1, 1, 30)))
        self._work(machine)
        machine.sync()
        return True

    def _count(self) -> None:
        _counters, office = self.world.records()
        missing = self.world.ledger.keys() - office.bodies.keys()
        self.outcome.events = len(self.world.ledger)
        self.outcome.gone = len(missing & self.world.gone)
        self.outcome.lost = len(missing - self.world.gone)
        ids = Counter(place.event_id for place in office.places if place.body)
        self.outcome.doubled = sum(count - 1 for count in ids.values())


def run_seed(folder: Path, postgres: StoppablePostgres, seed: int, rounds: int, only: str = "") -> Outcome:
    """Run the rounds of a seed with two or three counters; ``only`` as in `Rounds`."""
    world = World(folder, postgres, seed, counters=2 + seed % 2)
    try:
        return Rounds(world, seed, only).run(rounds)
    finally:
        world.close()


def main() -> None:
    out, first, seeds, rounds = Path(sys.argv[1]), *map(int, sys.argv[2:5])
    only = "".join(sys.argv[5:])
    with tempfile.TemporaryDirectory(prefix="counter-pg-") as data, stoppable_postgres(Path(data)) as server:
        for seed in range(first, first + seeds):
            with tempfile.TemporaryDirectory(prefix="counter-rounds-") as folder:
                outcome = run_seed(Path(folder), server, seed, rounds, only)
            with out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
