"""``export dvcqg``: dossiers of some days as the messages of the national gateway, in a folder of files."""

import asyncio
import sys
from argparse import Namespace
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from counter_server.commands.database_option import add_database, database_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from counter_server.dvcqg.build import Told
    from counter_server.dvcqg.coding import Problem
    from counter_server.dvcqg.mapping import Table

_WORDS = {
    "unmapped": "chưa có mã tương ứng trên Cổng DVCQG",
    "missing": "còn thiếu",
    "too_long": "quá dài",
    "unreadable": "không đọc được",
}


def add(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser("export", help="dossiers for other systems")
    kinds = parser.add_subparsers(dest="kind", required=True)
    dvcqg = kinds.add_parser("dvcqg", help="for Cổng Dịch vụ công quốc gia")
    dvcqg.add_argument("--from", dest="first", type=date.fromisoformat, required=True, help="YYYY-MM-DD")
    dvcqg.add_argument("--to", dest="last", type=date.fromisoformat, required=True, help="YYYY-MM-DD")
    dvcqg.add_argument("--out", type=Path, required=True, help="a new folder")
    dvcqg.add_argument("--office", default="", help="one office's code; every office without it")
    dvcqg.add_argument("--mapping", type=Path, help="codes of your own, before those we ship")
    dvcqg.add_argument("--files-url", default="", help="where the gateway fetches scans, ending in /")
    dvcqg.add_argument(
        "--skip-unmapped", action="store_true", help="write the others, list these in unmapped.json, exit 3"
    )
    add_database(dvcqg)
    dvcqg.set_defaults(run=run)


@dataclass(slots=True)
class _Found:
    told: "list[Told]" = field(default_factory=list)
    problems: "list[Problem]" = field(default_factory=list)


def run(arguments: Namespace) -> int:
    """Return 0, 2 for bad input, 3 when a dossier cannot be told, 4 for disk and network."""
    from counter_server.dvcqg.mapping import BadMapping, mapping_on
    from counter_server.dvcqg.write import FolderTaken, write

    if arguments.first > arguments.last:
        return _refuse("Ngày bắt đầu sau ngày kết thúc.", 2)
    if arguments.out.exists():
        return _refuse(f"{arguments.out} đã có; xin chọn thư mục mới.", 2)
    try:
        tables = mapping_on(_today(), arguments.mapping)
        with ExitStack() as stack:
            found = asyncio.run(_collect(arguments, database_of(arguments, stack), tables))
        _tell(found.problems)
        if found.problems and not arguments.skip_unmapped:
            return 3
        manifest = write(
            arguments.out, found.told, found.problems, first=arguments.first, last=arguments.last
        )
    except BadMapping as error:
        return _refuse(f"Bảng mã không dùng được: {error}", 2)
    except FolderTaken:
        return _refuse(f"{arguments.out} đã có; xin chọn thư mục mới.", 2)
    except OSError as error:
        return _refuse(f"Không đọc hoặc ghi được: {error}", 4)
    print(f"{len(found.told)} hồ sơ, {len(manifest.batches)} tệp: {arguments.out}")  # noqa: T201 - its answer
    return 3 if found.problems else 0


async def _collect(arguments: Namespace, url: str, tables: "Mapping[str, Table]") -> _Found:
    from counter_server.database.connections import Database
    from counter_server.database.migrate import upgrade
    from counter_server.dvcqg.build import build
    from counter_server.dvcqg.coding import Unmapped
    from counter_server.dvcqg.read import dossiers

    await upgrade(url)
    database = await Database.open(url, size=1)
    found = _Found()
    try:
        async with database.export() as connection:
            async for source in dossiers(
                connection,
                arguments.first,
                arguments.last,
                unit=arguments.office,
                files_url=arguments.files_url,
            ):
                try:
                    found.told.append(build(source, tables))
                except Unmapped as unmapped:
                    found.problems.extend(unmapped.problems)
    finally:
        await database.close()
    return found


def _tell(problems: "list[Problem]") -> None:
    for each in problems:
        print(  # noqa: T201 - what is wrong, for whoever mends it
            f"{each.dossier_code}\t{each.field}\t{each.value}\t{_WORDS[each.reason]}", file=sys.stderr
        )


def _today() -> date:
    return datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()  # noqa: TID251 - the edge of the program


def _refuse(words: str, code: int) -> int:
    print(words, file=sys.stderr)  # noqa: T201 - the command's answer
    return code
