"""The lists as the database reads them are the lists of the rule, whole, in order, and narrowed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domain.calendar_2026 import CALENDAR
from tests.helpers.builders import MORNING, make_dossier, make_person, make_promise

from counter_app.domain.dossier import Channel, Dossier, ProcedureRef, SubmittedPart
from counter_app.domain.dossier_life import EndedBy, Ending, Holder, Life, Result, Return, ReturnTo
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.work_lists import WorkFacts, WorkList, lists_of, work_day
from counter_app.services.ports import OutboxEvent
from counter_app.services.worklists_port import Narrowing, WorkRow
from counter_app.storage.store import SqlStore

S = DossierStatus
SECTORS = ("Hộ tịch", "Chứng thực")
ENDINGS = {S.REFUSED: EndedBy.REFUSAL, S.STOPPED: EndedBy.STOP, S.WITHDRAWN: EndedBy.WITHDRAWAL}
STATUSES = (S.RECEIVED, S.PROCESSING, S.AWAITING_SUPPLEMENT, S.AWAITING_PAYMENT, S.RESOLVED, S.RETURNED)


@dataclass(frozen=True)
class Spec:
    """What is random about a dossier; ``due_in`` and ``received`` are hours from now."""

    status: DossierStatus
    received: int
    due_in: int | None
    held: int
    events: int
    sector: str
    holder: str
    channel: Channel
    given: bool = False


SPECS = st.lists(
    st.builds(
        Spec,
        status=st.sampled_from((*STATUSES, *ENDINGS)),
        received=st.integers(0, 200),
        due_in=st.none() | st.integers(-100, 150),
        held=st.integers(0, 2),
        events=st.integers(0, 2),
        sector=st.sampled_from(SECTORS),
        holder=st.sampled_from(("", "Bùi Văn Thử")),
        channel=st.sampled_from(Channel),
        given=st.booleans(),
    ),
    max_size=14,
)
NOWS = st.integers(0, 14 * 24 * 60).map(lambda minutes: MORNING + timedelta(minutes=minutes))


def made(number: int, spec: Spec, now: datetime) -> Dossier:
    received = now - timedelta(hours=spec.received)
    due = None if spec.due_in is None else now + timedelta(hours=spec.due_in)
    return make_dossier(
        number,
        received_at=received,
        status=spec.status,
        channel=spec.channel,
        clerk=f"clerk {number % 2}",
        applicant=make_person(number, full_name="Quách Thị Thử" if number % 3 else "Đặng Văn Mẫu"),
        procedure=ProcedureRef(
            procedure_id="p", version="1", case_id="", name="Đăng ký khai sinh", sector=spec.sector
        ),
        promise=replace(make_promise(received), due_at=due),
        parts=(SubmittedPart(part_id="a", name="a", original=2, held=spec.held),),
        life=_life(spec, now),
    )


def _life(spec: Spec, now: datetime) -> Life:
    life = Life(
        holder=Holder(name=spec.holder) if spec.holder else None, handed_over_at=now if spec.given else None
    )
    if spec.status in ENDINGS:
        ended = Ending(kind=ENDINGS[spec.status], number=1, at=now, clerk="mai", reasons=("x",))
        return replace(life, ending=ended)
    if spec.status in (S.RESOLVED, S.RETURNED):
        life = replace(life, result=Result(at=now - timedelta(hours=spec.events), clerk="mai", name="x"))
    if spec.status is S.RETURNED:
        life = replace(life, returned=Return(at=now, clerk="mai", to=ReturnTo.OWNER, full_name="x"))
    return life


def fill(store: SqlStore, specs: Sequence[Spec], now: datetime, first: int) -> list[tuple[Dossier, Spec]]:
    written = [(made(first + number, spec, now), spec) for number, spec in enumerate(specs)]
    with store.writing() as transaction:
        for dossier, spec in written:
            transaction.add_dossier(dossier)
            for number in range(spec.events):
                transaction.append_event(
                    OutboxEvent(
                        event_id=f"{dossier.dossier_id}-{number}",
                        dossier_id=dossier.dossier_id,
                        kind="dossier_received",
                        at=now,
                        body=b"{}",
                    )
                )
    return written


_next = [0]


def walk(store: SqlStore, which: WorkList, now: datetime, narrowing: Narrowing, size: int) -> list[WorkRow]:
    day, found = work_day(now, CALENDAR), list[WorkRow]()
    with store.reading() as queries:
        while True:
            after = found[-1].place if found else None
            page = queries.work_page(which, day, narrowing, limit=size, after=after)
            found += page
            if len(page) < size:
                assert queries.work_total(which, day, narrowing) == len(found)
                return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(specs=SPECS, now=NOWS)
def test_the_database_says_what_the_rule_says(store: SqlStore, specs: list[Spec], now: datetime) -> None:
    first = _next[0]
    _next[0] += len(specs) + 1
    with store.writing() as transaction:  # one office for all examples: what was there goes first
        for table in ("dossier_content", "dossier"):
            transaction._sql.run(f"DELETE FROM {table}")
    written = fill(store, specs, now, first)
    day = work_day(now, CALENDAR)
    expected: dict[WorkList, set[str]] = {which: set() for which in WorkList}
    for dossier, spec in written:
        facts = WorkFacts(
            status=dossier.status,
            received_at=dossier.received_at,
            due_at=dossier.due_at,
            originals_held=spec.held,
            unsent=spec.events > 0,
            at_desk=dossier.life.holder is None and dossier.life.handed_over_at is None,
        )
        for which in lists_of(facts, day):
            expected[which].add(dossier.dossier_id)

    with store.reading() as queries:
        counted = queries.work_counts(day)
        assert queries.pressing_count(day) == counted[WorkList.LATE] + counted[WorkList.DUE_TODAY]
    for which in WorkList:
        rows = walk(store, which, now, Narrowing(), size=3)
        assert len(rows) == len({row.dossier_id for row in rows})
        assert {row.dossier_id for row in rows} == expected[which]
        assert counted[which] == len(rows)
        if which in (WorkList.LATE, WorkList.DUE_TODAY, WorkList.DUE_TOMORROW, WorkList.AT_RISK):
            assert [row.due_at for row in rows] == sorted(row.due_at for row in rows if row.due_at)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(specs=SPECS, which=st.sampled_from(WorkList))
def test_a_narrowing_leaves_exactly_what_has_it(store: SqlStore, specs: list[Spec], which: WorkList) -> None:
    first = _next[0]
    _next[0] += len(specs) + 1
    fill(store, specs, MORNING, first)
    everything = walk(store, which, MORNING, Narrowing(), size=50)
    for narrowing, keeps in (
        (Narrowing(sector="Hộ tịch"), lambda row: row.sector == "Hộ tịch"),
        (Narrowing(holder=""), lambda row: not row.holder),
        (Narrowing(holder="Bùi Văn Thử"), lambda row: row.holder == "Bùi Văn Thử"),
        (Narrowing(clerk="clerk 1"), lambda row: row.clerk == "clerk 1"),
        (Narrowing(channel="online"), lambda row: row.channel is Channel.ONLINE),
        (Narrowing(text="quach thi th"), lambda row: row.applicant == "Quách Thị Thử"),
        (Narrowing(text="khai sinh mau"), lambda row: row.applicant == "Đặng Văn Mẫu"),
        (Narrowing(text="x"), lambda row: True),
        (Narrowing(text="H29.12-2"), lambda row: True),
        (Narrowing(text="H29.13"), lambda row: False),
    ):
        assert walk(store, which, MORNING, narrowing, size=2) == [r for r in everything if keeps(r)]
    with store.reading() as queries:
        choices = queries.work_choices(which, work_day(MORNING, CALENDAR))
    assert set(choices.sectors) == {row.sector for row in everything}
    assert set(choices.holders) == {row.holder for row in everything}
