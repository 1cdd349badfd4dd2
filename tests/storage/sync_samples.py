"""Invented events, an enrolment, and short ways to write and read them, for the tests of sync's storage."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.helpers.builders import MORNING, make_id

from counter_app.services.ports import OutboxEvent
from counter_app.services.sync_port import Enrolment, InItem, OutItem
from counter_app.storage.store import SqlStore

ENROLMENT = Enrolment(
    server_url="https://may-chu.example",
    device_id="quay-1",
    unit_code="H29.12",
    counter=1,
    private_key=b"k" * 32,
    server_signing_key=b"s" * 32,
    server_sealing_key=b"x" * 32,
    enrolled_at=MORNING,
    epoch=1,
)


def out_event(number: int, dossier: int | None = None, kind: str = "dossier_received") -> OutboxEvent:
    """Return the `number`-th event, of dossier 0: of none."""
    of = number if dossier is None else dossier
    return OutboxEvent(
        event_id=f"event-{number}",
        dossier_id=make_id(of) if of else "",
        kind=kind,
        at=MORNING + timedelta(minutes=number),
        body=b'{"n":%d}' % number,
    )


def in_item(number: int, office_seq: int, **changes: Any) -> InItem:
    """Return an entry of the log, of dossier 1 unless told."""
    item = InItem(
        office_seq=office_seq,
        event_id=f"other-{number}",
        device_id="quay-2",
        dossier_id=make_id(1),
        kind="fee_collected",
        at=MORNING,
        body=b'{"other":%d}' % number,
    )
    return replace(item, **changes)


def append(store: SqlStore, *dossiers: int) -> None:
    """Append an event of each dossier after those there are."""
    with store.writing() as transaction:
        first = len(transaction.out_items(unsent_only=False)) + 1
        for number, dossier in enumerate(dossiers, first):
            transaction.append_event(out_event(number, dossier))


def items(store: SqlStore) -> Sequence[OutItem]:
    """Return the whole outbox."""
    with store.reading() as queries:
        return queries.out_items(unsent_only=False, limit=10_000)


def told(store: SqlStore) -> list[str]:
    """Return the outbox in words: ``epoch/place state``."""
    return [f"{item.epoch}/{item.epoch_seq} {item.state}" for item in items(store)]
