"""A counter that works and exchanges until it is killed.

    python -m tests.faults.kill_sync_counter FOLDER MOMENT

MOMENT, ISO, is where its clock stands. It says "at work" and then, for every
exchange that came to its end, "confirmed N": the server has all up to that event of the outbox.
"""

import os
import random
import sys
from datetime import datetime
from pathlib import Path

from tests.faults.forked_victims import Tell, serve_victims
from tests.faults.random_acts import act
from tests.helpers.builders import FixedClock
from tests.sync.steady_pace import SteadyPace

from counter_app.bootstrap import open_desk
from counter_app.sync.pulse import Pulse
from counter_app.sync.turns import Turns


def _work(folder: Path, moment: datetime, tell: Tell, *, exchanges: int = sys.maxsize) -> None:
    desk = open_desk(folder)
    desk.clock = FixedClock(moment)
    pace = SteadyPace()
    turns = Turns(desk, pace, folder / "packs" / "incoming", Pulse(pace, lambda: None))
    chance = random.Random(os.getpid())
    tell("at work")
    for _ in range(exchanges):
        act(desk, chance)
        if not turns.run_once(lambda seconds: None).waiting:
            with desk.store.reading() as queries:
                end = queries.chain_end().seq
            tell(f"confirmed {end}")
    turns.close()
    desk.store.close()


def main() -> None:
    folder, moment = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
    # Everything is loaded once, before the first fork; no connection may cross it.
    _work(folder, moment, lambda words: None, exchanges=1)
    serve_victims(lambda _line, tell: _work(folder, moment, tell))


if __name__ == "__main__":
    main()
