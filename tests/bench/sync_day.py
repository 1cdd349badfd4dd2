"""A counter's day, done by the real app: receipts, fees, what is missing, results, ratings.

Nothing is printed: that is told to nobody.
"""

import random
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench import filling
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import make_desk
from tests.helpers.visits import BIRTH, CERTIFIED_COPY, CHILD_ANSWERS

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import AskSupplement, EnterResult, GiveResult, HandOver, Resume
from counter_app.domain.dossier_life import Holder, ReturnTo
from counter_app.domain.person import Person, Sex
from counter_app.services.acts.perform import perform
from counter_app.services.desk import Desk
from counter_app.services.rate_service import rate
from counter_app.services.receipts import collect
from counter_app.services.receive_dossier import receive
from counter_app.services.sync_port import OutItem
from counter_protocol.events import EventKind

_HOLDER = HandOver(to=Holder(name="Công chức Tư pháp – Hộ tịch"))
_MISSING = AskSupplement(items=("Bản chính giấy chứng sinh",), reason="Giấy nộp kèm là bản chụp")
_EVERYTHING = 10**9


@dataclass(frozen=True)
class Day:
    """What a counter reports of a day; what dossiers were received under, told once for all, apart."""

    unit: str
    device_id: str
    counter: int
    acts: list[OutItem]
    definitions: list[OutItem]

    @property
    def bodies(self) -> list[bytes]:
        return [item.body for item in self.acts]


def a_day(folder: Path, *, dossiers: int = 100, counter: int = 1) -> Day:
    """Return the day of a counter that receives `dossiers`."""
    desk = make_desk(folder, MORNING, counter=counter)
    work_a_day(desk, dossiers, random.Random(counter))
    with desk.store.reading() as queries:
        items = queries.next_out(_EVERYTHING, _EVERYTHING)
    settings = desk.settings
    desk.store.close()
    told = [item for item in items if item.kind == EventKind.DEFINITION_KEPT]
    return Day(
        unit=settings.office.unit_code,
        device_id=settings.counter.device_id,
        counter=counter,
        acts=[item for item in items if item.kind != EventKind.DEFINITION_KEPT],
        definitions=told,
    )


def work_a_day(desk: Desk, dossiers: int, chance: random.Random) -> None:
    """Receive dossiers and do with each what is done with it; the clock moves on."""
    for number in range(dossiers):
        clock = desk.clock
        assert isinstance(clock, FixedClock)
        clock.advance(minutes=3)
        dossier = receive_one(desk, number, chance)
        if dossier.charges_vnd:
            dossier = _paid(desk, dossier)
        clock.advance(minutes=1)
        _go_on(desk, dossier, chance)


def receive_one(desk: Desk, number: int, chance: random.Random) -> Dossier:
    """Receive the `number`-th dossier of the day: copies and births of people of the commune."""
    visit = replace(BIRTH if number % 3 == 0 else CERTIFIED_COPY, applicant=_person(chance), slip_asked=True)
    if visit.people:
        parents = (_person(chance, Sex.FEMALE), _person(chance, Sex.MALE))
        child = {
            **CHILD_ANSWERS,
            "ks_ho_ten": _person(chance).full_name,
            "ks_ngay_sinh": f"2026-11-{chance.randrange(1, 22):02d}",
            "ks_gioi_tinh": chance.choice(("Nam", "Nữ")),
        }
        visit = replace(
            visit, people=dict(zip(visit.people, parents, strict=True)), fields={"ht-khai-sinh": child}
        )
    else:
        visit = replace(visit, facts={"pages": chance.randrange(1, 9), "copies_certified": number % 4 + 1})
    return receive(desk, visit, clerk="Trần Thị Mai")


def _person(chance: random.Random, sex: Sex | None = None) -> Person:
    """Return somebody of the commune, grown up."""
    found = filling.person(chance)
    return found if sex in (None, found.sex) else _person(chance, sex)


def _paid(desk: Desk, dossier: Dossier) -> Dossier:
    collect(desk, dossier.dossier_id)
    with desk.store.reading() as queries:
        paid = queries.dossier(dossier.dossier_id)
    assert paid is not None
    return paid


def _go_on(desk: Desk, dossier: Dossier, chance: random.Random) -> None:
    """Hand it over; most come to an end, a few lack something first."""
    one = dossier.dossier_id
    if chance.random() < 0.06:
        perform(desk, one, _MISSING)
        perform(desk, one, Resume(reason="Đã bổ sung"))
    perform(desk, one, _HOLDER)
    if chance.random() < 0.7:
        perform(desk, one, EnterResult(number=f"{chance.randrange(1, 900)}/2026"))
        taker = GiveResult(to=ReturnTo.OWNER, full_name=dossier.applicant.full_name, identity_checked="seen")
        perform(desk, one, taker)
        if chance.random() < 0.4:
            rate(desk, one, chance.choice(("very_satisfied", "satisfied")))
