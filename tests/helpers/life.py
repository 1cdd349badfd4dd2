"""What must hold for a dossier and everything told of it, whatever acts were done; used by several suites."""

import json
from collections import Counter
from datetime import date, timedelta

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_status import MOVES, DossierStatus
from counter_app.domain.period import Period
from counter_app.domain.work_lists import WorkFacts, WorkList, lists_of
from counter_app.services import work_lists
from counter_app.services.desk import Desk
from counter_app.services.reports.b06_report import b06_report
from counter_app.storage.dossier_record import to_record
from counter_app.storage.dossier_state import state_of
from counter_protocol.events import decode_event
from counter_protocol.fold import NOT_YET, OWNER, REV, fold_all

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
    assert len(events) == len(history)
    assert events[-1].data["status"] == dossier.status.value
    check_fold(desk, dossier)
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


def check_fold(desk: Desk, dossier: Dossier) -> None:
    """Check that the dossier is what all its events here, folded in the office's order, add up to."""
    with desk.store.reading() as queries:
        log = queries.dossier_log(dossier.dossier_id)
    numbered = (
        (decode_event(one.body), NOT_YET if one.office_seq is None else one.office_seq) for one in log
    )
    state = None
    for _event, _number, folded in fold_all(numbered):
        state = folded.state
    assert state is not None
    assert {name: value for name, value in state.items() if not name.startswith("fold.")} == state_of(dossier)
    assert state[REV] == dossier.life.rev
    own = desk.settings.counter.device_id
    assert state[OWNER] == (dossier.owner or own)


def every_dossier(desk: Desk) -> list[Dossier]:
    """Return all dossiers of the counter."""
    with desk.store.reading() as queries:
        found = [queries.dossier(row.dossier_id) for row in queries.newest(limit=10_000)]
    return [dossier for dossier in found if dossier is not None]


def check_lists_and_figures(desk: Desk, split: date) -> None:
    """Check work lists, register and Biểu II.06 against the dossiers themselves, parted on any day."""
    dossiers = every_dossier(desk)
    counted = work_lists.counts(desk)
    expected: Counter[WorkList] = Counter()
    for dossier in dossiers:
        facts = WorkFacts(
            status=dossier.status,
            received_at=dossier.received_at,
            due_at=dossier.due_at,
            originals_held=dossier.originals_held,
            unsent=True,
            stands_still=dossier.stands_still,
            own=not dossier.owner,
            at_desk=dossier.life.holder is None and dossier.life.handed_over_at is None,
        )
        expected.update(lists_of(facts, counted.day))
    assert dict(counted.lists) == {which: expected[which] for which in counted.lists}
    numbers = sorted((each.received_at.year, each.register_no) for each in dossiers)
    years = Counter(year for year, _ in numbers)
    assert numbers == [(year, n + 1) for year in sorted(years) for n in range(years[year])]
    first = min(each.received_at.date() for each in dossiers)
    ends = [each.resolved_at.date() for each in dossiers if each.resolved_at]
    last = max(desk.clock.now().date(), split, *ends) + timedelta(days=1)
    before, after, whole = (
        b06_report(desk, Period(first=begin, last=end)).total
        for begin, end in ((first, split), (split + timedelta(days=1), last), (first, last))
    )
    for line in (before, after, whole):
        c = dict(zip(range(3, 14), line.columns, strict=True))
        assert c[3] == c[4] + c[5] + c[6] == c[7] + c[11]
        assert c[7] == c[8] + c[9] + c[10]
        assert c[11] == c[12] + c[13]
    assert after.carried_over == before.pending
    assert whole.received == len(dossiers)
    assert whole.pending == sum(each.resolved_at is None for each in dossiers) == after.pending
    assert whole.resolved == before.resolved + after.resolved
