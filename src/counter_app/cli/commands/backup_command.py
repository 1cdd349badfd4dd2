"""counter-app backup: create, verify, list, restore, salvage; what another PC needs when this one dies.

The code of the recovery sheet or the passphrase is one line of standard input, or is asked for without
being shown; it is only needed where this machine has not the key.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.cli.context import CliContext
from counter_app.cli.own_files import require_outside
from counter_app.domain.errors import BadInput, KnownError

if TYPE_CHECKING:
    from counter_app.services.backup.backup_port import BackupCheck, BackupManifest

_LONGEST_LINE = 2000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of backup."""
    parser.add_argument("action", choices=("create", "verify", "restore", "list", "salvage"))
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE")
    parser.add_argument("--slip", default="", metavar="CODE", help="restore: the last slip given today")


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Make, check, list or put back a backup."""
    match arguments.action:
        case "create":
            return _create(context, _needed(arguments.file))
        case "verify":
            return _verify(context, _needed(arguments.file))
        case "restore":
            return _restore(context, _needed(arguments.file), arguments.slip)
        case "salvage":
            return _salvage(context, arguments.slip)
        case _:
            return _list(context)


_NO_DATA_TO_ASK = frozenset(
    {
        *("not_set_up", "database_missing", "database_key_missing", "database_key_wrong"),
        *("database_damaged", "database_foreign", "database_newer", "database_unreachable"),
    }
)


def _needed(file: Path | None) -> Path:
    if file is None:
        raise BadInput("usage", problem="FILE")
    return file.absolute()


def _create(context: CliContext, target: Path) -> dict[str, object]:
    from counter_app.services.backup.create import create

    if not target.parent.is_dir():
        raise BadInput("out_folder_missing")
    require_outside(context.data_dir, target)
    run_, made = create(context.desk("write", sign_in=False), target)
    return {
        "ok": True,
        "checks": [_listed(check) for check in context.doors.open_backups(context.data_dir).check(target)],
        "path": str(target),
        "size": run_.size,
        "sha256": run_.digest,
        "files": len(made.manifest.members),
        **_told(made.manifest),
    }


def _verify(context: CliContext, file: Path) -> dict[str, object]:
    """Never raises for what is wrong with the file: that is the answer."""
    from counter_app.messages import text_of

    shelf = context.doors.open_backups(context.data_dir)
    try:
        manifest = shelf.look(file)
        typed = "" if shelf.opens_with_own_key(manifest) else _secret()
        checks = shelf.check(file, typed)
    except KnownError as problem:
        if problem.code in ("backup_unreadable", "backup_code_wrong", "backup_never_wrapped"):
            raise
        return {"ok": False, "checks": [{"name": "file", "ok": False, "detail": text_of(problem)}]}
    return {
        "ok": all(check.ok for check in checks),
        "checks": [_listed(check) for check in checks],
        **_told(manifest),
    }


def _list(context: CliContext) -> dict[str, object]:
    from counter_app.services.backup.standing import backup_standing

    desk = context.desk("read", sign_in=False)
    standing = backup_standing(desk)
    with desk.store.reading() as queries:
        runs = queries.backup_runs()
    return {
        "last_good": standing.last_good.isoformat() if standing.last_good else None,
        "second_place": standing.second_place,
        "files": list(desk.backups.names(desk.backups.own_folder)),
        "runs": [
            {
                "at": run.at.isoformat(),
                "occasion": run.occasion.value,
                "place": run.place.value,
                "file": run.file,
                "size": run.size,
                "outcome": run.outcome,
            }
            for run in runs
        ],
    }


def _restore(context: CliContext, file: Path, slip: str) -> dict[str, object]:
    from counter_app.services.backup.restore import restore

    clerk = _may_replace(context)
    shelf = context.doors.open_backups(context.data_dir)
    manifest = shelf.look(file)
    typed = "" if shelf.opens_with_own_key(manifest) else _secret()
    checks = [_listed(check) for check in shelf.check(file, typed)]
    prepared = shelf.prepare(file, typed)
    done = restore(prepared, context.doors.clock(context.now), context.doors.ids(), slip=slip, clerk=clerk)
    return {
        "ok": True,
        "checks": checks,
        "set_aside": done.set_aside or None,
        "scans_missing": done.scans_missing,
        **_told(done.manifest),
    }


def _salvage(context: CliContext, slip: str) -> dict[str, object]:
    from counter_app.services.backup.salvage import salvage

    clerk = _may_replace(context)
    shelf = context.doors.open_backups(context.data_dir)
    done = salvage(shelf, context.doors.clock(context.now), context.doors.ids(), slip=slip, clerk=clerk)
    return {
        "ok": True,
        "set_aside": done.set_aside,
        "dossiers": done.report.dossiers,
        "lost_dossiers": list(done.report.lost_dossiers),
        "filled_from": done.report.filled_from or None,
        "tables": [
            {"table": each.table, "read": each.read, "filled": each.filled, "unreadable": each.gaps}
            for each in done.report.tables
        ],
    }


def _may_replace(context: CliContext) -> str:
    """Return who asks: where there is data that opens, somebody who may safekeep it must; else anybody.

    Data that is busy or waits for its upgrade would open: it protects itself all the same.
    """
    from counter_app.domain.clerks import Permission
    from counter_app.domain.errors import EnvironmentProblem

    try:
        desk = context.desk("read")
    except EnvironmentProblem as problem:
        if problem.code in _NO_DATA_TO_ASK:
            return ""
        raise
    desk.require(Permission.SAFEKEEP)
    clerk = desk.clerk
    context.close()
    return clerk


def _told(manifest: "BackupManifest") -> dict[str, object]:
    content = manifest.content
    return {
        "created": manifest.created.isoformat(),
        "office": content.office,
        "unit_code": content.unit_code,
        "counter": content.counter,
        "dossiers": content.dossiers,
        "people": content.people,
        "drafts": content.drafts,
        "scans": content.scans,
        "with_scans": manifest.with_scans,
        "audit_tip": content.tip.digits,
        "schema": content.schema,
    }


def _listed(check: "BackupCheck") -> dict[str, object]:
    from counter_app.messages import text_of_code

    return {"name": check.name, "ok": check.ok, "detail": text_of_code(check.code, check.params)}


def _secret() -> str:
    if sys.stdin.isatty():
        from getpass import getpass

        return getpass("Recovery code or passphrase: ")
    return sys.stdin.readline(_LONGEST_LINE).rstrip("\r\n")
