"""counter-app scan: decodes a card QR, MRZ lines or a slip code."""

import argparse

from counter_app.cli.context import CliContext, read_stdin
from counter_app.domain.errors import BadInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of scan."""
    parser.add_argument("text", nargs="?")
    parser.add_argument("--stdin", action="store_true", help="read raw bytes from standard input")
    parser.add_argument("--hex", action="store_true", help="the text is hexadecimal bytes")


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Decode the scan; needs no database."""
    from counter_app.domain.scan import read_scan
    from counter_app.messages import warning_text
    from counter_app.services.scan_json import scan_to_json

    scan = read_scan(_data(arguments), today=context.moment().date())
    return scan_to_json(scan, warning_text)


def _data(arguments: argparse.Namespace) -> str | bytes:
    if arguments.stdin:
        data: str | bytes = read_stdin(20_000_000)
    elif arguments.text is not None:
        data = arguments.text
    else:
        raise BadInput("usage", problem="TEXT")
    if not arguments.hex:
        return data
    try:
        return bytes.fromhex(data if isinstance(data, str) else data.decode("ascii"))
    except ValueError as problem:
        raise BadInput("bad_hex") from problem
