"""counter-app import: read lists and pages of procedures, report their faults, write drafts."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from counter_app.cli.context import CliContext
from counter_app.domain.errors import BadInput, EnvironmentProblem
from counter_app.domain.imported import ImportOutcome
from counter_app.domain.national_list import NationalList
from counter_app.domain.procedure import Procedure


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of import."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE|FOLDER")
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder for the drafts, never forms/")
    parser.add_argument("--report", type=Path, metavar="FILE", help="the whole report, .xlsx or .json")
    parser.add_argument(
        "--update-national-list", type=Path, metavar="FILE.csv", help="write the national list with new codes"
    )


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Import the files; defects never fail the command, an unreadable file alone does."""
    from counter_app.catalogue.importing.import_files import import_files
    from counter_app.services.import_report import summary_to_json

    _check_arguments(arguments)
    catalogue = context.catalogue()
    national_list = catalogue.national_list()
    existing = catalogue.all_procedures()
    outcome = import_files(arguments.files, national_list, existing, context.moment().date())
    result: dict[str, object] = {}
    try:
        if arguments.out:
            outcome = _with_drafts(outcome, national_list, existing, arguments.out)
            result["out"] = str(arguments.out)
        if arguments.report:
            _write_report(outcome, arguments.report)
            result["report"] = str(arguments.report)
        if arguments.update_national_list:
            result |= _update_list(outcome, national_list, arguments.update_national_list)
    except OSError as problem:
        raise EnvironmentProblem("import_not_written", reason=problem.strerror or "") from problem
    return summary_to_json(outcome) | result


def _check_arguments(arguments: argparse.Namespace) -> None:
    from counter_app.locations import program_data

    if not (arguments.out or arguments.report or arguments.update_national_list):
        raise BadInput("usage", problem="--out, --report, --update-national-list")
    if arguments.report and arguments.report.suffix.lower() not in (".xlsx", ".json"):
        raise BadInput("usage", problem="--report FILE.xlsx | FILE.json")
    forms = (program_data() / "forms").resolve()
    for target in filter(None, (arguments.out, arguments.update_national_list)):
        if target.resolve().is_relative_to(forms):
            raise BadInput("import_into_forms")


def _with_drafts(
    outcome: ImportOutcome, national_list: NationalList, existing: Sequence[Procedure], folder: Path
) -> ImportOutcome:
    from counter_app.catalogue.importing.import_files import with_drafts
    from counter_app.locations import program_data
    from counter_app.services.import_words import defect_line

    schemas = program_data() / "forms" / "schema"
    return with_drafts(outcome, national_list, existing, folder, schemas, defect_line)


def _write_report(outcome: ImportOutcome, target: Path) -> None:
    from counter_app.services.import_report import report_tables, report_to_json

    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix.lower() == ".json":
        text = json.dumps(report_to_json(outcome), ensure_ascii=False, indent=1)
        target.write_text(text + "\n", encoding="utf-8")
        return
    from counter_app.catalogue.importing.report_workbook import workbook_bytes

    target.write_bytes(workbook_bytes(report_tables(outcome)))


def _update_list(outcome: ImportOutcome, national_list: NationalList, target: Path) -> dict[str, object]:
    from counter_app.catalogue.importing.import_files import listed_entries
    from counter_app.catalogue.national_list_file import national_list_csv

    longer = national_list.extended(listed_entries(outcome))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(national_list_csv(longer))
    added = len(longer.entries) - len(national_list.entries)
    return {"national_list": {"path": str(target), "added": added, "entries": len(longer.entries)}}
