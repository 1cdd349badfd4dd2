"""Starts the server, or runs one of the operator's commands."""

import argparse
import sys


def main() -> int:
    """Return the exit code: 0 ok, 2 bad input, 3 refused by a rule, 4 environment, 1 a bug."""
    from counter_server.commands import add_all

    parser = argparse.ArgumentParser(prog="counter-server", description=__doc__)
    add_all(parser.add_subparsers(dest="command", required=True))
    arguments = parser.parse_args()
    return int(arguments.run(arguments))


if __name__ == "__main__":
    sys.exit(main())
