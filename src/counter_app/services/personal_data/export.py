"""A citizen's data in one archive: a PDF to read, JSON for another program, the papers that were scanned."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.clerks import Permission
from counter_app.domain.errors import BadInput, EnvironmentProblem
from counter_app.services.people.subject import audit_name, record_of
from counter_app.services.personal_data.collect import Collected, collect
from counter_app.services.personal_data.export_paper import export_sheet
from counter_app.services.personal_data.find import inventory
from counter_app.services.ports import AuditEntry
from counter_app.services.scans.keep import content_of
from counter_app.services.whole_file import write_whole

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

# What is protected by this password leaves the office; nobody counts its wrong passwords there.
LEAST_PASSWORD = 12
PAPER, DATA = "du-lieu-ca-nhan.pdf", "du-lieu-ca-nhan.json"
FILE_NAME = "du-lieu-ca-nhan.zip"
# (name, content) of every member, and the password ("" for none), to the bytes of the archive.
MakeArchive = Callable[[Sequence[tuple[str, bytes]], str], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written; ``missing`` names scans whose file is missing or damaged."""

    file: Path
    dossiers: int
    scans: int
    missing: tuple[str, ...] = ()


def export(
    desk: "Desk",
    personal_id: str,
    target: Path,
    make: MakeArchive,
    *,
    password: str = "",
    with_scans: bool = True,
    clerk: str = "",
) -> Exported:
    """Write the archive; that data left the program is on record before it does.

    Raises:
        BadInput: ``person_unknown``, ``archive_password_short`` (least).
        RuleRefusal: ``sign_in_needed``, ``not_permitted``.
        EnvironmentProblem: ``paper_not_saved`` (reason).
    """
    desk.require(Permission.PERSONAL_DATA, clerk)
    if password and len(password) < LEAST_PASSWORD:
        raise BadInput("archive_password_short", least=LEAST_PASSWORD)
    with desk.store.reading() as queries:
        collected = collect(queries, inventory(queries, personal_id))
    scans, missing = _scans(desk, collected) if with_scans else ([], [])
    members = [(PAPER, _pdf(desk, collected)), (DATA, _json(collected)), *scans]
    dossiers = collected.data["dossiers"]
    count = len(dossiers) if isinstance(dossiers, list) else 0
    with desk.store.writing() as transaction:
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=clerk or desk.clerk,
                act="personal_data_exported",
                subject_id=audit_name(record_of(transaction, personal_id)),
                detail={"dossiers": count, "scans": len(scans), "sealed": bool(password)},
            )
        )
    write_whole(target, make(members, password))
    return Exported(file=target, dossiers=count, scans=len(scans), missing=tuple(missing))


def _pdf(desk: "Desk", collected: Collected) -> bytes:
    today = desk.clock.now().date()
    training = desk.settings.counter.training
    return desk.renderer.sheet(export_sheet(collected.data, desk.office(today), today, training=training))


def _json(collected: Collected) -> bytes:
    return json.dumps(collected.data, ensure_ascii=False, indent=2).encode("utf-8")


def _scans(desk: "Desk", collected: Collected) -> tuple[list[tuple[str, bytes]], list[str]]:
    whole: list[tuple[str, bytes]] = []
    missing: list[str] = []
    for name, attachment in collected.scans:
        try:
            whole.append((name, content_of(desk, attachment)))
        except EnvironmentProblem:
            missing.append(name)
    return whole, missing
