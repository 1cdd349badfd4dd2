"""Starts the window, or runs one command when one is named."""

import sys
from pathlib import Path

from counter_app.locations import default_data_dir


def main() -> int:
    """Return the exit code of the program."""
    argv = sys.argv[1:]
    from counter_app.cli.run import COMMANDS

    training = "--training" in argv
    if any(word in COMMANDS for word in argv) or "--help" in argv or "-h" in argv:
        from counter_app.bootstrap import doors
        from counter_app.cli.run import run_command

        return run_command(argv, default_data_dir=default_data_dir(training=training), doors=doors())
    from counter_app.bootstrap import run_window

    return run_window(_data_dir(argv, training=training), argv, training=training)


def _data_dir(argv: list[str], *, training: bool) -> Path:
    import os

    for position, word in enumerate(argv):
        if word == "--data-dir" and position + 1 < len(argv):
            return Path(argv[position + 1])
        if word.startswith("--data-dir="):
            return Path(word.partition("=")[2])
    configured = os.environ.get("COUNTER_DATA_DIR")
    return Path(configured) if configured else default_data_dir(training=training)


if __name__ == "__main__":
    sys.exit(main())
