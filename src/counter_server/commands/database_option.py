"""The options every command has that needs the database, and opening what they name."""

import os
from argparse import ArgumentParser, Namespace
from contextlib import ExitStack
from pathlib import Path

from counter_server.commands.troubles import BadOption

_URL_VARIABLE = "COUNTER_SERVER_DATABASE_URL"  # so that a password need not stand in the list of processes


def add_database(parser: ArgumentParser) -> None:
    """Add ``--database-url`` and ``--data-dir``."""
    parser.add_argument(
        "--database-url",
        default=os.environ.get(_URL_VARIABLE),
        help=f"postgresql://…; or {_URL_VARIABLE}. Without it one of our own runs in the data directory",
    )
    parser.add_argument("--data-dir", type=Path, default=Path("counter-server-data"))


def _checked(url: str) -> str:
    if not url.startswith(("postgresql://", "postgres://")):
        raise BadOption("Địa chỉ cơ sở dữ liệu phải có dạng postgresql://tài_khoản@máy:cổng/tên.")
    return url


def database_of(arguments: Namespace, stack: ExitStack) -> str:
    """Return the URL of the database; an embedded one runs until `stack` is closed.

    Raises:
        BadOption: it is no address of a PostgreSQL database.
        OSError: the data directory cannot be written.
    """
    if arguments.database_url:
        return _checked(str(arguments.database_url))
    from counter_server.database.embedded import EmbeddedPostgres

    return stack.enter_context(EmbeddedPostgres(arguments.data_dir / "postgres"))
