"""Days, due load, charges: what the database counts of a period, seen from dossiers written by hand."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from tests.helpers.builders import VIETNAM, make_dossier, make_promise

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_life import Life, Result, Return, ReturnTo, Supplement
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.fee import Charge, ChargeKind
from counter_app.domain.period import Period
from counter_app.domain.procedure import SupplementPolicy
from counter_app.domain.timeliness import Timeliness
from counter_app.services.figures_port import ChargedFee, DayCount
from counter_app.storage.store import SqlStore

NOVEMBER = Period(first=date(2026, 11, 1), last=date(2026, 11, 30))
_S = DossierStatus


def _at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


def _dossier(
    number: int, received: datetime, due: datetime | None, done: datetime | None = None, **changes: object
) -> Dossier:
    life = Life()
    status = _S.PROCESSING
    if done is not None:
        given = Return(at=done + timedelta(days=1), clerk="hoa", to=ReturnTo.DELEGATE, full_name="A")
        life = Life(result=Result(at=done, clerk="hoa", name="Giấy"), returned=given)
        status = _S.RETURNED
    dossier = make_dossier(
        number,
        received_at=received,
        status=status,
        promise=replace(make_promise(received), due_at=due),
        life=life,
    )
    return replace(dossier, **changes)  # type: ignore[arg-type]


def _write(store: SqlStore, *dossiers: Dossier) -> None:
    with store.writing() as transaction:
        for dossier in dossiers:
            transaction.add_dossier(dossier)


def test_a_day_is_a_day_of_the_office(store: SqlStore) -> None:
    _write(
        store,
        _dossier(1, _at(2, 0, 0), _at(4), _at(4, 23, 59)),  # 17:00 UTC of the day before
        _dossier(2, _at(2, 23, 59), _at(3), _at(4, 0, 0)),
        _dossier(3, _at(30, 23, 59), None),
        _dossier(4, _at(1, 0, 0) - timedelta(minutes=1), None),
    )
    with store.reading() as queries:
        days = queries.day_counts(NOVEMBER)
    assert days == [
        DayCount(day=date(2026, 11, 2), received=2),
        DayCount(day=date(2026, 11, 4), resolved=2, late=1),
        DayCount(day=date(2026, 11, 5), returned=2),
        DayCount(day=date(2026, 11, 30), received=1),
    ]


def test_the_load_of_coming_days_leaves_out_who_waits(store: SqlStore) -> None:
    asked = Supplement(
        number=1, at=_at(3), clerk="hoa", items=("giấy",), reason="thiếu", policy=SupplementPolicy.RESET
    )
    _write(
        store,
        _dossier(1, _at(2), _at(25)),
        _dossier(2, _at(2), _at(25, 16)),
        _dossier(3, _at(2), _at(26)),
        _dossier(4, _at(2), _at(26), status=_S.AWAITING_SUPPLEMENT, life=Life(supplements=(asked,))),
        _dossier(5, _at(2), _at(26), _at(24)),
        _dossier(6, _at(2), None),
        _dossier(7, _at(2), _at(9)),
    )
    week = Period(first=date(2026, 11, 23), last=date(2026, 11, 29))
    with store.reading() as queries:
        load = queries.due_load(week)
        standing = queries.standing(_at(26, 10))
    assert load == {date(2026, 11, 25): 2, date(2026, 11, 26): 1}
    assert (standing.open, standing.due_today, standing.overdue) == (6, 1, 3)
    assert (standing.awaiting_supplement, standing.to_hand_out) == (1, 0)


def test_first_and_present_promises_are_told_apart(store: SqlStore) -> None:
    asked = Supplement(
        number=1,
        at=_at(3),
        clerk="hoa",
        items=("giấy",),
        reason="thiếu",
        policy=SupplementPolicy.RESET,
        resumed_at=_at(4),
    )
    extended = _dossier(1, _at(2), _at(12), _at(10), first_due_at=_at(5))
    twice = _dossier(2, _at(2), _at(12), _at(10))
    twice = replace(twice, life=replace(twice.life, supplements=(asked, asked)))
    _write(store, extended, twice)
    with store.reading() as queries:
        groups = {
            (each.by_first, each.by_present, each.asked_twice) for each in queries.resolved_groups(NOVEMBER)
        }
        given = queries.handed_out(NOVEMBER)
    assert groups == {
        (Timeliness.LATE, Timeliness.EARLY, False),
        (Timeliness.EARLY, Timeliness.EARLY, True),
    }
    assert [(each.to, each.clerk, each.count) for each in given] == [(ReturnTo.DELEGATE, "hoa", 2)]


def test_charges_are_summed_once_and_unknown_ones_are_no_zero(store: SqlStore) -> None:
    def charge(fee_id: str, amount: int | None, quantity: int = 1) -> Charge:
        return Charge(
            fee_id=fee_id, name=fee_id.upper(), kind=ChargeKind.FEE, amount_vnd=amount, quantity=quantity
        )

    _write(
        store,
        _dossier(1, _at(2), None, charges=(charge("copy", 16000, 2), charge("levy", None))),
        _dossier(2, _at(3), None, charges=(charge("copy", 8000), charge("levy", 50000))),
        _dossier(3, _at(4), None, charges=()),
        _dossier(4, _at(1) - timedelta(days=1), None, charges=(charge("copy", 999),)),
    )
    with store.reading() as queries:
        fees = queries.charged_fees(NOVEMBER)
        received = queries.received_groups(NOVEMBER)
    assert fees == [
        ChargedFee(fee_id="copy", name="COPY", dossiers=2, amount_vnd=24000, unknown=0),
        ChargedFee(fee_id="levy", name="LEVY", dossiers=2, amount_vnd=50000, unknown=1),
    ]
    assert sum(each.charges_vnd for each in received) == 58000  # a sum with an unknown part is unknown
    assert (sum(e.count for e in received), sum(e.unknown_charges for e in received)) == (3, 1)
