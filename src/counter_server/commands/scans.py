"""``scans``: do the rows and the files of scans agree."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from counter_server.commands.in_context import DONE, add_context, say

if TYPE_CHECKING:
    from counter_server.context import ServerContext


def add(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser("scans", help="scans and the object store")
    acts = parser.add_subparsers(dest="act", required=True)
    checking = acts.add_parser("check", help="forget scans whose file is gone, note files whose row is gone")
    add_context(checking, _check)


async def _check(context: "ServerContext", _arguments: Namespace) -> int:
    from counter_server.uploads.checking import check

    found = await check(context)
    say(f"Đã bỏ {found.forgotten} tệp không còn trong kho, ghi lại {found.noted} tệp có trong kho.")
    return DONE
