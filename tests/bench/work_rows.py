"""The lists of today's work on a counter after years: most dossiers are returned, some thousands are open."""

import random
import statistics
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from tests.bench.filling import PROCEDURES, person
from tests.bench.row import Row, elapsed_ms, row
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.visits import BIRTH

from counter_app.domain.dossier import Dossier, ProcedureRef
from counter_app.domain.dossier_life import Holder, Life, Result, Return, ReturnTo
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.due_date import Promise
from counter_app.domain.work_lists import WorkList
from counter_app.services import work_lists
from counter_app.services.desk import Desk
from counter_app.services.ports import OutboxEvent
from counter_app.services.receive_dossier import receive
from counter_app.services.worklists_port import Narrowing

_A_DAY = 200
_BATCH = 5_000
_OPEN_DAYS = 15  # three thousand open dossiers, more than a commune ever has
ROUNDS = 9


def work_rows(folder: Path, dossiers: int) -> list[Row]:
    """Measure in `folder`; nothing was ever sent, the worst case of the unsent."""
    desk = make_desk(folder / "work", MORNING)
    _fill(desk, dossiers)
    counts = _median(lambda: work_lists.counts(desk))
    shown = {which: _median(lambda which=which: _page(desk, which)) for which in WorkList}  # type: ignore[misc]
    found = _median(lambda: _page(desk, WorkList.LATE, Narrowing(text="nguyen")))
    slowest = max(shown, key=lambda which: shown[which])
    total = len(tuple(work_lists.every_row(desk, WorkList.UNSENT, Narrowing())))
    desk.store.close()
    usual = max(value for which, value in shown.items() if which is not WorkList.UNSENT)
    note = f"slowest list but the unsent {usual:.1f} ms; narrowed to a name {found:.1f} ms"
    every = f"{slowest.value} with its {total:,} dossiers, its total and its filters"
    return [
        row(f"counts of all lists at {dossiers:,} dossiers, p50", counts, "ms", below=50),
        row(f"first page of a list at {dossiers:,}, p50", usual, "ms", below=50, note=note),
        row(f"slowest list at {dossiers:,}, p50", shown[slowest], "ms", below=1000, note=every),
    ]


def _page(desk: Desk, which: WorkList, narrowing: Narrowing | None = None) -> object:
    return work_lists.first_page(desk, which, narrowing or Narrowing())


def _median(act: object) -> float:
    assert callable(act)
    return statistics.median(elapsed_ms(act) for _ in range(ROUNDS))


def _fill(desk: Desk, count: int) -> None:
    pattern = receive(desk, replace(BIRTH, slip_asked=True), clerk="Mai")
    made = _dossiers(pattern, count - 1)
    written = 1
    while written < count:
        with desk.store.writing() as transaction:
            for dossier in (next(made) for _ in range(min(_BATCH, count - written))):
                transaction.add_dossier(dossier)
                transaction.append_event(_event(dossier))
                written += 1


def _dossiers(pattern: Dossier, count: int) -> Iterator[Dossier]:
    chance = random.Random(4)
    first = MORNING - timedelta(days=(count - 1) // _A_DAY)
    for number in range(count):
        received_at = first + timedelta(days=number // _A_DAY, seconds=number % _A_DAY)
        procedure_id, name, sector = chance.choice(PROCEDURES)
        still_open = received_at > MORNING - timedelta(days=_OPEN_DAYS)
        status = _status(chance) if still_open else DossierStatus.RETURNED
        due = received_at + timedelta(days=chance.randrange(1, 20))
        yield replace(
            pattern,
            dossier_id=f"01920000-0000-7000-8000-{number:012x}",
            dossier_code=f"H29.12-{received_at:%y%m%d}-{2001 + number % _A_DAY}",
            received_at=received_at,
            applicant=person(chance),
            procedure=ProcedureRef(
                procedure_id=procedure_id, version="1", case_id="", name=name, sector=sector
            ),
            promise=_promise(pattern.promise, due),
            status=status,
            life=_life(status, due),
        )


def _status(chance: random.Random) -> DossierStatus:
    return chance.choice(
        (
            DossierStatus.RECEIVED,
            DossierStatus.PROCESSING,
            DossierStatus.PROCESSING,
            DossierStatus.AWAITING_SUPPLEMENT,
            DossierStatus.RESOLVED,
        )
    )


def _promise(pattern: Promise, due: datetime) -> Promise:
    return replace(pattern, due_at=due)


def _life(status: DossierStatus, due: datetime) -> Life:
    life = Life(holder=Holder(name="Bùi Văn Thử"))
    if status in (DossierStatus.RESOLVED, DossierStatus.RETURNED):
        life = replace(life, result=Result(at=due, clerk="Mai", name="Kết quả"))
    if status is DossierStatus.RETURNED:
        life = replace(life, returned=Return(at=due, clerk="Mai", to=ReturnTo.OWNER, full_name="x"))
    return life


def _event(dossier: Dossier) -> OutboxEvent:
    return OutboxEvent(
        event_id=dossier.dossier_id,
        dossier_id=dossier.dossier_id,
        kind="dossier_received",
        at=dossier.received_at,
        body=b"{}",
    )
