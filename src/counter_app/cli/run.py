"""Parses the command line, runs one command and turns its outcome into output and exit code."""

import argparse
import importlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from counter_app.cli.context import CliContext, Doors, moment_argument
from counter_app.domain.errors import BadInput, EnvironmentProblem, KnownError, RuleRefusal

OK, BUG, BAD_INPUT, REFUSED, ENVIRONMENT = 0, 1, 2, 3, 4
COMMANDS = ("init", "scan", "due", "procedures", "receive", "find", "show", "print", "doctor")


class _Parser(argparse.ArgumentParser):
    """Reports usage errors like every other bad input, as JSON when asked for."""

    def error(self, message: str) -> Any:
        raise BadInput("usage", problem=message)


def build_parser(command: str | None) -> argparse.ArgumentParser:
    """Return the parser; only the wanted command's module is imported, all are listed."""
    shared = _Parser(add_help=False)
    _global_options(shared, argparse.SUPPRESS)
    parser = _Parser(prog="counter-app", description="Quầy Một Cửa")
    _global_options(parser, None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for name in COMMANDS:
        sub = commands.add_parser(name, parents=[shared])
        if name == command:
            _module(name).add_arguments(sub)
    return parser


def run_command(argv: Sequence[str], *, default_data_dir: Path, doors: Doors) -> int:
    """Run the command in `argv` and return the exit code."""
    as_json = "--json" in argv
    try:
        named = next((word for word in argv if word in COMMANDS), None)
        arguments = build_parser(named).parse_args(list(argv))
        _use_language(arguments.lang, doors.resources)
        context = CliContext(
            doors=doors,
            data_dir=Path(arguments.data_dir or os.environ.get("COUNTER_DATA_DIR") or default_data_dir),
            json=as_json,
            now=moment_argument(arguments.now) if arguments.now else None,
        )
        if arguments.command is None:
            return doors.open_window(context.data_dir, context.now, arguments.training, arguments.lang or "")
        try:
            outcome = _module(arguments.command).run(context, arguments)
        finally:
            context.close()
        return _finish(outcome, context, arguments.command)
    except KnownError as error:
        return _report(error, as_json=as_json)


def _global_options(parser: argparse.ArgumentParser, default: object) -> None:
    parser.add_argument("--data-dir", metavar="DIR", default=default, help="folder of the database")
    parser.add_argument("--json", action="store_true", default=default or False, help="one JSON document")
    parser.add_argument("--lang", choices=("vi", "en"), default=default, help="language of messages")
    parser.add_argument("--now", metavar="ISO", default=default, help="test clock")
    parser.add_argument("--training", action="store_true", default=default or False, help="training database")


def _module(command: str) -> Any:
    return importlib.import_module(f"counter_app.cli.commands.{command}_command")


def _use_language(language: str | None, resources: Path) -> None:
    from counter_app.i18n import set_language

    set_language(language or "vi", resources)


def _finish(outcome: Any, context: CliContext, command: str) -> int:
    if context.json:
        print(json.dumps(outcome, ensure_ascii=False, indent=2))  # noqa: T201 - the command's output
    else:
        from counter_app.cli.plain_text import as_plain_text

        print(as_plain_text(outcome))  # noqa: T201
    if command == "scan" and outcome["kind"] == "unknown":
        return BAD_INPUT
    if command == "doctor" and not outcome["ok"]:
        return ENVIRONMENT
    return OK


def _report(error: KnownError, *, as_json: bool) -> int:
    from counter_app.messages import text_of, text_of_code

    message = text_of(error)
    if as_json:
        details = {key: _plain(value) for key, value in error.params.items()}
        for problem in details.get("problems") or ():
            problem["message"] = problem["message"] or text_of_code(problem["code"], {})
        payload = {"error": {"code": error.code, "message": message, "details": details}}
        print(json.dumps(payload, ensure_ascii=False), file=sys.stderr)  # noqa: T201
    else:
        print(message, file=sys.stderr)  # noqa: T201
    return exit_code_of(error)


def exit_code_of(error: KnownError) -> int:
    """Return 2 for bad input, 3 for a rule's refusal, 4 for the environment."""
    if isinstance(error, RuleRefusal):
        return REFUSED
    if isinstance(error, EnvironmentProblem):
        return ENVIRONMENT
    return BAD_INPUT


def _plain(value: object) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value if isinstance(value, str | int | bool | None) else str(value)
