"""Runs an operator's command over the database and the object store the options name."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

from counter_server.commands.database_option import add_database, database_of

if TYPE_CHECKING:
    from counter_server.context import ServerContext

    Work = Callable[[ServerContext, Namespace], Awaitable[int]]

DONE, BAD_INPUT, REFUSED, ENVIRONMENT = 0, 2, 3, 4


def add_context(parser: ArgumentParser, work: "Work") -> None:
    """Add the options of the database and the store; the command is ``work(context, arguments)``."""
    add_database(parser)
    parser.add_argument(
        "--objects", help="URL of the object store; a folder of the data directory without it"
    )
    parser.set_defaults(run=_run, work=work)


def say(words: str) -> None:
    """Print a line of the answer."""
    print(words)  # noqa: T201 - the command's answer


def refuse(words: str, code: int) -> int:
    """Print why not, and return the exit code."""
    print(words, file=sys.stderr)  # noqa: T201
    return code


def _run(arguments: Namespace) -> int:
    with ExitStack() as stack:
        return asyncio.run(_with_context(arguments, database_of(arguments, stack)))


async def _with_context(arguments: Namespace, url: str) -> int:
    from counter_server.opening import open_context

    async with open_context(url, arguments.objects, arguments.data_dir) as context:
        return int(await arguments.work(context, arguments))
