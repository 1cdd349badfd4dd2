"""Parses the command line, runs one command and turns its outcome into output and exit code."""

import argparse
import importlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from counter_app.cli.context import CliContext, Doors, moment_argument
from counter_app.cli.own_files import require_outside
from counter_app.cli.reporting import BAD_INPUT, ENVIRONMENT, OK, report, report_bug, speak_utf8, write_line
from counter_app.domain.errors import BadInput, KnownError

COMMANDS = (
    "init",
    "scan",
    "due",
    "procedures",
    "office",
    "receive",
    "find",
    "show",
    "people",
    "personal-data",
    "act",
    "print",
    "scans",
    "promises",
    "lists",
    "queue",
    "report",
    "day",
    "audit",
    "doctor",
    "key",
    "backup",
    "support",
    "pack",
    "carry",
    "enrol",
    "sync",
    "outbox",
    "import",
    "clerks",
)


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
    speak_utf8()
    try:
        # The language first: a usage error speaks it too.
        _use_language(_wanted_language(argv), doors.resources)
        named = next((word for word in argv if word in COMMANDS), None)
        arguments = build_parser(named).parse_args(list(argv))
        context = CliContext(
            doors=doors,
            # Made whole here: what is written from now on must not hang on the working directory.
            data_dir=Path(
                arguments.data_dir or os.environ.get("COUNTER_DATA_DIR") or default_data_dir
            ).absolute(),
            json=as_json,
            now=moment_argument(arguments.now) if arguments.now else None,
            training=arguments.training,
            named=arguments.clerk or os.environ.get("COUNTER_USER", ""),
        )
        if arguments.command is None:
            return doors.open_window(context.data_dir, context.now, arguments.training, arguments.lang or "")
        for path in (getattr(arguments, name, None) for name in ("out", "labels")):
            if path is not None:
                require_outside(context.data_dir, Path(path))
        try:
            outcome = _module(arguments.command).run(context, arguments)
        finally:
            context.close()
        return _finish(outcome, context, arguments.command)
    except KnownError as error:
        return report(error, as_json=as_json)
    except Exception as bug:  # noqa: BLE001 - whatever it is, a script must be told in its own terms
        return report_bug(bug, as_json=as_json)


def _wanted_language(argv: Sequence[str]) -> str:
    pairs = zip(argv, [*argv[1:], ""], strict=True)
    return next((value for word, value in pairs if word == "--lang"), "en" if "--lang=en" in argv else "vi")


def _global_options(parser: argparse.ArgumentParser, default: object) -> None:
    parser.add_argument("--data-dir", metavar="DIR", default=default, help="folder of the database")
    parser.add_argument("--json", action="store_true", default=default or False, help="one JSON document")
    parser.add_argument("--lang", choices=("vi", "en"), default=default, help="language of messages")
    parser.add_argument("--now", metavar="ISO", default=default, help="test clock")
    parser.add_argument("--clerk", metavar="USER", default=default, help="who signs in, or acts")
    parser.add_argument("--training", action="store_true", default=default or False, help="training database")


def _module(command: str) -> Any:
    return importlib.import_module(f"counter_app.cli.commands.{command.replace('-', '_')}_command")


def _use_language(language: str, resources: Path) -> None:
    from counter_app.i18n import set_language

    set_language(language, resources)


def _finish(outcome: Any, context: CliContext, command: str) -> int:
    if context.json:
        write_line(json.dumps(outcome, ensure_ascii=False, indent=2))
    else:
        from counter_app.cli.plain_text import as_plain_text

        write_line(as_plain_text(outcome))
    if command == "scan" and outcome["kind"] == "unknown":
        return BAD_INPUT
    if command in ("doctor", "sync", "backup") and outcome.get("ok") is False:
        return ENVIRONMENT
    return OK
