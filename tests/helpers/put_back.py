"""Counters that lose everything and are put back: filled, compared, restored."""

from pathlib import Path
from typing import Any

from tests.devices.scan_samples import scanned_pdf
from tests.helpers.desks import make_desk
from tests.helpers.life import rows
from tests.helpers.visits import BIRTH, CERTIFIED_COPY

from counter_app.domain import audit_chain
from counter_app.domain.dossier import Dossier
from counter_app.services.backup.restore import Restored, restore
from counter_app.services.desk import Desk
from counter_app.services.intake_drafts import save_draft
from counter_app.services.receive_dossier import receive
from counter_app.services.scans.attach import ScanOwner, attach, prepare
from counter_app.services.scans.scan_parts import ScanPart

DRAFT = "01930000-0000-7000-8000-0000000000dd"
PART = ScanPart(part_id="giay_chung_sinh", name="Giấy chứng sinh", order=2)
# What a restore itself writes, and what only tells of this machine.
_OWN_TRACES = {
    *("audit_entry", "audit_head", "audit_anchor", "code_counter", "paper_number", "latest_moment"),
    *("backup_run", "outbox_event", "sync_enrolment"),
}


def fill(desk: Desk) -> list[Dossier]:
    """Receive, scan, begin: a bit of everything a counter keeps."""
    received = [receive(desk, visit, clerk="Mai") for visit in (BIRTH, CERTIFIED_COPY, BIRTH)]
    scan(desk, received[0])
    save_draft(
        desk, draft_id=DRAFT, procedure_id="x", procedure_name="X", applicant_name="Ẩn", state={"a": 1}
    )
    return received


def scan(desk: Desk, dossier: Dossier) -> str:
    made = prepare(desk, [scanned_pdf(200)])
    return attach(desk, ScanOwner(dossier_id=dossier.dossier_id), PART, made).attachment_id


def everything_kept(desk: Desk) -> dict[str, Any]:
    """Return every row of every table a restore must bring back as it was, and every scan's bytes."""
    tables = [name for (name,) in rows(desk, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = {
        str(name): sorted(map(repr, rows(desk, f"SELECT * FROM {name}")))
        for name in tables
        if name not in _OWN_TRACES and not str(name).startswith(("word_index", "sqlite_"))
    }
    with desk.store.reading() as queries:
        attachments = [queries.attachment(each) for each in sorted(queries.attachment_ids())]
    scans = {
        each.attachment_id: desk.scans.get(each.attachment_id, each.file_key) for each in attachments if each
    }
    return {**kept, "scans": scans, "audit": rows(desk, "SELECT * FROM audit_entry ORDER BY seq")}


def assert_same(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Everything is as it was; the audit log only went on."""
    log = before.pop("audit")
    assert after.pop("audit")[: len(log)] == log
    assert after == before


def assert_audit_whole(desk: Desk) -> None:
    with desk.store.reading() as queries:
        assert audit_chain.flaws(queries.audit_rows(), queries.audit_tip(), queries.audit_anchors()) == []


def put_back(desk: Desk, file: Path, *, typed: str = "", slip: str = "") -> Restored:
    """Restore into the data folder of a closed desk."""
    return restore(desk.backups.prepare(file, typed), desk.clock, desk.ids, slip=slip)


def reopened(folder: Path, desk: Desk) -> Desk:
    """Open what was restored, at the moment of the desk of before."""
    again = make_desk(folder, desk.clock.now())
    again.ids = desk.ids
    return again
