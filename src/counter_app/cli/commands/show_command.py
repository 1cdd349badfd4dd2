"""counter-app show: one dossier with its history."""

import argparse

from counter_app.cli.context import CliContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of show."""
    parser.add_argument("code")


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Return the dossier of the code."""
    from counter_app.services.dossier_json import file_to_json
    from counter_app.services.look_up import open_dossier

    return file_to_json(open_dossier(context.desk("read"), arguments.code))
