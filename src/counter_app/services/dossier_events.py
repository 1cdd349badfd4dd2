"""What the central server and the other counters learn, as events in the outbox."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.domain.dossier import Dossier
from counter_app.services.ports import OutboxEvent
from counter_protocol.events import EventEnvelope, EventKind, encode_event

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Transaction
    from counter_app.services.sync_port import StateChange


def tell(
    transaction: "Transaction",
    desk: "Desk",
    kind: EventKind,
    dossier: Dossier,
    *,
    act: str,
    clerk: str,
    at: datetime,
    data: Mapping[str, object],
) -> None:
    """Put an act on a dossier into the outbox, with what it changed; part of the act's transaction.

    Its number is the dossier's `Life.rev`, which the act has raised. What the dossier was received under
    goes before it, the first time it is used: papers of the dossier can be made wherever it arrives.

    Args:
        transaction: The act; its changes of the dossier are written.
        desk: The counter.
        kind: What happened.
        dossier: The dossier after it.
        act: How its history calls the act.
        clerk: Who did it.
        at: When.
        data: What is told beside the change.
    """
    for body in transaction.untold_definitions():
        kept = office_event(desk, EventKind.DEFINITION_KEPT, clerk=clerk, at=at, data=asdict(body))
        transaction.append_event(kept)
    change = transaction.state_change(dossier)
    transaction.append_event(
        dossier_event(desk, kind, dossier, change, act=act, clerk=clerk, at=at, data=data)
    )


def dossier_event(
    desk: "Desk",
    kind: EventKind,
    dossier: Dossier,
    change: "StateChange",
    *,
    act: str,
    clerk: str,
    at: datetime,
    data: Mapping[str, object],
) -> OutboxEvent:
    """Return the event of an act that changed a dossier."""
    return office_event(
        desk,
        kind,
        clerk=clerk,
        at=at,
        dossier_id=dossier.dossier_id,
        rev=dossier.life.rev,
        data={
            **data,
            "act": act,
            "status": dossier.status.value,
            "seen": change.seen,
            "state": change.patch,
        },
    )


def office_event(
    desk: "Desk",
    kind: EventKind,
    *,
    clerk: str,
    at: datetime,
    data: Mapping[str, object],
    dossier_id: str = "",
    rev: int = 0,
    counter: int | None = None,
) -> OutboxEvent:
    """Return an event of this counter, or of the ``counter`` named; ``data`` is canonical JSON."""
    settings = desk.settings
    envelope = EventEnvelope(
        event_id=desk.ids.new_id(),
        kind=kind.value,
        unit_code=settings.office.unit_code,
        device_id=settings.counter.device_id,
        counter=settings.counter.number if counter is None else counter,
        clerk=clerk,
        dossier_id=dossier_id,
        rev=rev,
        at=at,
        data=data,
    )
    return OutboxEvent(
        event_id=envelope.event_id,
        dossier_id=dossier_id,
        kind=envelope.kind,
        at=at,
        body=encode_event(envelope),
    )


def promise_data(dossier: Dossier, previous: datetime, reason: str) -> dict[str, object]:
    """Return what is told of a promise made anew: the day of before, of now, and the very first."""
    promise = dossier.promise
    return {
        "due_at": promise.due_at.isoformat() if promise.due_at else None,
        "previous_due_at": previous.isoformat(),
        "first_due_at": (dossier.first_due_at or previous).isoformat(),
        "calendar_version": promise.calendar_version,
        "reason": reason,
    }
