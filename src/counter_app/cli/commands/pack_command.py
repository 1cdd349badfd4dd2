"""counter-app pack: make, check, install and take back data packs."""

import argparse
import hashlib
import os
from pathlib import Path

from counter_app.cli.context import CliContext, day_argument, read_stdin
from counter_app.domain.data_pack import PackInfo, PackKind, PackVersion
from counter_app.domain.errors import BadInput, EnvironmentProblem, KnownError, RuleRefusal

_NEEDS_SUBJECT = ("build", "verify", "diff", "install", "trust")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of pack; most options are those of build."""
    parser.add_argument("action", choices=("build", "verify", "diff", "install", "rollback", "list", "trust"))
    parser.add_argument("subject", nargs="?", type=Path, metavar="FILE|FOLDER")
    parser.add_argument("--kind", choices=[kind.value for kind in PackKind], default=PackKind.NATIONAL.value)
    parser.add_argument("--unit", default="", help="H29 of a province's overlay, H29.12 of an office's")
    parser.add_argument("--version", default="", metavar="YYYY.M.N")
    parser.add_argument("--key", action="append", type=Path, default=[], metavar="PEM")
    parser.add_argument("--root", action="append", type=Path, default=[], metavar="ROOT.json")
    parser.add_argument("--out", type=Path, metavar="FILE")
    parser.add_argument("--issued-on", metavar="DATE", help="today when absent")
    parser.add_argument("--issuer", default="")
    parser.add_argument("--title", default="")
    parser.add_argument("--notes", default="")
    parser.add_argument(
        "--clock-confirmed", action="store_true", help="the computer's clock is right although it went back"
    )
    parser.add_argument("--password-stdin", action="store_true", help="else COUNTER_PASSWORD opens the key")


def run(context: CliContext, arguments: argparse.Namespace) -> object:
    """Run one action."""
    if (arguments.subject is not None) != (arguments.action in _NEEDS_SUBJECT):
        raise BadInput("usage", problem="FILE|FOLDER")
    match arguments.action:
        case "build":
            return _build(context, arguments)
        case "verify" | "diff":
            return _preview(context, arguments.subject)
        case "install":
            return _install(context, arguments)
        case "rollback":
            return _roll_back(context, arguments)
        case "trust":
            return _trust(context, arguments)
        case _:
            return _list(context)


def _build(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.catalogue.packs.build_pack import build_pack, open_key
    from counter_app.services.pack_json import preview_to_json

    if not (arguments.key and arguments.root and arguments.out and arguments.version):
        raise BadInput("usage", problem="--version, --key, --root, --out")
    passphrase = _passphrase(from_stdin=arguments.password_stdin)
    roots = [_read(path) for path in arguments.root]
    left_out = build_pack(
        arguments.subject,
        _info(context, arguments),
        keys=[open_key(path, passphrase) for path in arguments.key],
        roots=roots,
        out=arguments.out,
    )
    try:
        checked = context.doors.open_packs(context.data_dir, roots[0]).preview(arguments.out)
    except KnownError as problem:
        # What the counters would refuse must not leave this desk.
        arguments.out.unlink(missing_ok=True)
        if problem.code == "pack_wrong_key":
            raise RuleRefusal(
                "pack_key_not_granted", kind=arguments.kind, unit=arguments.unit or "–"
            ) from problem
        raise
    return preview_to_json(checked) | {"path": str(arguments.out), "left_out": list(left_out)}


def _info(context: CliContext, arguments: argparse.Namespace) -> PackInfo:
    issued = arguments.issued_on
    return PackInfo(
        kind=PackKind(arguments.kind),
        version=PackVersion.parse(arguments.version),
        issued_on=day_argument(issued) if issued else context.moment().date(),
        issuer=arguments.issuer,
        title=arguments.title,
        unit=arguments.unit,
        notes=arguments.notes,
        sections=(),
        digest="",
        file_name=arguments.out.name,
    )


def _preview(context: CliContext, file: Path) -> dict[str, object]:
    """Needs neither a set-up counter nor its database: a pack is checked before it is carried around."""
    from counter_app.services.pack_json import preview_to_json

    return preview_to_json(context.doors.open_packs(context.data_dir, None).preview(file))


def _install(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.install_pack import install_pack
    from counter_app.services.pack_json import installed_to_json, preview_to_json

    # Opening the database on a full disk frees the reserve kept for dossiers: look before.
    context.doors.open_packs(context.data_dir, None).require_room(arguments.subject)
    confirmed = arguments.clock_confirmed
    done = install_pack(context.desk("write"), arguments.subject, clock_confirmed=confirmed)
    return preview_to_json(done.preview) | installed_to_json(done.pack)


def _roll_back(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.install_pack import roll_back_pack
    from counter_app.services.pack_json import installed_to_json

    desk = context.desk("write")
    kind, unit = PackKind(arguments.kind), arguments.unit
    now = roll_back_pack(desk, kind, unit, clock_confirmed=arguments.clock_confirmed)
    return {"kind": kind.value, "unit": unit, "now": installed_to_json(now) if now else None}


def _list(context: CliContext) -> dict[str, object]:
    from counter_app.services.expiry_json import data_version_to_json
    from counter_app.services.pack_json import installed_to_json

    catalogue = context.catalogue()
    packs = context.doors.open_packs(context.data_dir, None)
    return {
        "sections": [data_version_to_json(version) for version in catalogue.data_versions()],
        "packs": [installed_to_json(pack) for pack in packs.installed()],
        "root_sha256": packs.root_digest(),
        "problems": [{"code": problem.code, **problem.params} for problem in catalogue.problems],
    }


def _trust(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.install_pack import trust_root

    root = _read(arguments.subject)
    version = trust_root(context.desk("write"), root, clock_confirmed=arguments.clock_confirmed)
    return {"root_version": version, "root_sha256": hashlib.sha256(root).hexdigest()}


def _passphrase(*, from_stdin: bool) -> str:
    if not from_stdin:
        return os.environ.get("COUNTER_PASSWORD", "")
    return read_stdin(1024).decode("utf-8", "replace").rstrip("\r\n")


def _read(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise BadInput("pack_bad_root")  # a pipe would never end
        return path.read_bytes()
    except OSError as problem:
        raise EnvironmentProblem(
            "pack_unreadable", file=path.name, reason=problem.strerror or ""
        ) from problem
