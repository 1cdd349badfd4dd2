"""Starts the server, or runs one of the operator's commands."""

import argparse
import sys

_INTERRUPTED = 130  # as shells call what Ctrl+C ended


def main() -> int:
    """Return the exit code: 0 ok, 2 bad input, 3 refused by a rule, 4 environment, 1 a bug."""
    from counter_server.commands import add_all

    parser = argparse.ArgumentParser(prog="counter-server", description=__doc__)
    add_all(parser.add_subparsers(dest="command", required=True))
    arguments = parser.parse_args()
    try:
        return int(arguments.run(arguments))
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:
        from counter_server.commands.troubles import words_of

        told = words_of(error)
        if told is None:
            raise
        words, code = told
        print(words, file=sys.stderr)  # noqa: T201 - the command's answer
        return code


if __name__ == "__main__":
    sys.exit(main())
