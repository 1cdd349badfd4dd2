"""Kills the server while counters push, and a counter while it exchanges; counts what was lost or doubled."""

import random
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path

import httpx
from tests.faults.fault_world import UNIT
from tests.faults.forked_victims import Victims
from tests.faults.stoppable_postgres import TEMPLATE, StoppablePostgres, stoppable_postgres
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.invariants import broken
from tests.helpers.sync_records import OfficeRecords, counter_records, office_records
from tests.server.raw_counter import RawCounter, Refused, code_for, wire_event
from tests.server.serving import Served, serving

from counter_app.services.enrol_counter import enrol_counter
from counter_app.sync.enrol_line import HttpEnrolLine
from counter_app.sync.loop import SyncLoop

LONGEST_LIFE_S = 0.25
_BATCH = 5


@dataclass
class Kills:
    """What came of it: ``acked`` events whose confirmation was heard, ``missing`` and ``doubled`` of them."""

    kills: int = 0
    acked: int = 0
    missing: int = 0
    doubled: int = 0
    wrong: list[str] = field(default_factory=list)


class Pusher(threading.Thread):
    """A counter that pushes without a pause, whatever becomes of the server."""

    def __init__(self, raw: RawCounter) -> None:
        super().__init__(name=f"pusher {raw.counter}")
        self.raw = raw
        self.acked: list[str] = []
        self.enough = threading.Event()

    def run(self) -> None:
        number = 0
        while not self.enough.is_set():
            if len(self.raw.bodies) - self.raw.acked < 10 * _BATCH:
                for _ in range(_BATCH):
                    number += 1
                    self.raw.received(number % 900 + 1)
            if not self.settle():
                self.enough.wait(0.05)  # the server is dead: leave the machine to its successor

    def settle(self) -> bool:
        """Push what waits; False when the server did not answer."""
        try:
            self.raw.token = ""
            self.raw.acked = self.raw.session().ack.seq
            while self.raw.acked < len(self.raw.bodies):
                self.raw.push(last=min(self.raw.acked + 50, len(self.raw.bodies)))
        except (httpx.HTTPError, Refused, AssertionError):
            return False
        finally:
            told = self.raw.bodies[len(self.acked) : self.raw.acked]
            self.acked += [str(wire_event(body)["event_id"]) for body in told]
        return True


@contextmanager
def office(seed: int) -> Iterator[tuple[StoppablePostgres, str, Path]]:
    """Yield a PostgreSQL, a fresh database in it, and a folder."""
    with (
        tempfile.TemporaryDirectory(prefix="counter-pg-") as data,
        stoppable_postgres(Path(data)) as postgres,
        tempfile.TemporaryDirectory(prefix="counter-kills-") as folder,
    ):
        postgres.copy(TEMPLATE, f"kills_{seed}")
        yield postgres, postgres.of(f"kills_{seed}"), Path(folder)


def kill_servers(kills: int, *, seed: int = 1, stop_postgres_each: int = 10) -> Kills:
    """Kill the server under load; each so many kills PostgreSQL is stopped at once as well."""
    chance, outcome = random.Random(seed), Kills()
    with office(seed) as (postgres, url, folder):
        port = _free_port()
        pushers = []
        with serving(url, folder / "server", port=port) as served:
            served.add_office(UNIT)
            for counter in (1, 2, 3):
                raw = RawCounter(served.url, UNIT, counter)
                raw.enrol(code_for(served, UNIT, counter))
                pushers.append(Pusher(raw))
        victims = Victims("tests.faults.kill_sync_server", [url, str(folder / "server")])
        for pusher in pushers:
            pusher.start()
        for kill in range(kills):
            victims.bear(str(port), "serving")
            time.sleep(chance.uniform(0.02, LONGEST_LIFE_S))
            if stop_postgres_each and kill % stop_postgres_each == stop_postgres_each - 1:
                postgres.stop_at_once()
            victims.kill()
            outcome.kills += 1
        for pusher in pushers:
            pusher.enough.set()
        for pusher in pushers:
            pusher.join()
        victims.close()
        with serving(url, folder / "server", port=port) as served:
            assert all(pusher.settle() for pusher in pushers)
            found = _read(served)
            for pusher in pushers:
                pusher.raw.client.close()
        _count(outcome, found, set().union(*(pusher.acked for pusher in pushers)))
        outcome.wrong += broken([], found)
    return outcome


def kill_counters(kills: int, *, seed: int = 2) -> Kills:
    """Kill a counter while it works and exchanges."""
    chance, outcome = random.Random(seed), Kills()
    with office(seed) as (_postgres, url, folder):
        moment = MORNING.replace(hour=9)
        with serving(url, folder / "server", now=lambda: moment.astimezone(UTC)) as served:
            served.add_office(UNIT)
            desk = make_desk(folder / "counter", MORNING)
            enrol_counter(desk, HttpEnrolLine(), served.url, code_for(served, UNIT, 1), insecure=False)
            desk.store.close()
            arguments = [str(folder / "counter"), moment.isoformat()]
            victims = Victims("tests.faults.kill_sync_counter", arguments)
            confirmed = 0
            for _ in range(kills):
                victims.bear("now", "at work")
                time.sleep(chance.uniform(0.02, LONGEST_LIFE_S))
                said = [int(line.split()[1]) for line in victims.kill() if line.startswith("confirmed ")]
                confirmed = max([confirmed, *said])
                outcome.kills += 1
            victims.close()
            desk = make_desk(folder / "counter", moment)
            loop = SyncLoop(desk, folder / "incoming")
            for _ in range(3):
                report = loop.run_once()
            found, records = _read(served), counter_records(desk)
            if report.waiting:
                outcome.wrong.append(f"{report.waiting} events still wait")
            acked = {item.event_id for item in records.out if item.epoch_seq <= confirmed}
            _count(outcome, found, acked)
            outcome.wrong += broken([records], found)
            desk.store.close()
    return outcome


def _count(outcome: Kills, found: OfficeRecords, acked: set[str]) -> None:
    ids = [place.event_id for place in found.places if place.body]
    outcome.acked = len(acked)
    outcome.missing = len(acked - set(ids))
    outcome.doubled = len(ids) - len(set(ids))


def _read(served: Served) -> OfficeRecords:
    async def read() -> OfficeRecords:
        async with served.context.database.admin() as connection:
            return await office_records(connection.fetch, UNIT)

    return served.run(read(), within=120)


def _free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
