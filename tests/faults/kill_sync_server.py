"""The real server, to be killed while counters push: python -m tests.faults.kill_sync_server URL FOLDER."""

import asyncio
import sys
from pathlib import Path

from tests.faults.forked_victims import Tell, serve_victims
from tests.server.serving import TEST_SETTINGS

from counter_server.context import ServerContext
from counter_server.http_server import HttpServer, new_event_loop
from counter_server.opening import open_context


class _Telling(HttpServer):
    def __init__(self, context: ServerContext, port: int, tell: Tell) -> None:
        super().__init__(context, port=port)
        self._tell = tell

    async def startup(self, sockets: object = None) -> None:
        await super().startup()
        self._tell("serving")


def main() -> None:
    url, folder = sys.argv[1], Path(sys.argv[2])

    async def serve(port: int, tell: Tell) -> None:
        async with open_context(url, None, folder, settings=TEST_SETTINGS, migrate=False) as context:
            await _Telling(context, port, tell).serve()

    def live(line: str, tell: Tell) -> None:
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            runner.run(serve(int(line), tell))

    serve_victims(live)


if __name__ == "__main__":
    main()
