"""The real server as a process of its own, for measuring: says its port, serves until it is terminated.

    python -m tests.bench.served DATABASE_URL DATA_DIR MOMENT [OBJECTS]

Its clock starts at MOMENT (ISO) and runs from there, as that of the counters measured with it. The limit of
calls is lifted: here a few devices stand for many. Logs go to standard error, all of them, as in earnest.
"""

import asyncio
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.bench.running_clock import RunningClock

from counter_server import log
from counter_server.context import Settings
from counter_server.http_server import HttpServer, new_event_loop
from counter_server.memory import collect_rarely
from counter_server.opening import open_context

_SETTINGS = Settings(secure_cookies=False, push_per_minute=10**9)


class _Telling(HttpServer):
    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        sys.stdout.write(f"{self.port}\n")
        sys.stdout.flush()


async def _serve(database_url: str, data_dir: Path, moment: datetime, objects: str | None) -> None:
    clock = RunningClock(moment)
    async with open_context(database_url, objects, data_dir, settings=_SETTINGS, migrate=False) as context:
        server = _Telling(replace(context, now=clock.now), port=0)
        collect_rarely()
        await server.serve()


def main() -> None:
    """Serve."""
    database_url, data_dir, moment, *objects = sys.argv[1:]
    log.configure(sys.stderr)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(
            _serve(
                database_url,
                Path(data_dir),
                datetime.fromisoformat(moment),
                objects[0] if objects else None,
            )
        )


if __name__ == "__main__":
    main()
