"""``flags``: what waits for a human, and what was dealt with."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from counter_server.commands.in_context import DONE, add_context, say
from counter_server.commands.office_log_words import answered

if TYPE_CHECKING:
    from counter_server.context import ServerContext


def add(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser("flags", help="what waits for a human")
    acts = parser.add_subparsers(dest="act", required=True)
    listing = acts.add_parser("list", help="flags and tasks nobody has dealt with, oldest first")
    listing.add_argument("--unit", default="")
    add_context(listing, _list)
    settling = acts.add_parser("settle", help="say how one was dealt with; the counters are told")
    settling.add_argument("flag_id")
    settling.add_argument("--unit", required=True)
    settling.add_argument("--reason", required=True)
    settling.add_argument("--by", required=True, help="who dealt with it")
    add_context(settling, _settle)


async def _list(context: "ServerContext", arguments: Namespace) -> int:
    from counter_server.office_log.notices import open_flags

    async with context.database.admin() as connection:
        for flag in await open_flags(connection, arguments.unit):
            at = f"{flag.raised_at:%Y-%m-%dT%H:%M:%SZ}"
            say(f"{flag.unit}\t{flag.flag_id}\t{flag.kind}\t{flag.dossier_code or '-'}\t{at}")
    return DONE


async def _settle(context: "ServerContext", arguments: Namespace) -> int:
    from counter_server.office_log import notices

    async def settled() -> int:
        new = await notices.settle(
            context, arguments.unit, arguments.flag_id, reason=arguments.reason, by=arguments.by
        )
        say("Đã ghi." if new else "Đã được xử lý từ trước.")
        return DONE

    return await answered(settled())
