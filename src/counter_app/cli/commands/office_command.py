"""counter-app office: what the office decides itself, dated, with its history."""

import argparse
import json
from typing import TYPE_CHECKING

from counter_app.cli.context import CliContext, day_argument
from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from counter_app.services.ports import OfficeValue


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of office."""
    parser.add_argument(
        "action",
        choices=("list", "set", "take-back", "history"),
        help="take-back: from that day nothing the office entered holds; an earlier value does not come back",
    )
    parser.add_argument("key", nargs="?", default="", metavar="KEY")
    parser.add_argument("value", nargs="?", default=None, metavar="VALUE")
    parser.add_argument("--from", dest="first_day", metavar="DATE", help="the first day; today when absent")
    parser.add_argument("--basis", default="", help="what it rests on; needed for a fee")
    parser.add_argument(
        "--clock-confirmed", action="store_true", help="the computer's clock is right although it went back"
    )
    parser.add_argument("--on", metavar="DATE", help="list: the day to look at; today when absent")


def run(context: CliContext, arguments: argparse.Namespace) -> object:
    """List what holds on a day, enter, take back, or tell the history."""
    from counter_app.services import office_values

    action, key = arguments.action, arguments.key
    _check_usage(arguments)
    if action == "list":
        return _listed(context, arguments.on)
    if action == "history":
        entries = context.desk("read").office_values.entries
        return [_entry(entry) for entry in reversed(entries) if key in ("", entry.key)]
    first_day = day_argument(arguments.first_day) if arguments.first_day else context.moment().date()
    desk, confirmed = context.desk("write"), arguments.clock_confirmed
    if action == "take-back":
        return _entry(
            office_values.take_back(desk, key, first_day, arguments.basis, clock_confirmed=confirmed)
        )
    value = _value(key, arguments.value)
    return _entry(
        office_values.enter_value(desk, key, value, first_day, arguments.basis, clock_confirmed=confirmed)
    )


def _check_usage(arguments: argparse.Namespace) -> None:
    needs_key = arguments.action in ("set", "take-back")
    if needs_key and not arguments.key:
        raise BadInput("usage", problem="key_missing")
    if arguments.action == "set" and arguments.value is None:
        raise BadInput("usage", problem="value_missing")
    if (arguments.action == "list" and arguments.key) or (
        arguments.action != "set" and arguments.value is not None
    ):
        raise BadInput("usage", problem="nothing_expected")


def _listed(context: CliContext, on: str | None) -> dict[str, object]:
    """Return what governs on a day, and the fees of the province nobody has entered."""
    from counter_app.services.local_fees import local_fees

    day = day_argument(on) if on else context.moment().date()
    desk = context.desk("read")
    timeline = desk.office_values
    governing = (timeline.on(key, day) for key in timeline.keys)
    return {
        "on": day.isoformat(),
        "values": [_entry(entry) for entry in governing if entry is not None],
        "unknown_fees": [
            {"fee_id": fee.fee_id, "name": fee.name, "procedures": list(fee.used_by)}
            for fee in local_fees(desk, day)
            if fee.amount_vnd is None
        ],
    }


def _value(key: str, text: str) -> object:
    """Read a value as its key writes it: a number, a JSON list or object, or plain text."""
    if key.startswith("fee/"):
        try:
            return int(text)
        except ValueError as problem:
            raise BadInput("bad_amount", fee_id=key.partition("/")[2]) from problem
    if key in ("sessions", "signatory"):
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as problem:
            raise BadInput("not_an_office_value") from problem
    return text


def _entry(entry: "OfficeValue") -> dict[str, object]:
    return {
        "key": entry.key,
        "value": entry.value,
        "valid_from": entry.valid_from.isoformat(),
        "entered_at": entry.entered_at.isoformat(),
        "clerk": entry.clerk,
        "basis": entry.basis,
    }
