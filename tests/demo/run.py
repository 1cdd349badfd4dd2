"""A day at a commune with two counters and a central server, on this machine alone.

    python -m tests.demo.run OUT_DIR

Starts the real server with its own PostgreSQL, sets up two counters through the real command line, cuts the
line where it hurts, and checks at the end that nothing was lost, doubled or hidden. Prints what happened.
All citizens are invented. In OUT_DIR stay ``commands.log`` (every command with its answer), ``server.log``
and ``sync-*.png``. The exit code is 1 when anything was not as it must be.
"""

import os
import socket
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # nothing stays after the demo

from tests.demo import office_steps, offline_steps
from tests.demo.agreement import everything_agrees
from tests.demo.cast import Cast, Counter
from tests.demo.line import Line
from tests.demo.pictures import sync_pictures
from tests.demo.programs import Programs, Unexpected
from tests.demo.story import Story

_STEPS: tuple[Callable[[Cast], None], ...] = (
    offline_steps.set_up,
    offline_steps.receive_without_server,
    offline_steps.serve_and_enrol,
    offline_steps.cut_in_the_middle,
    offline_steps.scan_uploaded,
    office_steps.status_comes_down,
    office_steps.returned_elsewhere,
    office_steps.returned_twice,
    sync_pictures,
    office_steps.flag_settled,
    office_steps.carried_on_a_stick,
    office_steps.web_pages,
    everything_agrees,
)


def demo(out: Path) -> int:
    """Live through the day; return the exit code."""
    out.mkdir(parents=True, exist_ok=True)
    for left in ("commands.log", "server.log"):
        (out / left).unlink(missing_ok=True)
    story = Story()
    with tempfile.TemporaryDirectory(prefix="quay-mot-cua-demo-") as folder:
        cast = _cast(out, Path(folder), story)
        try:
            for step in _STEPS:
                step(cast)
        except Unexpected as problem:
            story.broken(str(problem))
        finally:
            for counter in cast.counters:
                counter.line.down()
            stopped = cast.programs.stop()
        story.check("the server stops when it is told to", stopped == 0)
    return story.ended()


def _cast(out: Path, work: Path, story: Story) -> Cast:
    port = _free_port()
    programs = Programs(out / "commands.log", work / "server")
    one, two = (Counter(number, work / f"quay-{number}", Line(port), programs) for number in (1, 2))
    return Cast(out, work, port, programs, story, one, two, leader_password="mot-cua-phuc-vu-dan")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.demo.run OUT_DIR")
    sys.exit(demo(Path(sys.argv[1]).absolute()))
