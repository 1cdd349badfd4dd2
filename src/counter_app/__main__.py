"""Starts the window, or runs one command when one is named."""

import sys


def main() -> int:
    """Return the exit code of the program."""
    from counter_app import bootstrap
    from counter_app.cli.run import run_command
    from counter_app.core_dumps import forbid_core_dumps
    from counter_app.locations import default_data_dir

    argv = sys.argv[1:]
    forbid_core_dumps()
    default = default_data_dir(training="--training" in argv)
    return run_command(argv, default_data_dir=default, doors=bootstrap.doors())


if __name__ == "__main__":
    sys.exit(main())
