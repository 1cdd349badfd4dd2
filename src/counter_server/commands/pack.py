"""``pack``: publish a data pack to the offices it is for."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_server.commands.in_context import BAD_INPUT, DONE, ENVIRONMENT, REFUSED, add_context, refuse, say

if TYPE_CHECKING:
    from counter_server.context import ServerContext

_WORDS = {
    "older": "Đã phát hành một gói mới hơn gói này; gói cũ không phát hành lại được.",
    "same_version": "Đã phát hành một gói khác có cùng phiên bản; hãy tăng số phiên bản.",
    "for_another": "Gói này không phải của đơn vị đã nêu; hãy kiểm tra lại tệp hoặc --unit, --province.",
}


def add(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser("pack", help="data packs for the counters")
    acts = parser.add_subparsers(dest="act", required=True)
    publishing = acts.add_parser(
        "publish", help="the pack says itself whom it is for; --unit, --province check it"
    )
    publishing.add_argument("file", type=Path)
    whom = publishing.add_mutually_exclusive_group()
    whom.add_argument("--unit", help="refuse a pack that is not for this office")
    whom.add_argument("--province", help="refuse a pack that is not for this province")
    add_context(publishing, _publish)
    add_context(acts.add_parser("list", help="everything published, newest first"), _list)


async def _publish(context: "ServerContext", arguments: Namespace) -> int:
    from counter_server.packs.pack_file import NotAPack
    from counter_server.packs.publishing import NotPublished, Wanted, publish

    try:
        wanted = Wanted(unit=arguments.unit, province=arguments.province)
        pack = await publish(context, arguments.file, wanted)
    except NotAPack as problem:
        return refuse(f"Tệp không phải gói dữ liệu nguyên vẹn ({problem}).", BAD_INPUT)
    except NotPublished as problem:
        return refuse(_WORDS[problem.reason], REFUSED)
    except OSError as problem:
        return refuse(f"Không đọc hoặc không lưu được gói: {problem.strerror}.", ENVIRONMENT)
    say(f"{pack.kind}\t{pack.unit or 'toàn quốc'}\t{pack.version}\t{pack.sha256}")
    return DONE


async def _list(context: "ServerContext", _arguments: Namespace) -> int:
    from counter_server.packs.pack_file import version_text
    from counter_server.packs.publishing import published

    async with context.database.admin() as connection:
        for pack in await published(connection):
            say(
                f"{pack.kind}\t{pack.unit or 'toàn quốc'}\t{version_text(pack.version)}\t{pack.size}"
                f"\t{pack.published_at}\t{pack.sha256}"
            )
    return DONE
