"""The commands of ``counter-server``: one module each, with ``add(subparsers)``.

``add`` registers the sub-command and sets ``run``, a function from the parsed arguments to the exit code.
"""

from importlib import import_module
from typing import Any

_COMMANDS = (
    "serve",
    "office",
    "enrol_code",
    "pack",
    "export_dvcqg",
    "send_dvcqg",
    "leader",
    "status",
    "carry",
    "flags",
    "sweep",
    "scans",
)


def add_all(subparsers: Any) -> None:
    """Register every command."""
    for name in _COMMANDS:
        import_module(f"counter_server.commands.{name}").add(subparsers)
