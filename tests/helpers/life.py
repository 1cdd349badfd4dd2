"""What must hold for a dossier and everything told of it, whatever acts were done; used by several suites."""

import json

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_status import MOVES, DossierStatus
from counter_app.services.desk import Desk
from counter_app.storage.dossier_record import to_record
from counter_protocol.events import decode_event

# Acts the server learns of; the others are steps of this counter alone.
NOT_REPORTED = frozenset({"promise_kept"})
_NARROW = ["status", "due_at", "first_due_at", "holder", "waiting_since", "resolved_at", "ended_at"]
_NARROW += ["supplements", "extended", "originals_held", "charges_vnd", "paid_vnd"]


def rows(desk: Desk, statement: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Return what a statement reads, straight from the database."""
    with desk.store.reading() as queries:
        return [tuple(row) for row in queries._sql.rows(statement, values)]  # type: ignore[attr-defined]


def everything(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Return all an act could write, to see that a refused one wrote nothing."""
    tables = ("dossier", "dossier_content", "history", "audit_entry", "outbox_event", "paper_number")
    return {table: rows(desk, f"SELECT * FROM {table}") for table in tables}


def check_dossier(desk: Desk, dossier_id: str) -> Dossier:
    """Check that row, history, events and life agree, and return the dossier."""
    with desk.store.reading() as queries:
        dossier = queries.dossier(dossier_id)
        history = queries.history(dossier_id)
    assert dossier is not None
    life = dossier.life
    (narrow,) = rows(desk, f"SELECT {', '.join(_NARROW)} FROM dossier WHERE dossier_id = ?", (dossier_id,))
    assert dict(zip(_NARROW, narrow, strict=True)).items() <= to_record(dossier).items()
    bodies = rows(desk, "SELECT body FROM outbox_event WHERE dossier_id = ? ORDER BY seq", (dossier_id,))
    events = [decode_event(bytes(body)) for (body,) in bodies]  # type: ignore[arg-type]
    assert [event.rev for event in events] == list(range(1, life.rev + 1))
    assert len(events) == sum(step.act not in NOT_REPORTED for step in history)
    assert events[-1].data["status"] == dossier.status.value
    assert [step.at for step in history] == sorted(step.at for step in history)
    assert (dossier.ended_at is not None) == (not MOVES[dossier.status])
    assert (dossier.resolved_at is not None) == (
        dossier.status is DossierStatus.RESOLVED or not MOVES[dossier.status]
    )
    if dossier.ended_at is None:  # what ends while waiting keeps its unanswered request
        assert (life.open_supplement is not None) == (dossier.status is DossierStatus.AWAITING_SUPPLEMENT)
    assert 0 <= dossier.originals_held <= sum(part.held for part in dossier.parts)
    assert json.dumps(events[-1].data)
    return dossier
