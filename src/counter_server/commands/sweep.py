"""``sweep``: remove uploads of scans nobody goes on with; for a daily timer."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from counter_server.commands.in_context import DONE, add_context, say

if TYPE_CHECKING:
    from counter_server.context import ServerContext


def add(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser("sweep", help="remove uploads nobody has gone on with for 30 days")
    add_context(parser, _sweep)


async def _sweep(context: "ServerContext", _arguments: Namespace) -> int:
    from counter_server.uploads.sweep import sweep

    say(str(await sweep(context)))
    return DONE
