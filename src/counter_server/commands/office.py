"""``office``: the offices this server serves."""

import json
import re
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from counter_server.commands.in_context import BAD_INPUT, DONE, add_context, refuse, say

if TYPE_CHECKING:
    from counter_server.context import ServerContext

_UNIT = re.compile(r"[A-Z][0-9]{2}(?:\.[0-9]{2,3}){0,4}|[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}")
_ADD = """
INSERT INTO office (unit, name, province) VALUES ($1, $2, $3)
ON CONFLICT (unit) DO UPDATE SET name = EXCLUDED.name, province = EXCLUDED.province
"""
_LOG = "INSERT INTO office_log (unit) VALUES ($1) ON CONFLICT DO NOTHING"
_LIST = """
SELECT o.unit, o.name, o.province, array_remove(array_agg(d.counter ORDER BY d.counter), NULL) AS counters
FROM office o LEFT JOIN device d ON d.unit = o.unit AND d.state = 'active' GROUP BY o.unit ORDER BY o.unit
"""


def add(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser("office", help="offices: add, list")
    acts = parser.add_subparsers(dest="act", required=True)
    adding = acts.add_parser("add", help="add an office, or correct its name")
    adding.add_argument("unit", help="unit code, such as H29.12")
    adding.add_argument("--name", required=True)
    adding.add_argument("--province", required=True)
    add_context(adding, _add)
    listing = acts.add_parser("list", help="offices and the counters enrolled there, one JSON object a line")
    add_context(listing, _list)


async def _add(context: "ServerContext", arguments: Namespace) -> int:
    if _UNIT.fullmatch(arguments.unit) is None:
        return refuse(f"Mã đơn vị không đúng: {arguments.unit}. Ví dụ: H29.12", BAD_INPUT)
    name, province = arguments.name.strip(), arguments.province.strip()
    if not name or not province:
        return refuse("Cần tên đơn vị và tên tỉnh, thành phố.", BAD_INPUT)
    async with context.database.admin() as connection:
        await connection.execute(_ADD, arguments.unit, name, province)
        await connection.execute(_LOG, arguments.unit)
    return DONE


async def _list(context: "ServerContext", _arguments: Namespace) -> int:
    async with context.database.admin() as connection:
        for row in await connection.fetch(_LIST):
            say(json.dumps(dict(row), ensure_ascii=False))
    return DONE
