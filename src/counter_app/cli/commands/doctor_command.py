"""counter-app doctor: is this counter fit to receive citizens, and if not, why."""

import argparse

from counter_app.cli.context import CliContext
from counter_app.domain.errors import KnownError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of doctor."""
    parser.add_argument(
        "--clock-is-right", action="store_true", help="take the clock as right although it seems set back"
    )
    parser.add_argument("--mend", action="store_true", help="put right what can be: backups that are due")


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Run every check; a check that fails does not stop the others."""
    from counter_app.messages import text_of_code
    from counter_app.services.check_health import Check, as_checks, check_health

    if arguments.clock_is_right:
        from counter_app.services.confirm_clock import confirm_clock

        confirm_clock(context.desk("write"))
        context.close()
    mended = _mend(context) if arguments.mend else None
    checks = as_checks(context.doors.machine_report(context.data_dir))
    try:
        checks += check_health(context.desk("read", sign_in=False))
    except KnownError as problem:
        checks.append(Check(name="database", ok=False, code=problem.code, params=dict(problem.params)))
    told: dict[str, object] = {
        "ok": all(check.ok for check in checks),
        "checks": [
            {"name": check.name, "ok": check.ok, "detail": text_of_code(check.code, check.params)}
            for check in checks
        ],
    }
    return told if mended is None else {**told, "mended": mended}


def _mend(context: CliContext) -> list[dict[str, object]]:
    """Mend, and tell each thing; a database that does not open is left for `backup salvage`."""
    from counter_app.messages import text_of_code
    from counter_app.services.backup.health import mend_backups

    try:
        desk = context.desk("write", sign_in=False)
        found = mend_backups(desk)
        desk.backups.take_note_of_restore()
    except KnownError as problem:
        found = [("database", problem.code, dict(problem.params))]
    context.close()
    return [{"name": name, "detail": text_of_code(code, params)} for name, code, params in found]
