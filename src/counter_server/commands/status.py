"""``status``: tell the counters what becomes of a dossier behind the desk, and what they should do."""

from argparse import ArgumentParser, Namespace
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any

from counter_server.commands.in_context import DONE, add_context, say
from counter_server.commands.office_log_words import answered

if TYPE_CHECKING:
    from counter_server.context import ServerContext


def add(subparsers: Any) -> None:
    """Register the command."""
    parser = subparsers.add_parser("status", help="statuses, tasks and official numbers for the counters")
    acts = parser.add_subparsers(dest="act", required=True)
    working = _about_dossier(acts.add_parser("processing", help="somebody works on a dossier"), _processing)
    working.add_argument("--to", required=True, help="who has it now")
    working.add_argument("--agency", action="store_true", help="it is another agency")
    result = _about_dossier(acts.add_parser("resolved", help="a dossier's result is there"), _resolved)
    result.add_argument("--name", required=True, help="what the result is called")
    result.add_argument("--number", default="")
    result.add_argument("--refused", action="store_true", help="the answer is no")
    official = _about_dossier(acts.add_parser("alias", help="a dossier's official number"), _alias)
    official.add_argument("official")
    task = acts.add_parser("task", help="ask the clerks of an office to do something")
    task.add_argument("--unit", required=True)
    task.add_argument("--code", default="", help="the dossier it is about")
    task.add_argument("--text", required=True)
    task.add_argument("--by", required=True, help="who asks")
    add_context(task, _task)


def _about_dossier(parser: ArgumentParser, work: Any) -> ArgumentParser:
    parser.add_argument("code", help="of the dossier")
    parser.add_argument("--unit", default="", help="its office; without it the one the code begins with")
    parser.add_argument("--by", required=True, help="who says so")
    add_context(parser, work)
    return parser


def _unit(arguments: Namespace) -> str:
    return str(arguments.unit or arguments.code.strip().upper().split("-")[0])


async def _processing(context: "ServerContext", arguments: Namespace) -> int:
    from counter_server.office_log import statuses

    return await _numbered(
        statuses.processing(
            context,
            _unit(arguments),
            arguments.code,
            holder=arguments.to,
            agency=arguments.agency,
            by=arguments.by,
        )
    )


async def _resolved(context: "ServerContext", arguments: Namespace) -> int:
    from counter_server.office_log import statuses

    result = statuses.Result(name=arguments.name, number=arguments.number, granted=not arguments.refused)
    return await _numbered(
        statuses.resolved(context, _unit(arguments), arguments.code, result, by=arguments.by)
    )


async def _alias(context: "ServerContext", arguments: Namespace) -> int:
    from counter_server.office_log import statuses

    return await _numbered(
        statuses.alias(context, _unit(arguments), arguments.code, arguments.official, by=arguments.by)
    )


async def _task(context: "ServerContext", arguments: Namespace) -> int:
    from counter_server.office_log import notices

    async def given() -> int:
        task_id = await notices.give_task(
            context, arguments.unit, arguments.text, code=arguments.code, by=arguments.by
        )
        say(task_id)
        return DONE

    return await answered(given())


async def _numbered(work: Awaitable[int]) -> int:
    async def told() -> int:
        say(str(await work))
        return DONE

    return await answered(told())
