"""Row 7: a second program on one folder; a second PC with a copy of the folder."""

import tempfile
from pathlib import Path

from tests.faults.fault_world import World
from tests.faults.random_acts import act
from tests.faults.rows.row import Found, Size
from tests.faults.stoppable_postgres import stoppable_postgres

from counter_protocol.fold import FlagKind

_FLAGS = "SELECT count(*) AS flags FROM flag WHERE kind = $1"


def two_machines(size: Size, folder: Path) -> Found:
    """Copy a counter's folder to a second PC, work on both, exchange once each."""
    found, copies, noticed, lost = Found(), size.of(20, 2), 0, 0
    with (
        tempfile.TemporaryDirectory(prefix="counter-pg-") as data,
        stoppable_postgres(Path(data)) as postgres,
    ):
        for seed in range(1, copies + 1):
            world = World(folder / f"world{seed}", postgres, 7000 + seed, counters=1)
            noticed_here, missing = _copy(world)
            noticed += noticed_here
            lost += missing
            world.close()
    found.figures = {
        "copied folders put to work": copies,
        "noticed within the first exchange of the second PC": noticed,
        "events of either PC missing at the end": lost,
    }
    found.must(noticed == copies, "a copied folder was not noticed at once")
    found.must(lost == 0, f"{lost} events are missing")
    return found


def _copy(world: World) -> tuple[bool, int]:
    (machine,) = world.machines
    for _ in range(5):
        act(machine.desk, world.chance)
    machine.sync()
    machine.note()
    twin = world.clone(machine)
    world.machines.append(twin)
    for each in (machine, twin):
        for _ in range(3):
            act(each.desk, world.chance)
        each.note()
    machine.sync()
    twin.sync()
    noticed = world.server.rows(_FLAGS, FlagKind.FORKED_DEVICE)[0]["flags"] > 0
    for _ in range(4):
        machine.sync()
        twin.sync()
    world.machines.remove(twin)
    twin.close()  # before the line it shares with the first
    there = {str(row["event_id"]) for row in world.server.rows("SELECT event_id FROM event")}
    return noticed, len(world.ledger.keys() - there)
