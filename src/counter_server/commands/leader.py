"""``leader``: who may read the figures on the web pages."""

import asyncio
import os
import sys
from argparse import Namespace
from contextlib import ExitStack
from typing import Any

from counter_server.commands.database_option import add_database, database_of
from counter_server.commands.troubles import BadOption

_PASSWORD_VARIABLE = "COUNTER_PASSWORD"  # noqa: S105 - its name; a password as argument would be in the process list
_TAKEN = "SELECT 1 FROM leader WHERE name = $1"
_OFFICE = "SELECT 1 FROM office WHERE unit = $1"
_PROVINCE = "SELECT 1 FROM office WHERE province = $1"
_ADD = "INSERT INTO leader (unit, name, province, password) VALUES ($1, $2, $3, $4)"
_LIST = "SELECT unit, name, province, locked_until FROM leader ORDER BY name"
_REMOVE_SESSIONS = "DELETE FROM leader_session WHERE name = $1"
_END_SESSIONS = "DELETE FROM leader_session WHERE name = $1 OR $1 = ''"
_REMOVE = "DELETE FROM leader WHERE name = $1"


def add(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser("leader", help="people who read the figures on the web")
    acts = parser.add_subparsers(dest="act", required=True)
    adding = acts.add_parser("add", help=f"password from {_PASSWORD_VARIABLE}, or asked for")
    adding.add_argument("name")
    sees = adding.add_mutually_exclusive_group(required=True)
    sees.add_argument("--unit", default="", help="head of one office")
    sees.add_argument("--province", default="", help="sees all offices of the province")
    sees.add_argument("--all", action="store_true", help="sees all offices")
    listing = acts.add_parser("list")
    removing = acts.add_parser("remove", help="also ends the person's sessions")
    removing.add_argument("name")
    ending = acts.add_parser("end-sessions", help="ends a person's sessions, the login stays")
    ending.add_argument("name", nargs="?", default="", help="without one: everybody's")
    for each, work in ((adding, _add), (listing, _list), (removing, _remove), (ending, _end_sessions)):
        add_database(each)
        each.set_defaults(run=run, work=work)


def run(arguments: Namespace) -> int:
    """Return 0, 2 for bad input, 3 when a rule refuses it."""
    if arguments.act == "add":
        arguments.password = _asked_password()
    with ExitStack() as stack:
        return asyncio.run(_with_database(arguments, database_of(arguments, stack)))


def _asked_password() -> str:
    import getpass

    given = os.environ.get(_PASSWORD_VARIABLE)
    if given:
        return given
    if not sys.stdin.isatty():
        raise BadOption(f"Không có ai để hỏi mật khẩu; hãy đặt biến {_PASSWORD_VARIABLE}.")
    return getpass.getpass("Mật khẩu: ")


async def _with_database(arguments: Namespace, url: str) -> int:
    from counter_server.database.connections import Database
    from counter_server.database.migrate import upgrade

    await upgrade(url)
    database = await Database.open(url, size=1)
    try:
        async with database.admin() as connection:
            return int(await arguments.work(connection, arguments))
    finally:
        await database.close()


async def _add(connection: Any, arguments: Namespace) -> int:
    from counter_server.web import passwords

    name, unit, province = arguments.name.strip(), arguments.unit, arguments.province
    if not 0 < len(name) <= 80:
        return _refuse("Tên đăng nhập phải có từ 1 đến 80 ký tự.", 2)
    if not passwords.MIN_LENGTH <= len(arguments.password) <= passwords.MAX_LENGTH:
        return _refuse(f"Mật khẩu phải có ít nhất {passwords.MIN_LENGTH} ký tự.", 2)
    if passwords.is_easy(arguments.password, name, unit, province):
        return _refuse("Mật khẩu dễ đoán. Hãy đặt một câu dài, không chứa tên đăng nhập và tên cơ quan.", 2)
    if unit and not await connection.fetchval(_OFFICE, unit):
        return _refuse(f"Chưa có đơn vị {unit}.", 2)
    if province and not await connection.fetchval(_PROVINCE, province):
        return _refuse(f"Chưa có đơn vị nào thuộc {province}.", 2)
    if await connection.fetchval(_TAKEN, name):
        return _refuse(f"Tên đăng nhập {name} đã có người dùng.", 3)
    await connection.execute(_ADD, unit, name, province, passwords.hashed(arguments.password))
    return 0


async def _list(connection: Any, _arguments: Namespace) -> int:
    for row in await connection.fetch(_LIST):
        sees = row["unit"] or row["province"] or "tất cả đơn vị"
        locked = f"\tkhóa đến {row['locked_until']:%Y-%m-%d %H:%M %Z}" if row["locked_until"] else ""
        print(f"{row['name']}\t{sees}{locked}")  # noqa: T201 - the command's answer
    return 0


async def _remove(connection: Any, arguments: Namespace) -> int:
    await connection.execute(_REMOVE_SESSIONS, arguments.name)
    if await connection.execute(_REMOVE, arguments.name) == "DELETE 0":
        return _refuse(f"Không có tên đăng nhập {arguments.name}.", 2)
    return 0


async def _end_sessions(connection: Any, arguments: Namespace) -> int:
    if arguments.name and not await connection.fetchval(_TAKEN, arguments.name):
        return _refuse("Không có tên đăng nhập này.", 2)
    await connection.execute(_END_SESSIONS, arguments.name)
    return 0


def _refuse(words: str, code: int) -> int:
    print(words, file=sys.stderr)  # noqa: T201
    return code
