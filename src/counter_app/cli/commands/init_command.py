"""counter-app init: the first run without the wizard."""

import argparse
import os

from counter_app.cli.context import CliContext, read_stdin
from counter_app.domain.errors import BadInput
from counter_app.domain.office import Office


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of init."""
    parser.add_argument("--unit-code", required=True)
    parser.add_argument("--office", required=True)
    parser.add_argument("--province", required=True)
    parser.add_argument("--counter", required=True, type=int)
    parser.add_argument("--admin", required=True, help="name of the first clerk")
    parser.add_argument("--user", default="", help="their user name; the name in plain letters when absent")
    parser.add_argument("--password-stdin", action="store_true")
    parser.add_argument("--commune", default="", help="xã Trung Minh")
    parser.add_argument("--parent", default="", help="ỦY BAN NHÂN DÂN XÃ …")
    parser.add_argument("--address", default="")
    parser.add_argument("--phone", default="")


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Create the data folder and name the counter."""
    from counter_app.domain.vietnamese_text import clean
    from counter_app.services.set_up_counter import set_up_counter

    password = _password() if arguments.password_stdin else os.environ.get("COUNTER_PASSWORD", "")
    desk = context.desk("create", sign_in=False)
    block = set_up_counter(
        desk,
        office=Office(
            unit_code=arguments.unit_code,
            name=clean(arguments.office),
            province=clean(arguments.province),
            commune_name=clean(arguments.commune),
            parent_name=clean(arguments.parent),
            address=clean(arguments.address),
            phone=clean(arguments.phone),
        ),
        counter_number=arguments.counter,
        clerk=clean(arguments.admin),
        password=password,
        username=arguments.user,
        training=arguments.training,
    )
    return {
        "data_dir": str(context.data_dir),
        "device_id": desk.settings.counter.device_id,
        "counter": desk.settings.counter.number,
        "code_block": {"first": block.first, "last": block.last},
        "password_set": bool(password),
    }


def _password() -> str:
    """Read the password; whoever says it comes must also send it."""
    from counter_app.domain.clerks import MIN_PASSWORD_LENGTH

    try:
        password = read_stdin(1024).decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as problem:
        raise BadInput("bad_password") from problem
    if not password:
        raise BadInput("password_too_short", length=MIN_PASSWORD_LENGTH)
    return password
