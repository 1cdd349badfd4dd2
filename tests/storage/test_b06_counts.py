"""The database counts Biểu số II.06 as the rule does, for any dossiers and any period."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.builders import VIETNAM, make_dossier, make_promise
from tests.storage.conftest import KEY

from counter_app.domain.b06 import B06Line, DossierFacts, classify, tally, total
from counter_app.domain.dossier import Channel, Dossier
from counter_app.domain.dossier_life import EndedBy, Ending, Life, Result, Return, ReturnTo, Supplement
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.period import Period
from counter_app.domain.procedure import SupplementPolicy
from counter_app.services.ports import Transaction
from counter_app.storage.database_files import open_store
from counter_app.storage.first_set_up import set_up
from counter_app.storage.store import SqlStore

_S = DossierStatus
START = datetime(2026, 11, 1, tzinfo=VIETNAM)
DAYS = 24
ENDINGS = {
    _S.REFUSED: EndedBy.REFUSAL,
    _S.STOPPED: EndedBy.STOP,
    _S.WITHDRAWN: EndedBy.WITHDRAWAL,
}
STATUSES = (
    *(_S.RECEIVED, _S.PROCESSING, _S.AWAITING_SUPPLEMENT, _S.AWAITING_PAYMENT, _S.RESOLVED, _S.RETURNED),
    *ENDINGS,
)
# Often exactly at midnight, where days and periods meet.
moments = st.one_of(
    st.integers(0, DAYS * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes)),
    st.integers(0, DAYS).map(lambda days: START + timedelta(days=days)),
)
some_days = st.integers(0, DAYS - 1).map(lambda day: (START + timedelta(days=day)).date())
periods = st.lists(some_days, min_size=2, max_size=2).map(lambda two: Period(first=min(two), last=max(two)))


class _NotKeptError(Exception):
    """Ends a transaction so that nothing of it stays."""


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    folder: Path = tmp_path_factory.mktemp("b06") / "data"
    set_up(folder, key=KEY)
    opened = open_store(folder, key=KEY)
    yield opened
    opened.close()


@contextmanager
def _nothing_kept(store: SqlStore) -> Iterator[Transaction]:
    with suppress(_NotKeptError), store.writing() as transaction:
        yield transaction
        raise _NotKeptError


@st.composite
def dossiers(draw: st.DrawFn, number: int) -> Dossier:
    received_at = draw(moments)
    done_at = received_at + timedelta(minutes=draw(st.integers(0, DAYS * 24 * 60)))
    status = draw(st.sampled_from(STATUSES))
    due_at = draw(st.none() | moments)
    dossier = make_dossier(
        number,
        received_at=received_at,
        status=status,
        channel=draw(st.sampled_from(Channel)),
        promise=replace(make_promise(received_at), due_at=due_at),
        first_due_at=draw(st.none() | moments) if due_at else None,
        life=_life(status, done_at),
    )
    sector = draw(st.sampled_from(("Hộ tịch", "Chứng thực", "")))
    return replace(dossier, procedure=replace(dossier.procedure, sector=sector))


def _life(status: DossierStatus, at: datetime) -> Life:
    if status in ENDINGS:
        return Life(ending=Ending(kind=ENDINGS[status], number=1, at=at, clerk="hoa", reasons=("lý do",)))
    if status is _S.AWAITING_SUPPLEMENT:
        asked = Supplement(
            number=1, at=at, clerk="hoa", items=("giấy",), reason="thiếu", policy=SupplementPolicy.RESET
        )
        return Life(supplements=(asked,))
    if status not in (_S.RESOLVED, _S.RETURNED):
        return Life()
    returned = Return(at=at, clerk="hoa", to=ReturnTo.OWNER, full_name="A")
    return Life(
        result=Result(at=at, clerk="hoa", name="Giấy khai sinh"),
        returned=returned if status is _S.RETURNED else None,
    )


def _facts(dossier: Dossier) -> DossierFacts:
    return DossierFacts(
        channel=dossier.channel,
        status=dossier.status,
        received_at=dossier.received_at,
        due_at=dossier.first_due_at or dossier.due_at,
        resolved_at=dossier.resolved_at,
        waiting_since=dossier.waiting_since,
        stands_still=dossier.stands_still,
    )


def _counted_by_hand(many: list[Dossier], period: Period, today: date) -> dict[str, B06Line]:
    found: dict[str, list[tuple[object, object, int]]] = {}
    for dossier in many:
        columns = classify(_facts(dossier), period, today)
        if columns is not None:
            found.setdefault(dossier.procedure.sector, []).append((*columns, 1))
    return {sector: tally(sector, counted) for sector, counted in found.items()}  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(data=st.data(), period=periods, following=st.integers(0, 10), today=some_days)
def test_the_database_counts_as_the_rule_does(
    shared_store: SqlStore, data: st.DataObject, period: Period, following: int, today: date
) -> None:
    many = [data.draw(dossiers(number)) for number in range(1, data.draw(st.integers(0, 12)) + 1)]
    tomorrow = period.last + timedelta(days=1)
    after = Period(first=tomorrow, last=tomorrow + timedelta(days=following))
    with _nothing_kept(shared_store) as transaction:
        for dossier in many:
            transaction.add_dossier(dossier)
        lines = {line.sector: line for line in transaction.b06_lines(period, today)}
        next_lines = transaction.b06_lines(after, today)
    assert lines == _counted_by_hand(many, period, today)
    _assert_identities(total(lines.values()))
    for line in lines.values():
        _assert_identities(line)
    assert total(next_lines).carried_over == total(lines.values()).pending


def _assert_identities(line: B06Line) -> None:
    c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13 = line.columns
    assert (c3, c7, c11) == (c4 + c5 + c6, c8 + c9 + c10, c12 + c13)
    assert c3 == c7 + c11


def test_periods_that_follow_each_other_count_every_arrival_once(shared_store: SqlStore) -> None:
    edges = [date(2026, 11, day) for day in (1, 4, 5, 12, 30)]
    many = [
        make_dossier(number, received_at=START + timedelta(hours=7 * number), status=_S.RECEIVED)
        for number in range(1, 60)
    ]
    with _nothing_kept(shared_store) as transaction:
        for dossier in many:
            transaction.add_dossier(dossier)
        sums = [
            total(
                transaction.b06_lines(
                    Period(first=first, last=following - timedelta(days=1)), date(2027, 1, 1)
                )
            )
            for first, following in pairwise(edges)
        ]
    assert sum(each.online + each.at_desk for each in sums) == len(many)
