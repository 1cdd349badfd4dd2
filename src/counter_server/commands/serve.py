"""``serve``: run the central server until it is told to stop."""

import asyncio
from argparse import Namespace
from contextlib import ExitStack
from typing import Any

from counter_server.commands.database_option import add_database, database_of


def add(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser("serve", help="run the server")
    add_database(parser)
    parser.add_argument(
        "--objects", help="URL of the object store; a folder of the data directory without it"
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--public-url", default="", help="the address citizens see")
    parser.add_argument(
        "--behind-proxy",
        action="store_true",
        help="believe X-Forwarded-For; only behind a proxy that sets it",
    )
    parser.add_argument(
        "--plain-http", action="store_true", help="let cookies travel without TLS; for trying out"
    )
    parser.set_defaults(run=run)


def run(arguments: Namespace) -> int:
    """Serve until SIGTERM or Ctrl+C."""
    from counter_server import log
    from counter_server.http_server import new_event_loop

    log.configure()
    with ExitStack() as stack, asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(_serve(arguments, database_of(arguments, stack)))
    return 0


async def _serve(arguments: Namespace, url: str) -> None:
    from counter_server.context import Settings
    from counter_server.http_server import HttpServer
    from counter_server.memory import collect_rarely
    from counter_server.opening import open_context

    settings = Settings(
        public_url=arguments.public_url,
        trusted_proxy=arguments.behind_proxy,
        secure_cookies=not arguments.plain_http,
    )
    async with open_context(url, arguments.objects, arguments.data_dir, settings=settings) as context:
        server = HttpServer(context, host=arguments.host, port=arguments.port)
        collect_rarely()
        await server.serve()
