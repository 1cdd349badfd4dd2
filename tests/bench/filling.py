"""A counter after years of work: a hundred thousand dossiers of invented citizens."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.visits import BIRTH

from counter_app.domain.dossier import Dossier, ProcedureRef
from counter_app.domain.person import Person, Sex
from counter_app.services.desk import Desk
from counter_app.services.ports import HistoryEntry, OutboxEvent
from counter_app.services.receive_dossier import receive
from counter_protocol.events import EventKind

DOSSIERS = 100_000
_A_DAY = 200
_BATCH = 5_000
_FIRST_DAY = datetime(2024, 11, 1, 8, 0, tzinfo=MORNING.tzinfo)

SURNAMES = (
    *(
        "Nguyễn",
        "Nguyễn",
        "Nguyễn",
        "Nguyễn",
        "Trần",
        "Lê",
        "Phạm",
        "Hoàng",
        "Vũ",
        "Võ",
        "Đặng",
        "Bùi",
        "Bùi",
    ),
    *("Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Quách", "Quách", "Đinh", "Đinh", "Hà", "Xa", "Lường", "Bạch"),
)
MIDDLES = ("Văn", "Văn", "Thị", "Thị", "Hữu", "Đức", "Ngọc", "Thanh", "Kim", "Minh", "Xuân", "Quốc", "Hồng")
GIVEN = (
    *("An", "Bình", "Chi", "Cường", "Dung", "Dũng", "Giang", "Hà", "Hải", "Hạnh", "Hằng", "Hiền", "Hiếu"),
    *("Hoa", "Hòa", "Hoàng", "Hùng", "Hương", "Khánh", "Khôi", "Lan", "Linh", "Loan", "Long", "Mai", "Minh"),
    *("Nam", "Nga", "Ngân", "Nhung", "Oanh", "Phong", "Phúc", "Phương", "Quân", "Quỳnh", "Sen", "Sơn"),
    *("Thảo", "Thắng", "Thu", "Thủy", "Trang", "Tuấn", "Tuyết", "Uyên", "Vân", "Việt", "Yến"),
)
PROCEDURES = (
    ("dang-ky-khai-sinh", "Đăng ký khai sinh", "Hộ tịch"),
    ("dang-ky-ket-hon", "Đăng ký kết hôn", "Hộ tịch"),
    ("chung-thuc-ban-sao-tu-ban-chinh", "Chứng thực bản sao từ bản chính giấy tờ, văn bản", "Chứng thực"),
    ("cap-ban-sao-trich-luc-ho-tich", "Cấp bản sao trích lục hộ tịch", "Hộ tịch"),
    ("dang-ky-khai-tu", "Đăng ký khai tử", "Hộ tịch"),
)


def filled_desk(folder: Path, count: int = DOSSIERS) -> Desk:
    """Return a counter with `count` dossiers, received by the use case once and varied from there.

    Written in batches through the store's own tables, search index, persons, history and outbox
    included; only the audit and the daily numbering are left out, and all events have one body.
    """
    desk = make_desk(folder, MORNING)
    pattern = receive(desk, replace(BIRTH, slip_asked=True), clerk="Mai")
    chance = random.Random(100_000)
    dossiers = _dossiers(pattern, count - 1, chance)
    with desk.store.reading() as queries:
        told = queries.next_out(10, 10**6)
    body = next(item.body for item in told if item.kind == EventKind.DOSSIER_RECEIVED)
    written = 1
    while written < count:
        with desk.store.writing() as transaction:
            for dossier in (next(dossiers) for _ in range(min(_BATCH, count - written))):
                transaction.add_dossier(dossier)
                transaction.remember_person(dossier.applicant, dossier.received_at, "card")
                entry = HistoryEntry(at=dossier.received_at, clerk="Mai", act="received")
                transaction.append_history(dossier.dossier_id, entry)
                transaction.append_event(_event(dossier, body))
                written += 1
    return desk


def _event(dossier: Dossier, body: bytes) -> OutboxEvent:
    return OutboxEvent(
        event_id=dossier.dossier_id,
        dossier_id=dossier.dossier_id,
        kind="dossier_received",
        at=dossier.received_at,
        body=body,
    )


def _dossiers(pattern: Dossier, count: int, chance: random.Random) -> Iterator[Dossier]:
    for number in range(count):
        received_at = _FIRST_DAY + timedelta(days=number // _A_DAY, minutes=number % _A_DAY)
        procedure_id, name, sector = chance.choice(PROCEDURES)
        yield replace(
            pattern,
            dossier_id=f"01920000-0000-7000-8000-{number:012x}",
            dossier_code=f"H29.12-{received_at:%y%m%d}-{1001 + number % _A_DAY}",
            received_at=received_at,
            applicant=person(chance),
            procedure=ProcedureRef(
                procedure_id=procedure_id, version="2026-01-01", case_id="", name=name, sector=sector
            ),
        )


def person(chance: random.Random) -> Person:
    """Return somebody of the commune; about one in three comes again."""
    serial = chance.randrange(60_000)
    same = random.Random(serial)
    female = same.random() < 0.5
    return Person(
        full_name=f"{same.choice(SURNAMES)} {same.choice(MIDDLES)} {same.choice(GIVEN)}",
        personal_id=f"017{1 if female else 0}{serial % 100:02d}{serial:06d}",
        birth_date=f"{1940 + serial % 65}-0{1 + serial % 9}-1{serial % 10}",
        sex=Sex.FEMALE if female else Sex.MALE,
        address=f"Xóm {same.choice(GIVEN)}, xã Trung Minh, tỉnh Phú Thọ",
        phone=f"09{serial:08d}",
    )
