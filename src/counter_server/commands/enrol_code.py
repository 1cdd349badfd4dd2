"""``enrol-code``: a one-time code that lets a counter in."""

import json
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from counter_server.commands.in_context import BAD_INPUT, DONE, add_context, refuse, say

if TYPE_CHECKING:
    from counter_server.context import ServerContext


def add(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser("enrol-code", help="make a one-time code for a counter")
    parser.add_argument("unit", help="unit code of the office")
    parser.add_argument("counter", type=int, choices=range(1, 10), help="the desk, 1-9")
    parser.add_argument(
        "--replace", action="store_true", help="revoke the machine that sits there, when the code is used"
    )
    add_context(parser, _make)


async def _make(context: "ServerContext", arguments: Namespace) -> int:
    from counter_server.devices.enrolment import UnknownOffice, make_code

    try:
        made = await make_code(context, arguments.unit, arguments.counter, replaces=arguments.replace)
    except UnknownOffice:
        return refuse(f"Chưa có đơn vị {arguments.unit}; thêm bằng lệnh office add", BAD_INPUT)
    told = {"code": made.code, "unit": arguments.unit, "counter": arguments.counter}
    say(json.dumps({**told, "expires_at": made.expires_at.isoformat()}))
    return DONE
