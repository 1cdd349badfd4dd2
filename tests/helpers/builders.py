"""Invented citizens, dossiers and the outside world's clock and ids, for every layer's tests."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from counter_app.domain.dossier import (
    Channel,
    Dossier,
    FilledForm,
    ProcedureRef,
    SubmittedPart,
)
from counter_app.domain.dossier_code import SECRET_ALPHABET
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.due_date import Promise, PromiseDay
from counter_app.domain.fee import Charge, ChargeKind
from counter_app.domain.office import Office
from counter_app.domain.person import Person, Sex

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM)


class FixedClock:
    """A clock that stands still until it is told to move."""

    def __init__(self, moment: datetime = MORNING) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def advance(self, **amount: int) -> datetime:
        self.moment += timedelta(**amount)
        return self.moment


class CountingIds:
    """Ids that look like UUIDv7, count up and so sort as they were made."""

    def __init__(self, start: int = 0) -> None:
        self.count = start

    def new_id(self) -> str:
        self.count += 1
        return make_id(self.count)

    def new_secret(self) -> str:
        self.count += 1
        size = len(SECRET_ALPHABET)
        return "".join(SECRET_ALPHABET[self.count // size**power % size] for power in (3, 2, 1, 0))

    def new_salt(self) -> bytes:
        self.count += 1
        return self.count.to_bytes(16, "big")


def make_id(number: int) -> str:
    """Return the `number`-th id."""
    return f"01930000-0000-7000-8000-{number:012x}"


def make_person(number: int = 1, **changes: Any) -> Person:
    """Return an invented citizen; the id's province 000 does not exist."""
    person = Person(
        full_name="Đặng Thị Thử Nghiệm",
        personal_id=f"000190{number:06d}",
        old_id=f"9{number:08d}",
        birth_date="1990-02-03",
        sex=Sex.FEMALE,
        address="Xóm Bưởi, xã Trung Minh, tỉnh Phú Thọ",
        issued_on=date(2021, 5, 6),
        phone=f"09{number:08d}",
        ethnicity="Mường",
    )
    return replace(person, **changes)


def make_office(**changes: Any) -> Office:
    """Return the office every test works in."""
    office = Office(
        unit_code="H29.12",
        name="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ TRUNG MINH",
        province="Phú Thọ",
        commune_name="xã Trung Minh",
        parent_name="ỦY BAN NHÂN DÂN XÃ TRUNG MINH",
        address="Xóm Miều, xã Trung Minh",
        phone="02180000000",
    )
    return replace(office, **changes)


def make_code(number: int, received_at: datetime = MORNING) -> str:
    """Return the code of the `number`-th dossier of a day, beyond 999 with six digits."""
    running = 1000 + number if number < 1000 else 900000 + number
    return f"H29.12-{received_at:%y%m%d}-{running}"


def make_promise(received_at: datetime = MORNING) -> Promise:
    """Return a promise of two working days over a holiday."""
    return Promise(
        due_at=received_at + timedelta(days=3),
        counted_from=received_at,
        time="2wd",
        same_day=False,
        days=(
            PromiseDay(date=received_at.date(), counted=False, reason="intake"),
            PromiseDay(
                date=date(2026, 11, 24), counted=False, reason="holiday", name="Ngày Văn hóa Việt Nam"
            ),
            PromiseDay(date=date(2026, 11, 25), counted=True, reason="counted"),
            PromiseDay(date=date(2026, 11, 26), counted=True, reason="due"),
        ),
        calendar="official",
        calendar_version="2026.1",
    )


def make_dossier(number: int = 1, *, answers: Mapping[str, object] | None = None, **changes: Any) -> Dossier:
    """Return the `number`-th dossier: a birth registration with one form, paper and fee."""
    received_at = changes.get("received_at", MORNING)
    mother = make_person(number)
    dossier = Dossier(
        dossier_id=make_id(number),
        dossier_code=make_code(number, received_at),
        provisional_code=False,
        lookup_secret="K7MQ",
        counter=1,
        clerk="hoa",
        procedure=ProcedureRef(
            procedure_id="birth_registration",
            version="2026-07-01",
            case_id="on_time",
            name="Đăng ký khai sinh",
            case_name="Trong thời hạn 60 ngày",
            national_code="1.001193",
            sector="Hộ tịch",
        ),
        applicant=mother,
        channel=Channel.COUNTER,
        assisted=False,
        received_at=received_at,
        promise=make_promise(received_at),
        slip_required=True,
        status=DossierStatus.RECEIVED,
        forms=(
            FilledForm(
                form_id="birth_declaration",
                form_version="2026-07-01",
                answers=answers
                or {
                    "child_name": "ĐẶNG AN NHIÊN",
                    "child_birth_date": "2026-11-01",
                    "mother_residence": {"detail": "Xóm Bưởi", "commune": "xã Trung Minh"},
                    "copies_wanted": True,
                },
            ),
        ),
        parts=(SubmittedPart(part_id="birth_notice", name="Giấy chứng sinh", original=1),),
        charges=(
            Charge(fee_id="extract", name="Trích lục", kind=ChargeKind.LEVY, amount_vnd=8000, quantity=2),
        ),
        people={"mother": mother},
    )
    return replace(dossier, **changes)
