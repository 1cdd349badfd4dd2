"""Writes what waits for the server into a file for a stick. Nothing counts as sent by that."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.errors import EnvironmentProblem, RuleRefusal
from counter_app.services.carry.batches import Stretch, late_pushes, push_of, stretches
from counter_app.services.ports import AuditEntry
from counter_app.services.scans.keep import content_of
from counter_app.services.sync.standing_place import standing_place
from counter_app.services.sync_port import ItemState
from counter_protocol import signing
from counter_protocol.carry import PIECE_BYTES, CarryHeader, Direction, Record, RecordKind
from counter_protocol.events import SERVER
from counter_protocol.messages import UploadRequest
from counter_protocol.moments import utc_text
from counter_protocol.wire import to_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from counter_app.services.attachments_port import Attachment
    from counter_app.services.carry.carry_port import CarryFiles
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries, Transaction
    from counter_app.services.sync_port import Enrolment

LAST_OUT = "carry.last_out"  # the id of the newest file written here
_MOST_SCAN_BYTES = 1_500_000_000  # the rest goes with the next file


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A written file. ``size`` in bytes; ``scans_left`` wait on: no room, or their files cannot be read."""

    header: CarryHeader
    size: int
    scans_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    stretches: Sequence[Stretch]
    scans: Sequence["Attachment"]
    scans_left: int
    late: int
    kinds: Counter[str]

    @property
    def counts(self) -> dict[str, int]:
        return {
            RecordKind.PLACE: 1,
            RecordKind.BATCH: len(self.stretches) + self.late,
            RecordKind.SCAN: len(self.scans),
            "scan_bytes": sum(scan.size for scan in self.scans),
            "events": sum(self.kinds.values()),
        }


def require_enrolled(desk: "Desk") -> "Enrolment":
    """Return the counter's identity.

    Raises:
        RuleRefusal: ``sync_training_refused``, ``sync_not_enrolled``.
    """
    if desk.settings.counter.training:
        raise RuleRefusal("sync_training_refused")
    with desk.store.reading() as queries:
        enrolment = queries.enrolment()
    if enrolment is None:
        raise RuleRefusal("sync_not_enrolled")
    return enrolment


def export_carry(
    desk: "Desk", files: "CarryFiles", target: "Path", *, with_scans: bool = False, clerk: str = ""
) -> Exported:
    """Write every unconfirmed event, where the counter stands, and on demand the waiting scans.

    Args:
        desk: The counter.
        files: How files are written.
        target: Where to; a file of before is replaced when the new one is whole.
        with_scans: Take the scans too that wait.
        clerk: Who carries; the clerk of the settings when "".

    Raises:
        RuleRefusal: ``sync_training_refused``, ``sync_not_enrolled``, ``carry_changed_meanwhile``.
        BadInput: ``carry_too_big``.
        EnvironmentProblem: ``carry_not_written``, ``carry_disk_full``, and as `Store.writing`.
    """
    enrolment = require_enrolled(desk)
    file_id, now = desk.ids.new_id(), desk.clock.now()
    with desk.store.writing() as transaction:
        plan = _planned(desk, transaction, with_scans=with_scans)
        # Their places may arrive without their content from now on.
        transaction.mark_sending([seq for stretch in plan.stretches for seq in stretch.bare])
        transaction.append_audit(
            AuditEntry(
                at=now,
                clerk=clerk or desk.clerk,
                act="carry_exported",
                subject_id=file_id,
                detail=dict(plan.counts),
            )
        )
    header = CarryHeader(
        direction=Direction.UP,
        unit=enrolment.unit_code,
        counter=enrolment.counter,
        sender=enrolment.device_id,
        recipient=SERVER,
        file_id=file_id,
        created=utc_text(now),
        counts=plan.counts,
        kinds=dict(sorted(plan.kinds.items())),
    )
    with desk.store.reading() as queries:
        size = files.write(
            target,
            header,
            _records(desk, queries, enrolment, plan),
            recipient_key=enrolment.server_sealing_key,
            signing_key=enrolment.private_key,
        )
    with desk.store.writing() as transaction:
        # The answer to a file that was never whole cannot come.
        transaction.put_setting(LAST_OUT, file_id)
    return Exported(header=header, size=size, scans_left=plan.scans_left)


def _planned(desk: "Desk", transaction: "Transaction", *, with_scans: bool) -> _Plan:
    kinds: Counter[str] = Counter()
    cut = []
    for stretch in stretches(transaction):
        kinds.update(stretch.kinds)
        cut.append(stretch)
    late = [kinds_of for _push, kinds_of in late_pushes(transaction, "")]
    for kinds_of in late:
        kinds.update(kinds_of)
    waiting = _waiting_scans(desk, transaction) if with_scans else []
    scans, room = [], _MOST_SCAN_BYTES
    for scan in waiting:
        if scan.size <= room and _readable(desk, scan):
            scans.append(scan)
            room -= scan.size
    return _Plan(
        stretches=cut,
        scans=scans,
        scans_left=len(waiting) - len(scans),
        late=len(late),
        kinds=kinds,
    )


def _waiting_scans(desk: "Desk", transaction: "Transaction") -> list["Attachment"]:
    transaction.queue_uploads(desk.clock.now())
    found = []
    for upload in transaction.uploads():
        attachment = transaction.attachment(upload.attachment_id)
        if attachment is not None and upload.state is not ItemState.QUARANTINED:
            found.append(attachment)
    return found


def _readable(desk: "Desk", scan: "Attachment") -> bool:
    """Tell whether the file is there as it was; one that is not keeps nothing else back."""
    try:
        return len(content_of(desk, scan)) == scan.size
    except EnvironmentProblem:
        return False


def _records(desk: "Desk", queries: "Queries", enrolment: "Enrolment", plan: _Plan) -> Iterator[Record]:
    place = standing_place(desk, queries, enrolment)
    yield Record(kind=RecordKind.PLACE, body=to_bytes(place))
    unit = enrolment.unit_code
    pushes = [push for push, _kinds in late_pushes(queries, unit)]
    if len(pushes) != plan.late:
        raise RuleRefusal("carry_changed_meanwhile")
    # What waits of a dossier follows what was released of it.
    for push in (*pushes, *(push_of(queries, each, unit) for each in plan.stretches)):
        signed = signing.signed(signing.PUSH, enrolment.private_key, enrolment.device_id, to_bytes(push))
        yield Record(kind=RecordKind.BATCH, body=to_bytes(signed))
    for scan in plan.scans:
        yield from _scan_records(scan, content_of(desk, scan))


def _scan_records(scan: "Attachment", content: bytes) -> Iterator[Record]:
    announced = UploadRequest(
        attachment_id=scan.attachment_id,
        dossier_id=scan.dossier_id,
        sha256=scan.sha256,
        size=scan.size,
        media_type=scan.media_type,
    )
    yield Record(kind=RecordKind.SCAN, body=to_bytes(announced))
    for start in range(0, len(content), PIECE_BYTES):
        yield Record(kind=RecordKind.BYTES, body=content[start : start + PIECE_BYTES])
