"""counter-app key: the data key, its recovery sheet and passphrase, another key.

Secrets come from standard input, one a line, or are asked for without being shown: an argument would
stand in the list of processes and in the shell's history.
"""

import argparse
import sys

from counter_app.cli.context import CliContext
from counter_app.domain.errors import EnvironmentProblem, RuleRefusal

_LONGEST_LINE = 2000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of key."""
    parser.add_argument(
        "action", nargs="?", default="status", choices=("status", "sheet", "passphrase", "change", "recover")
    )
    parser.add_argument("--cancel", action="store_true", help="change: take an ordered change back")
    parser.add_argument(
        "--show",
        action="store_true",
        help="sheet, change: tell the code here, for a machine without a printer",
    )


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Tell how the key is kept, print a sheet, set the passphrase, change or recover the key."""
    match arguments.action:
        case "sheet":
            return _sheet(context, show=arguments.show)
        case "passphrase":
            return _passphrase(context)
        case "change":
            return _change(context, cancel=arguments.cancel, show=arguments.show)
        case "recover":
            return _recover(context)
        case _:
            return standing_of(context)


def standing_of(context: CliContext) -> dict[str, object]:
    """Return how the key is kept; needs no open database."""
    from counter_app.services.keys_port import WrapKind

    standing = context.doors.open_keys(context.data_dir).standing()
    made = {wrap.kind: f"{wrap.made_at:%Y-%m-%dT%H:%M%z}" for wrap in standing.wraps}
    return {
        "fingerprint": standing.fingerprint,
        "in_keyring": standing.in_keyring,
        "sheet_of": made.get(WrapKind.RECOVERY),
        "passphrase_of": made.get(WrapKind.PASSPHRASE),
        "change_to": standing.change_to or None,
        "change_problem": standing.change_problem or None,
    }


def _sheet(context: CliContext, *, show: bool) -> dict[str, object]:
    from counter_app.services.keys.sheet import keep_sheet, make_sheet, print_recovery_sheet

    desk = context.desk("write")
    if not show:
        print_recovery_sheet(desk)
        return standing_of(context)
    sheet = make_sheet(desk, "screen")
    keep_sheet(desk, sheet)
    return {**standing_of(context), "code": sheet.made.code}


def _passphrase(context: CliContext) -> dict[str, object]:
    from counter_app.services.keys.passphrase import set_passphrase

    desk = context.desk("write")
    entered = _secret("Passphrase: ")
    if sys.stdin.isatty() and _secret("Again: ") != entered:
        raise RuleRefusal("passphrase_not_repeated")
    set_passphrase(desk, entered)
    return standing_of(context)


def _change(context: CliContext, *, cancel: bool, show: bool) -> dict[str, object]:
    """Order a change and, since nothing else has the database open, carry it out at once."""
    from counter_app.services.keys.rekey import begin_change, cancel_change, order_change, settle_change
    from counter_app.services.keys_port import WrapKind

    desk = context.desk("write")
    if cancel:
        cancel_change(desk)
        return standing_of(context)
    code: dict[str, object] = {}
    if not desk.keys.standing().change_to:
        needed = desk.keys.standing().has(WrapKind.PASSPHRASE)
        passphrase = _secret("Passphrase: ") if needed else ""
        if show:
            sheet = begin_change(desk, passphrase)
            settle_change(desk, sheet)
            code = {"code": sheet.made.code}
        else:
            order_change(desk, passphrase)
    context.close()
    context.desk("write")
    standing = context.doors.open_keys(context.data_dir).standing()
    if standing.change_to:
        raise EnvironmentProblem(standing.change_problem or "key_change_failed")
    return {**standing_of(context), **code}


def _recover(context: CliContext) -> dict[str, object]:
    from counter_app.services.keys.recover import note_recovery, recover_key

    keys = context.doors.open_keys(context.data_dir)
    keys.standing()
    kind = recover_key(
        keys, context.doors.clock(context.now), _secret("Code of the recovery sheet, or passphrase: ")
    )
    note_recovery(context.desk("write", sign_in=False), kind)  # who holds the sheet holds the key
    return standing_of(context)


def _secret(question: str) -> str:
    if sys.stdin.isatty():
        from getpass import getpass

        return getpass(question)
    return sys.stdin.buffer.readline(_LONGEST_LINE).decode("utf-8", "replace").rstrip("\r\n")
