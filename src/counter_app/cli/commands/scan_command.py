"""counter-app scan: decodes a card QR, MRZ lines or a slip code."""

import argparse

from counter_app.cli.context import CliContext, read_stdin
from counter_app.domain.errors import BadInput, KnownError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of scan."""
    parser.add_argument("text", nargs="?")
    parser.add_argument("--stdin", action="store_true", help="read raw bytes from standard input")
    parser.add_argument("--hex", action="store_true", help="the text is hexadecimal bytes")


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Decode the scan; a code without punctuation also needs the office's own unit code."""
    from counter_app.domain.scan import ScanKind, read_scan
    from counter_app.messages import warning_text
    from counter_app.services.scan_json import scan_to_json

    data, today = _data(arguments), context.moment().date()
    scan = read_scan(data, today=today)
    if scan.kind is ScanKind.UNKNOWN and (unit_code := _own_unit_code(context)):
        scan = read_scan(data, today=today, unit_code=unit_code)
    return scan_to_json(scan, warning_text)


def _own_unit_code(context: CliContext) -> str:
    """Return the unit code when this counter is set up; decoding works without a database too."""
    if not (context.data_dir / "counter.db").is_file():
        return ""
    try:
        return context.desk("read", sign_in=False).settings.office.unit_code
    except KnownError:
        return ""


def _data(arguments: argparse.Namespace) -> str | bytes:
    if arguments.stdin and arguments.text is not None:
        raise BadInput("usage", problem="TEXT, --stdin")
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
