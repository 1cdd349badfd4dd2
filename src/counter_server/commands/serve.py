"""``serve``: run the central server until it is told to stop."""

import asyncio
import os
import socket
from argparse import Namespace
from contextlib import ExitStack
from typing import Any

import structlog

from counter_server.commands.database_option import add_database, database_of
from counter_server.commands.troubles import BadOption

_LAST_PORT = 65535


def add(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser("serve", help="run the server")
    add_database(parser)
    parser.add_argument(
        "--objects", help="URL of the object store; a folder of the data directory without it"
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080, help="0 takes any that is free")
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
    if not 0 <= arguments.port <= _LAST_PORT:
        raise BadOption(f"Cổng phải từ 0 đến {_LAST_PORT}.")
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
        with _listening(arguments.host, arguments.port) as taken:
            host, port = taken.getsockname()[:2]
            structlog.get_logger().info("serving", host=host, port=port)
            await server.serve(sockets=[taken])


def _listening(host: str, port: int) -> socket.socket:
    """Return the socket to serve on; uvicorn would end the process without a word.

    Raises:
        BadOption: the address is not this machine's, or somebody else has the port.
    """
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else "không có địa chỉ này"
        raise BadOption(f"Không mở được {host}, cổng {port}: {why}.") from None
