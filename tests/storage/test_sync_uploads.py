"""Scans on their way: which are queued, which goes next, and how far each one is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.helpers.builders import MORNING, make_dossier, make_id
from tests.storage.sync_samples import out_event

from counter_app.services.attachments_port import Attachment
from counter_app.services.ports import Transaction
from counter_app.services.sync_port import ItemState, ScanUpload
from counter_app.storage.store import SqlStore

LATER = MORNING + timedelta(hours=1)


def attach(transaction: Transaction, number: int, dossier: int, *, event: int = 0, **changes: Any) -> None:
    """Attach a scan to a dossier and tell of it, as the use case does."""
    attachment = Attachment(
        attachment_id=f"scan-{number}",
        dossier_id=make_id(dossier),
        part_id="to-khai",
        part_name="Tờ khai",
        part_order=number,
        size=1000 + number,
        pages=1,
        dpi=300,
        skew=0.0,
        sha256=f"{number:064x}",
        source="scanner",
        added_at=MORNING + timedelta(minutes=number),
        clerk="hoa",
        file_key=bytes([number]) * 32,
    )
    transaction.add_attachment(replace(attachment, **changes))
    transaction.append_event(out_event(event or 100 + number, dossier, "scan_attached"))


def receive(store: SqlStore, *numbers: int, training: bool = False) -> None:
    with store.writing() as transaction:
        for number in numbers:
            transaction.add_dossier(make_dossier(number, training=training))
            transaction.append_event(out_event(number))


def ids(uploads: Sequence[ScanUpload]) -> list[str]:
    return [upload.attachment_id for upload in uploads]


@pytest.fixture
def queued(store: SqlStore) -> SqlStore:
    """Three dossiers, the receipts of 1 and 3 confirmed, a scan of each, queued in the order 3, 1, 2."""
    receive(store, 1, 2, 3)
    with store.writing() as transaction:
        attach(transaction, 3, 3)
        assert transaction.queue_uploads(MORNING) == 1
        attach(transaction, 2, 2)
        attach(transaction, 1, 1)
        assert transaction.queue_uploads(LATER) == 2
        transaction.quarantine(2, "event_malformed")
        transaction.mark_acked(1, 3, {})
    return store


def test_a_queued_scan_is_what_was_attached(queued: SqlStore) -> None:
    with queued.reading() as queries:
        uploads = queries.uploads()
    assert ids(uploads) == ["scan-3", "scan-1", "scan-2"]
    assert uploads[0] == ScanUpload(
        attachment_id="scan-3",
        dossier_id=make_id(3),
        part_name="Tờ khai",
        size=1003,
        sha256=f"{3:064x}",
        sent=0,
        upload_id="",
        state=ItemState.WAITING,
        attempts=0,
        next_attempt_at=None,
        last_answer="",
        added_at=MORNING,
        file_key=b"\x03" * 32,
    )


def test_nothing_is_queued_twice_and_nothing_for_training(store: SqlStore) -> None:
    receive(store, 1)
    receive(store, 2, training=True)
    with store.writing() as transaction:
        assert transaction.queue_uploads(MORNING) == 0
        attach(transaction, 1, 1)
        attach(transaction, 2, 2)
        attach(transaction, 3, 1, removed_at=LATER)
        attach(transaction, 4, 1, dossier_id="", draft_id="draft-1")
        assert transaction.queue_uploads(LATER) == 1
        assert transaction.queue_uploads(LATER) == 0
        attach(transaction, 5, 1)
        assert transaction.queue_uploads(LATER) == 1
        assert ids(transaction.uploads()) == ["scan-1", "scan-5"]


def test_the_scan_sent_next_is_the_oldest_the_server_can_place(queued: SqlStore) -> None:
    with queued.writing() as transaction:
        sent: list[str] = []
        while upload := transaction.next_upload(LATER):
            sent.append(upload.attachment_id)
            transaction.put_upload(replace(upload, state=ItemState.ACKED, sent=upload.size))
        assert sent == ["scan-3", "scan-1"]
        assert ids(transaction.uploads()) == ["scan-2"]  # its receipt is withheld
        assert ids(transaction.uploads(unsent_only=False)) == ["scan-3", "scan-1", "scan-2"]
        transaction.release("event-2")
        assert transaction.next_upload(LATER) is None
        transaction.mark_late_acked({2: 1})
        assert transaction.next_upload(LATER) is not None


def test_a_scan_for_another_counters_dossier_waits_for_no_receipt(store: SqlStore) -> None:
    with store.writing() as transaction:
        transaction.add_dossier(make_dossier(7))
        attach(transaction, 1, 7)
        transaction.queue_uploads(MORNING)
        upload = transaction.next_upload(MORNING)
        assert upload is not None
        assert upload.dossier_id == make_id(7)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"next_attempt_at": LATER + timedelta(seconds=1)}, "scan-1"),
        ({"next_attempt_at": LATER}, "scan-3"),
        ({"state": ItemState.SENDING}, "scan-3"),  # the program ended in the middle of it
        ({"state": ItemState.QUARANTINED}, "scan-1"),
    ],
)
def test_a_scan_that_must_wait_lets_others_go_first(
    queued: SqlStore, changes: dict[str, Any], expected: str
) -> None:
    with queued.writing() as transaction:
        first = transaction.uploads()[0]
        changed = replace(first, sent=256, upload_id="u-1", attempts=2, last_answer="network", **changes)
        transaction.put_upload(changed)
        assert transaction.uploads()[0] == changed
        upload = transaction.next_upload(LATER)
        assert upload is not None
        assert upload.attachment_id == expected


def test_what_waits_is_counted_by_what_is_still_to_be_sent(queued: SqlStore) -> None:
    with queued.writing() as transaction:
        first = transaction.uploads()[0]
        transaction.put_upload(replace(first, sent=1000))
        state = transaction.sync_state()
        assert (state.scans_waiting, state.scan_bytes_waiting) == (3, 3 + 1001 + 1002)
        transaction.put_upload(replace(first, sent=1003, state=ItemState.ACKED))
        state = transaction.sync_state()
        assert (state.scans_waiting, state.scan_bytes_waiting) == (2, 1001 + 1002)


def test_a_removed_scan_is_not_sent_any_more_and_leaves_the_queue(queued: SqlStore) -> None:
    with queued.writing() as transaction:
        transaction.mark_attachment_removed("scan-3", LATER)
        upload = transaction.next_upload(LATER)
        assert upload is not None
        assert upload.attachment_id == "scan-1"
        transaction.append_event(out_event(200, 3, "scan_removed"))
        assert transaction.queue_uploads(LATER) == 0
        assert ids(transaction.uploads(unsent_only=False)) == ["scan-1", "scan-2"]


def test_a_scan_the_server_has_stays_told_after_its_removal(queued: SqlStore) -> None:
    with queued.writing() as transaction:
        transaction.put_upload(replace(transaction.uploads()[0], state=ItemState.ACKED))
        transaction.mark_attachment_removed("scan-3", LATER)
        transaction.append_event(out_event(200, 3, "scan_removed"))
        transaction.queue_uploads(LATER)
        assert ids(transaction.uploads(unsent_only=False)) == ["scan-3", "scan-1", "scan-2"]
